/** One request to one of Intercom's paths, as it came and as it was answered. */
export interface LoggedRequest {
  method: string;
  /** As sent, with the query. */
  path: string;
  query: Record<string, string>;
  /** Names in lower case. The token itself is not kept. */
  headers: Record<string, string>;
  /**
   * Parsed where it is JSON, else the text; `undefined` where there was none, or none was read
   * because the token is wrong. Of a body above 64 KB the beginning, as text.
   */
  body: unknown;
  /** `null` while there is no answer, or where it never came. */
  status: number | null;
  apiVersion: string;
  requestId: string;
  atMs: number;
  /** `null` where `status` is. */
  durationMs: number | null;
  /** The fault that was played on this request. */
  fault?: string;
}

const longestLoggedBody = 64 * 1024;

/** A body as a log keeps it: of a very long one its beginning, as text. */
export const bodyForLog = (text: string): string =>
  text.length <= longestLoggedBody
    ? text
    : // Copied, because a slice of a string keeps all of it in memory.
      Buffer.from(text.slice(0, longestLoggedBody)).toString();

/** The last entries of what goes on for as long as a sandbox runs. */
export class Log<Entry> {
  readonly entries: Entry[] = [];
  #dropped = 0;

  constructor(readonly longest = 5000) {}

  add(entry: Entry): void {
    this.entries.push(entry);
    if (this.entries.length <= this.longest) return;
    this.entries.shift();
    this.#dropped++;
  }

  /** Those dropped included. */
  get count(): number {
    return this.#dropped + this.entries.length;
  }

  clear(): void {
    this.entries.length = 0;
    this.#dropped = 0;
  }
}

export function headersForLog(headers: Headers): Record<string, string> {
  const kept = Object.fromEntries(headers);
  if (kept.authorization) kept.authorization = kept.authorization.replace(/ .*$/s, " [hidden]");
  return kept;
}
