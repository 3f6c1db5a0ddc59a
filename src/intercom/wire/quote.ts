import { bytesOf } from "./bytes";
import { toJson } from "./json";
import type { Redaction } from "./redact";

const longestQuote = 80;

/** Puts a value into a sentence. */
export type Quote = (given: unknown) => string;

/** A text, or a function that makes the text once it gets a way to quote values. */
export type Words = string | ((quote: Quote) => string);

export const say = (words: Words, quote: Quote): string =>
  typeof words === "string" ? words : words(quote);

/** A value as JSON, with secrets hidden, and cut where it is long. */
export const quoting =
  ({ text }: Redaction): Quote =>
  (given) => {
    const json = toJson(given, (value) => {
      // Twice the length, so that the cut below still marks a long text.
      if (typeof value === "string") return text(value, 2 * longestQuote);
      const bytes = bytesOf(value);
      return bytes ? `${bytes.length} bytes` : value;
    });
    const said = json ?? (typeof given === "bigint" ? `${given}` : kindOf(given));
    return text(said, longestQuote);
  };

/** The kind of a value, without the value itself: `text`, `a number`. */
export const kindOf: Quote = (given) => {
  if (given === undefined || given === null) return "nothing";
  if (typeof given === "string") return "text";
  if (Array.isArray(given)) return "a list";
  return typeof given === "object" ? "an object" : `a ${typeof given}`;
};
