import { bytesOf } from "./bytes";
import { toJson } from "./json";
import type { Redaction } from "./redact";

const longestQuote = 80;

/** Puts a value into a sentence. */
export type Quote = (given: unknown) => string;

/** Words that may quote what was given, whenever it is known how. */
export type Words = string | ((quote: Quote) => string);

export const say = (words: Words, quote: Quote): string =>
  typeof words === "string" ? words : words(quote);

/** A value as JSON, without secrets, cut when it is long. */
export const quoting =
  ({ text }: Redaction): Quote =>
  (given) => {
    const json = toJson(given, (value) => {
      // Long enough to be cut below.
      if (typeof value === "string") return text(value, 2 * longestQuote);
      const bytes = bytesOf(value);
      return bytes ? `${bytes.length} bytes` : value;
    });
    const said = json ?? (typeof given === "bigint" ? `${given}` : kindOf(given));
    return text(said, longestQuote);
  };

/** What a value is, without a word of it: `text`, `a number`. */
export const kindOf: Quote = (given) => {
  if (given === undefined || given === null) return "nothing";
  if (typeof given === "string") return "text";
  if (Array.isArray(given)) return "a list";
  return typeof given === "object" ? "an object" : `a ${typeof given}`;
};
