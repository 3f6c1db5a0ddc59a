import { InvalidInputError } from "../intercom/wire/errors";
import { inShort, toJson } from "../intercom/wire/json";
import { lastSecond } from "../intercom/wire/times";

/**
 * Each reader turns a raw value into a typed value. A reader returns `undefined` for a blank, and
 * refuses a value that it can't read. The designer sends `""`, `"false"` or `[]` for an untouched
 * field, and text for any other. A value from an earlier step may have any type.
 *
 * A refusal names the field by its label, before we send anything.
 */

/** Reads the raw value of the field with this label. */
export type Read<Value> = (label: string, value: unknown) => Value | undefined;

export interface Choice<Value extends string> {
  label: string;
  value: Value;
}

/** The choices that a field offers. */
export type Model<Value extends string> = readonly Choice<Value>[];

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

export function refuseBlank(label: string): never {
  throw new InvalidInputError(`"${label}" is empty: fill it in.`);
}

/** @throws InvalidInputError `"Attachment URLs" takes up to 10, not 12.` */
export function refuseMore(label: string, most: number | undefined, given: unknown[]): never {
  throw new InvalidInputError(`"${label}" takes up to ${most}, not ${given.length}.`);
}

/** @throws InvalidInputError that names these inputs, because one of them is needed. */
export function refuseAllBlank(labels: string[], orElse = ""): never {
  const quoted = labels.map((label) => `"${label}"`);
  const named = `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
  throw new InvalidInputError(`${named} are all empty: fill in one of them${orElse}.`);
}

export function toText(label: string, value: unknown, wanted = "text"): string | undefined {
  if (isBlank(value)) return undefined;
  if (isDate(value)) return value.toISOString();
  const isText = ["string", "number", "bigint"].includes(typeof value);
  if (!isText || Number.isNaN(value)) return refuse(label, wanted, value);
  const given = String(value);
  return given.isWellFormed() ? given : refuse(label, "well-formed text", value);
}

/** Whether a value is a valid `Date`, of any realm. */
export const isDate = (value: unknown): value is Date =>
  Object.prototype.toString.call(value) === "[object Date]" && !Number.isNaN(Number(value));

/** Far longer than any of Intercom's ids, and short enough for a URL. */
const longestIdentifier = 1000;

export function toIdentifier(label: string, value: unknown): string | undefined {
  const given = toText(label, value)?.trim();
  if (given === "." || given === "..") return refuse(label, "an id", value);
  if ((given?.length ?? 0) > longestIdentifier) {
    return refuse(label, `at most ${longestIdentifier} characters`, value);
  }
  return given;
}

/** The address of a file, which may be long because it may hold a signature. */
export const toAddress: Read<string> = (label, value) => toText(label, value)?.trim();

export function choosingFrom<Value extends string>(model: Model<Value>): Read<Value> {
  return (label, value) => {
    const given = toText(label, value)?.trim();
    if (given === undefined) return undefined;
    const chosen = model.find((option) => option.value === given)?.value;
    return chosen ?? refuse(label, `one of ${inShort(model.map((option) => option.value))}`, value);
  };
}

/** Reads a whole number from `least` to `most`. */
export const toWholeNumber =
  ({ least, most }: { least: number; most: number }): Read<number> =>
  (label, value) => {
    const given = toText(label, value, "a whole number")?.trim();
    if (given === undefined) return undefined;
    const number = Number(given);
    if (!/^[+-]?\d+$/.test(given)) return refuse(label, "a whole number", value);
    if (number < least || number > most) {
      return refuse(label, `a whole number from ${least} to ${most}`, value);
    }
    return number;
  };

const decimalNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** Reads a number, with or without a fraction, up to `most` on either side of 0. */
export const toNumber =
  ({ most }: { most: number }): Read<number> =>
  (label, value) => {
    const given = toText(label, value, `a number up to ${most}`)?.trim();
    if (given === undefined) return undefined;
    const number = Number(given);
    if (!decimalNumber.test(given) || Math.abs(number) > most) {
      return refuse(label, `a number up to ${most}`, value);
    }
    return number;
  };

export function toBoolean(label: string, value: unknown): boolean | undefined {
  const given = typeof value === "boolean" ? String(value) : toText(label, value)?.trim();
  if (given === undefined) return undefined;
  if (given === "false") return false;
  return given === "true" || refuse(label, "true or false", value);
}

const isoDate =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** 20191014 or 2019, which would mean a day in 1970 as Unix seconds. */
const undashedDate = /^(19|20)\d{2}(\d{4})?$/;

export function toTimestamp(label: string, value: unknown): number | undefined {
  const wanted = "Unix seconds or an ISO 8601 date";
  const given = toText(label, value, wanted)?.trim();
  if (given === undefined) return undefined;
  if (undashedDate.test(given)) return refuse(label, `${wanted} with dashes`, value);
  const seconds = secondsOf(given);
  return seconds === undefined || seconds < 0 ? refuse(label, wanted, value) : seconds;
}

/** At 10:00 UTC, all places from Hawaii (-10) to New Zealand in summer (+13) have the same day. */
const sharedHourSeconds = 10 * 3600;

/** A time within a day. Intercom takes the day that this time has in the workspace's time zone. */
export function toDay(label: string, value: unknown): number | undefined {
  const seconds = toTimestamp(label, value);
  const isDayAlone = typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value.trim());
  return seconds !== undefined && isDayAlone ? seconds + sharedHourSeconds : seconds;
}

/** Unix seconds, negative before 1970; `undefined` if the text is neither Unix seconds nor a date. */
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
  // Some parsers read 30 February as 1 March.
  const isNone = Number.isNaN(exact) || midnight.getUTCDate() !== Number(day);
  return isNone ? undefined : Math.floor(exact / 1000);
}

/** Far deeper than any of Intercom's objects. */
const mostLevels = 20;

/** A JSON value, from text or from a value of an earlier step. */
export function toJsonValue(label: string, value: unknown): unknown {
  if (isBlank(value)) return undefined;
  const given = typeof value === "string" ? parseJson(label, value) : value;
  if (isDeeper(given, mostLevels)) refuse(label, `nested at most ${mostLevels} deep`, value);
  return toJson(given) === undefined ? refuse(label, "a value that JSON can hold", value) : given;
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

/** A JSON object; `{}` counts as blank. */
export function toJsonObject(label: string, value: unknown): Record<string, unknown> | undefined {
  const given = toJsonValue(label, value);
  if (given === undefined) return undefined;
  if (!isPlainObject(given)) return refuse(label, "a JSON object", value);
  return toJson(given) === "{}" ? undefined : given;
}

/**
 * Attributes by name. The forms give a date as `{"date": "2026-11-02"}`; we turn the date into Unix
 * seconds, and leave an emptied date out.
 */
export function toAttributeValues(
  label: string,
  value: unknown,
): Record<string, unknown> | undefined {
  const values = Object.entries(toJsonObject(label, value) ?? {}).flatMap(([name, each]) => {
    if (!isDateOfForm(each)) return [[name, each]];
    if (isBlank(each.date)) return [];
    const text = isDate(each.date) ? each.date.toISOString() : String(each.date).trim();
    const seconds = secondsOf(text);
    const wanted = "an object whose dates are ISO 8601 or Unix seconds";
    return [[name, seconds ?? refuse(label, wanted, { [name]: each })]];
  });
  return values.length === 0 ? undefined : Object.fromEntries(values);
}

const isDateOfForm = (value: unknown): value is { date?: unknown } =>
  isPlainObject(value) && Object.keys(value).every((key) => key === "date");

/** Refuses an object whose values are objects, or lists without `takesLists`. */
export function refuseNested(
  label: string,
  given: Record<string, unknown>,
  { takesLists }: { takesLists: boolean },
): void {
  const isNested = (each: unknown) =>
    typeof each === "object" && each !== null && !(takesLists && Array.isArray(each));
  const nested = Object.entries(given).find(([, each]) => isNested(each));
  const wanted = takesLists
    ? "an object of text, numbers, true, false, null and lists"
    : "an object of text, numbers, true, false and null";
  if (nested) refuse(label, wanted, { [nested[0]]: nested[1] });
}

/** Intercom keeps ten keys, and drops the others silently (OpenAPI 2.16, createDataEvent). */
const mostMetadata = 10;
/** The objects that metadata may hold: a link, and an amount of money. */
const objectsOfMetadata = [
  { url: "string", value: "string" },
  { amount: "number", currency: "string" },
];

/** Metadata of an event: plain values, links and amounts by name. */
export function toEventMetadata(label: string, value: unknown) {
  const given = toJsonObject(label, value);
  if (given === undefined) return undefined;
  const entries = Object.entries(given);
  if (entries.length > mostMetadata) refuseMore(label, mostMetadata, entries);
  const fits = (each: unknown): boolean =>
    typeof each !== "object" ||
    each === null ||
    objectsOfMetadata.some(
      (types) =>
        Object.keys(each).length === 2 &&
        Object.entries(types).every(
          ([key, type]) => typeof (each as Record<string, unknown>)[key] === type,
        ),
    );
  const odd = entries.find(([, each]) => !fits(each));
  const wanted = "made of plain values, { url, value } and { amount, currency }";
  return odd ? refuse(label, wanted, Object.fromEntries([odd])) : given;
}

/** One made by `{}` or `JSON.parse`, of this realm or of the one that a flow's code runs in. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
