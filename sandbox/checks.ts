/** What a value that came from outside must be, and the words that say so. */
export interface Check {
  words: string;
  isMet(value: unknown): boolean;
  /** Of a list: what each of its values must be. */
  each?: Check;
}

/** What steers the sandbox was not understood; nothing was changed. */
export class SteeringError extends TypeError {}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const wholeNumber = (from: number, to: number): Check => ({
  words: `a whole number from ${from} to ${to}`,
  isMet: (value) => Number.isInteger(value) && Number(value) >= from && Number(value) <= to,
});

export const count = wholeNumber(0, 1_000_000_000);

/** A time that passes on the machine's clock: no client waits longer than ten minutes. */
export const realTimeMs = wholeNumber(0, 600_000);

export const oneOf = (choices: readonly string[]): Check => ({
  words: `one of: ${choices.join(", ")}`,
  isMet: (value) => choices.includes(value as string),
});

export const text: Check = { words: "text", isMet: (value) => typeof value === "string" };

export const flag: Check = {
  words: "true or false",
  isMet: (value) => typeof value === "boolean",
};

export const object: Check = { words: "a JSON object", isMet: isObject };

export const anything: Check = { words: "any value", isMet: () => true };

export const listOf = (each: Check): Check => ({
  words: "a list",
  isMet: (value) => Array.isArray(value) && value.every(each.isMet),
  each,
});

/** A URL of the web, without a name and password in it. */
export const isWebUrl = (value: unknown): value is string => {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return /^https?:$/.test(protocol) && username === "" && password === "";
};

/**
 * Reads what came from outside: only keys that have a check, and only values that meet it. All of it
 * is checked before any of it is used.
 */
export function readChecked<Value>(
  what: string,
  given: unknown,
  checks: Readonly<Record<string, Check>>,
  needed: readonly string[] = [],
): Value {
  const keys = Object.keys(checks).join(", ");
  if (!isObject(given)) {
    throw new SteeringError(`Give a JSON object of ${keys} for ${what}, not ${inShort(given)}.`);
  }
  const read: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
    if (!check) {
      throw new SteeringError(`${inShort(key)} is unknown in ${what}, which may have: ${keys}.`);
    }
    if (value === undefined) continue;
    if (!check.isMet(value)) throw new SteeringError(refusalOf(key, check, value));
    read[key] = value;
  }
  for (const key of needed) {
    if (read[key] === undefined) {
      throw new SteeringError(`"${key}" is missing in ${what}: it must be ${checks[key]?.words}.`);
    }
  }
  return read as Value;
}

function refusalOf(key: string, { words, each }: Check, value: unknown): string {
  if (!each || !Array.isArray(value)) return `"${key}" must be ${words}, not ${inShort(value)}.`;
  const odd = value.find((item) => !each.isMet(item));
  return `Each of "${key}" must be ${each.words}, not ${inShort(odd)}.`;
}

const longestShown = 80;

/** A value inside a sentence. */
export function inShort(value: unknown): string {
  const shown = (typeof value === "number" ? String(value) : JSON.stringify(value)) ?? "nothing";
  return shown.length > longestShown ? `${shown.slice(0, longestShown)}…` : shown;
}
