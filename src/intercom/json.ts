const longestQuote = 80;

/** A value as it may stand in a sentence: JSON, cut when it is long. */
export function quote(given: unknown): string {
  const kind = typeof given === "object" ? "an object" : `a ${typeof given}`;
  const json = toJson(given) ?? (typeof given === "bigint" ? `${given}` : kind);
  return json.length > longestQuote ? `${json.slice(0, longestQuote - 1)}…` : json;
}

/** Undefined for what JSON can't hold: functions, big integers, what has itself inside. */
export function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** Whether it is an object by key, and no list. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a person can read: text that is not blank, or a number. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

const mostNamed = 10;

/** `a, b and 3 more`. */
export const inShort = (values: string[]): string =>
  values.length > mostNamed
    ? `${values.slice(0, mostNamed).join(", ")} and ${values.length - mostNamed} more`
    : values.join(", ");
