import { type Outcome, rateLimitOf } from "./answer";

/** We leave one fiftieth of a window to other programs. */
const reservePart = 50;

/** A window lasts ten seconds, so we ignore a much longer value. */
const longestWindowMs = 60_000;

/** Reset and date are in whole seconds, so their difference may be wrong by this much. */
const blurMs = 2000;

/**
 * Keeps concurrent requests below the rate limit. Each answer says how many more requests the window
 * accepts. Requests above that number wait for the next window.
 */
export function createPace(pause: (ms: number, reason: string) => Promise<void>) {
  let inFlight = 0;
  let remaining = Number.POSITIVE_INFINITY;
  let reserve = 0;
  let windowEndsAtMs = 0;
  let waiting: Promise<void> | undefined;

  const isOpen = () => Date.now() >= windowEndsAtMs || remaining - inFlight > reserve;

  function learn(outcome: Outcome) {
    const limit = rateLimitOf(outcome);
    if (!limit) return;
    const endsAtMs = Date.now() + Math.min(limit.untilNextWindowMs, longestWindowMs);
    // Answers overtake each other: within a window, the smallest remainder is the newest. We know the
    // window's end to within two seconds, so an end that is later than that belongs to the next
    // window.
    const isNext = endsAtMs > windowEndsAtMs + blurMs;
    const isSameWindow = Date.now() < windowEndsAtMs && !isNext;
    remaining = isSameWindow ? Math.min(remaining, limit.remaining) : limit.remaining;
    windowEndsAtMs = isSameWindow ? windowEndsAtMs : endsAtMs;
    reserve = Math.floor(limit.most / reservePart);
  }

  return async function inTurn(send: () => Promise<Outcome>): Promise<Outcome> {
    while (!isOpen()) {
      waiting ??= pause(
        windowEndsAtMs - Date.now(),
        "Intercom's rate limit window is almost used up.",
      ).finally(() => {
        waiting = undefined;
      });
      await waiting;
    }
    inFlight += 1;
    try {
      const outcome = await send();
      learn(outcome);
      return outcome;
    } finally {
      inFlight -= 1;
    }
  };
}
