/** The last second of the year 9999. A greater number was meant as milliseconds. */
const latest = 253402300799;

/** A date that people write down, as Unix seconds: a birthday may be before 1970. */
export const isDate = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Math.abs(value as number) <= latest;

/** When something happened in Intercom, as Unix seconds. */
export const isTimestamp = (value: unknown): value is number => isDate(value) && value >= 0;
