import { type Connection, input } from "@prismatic-io/spectral";
import { InvalidInputError } from "./intercom/wire/errors";
import { inShort, toJson } from "./intercom/wire/json";
import { lastSecond } from "./intercom/wire/times";

/**
 * The inputs that actions are made of. Each ties together whether it must be filled in, what a
 * blank means, and the type of its value. The designer sends `""`, `"false"` or `[]` for what nobody
 * touched, and text for all the rest; a value from an earlier step may be of any type.
 *
 * A refusal names the field by its label, before anything is sent.
 */

interface Words {
  comments?: string;
  example?: string;
  placeholder?: string;
  default?: string;
  /** The key of a list to pick from. */
  dataSource?: string;
  /** The star in the designer. A field that an action can't do without refuses a blank regardless. */
  required?: boolean;
}

interface Choice<Value extends string> {
  label: string;
  value: Value;
}

type Read<Value> = (label: string, value: unknown) => Value | undefined;

/** A field that an action can't do without. */
const needed = <Value>(label: string, words: Words, read: Read<Value>) =>
  input({
    required: true,
    ...words,
    label,
    type: "string",
    clean: (value: unknown): Value => read(label, value) ?? refuseBlank(label),
  });

/** A field that is left out of the request when it is blank. */
const optional = <Value>(label: string, words: Words, read: Read<Value>) =>
  input({
    required: false,
    ...words,
    label,
    type: "string",
    clean: (value: unknown) => read(label, value),
  });

/** Text, kept as it is. */
export const text = (label: string, words: Words = {}) => needed(label, words, toText);
export const optionalText = (label: string, words: Words = {}) => optional(label, words, toText);

/** An id, an e-mail or the like; blanks around it are cut off. */
export const identifier = (label: string, words: Words = {}) => needed(label, words, toIdentifier);
export const optionalIdentifier = (label: string, words: Words = {}) =>
  optional(label, words, toIdentifier);

/** Unix seconds. Takes those, or an ISO 8601 date with or without a time; one without a zone is UTC. */
export const timestamp = (label: string, words: Words = {}) => needed(label, words, toTimestamp);
export const optionalTimestamp = (label: string, words: Words = {}) =>
  optional(label, words, toTimestamp);

type Model<Value extends string> = readonly Choice<Value>[];

/** One of a list, which the designer shows. */
export const choice = <Value extends string>(
  label: string,
  model: Model<Value>,
  words: Words = {},
) => ({ ...needed(label, words, choosingFrom(model)), model: [...model] });
export const optionalChoice = <Value extends string>(
  label: string,
  model: Model<Value>,
  words: Words = {},
) => ({ ...optional(label, words, choosingFrom(model)), model: [...model] });

/** A list of ids or the like. The rows that nobody filled in are left out. */
export const identifiers = (label: string, words: Words = {}) => listOf(label, words, toIdentifier);

/** Any of a list, which the designer shows. */
export const choices = <Value extends string>(
  label: string,
  model: Model<Value>,
  words: Words = {},
) => ({ ...listOf(label, words, choosingFrom(model)), model: [...model] });

const listOf = <Value>(label: string, words: Omit<Words, "default">, read: Read<Value>) =>
  input({
    required: false,
    ...words,
    label,
    type: "string",
    collection: "valuelist",
    clean: (value: unknown): Value[] => {
      const rows = Array.isArray(value) ? value : [value];
      return rows.flatMap((row) => read(label, row) ?? []);
    },
  });

/** A whole number from `least` to `most`. */
export const optionalWholeNumber = (
  label: string,
  { least, most }: { least: number; most: number },
  words: Words = {},
) =>
  optional(label, words, (label, value) => {
    const given = toText(label, value, "a whole number")?.trim();
    if (given === undefined) return undefined;
    const number = Number(given);
    if (!/^[+-]?\d+$/.test(given)) return refuse(label, "a whole number", value);
    if (number < least || number > most) {
      return refuse(label, `a whole number from ${least} to ${most}`, value);
    }
    return number;
  });

const decimalNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** A number, with or without a fraction, up to `most` on either side of 0. */
export const optionalNumber = (label: string, { most }: { most: number }, words: Words = {}) =>
  optional(label, words, (label, value) => {
    const given = toText(label, value, `a number up to ${most}`)?.trim();
    if (given === undefined) return undefined;
    const number = Number(given);
    if (!decimalNumber.test(given) || Math.abs(number) > most) {
      return refuse(label, `a number up to ${most}`, value);
    }
    return number;
  });

/** A box to tick. What its default says where nobody touched it; that is `false` unless it says so. */
export const flag = (label: string, words: Words = {}) =>
  input({
    required: false,
    default: "false",
    ...words,
    label,
    type: "boolean",
    clean: (value: unknown) => {
      const given = typeof value === "boolean" ? String(value) : toText(label, value)?.trim();
      if (given === undefined) return words.default === "true";
      if (given === "false") return false;
      return given === "true" || refuse(label, "true or false", value);
    },
  });

/** A JSON object, as text or as a value from an earlier step. One with nothing in it is a blank. */
export const optionalJsonObject = (label: string, words: Words = {}) =>
  input({
    required: false,
    ...words,
    label,
    type: "code",
    language: "json",
    clean: (value: unknown) => {
      const given = toJsonValue(label, value);
      if (given === undefined) return undefined;
      if (!isPlainObject(given)) return refuse(label, "a JSON object", value);
      return toJson(given) === "{}" ? undefined : given;
    },
  });

/**
 * Attributes by name. A date may be `{"date": "2026-11-02"}`, as the forms give it, and becomes Unix
 * seconds; one that was emptied is left out.
 */
export const attributeValues = (label: string, words: Words = {}) => {
  const field = optionalJsonObject(label, words);
  return input({
    ...field,
    clean: (value: unknown) => {
      const values = Object.entries(field.clean(value) ?? {}).flatMap(([name, each]) => {
        if (!isDateOfForm(each)) return [[name, each]];
        if (isBlank(each.date)) return [];
        const text = isDate(each.date) ? each.date.toISOString() : String(each.date).trim();
        const seconds = secondsOf(text);
        const wanted = "made of dates that are ISO 8601 or Unix seconds";
        return [[name, seconds ?? refuse(label, wanted, { [name]: each })]];
      });
      return values.length === 0
        ? undefined
        : (Object.fromEntries(values) as Record<string, unknown>);
    },
  });
};

const isDateOfForm = (value: unknown): value is { date?: unknown } =>
  isPlainObject(value) && Object.keys(value).every((key) => key === "date");

/** The same field for values that are text, numbers, true, false or null, and lists where it takes them. */
export const flat = (
  field: ReturnType<typeof optionalJsonObject>,
  { takesLists }: { takesLists: boolean },
) =>
  input({
    ...field,
    clean: (value: unknown) => {
      const given = field.clean(value);
      const isDeep = (each: unknown) =>
        typeof each === "object" && each !== null && !(takesLists && Array.isArray(each));
      const deep = Object.entries(given ?? {}).find(([, each]) => isDeep(each));
      const wanted = takesLists ? "made of plain values and lists" : "made of plain values";
      return deep ? refuse(field.label, wanted, { [deep[0]]: deep[1] }) : given;
    },
  });

export const customAttributes = attributeValues("Custom Attributes", {
  comments:
    'The values of custom attributes, by name. Each attribute must be defined in Intercom; one that is not named keeps its value. A date is Unix seconds or {"date": "2026-11-02"}.',
  example: '{"plan_level": "gold", "seats": 12}',
});

export const ticketTypeId = identifier("Ticket Type ID", {
  comments: "The ID of the type of ticket you want to create",
  example: "147",
  dataSource: "selectTicketType",
});

export const additionalFields = optionalJsonObject("Additional Fields", {
  comments:
    "Whatever else Intercom takes, laid over the request last. A field is cleared with null.",
  example: '{"phone": null}',
});

export const fetchAll = flag("Fetch All", {
  comments:
    "If true, all pages of results will be fetched. Where Intercom gives fewer than it counts, missing_count says how many may be missing.",
});

export const order = optionalChoice(
  "Order",
  [
    { label: "Ascending", value: "asc" },
    { label: "Descending", value: "desc" },
  ] as const,
  {
    default: "desc",
    comments: "The order to sort the results in. Default is 'desc'.",
  },
);

const pageNumbers = { least: 1, most: 1_000_000 };

export const page = optionalWholeNumber("Page", pageNumbers, {
  comments: "The page of results to fetch.",
  example: "1",
});

/** The catalogue page says 50, which was Intercom's limit once. */
export const perPage = optionalWholeNumber(
  "Per Page",
  { least: 1, most: 150 },
  {
    comments:
      "How many results to return per page. Default is 15. Max is 50. Today up to 150 are taken, and Intercom returns at most 60 companies per page.",
    example: "15",
  },
);

export const startingAfter = optionalIdentifier("Starting After Cursor", {
  comments:
    "If you want to get the next page of data in the batch, you must make a new request with the starting_after parameter equal to the cursor pointer string. Use the starting_after parameter of the previous response.",
});

/** The connection, typed as spectral gives it. */
export const connection = input({
  label: "Connection",
  type: "connection",
  required: true,
  clean: (value: unknown) => value as Connection,
});

export function isBlank(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === "string" && value.trim() === "") ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** @throws InvalidInputError `"Size" must be a whole number, not "many".` */
export function refuse(label: string, wanted: string, given: unknown): never {
  throw new InvalidInputError((quote) => `"${label}" must be ${wanted}, not ${quote(given)}.`);
}

function refuseBlank(label: string): never {
  throw new InvalidInputError(`"${label}" must be filled in; it was left empty.`);
}

function toText(label: string, value: unknown, wanted = "text"): string | undefined {
  if (isBlank(value)) return undefined;
  if (isDate(value)) return value.toISOString();
  const isText = ["string", "number", "bigint"].includes(typeof value);
  if (!isText || Number.isNaN(value)) return refuse(label, wanted, value);
  const given = String(value);
  return given.isWellFormed() ? given : refuse(label, "well-formed text", value);
}

/** A date, of whatever realm, that is one. */
export const isDate = (value: unknown): value is Date =>
  Object.prototype.toString.call(value) === "[object Date]" && !Number.isNaN(Number(value));

/** Far above any id of Intercom's, and still an URL that servers take. */
const longestIdentifier = 1000;

function toIdentifier(label: string, value: unknown): string | undefined {
  const given = toText(label, value)?.trim();
  if (given === "." || given === "..") return refuse(label, "an id", value);
  if ((given?.length ?? 0) > longestIdentifier) {
    return refuse(label, `at most ${longestIdentifier} characters`, value);
  }
  return given;
}

function choosingFrom<Value extends string>(model: Model<Value>): Read<Value> {
  return (label, value) => {
    const given = toText(label, value)?.trim();
    if (given === undefined) return undefined;
    const chosen = model.find((option) => option.value === given)?.value;
    return chosen ?? refuse(label, `one of ${inShort(model.map((option) => option.value))}`, value);
  };
}

const isoDate =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** 20191014 or 2019, which would pass for a day of 1970. */
const undashedDate = /^(19|20)\d{2}(\d{4})?$/;

function toTimestamp(label: string, value: unknown): number | undefined {
  const wanted = "Unix seconds or an ISO 8601 date";
  const given = toText(label, value, wanted)?.trim();
  if (given === undefined) return undefined;
  if (undashedDate.test(given)) return refuse(label, `${wanted} with dashes`, value);
  const seconds = secondsOf(given);
  return seconds === undefined || seconds < 0 ? refuse(label, wanted, value) : seconds;
}

/** Unix seconds, below 0 before 1970; `undefined` for what is neither those nor a date. */
function secondsOf(given: string): number | undefined {
  if (undashedDate.test(given)) return undefined;
  if (/^-?\d+$/.test(given)) {
    return Math.abs(Number(given)) <= lastSecond ? Number(given) : undefined;
  }
  const [, year, month, day, time = "00:00", zone = "Z"] = isoDate.exec(given) ?? [];
  const midnight = new Date(`${year}-${month}-${day}T00:00Z`);
  const exact = Date.parse(
    `${year}-${month}-${day}T${time.replace(",", ".")}${zone.toUpperCase()}`,
  );
  // 30 February passes for 1 March in some parsers.
  const isNone = Number.isNaN(exact) || midnight.getUTCDate() !== Number(day);
  return isNone ? undefined : Math.floor(exact / 1000);
}

/** Far more than anything of Intercom's is nested. */
const mostLevels = 20;

/** What JSON can hold, from text or from a value of an earlier step. */
export function toJsonValue(label: string, value: unknown): unknown {
  if (isBlank(value)) return undefined;
  const given = typeof value === "string" ? parseJson(label, value) : value;
  if (isDeeper(given, mostLevels)) refuse(label, `nested at most ${mostLevels} deep`, value);
  return toJson(given) === undefined ? refuse(label, "what JSON can hold", value) : given;
}

function parseJson(label: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse(label, "valid JSON", text);
  }
}

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === "object" &&
  value !== null &&
  (levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1)));

/** One made by `{}` or `JSON.parse`, of this realm or of the one that a flow's code runs in. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
