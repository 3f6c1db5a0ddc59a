import { type Outcome, rateLimitOf } from "./answer";

/** The part of a window that is left to other programs: a fiftieth. */
const reservePart = 50;

/** A window has ten seconds; whoever says much more is not believed. */
const longestWindowMs = 60_000;

/** Reset and date are cut to whole seconds. */
const blurMs = 2000;

/**
 * Keeps requests that go out together from running into the rate limit: it learns from each answer
 * how many more the window takes, and holds back what would be too many until the next window.
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
    // Answers overtake each other: within a window, the smallest remainder is the newest. Its end is
    // known to the second or two, so one that lies further off is the next window's.
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
        "Intercom's window has room for few more requests.",
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
