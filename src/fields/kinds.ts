import { input } from "@prismatic-io/spectral";
import { toAttachments } from "./content";
import {
  choosingFrom,
  type Model,
  type Read,
  refuseBlank,
  refuseMore,
  refuseNested,
  toAddress,
  toAttributeValues,
  toBoolean,
  toDay,
  toEventMetadata,
  toIdentifier,
  toJsonObject,
  toNumber,
  toText,
  toTimestamp,
  toWholeNumber,
} from "./values";

/**
 * The kinds of fields for declaring inputs. Each kind decides whether the field must be filled in,
 * what a blank means, and which type the value has.
 */

interface Words {
  comments?: string;
  example?: string;
  placeholder?: string;
  default?: string;
  /** The key of the data source that offers values. */
  dataSource?: string;
  /** Whether the designer shows a star. A needed field refuses a blank even without a star. */
  required?: boolean;
}

/** A field that the action needs. */
const needed = <Value>(label: string, words: Words, read: Read<Value>) =>
  input({
    required: true,
    ...words,
    label,
    type: "string",
    clean: (value: unknown): Value => read(label, value) ?? refuseBlank(label),
  });

/** A field that may be blank; the request then leaves the field out. */
const optional = <Value>(label: string, words: Words, read: Read<Value>) =>
  input({
    required: false,
    ...words,
    label,
    type: "string",
    clean: (value: unknown) => read(label, value),
  });

/** Text, unchanged. */
export const text = (label: string, words: Words = {}) => needed(label, words, toText);
export const optionalText = (label: string, words: Words = {}) => optional(label, words, toText);

/** An id, an e-mail or the like, without the blanks around the value. */
export const identifier = (label: string, words: Words = {}) => needed(label, words, toIdentifier);
export const optionalIdentifier = (label: string, words: Words = {}) =>
  optional(label, words, toIdentifier);

/**
 * A time. Takes Unix seconds, or an ISO 8601 date with or without a time. A time without a zone is
 * UTC.
 */
export const timestamp = (label: string, words: Words = {}) => needed(label, words, toTimestamp);
export const optionalTimestamp = (label: string, words: Words = {}) =>
  optional(label, words, toTimestamp);

/** A time that Intercom compares by whole days. A date without a time is that day in most zones. */
export const optionalDay = (label: string, words: Words = {}) => optional(label, words, toDay);

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

/** Yes or No. A blank leaves the field out of the request, so No differs from a blank. */
export const yesOrNo = (label: string, words: Words = {}) => ({
  ...optional(label, words, toBoolean),
  model: [
    { label: "Yes", value: "true" },
    { label: "No", value: "false" },
  ],
});

interface ListWords extends Omit<Words, "default"> {
  /** The most rows that Intercom accepts. */
  most?: number;
}

/** A list of ids or the like, without empty rows. */
export const identifiers = (label: string, words: ListWords = {}) =>
  listOf(label, words, toIdentifier);

/** A list of addresses on the web, without empty rows. */
export const addresses = (label: string, words: ListWords = {}) => listOf(label, words, toAddress);

/** A list of texts, without empty rows. */
export const texts = (label: string, words: ListWords = {}) => listOf(label, words, toText);

/** At most `most` files by their names, with contents from earlier steps. */
export const files = (label: string, { most, ...words }: ListWords & { most: number }) =>
  input({
    required: false,
    ...words,
    label,
    type: "string",
    collection: "keyvaluelist",
    clean: (value: unknown) => toAttachments(label, value, most),
  });

/** Several values of a list; the designer shows the list. */
export const choices = <Value extends string>(
  label: string,
  model: Model<Value>,
  words: Words = {},
) => ({ ...listOf(label, words, choosingFrom(model)), model: [...model] });

const listOf = <Value>(label: string, { most, ...words }: ListWords, read: Read<Value>) =>
  input({
    required: false,
    ...words,
    label,
    type: "string",
    collection: "valuelist",
    clean: (value: unknown): Value[] => {
      const rows = Array.isArray(value) ? value : [value];
      const values = rows.flatMap((row) => read(label, row) ?? []);
      return values.length > (most ?? values.length) ? refuseMore(label, most, values) : values;
    },
  });

/** The ids that Intercom takes as numbers. */
const numbers = { least: 1, most: Number.MAX_SAFE_INTEGER };

/** An id that Intercom takes as a number. */
export const optionalNumericIdentifier = (label: string, words: Words = {}) =>
  optional(label, words, toWholeNumber(numbers));

/** A list of such ids, without empty rows. */
export const numericIdentifiers = (label: string, words: ListWords = {}) =>
  listOf(label, words, toWholeNumber(numbers));

/** A whole number from `least` to `most`. */
export const optionalWholeNumber = (
  label: string,
  bounds: { least: number; most: number },
  words: Words = {},
) => optional(label, words, toWholeNumber(bounds));

/** A number, with or without a fraction, up to `most` on either side of 0. */
export const optionalNumber = (label: string, bounds: { most: number }, words: Words = {}) =>
  optional(label, words, toNumber(bounds));

/** A box to tick. A blank means the default, or else `false`. */
export const flag = (label: string, words: Words = {}) =>
  input({
    required: false,
    default: "false",
    ...words,
    label,
    type: "boolean",
    clean: (value: unknown) => toBoolean(label, value) ?? words.default === "true",
  });

const optionalJson = <Value>(label: string, words: Words, read: Read<Value>) =>
  input({ ...optional(label, words, read), type: "code", language: "json" });

/** A JSON object, as text or as a value from an earlier step. `{}` counts as blank. */
export const optionalJsonObject = (label: string, words: Words = {}) =>
  optionalJson(label, words, toJsonObject);

/**
 * Attributes by name. The forms give a date as `{"date": "2026-11-02"}`; we turn the date into Unix
 * seconds, and leave an emptied date out.
 */
export const attributeValues = (label: string, words: Words = {}) =>
  optionalJson(label, words, toAttributeValues);

/** The metadata of an event, by name. */
export const eventMetadata = (label: string, words: Words = {}) =>
  optionalJson(label, words, toEventMetadata);

/** The same field, without nesting: only text, numbers, true, false, null, and lists if allowed. */
export const flat = (
  field: ReturnType<typeof optionalJsonObject>,
  taken: { takesLists: boolean },
) =>
  input({
    ...field,
    clean: (value: unknown) => {
      const given = field.clean(value);
      if (given) refuseNested(field.label, given, taken);
      return given;
    },
  });
