import { object, oneOf, readChecked } from "./checks";
import { type SeedName, seeds } from "./seed/seeds";
import { readSettings, type Settings } from "./settings";

/** What a sandbox goes back to; by default to what it began with. */
export interface ResetOptions {
  seed?: SeedName;
  settings?: Partial<Settings>;
}

/** Reads all of a reset before anything is touched: one that is refused changes nothing. */
export function readReset(given: unknown): { seed?: SeedName; settings: Partial<Settings> } {
  const checks = { seed: oneOf(Object.keys(seeds)), settings: object };
  const { settings, ...read } = readChecked<{ seed?: SeedName; settings?: object }>(
    "a reset",
    given,
    checks,
  );
  return { ...read, settings: readSettings(settings ?? {}) };
}
