/** Undefined for what JSON can't hold: functions, big integers, what has itself inside. */
export function toJson(value: unknown, replace?: (value: unknown) => unknown): string | undefined {
  try {
    return JSON.stringify(value, replace && ((_key, each) => replace(each)));
  } catch {
    return undefined;
  }
}

/** Whether it is an object by key, and no list. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
