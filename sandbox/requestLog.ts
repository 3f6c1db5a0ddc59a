/** One request to one of Intercom's paths, as it came and as it was answered. */
export interface LoggedRequest {
  method: string;
  /** As sent, with the query. */
  path: string;
  query: Record<string, string>;
  /** Names in lower case. The token itself is not kept. */
  headers: Record<string, string>;
  /** Parsed where it is JSON, else the text; `undefined` where there was none. */
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

export function parseBody(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function headersForLog(headers: Headers): Record<string, string> {
  const kept = Object.fromEntries(headers);
  if (kept.authorization) kept.authorization = kept.authorization.replace(/ .*$/s, " [hidden]");
  return kept;
}
