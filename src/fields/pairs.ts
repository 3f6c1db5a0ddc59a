import { InvalidInputError } from "../intercom/wire/errors";
import { kindOf } from "../intercom/wire/quote";
import { isBlank, isPlainObject } from "./values";

export interface Pair {
  key: string;
  value: unknown;
}

/**
 * The rows of a key value list, by default without the rows that have no value. A row may hold a
 * secret, so a refusal does not quote the row.
 */
export function pairs(label: string, { keepsBlanks = false } = {}) {
  const refuseRow = (row: number, fault: string): never => {
    throw new InvalidInputError(
      `"${label}" must be a list of keys and values, and row ${row} ${fault}.`,
    );
  };
  return (value: unknown): Pair[] => {
    if (isBlank(value)) return [];
    if (!Array.isArray(value)) {
      throw new InvalidInputError(
        `"${label}" must be a list of keys and values, not ${kindOf(value)}.`,
      );
    }
    return value.flatMap((row: unknown, index): Pair[] => {
      if (!isPlainObject(row)) return refuseRow(index + 1, `is ${kindOf(row)}`);
      const { key, value } = row;
      if (isBlank(value) && (isBlank(key) || !keepsBlanks)) return [];
      if (isBlank(key)) return refuseRow(index + 1, "has no key");
      const isText = typeof key === "string" || typeof key === "number";
      if (!isText) return refuseRow(index + 1, `has ${kindOf(key)} as its key`);
      return [{ key: String(key), value }];
    });
  };
}
