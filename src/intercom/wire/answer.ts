/** What came back over the wire. Header names are lower case. */
export interface Answer {
  /** `done` is any status from 200 to 299. */
  kind: "done" | "refused";
  status: number;
  headers: Record<string, string | undefined>;
  data: unknown;
  /** Whether there is more than was read. */
  isCut?: boolean;
}

/** Nothing came back, or nothing that can be read. */
export interface Silence {
  kind: "silence";
  reason: string;
  /** Whether the request may have reached Intercom all the same. */
  wasSent: boolean;
  /** Whether the next try would end in the same way. */
  isLasting?: boolean;
}

export type Outcome = Answer | Silence;

/** Something came back, but it is no answer. */
export const silence = (reason: string): Silence => ({ kind: "silence", reason, wasSent: true });

/** Intercom counts in windows of ten seconds (developers.intercom.com, Rate limiting). */
const rateLimitWindowMs = 10_000;

/**
 * Statuses of a failure on the way. Proxies and content networks have many of their own (507 to 509,
 * 520 to 530, 598, 599), and send them also for a request that Intercom has done.
 */
export const isFailure = (status: number): boolean => status === 408 || status >= 500;

/** Whether the next try may end better. */
export const isTransient = (outcome: Outcome): boolean =>
  outcome.kind === "silence" ? !outcome.isLasting : isFailure(outcome.status);

/** Whether what was asked may have been done, though no good answer came. */
export const mayHaveBeenDone = (outcome: Outcome): boolean =>
  outcome.kind === "silence" ? outcome.wasSent : isFailure(outcome.status);

/** Clocks are cut to whole seconds, so a window that seems over may have another moment to go. */
const shortestWaitMs = 1000;

/**
 * How long until Intercom counts anew, by `X-RateLimit-Reset` (Unix seconds) or `Retry-After`.
 * The reset is held against the answer's own `Date`, so that a clock that is off does no harm.
 */
export function untilNextWindowMs({ headers }: Answer): number {
  const resetSeconds = Number(headers["x-ratelimit-reset"]);
  const answeredAtMs = Date.parse(headers.date ?? "") || Date.now();
  const untilResetMs = resetSeconds > 0 ? resetSeconds * 1000 - answeredAtMs : undefined;
  const afterMs = readRetryAfterMs(headers["retry-after"]);
  if (untilResetMs === undefined && afterMs === undefined) return rateLimitWindowMs;
  return Math.max(untilResetMs ?? 0, afterMs ?? 0, shortestWaitMs);
}

/** What an answer says of the rate limit; undefined where it says nothing, or not all. */
export function rateLimitOf(outcome: Outcome) {
  if (outcome.kind === "silence") return undefined;
  const [most, remaining, resetSeconds] = ["limit", "remaining", "reset"].map((name) =>
    Number.parseInt(outcome.headers[`x-ratelimit-${name}`] ?? "", 10),
  ) as [number, number, number];
  if (Number.isNaN(most + remaining + resetSeconds)) return undefined;
  return { most, remaining, untilNextWindowMs: untilNextWindowMs(outcome) };
}

/** How long Intercom asks to wait before the next try; 0 where it does not say. */
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
