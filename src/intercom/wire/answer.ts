/** An HTTP answer. Header names are lower case. */
export interface Answer {
  /** `done` is any status from 200 to 299. */
  kind: "done" | "refused";
  status: number;
  headers: Record<string, string | undefined>;
  data: unknown;
  /** Whether the body is longer than what we read. */
  isCut?: boolean;
}

/** No answer came, or one that we can't read. */
export interface Silence {
  kind: "silence";
  reason: string;
  /** Whether the request may have reached Intercom nevertheless. */
  wasSent: boolean;
  /** Whether a retry would end in the same way. */
  isLasting?: boolean;
}

export type Outcome = Answer | Silence;

/** For an answer that came, but that we can't use. */
export const silence = (reason: string): Silence => ({ kind: "silence", reason, wasSent: true });

/** Intercom counts in windows of ten seconds (developers.intercom.com, Rate limiting). */
const rateLimitWindowMs = 10_000;

/**
 * Whether a server or a proxy failed. Proxies and content networks have statuses of their own (507 to
 * 509, 520 to 530, 598, 599). They send these also for a request that Intercom has done.
 */
export const isFailure = (status: number): boolean => status === 408 || status >= 500;

/** Whether a retry may succeed. */
export const isTransient = (outcome: Outcome): boolean =>
  outcome.kind === "silence" ? !outcome.isLasting : isFailure(outcome.status);

/** Whether Intercom may have done what we asked, although no good answer came. */
export const mayHaveBeenDone = (outcome: Outcome): boolean =>
  outcome.kind === "silence" ? outcome.wasSent : isFailure(outcome.status);

/** The headers give whole seconds, so a window that seems over may last a moment longer. */
const shortestWaitMs = 1000;

/**
 * How long until the next rate limit window, by `X-RateLimit-Reset` (Unix seconds) or `Retry-After`.
 * We compare the reset with the answer's own `Date`, so a wrong clock on our side does no harm.
 */
export function untilNextWindowMs({ headers }: Answer): number {
  const resetSeconds = Number(headers["x-ratelimit-reset"]);
  const answeredAtMs = Date.parse(headers.date ?? "") || Date.now();
  const untilResetMs = resetSeconds > 0 ? resetSeconds * 1000 - answeredAtMs : undefined;
  const afterMs = readRetryAfterMs(headers["retry-after"]);
  if (untilResetMs === undefined && afterMs === undefined) return rateLimitWindowMs;
  return Math.max(untilResetMs ?? 0, afterMs ?? 0, shortestWaitMs);
}

/** The rate limit in an answer's headers; undefined where one of the three headers is missing. */
export function rateLimitOf(outcome: Outcome) {
  if (outcome.kind === "silence") return undefined;
  const [most, remaining, resetSeconds] = ["limit", "remaining", "reset"].map((name) =>
    Number.parseInt(outcome.headers[`x-ratelimit-${name}`] ?? "", 10),
  ) as [number, number, number];
  if (Number.isNaN(most + remaining + resetSeconds)) return undefined;
  return { most, remaining, untilNextWindowMs: untilNextWindowMs(outcome) };
}

/** How long Intercom asks us to wait before a retry; 0 where the answer does not say. */
export function retryAfterMs(outcome: Outcome): number {
  if (outcome.kind === "silence") return 0;
  return readRetryAfterMs(outcome.headers["retry-after"]) ?? 0;
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function readRetryAfterMs(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
