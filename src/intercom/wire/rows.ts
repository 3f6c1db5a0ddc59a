import { inShort, isRecord } from "./json";
import type { Speech } from "./log";
import { quoting } from "./quote";

/**
 * The rows of a list that are objects, because callers read their fields. The log names the rows that
 * we leave out. `what` completes "these rows of".
 */
export function rowsOf(
  list: unknown,
  what: string,
  { log, redaction }: Speech,
): Record<string, unknown>[] {
  const quote = quoting(redaction);
  if (!Array.isArray(list)) {
    log.warn(`Intercom gave ${list == null ? "nothing" : quote(list)} instead of ${what}.`);
    return [];
  }
  const rows = list.filter(isRecord);
  if (rows.length < list.length) {
    const odd = list.filter((row) => !isRecord(row)).map(quote);
    log.warn(`We left out these rows of ${what}, because they are not objects: ${inShort(odd)}.`);
  }
  return rows;
}
