/**
 * Undefined for a value that JSON can't hold: a function, a big integer, an object that holds
 * itself.
 */
export function toJson(value: unknown, replace?: (value: unknown) => unknown): string | undefined {
  try {
    return JSON.stringify(value, replace && ((_key, each) => replace(each)));
  } catch {
    return undefined;
  }
}

/** Whether a value is an object and not a list. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value as readable text, where it is text that is not blank, or a number. */
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
