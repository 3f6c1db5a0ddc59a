import { inShort, isRecord } from "./json";
import type { Speech } from "./log";
import { quoting } from "./quote";

/**
 * The rows of a list that are objects, so that their fields can be read; the log says which were left
 * out. `what` completes "left out of".
 */
export function rowsOf(
  list: unknown,
  what: string,
  { log, redaction }: Speech,
): Record<string, unknown>[] {
  const quote = quoting(redaction);
  if (!Array.isArray(list)) {
    log.warn(`Intercom gave ${list == null ? "nothing" : quote(list)} in place of ${what}.`);
    return [];
  }
  const rows = list.filter(isRecord);
  if (rows.length < list.length) {
    const odd = list.filter((row) => !isRecord(row)).map(quote);
    log.warn(`Rows that are no objects were left out of ${what}: ${inShort(odd)}.`);
  }
  return rows;
}
