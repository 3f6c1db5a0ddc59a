import { isPlainObject } from "../fields/values";
import type { PlaceInPages } from "../intercom/changePages";
import type { Change } from "../intercom/changeSearch";
import { inShort } from "../intercom/wire/json";

/**
 * Each poll reads this long before the previous poll again, because a search may take "up to a few
 * minutes" to find a contact (OpenAPI 2.16, SearchContacts).
 */
export const lookBackSeconds = 15 * 60;

/**
 * A poll delivers a record only when its last change is this old; the next poll delivers the others.
 * A record may change again in the second in which we read it, with the same `updated_at`. The clock
 * of an answer may also be ahead of the clock that writes `updated_at`.
 */
const settlingSeconds = 3;

/**
 * We remember at most this many delivered records, and forget the oldest. Polls then skip every change
 * up to the newest forgotten one, and no record created up to then counts as new.
 */
const mostRecords = 5000;
const mostRestless = 1000;

/** After this many polls in a row with missing records, the mark moves nevertheless. */
const mostIncompletePolls = 3;
/** Delivered records that we remember while the mark stays, or while one poll reads on. */
const mostMeanwhile = 2 * mostRecords;

/** The delivered records: `updated_at` by id. */
type Delivered = Record<string, number>;

/** The state that one poll stores for the next. Times are Unix seconds. */
export interface PollState {
  /** The lower bound of all polls: the time of the first poll, or of the newest forgotten change. */
  since: number;
  /** We delivered every change before this time, except restless records and late search results. */
  mark: number;
  /** The lower bound of the previous poll. A record created later and never delivered is new. */
  lookedFrom: number;
  /** The records delivered since that bound. */
  delivered: Delivered;
  /** The ids of new records that are not delivered yet, because they changed too recently. */
  restless: string[];
  /** Delivered records whose `updated_at` we can't read: the unreadable value, as text, by id. */
  undated: Record<string, string>;
  /** How many polls in a row may have missed records. */
  incompletePolls: number;
  /** The poll that has not read its last page yet, and where it goes on. */
  walk?: Walk & { place: PlaceInPages };
}

/** What a poll has delivered so far. */
export interface Walk extends Pick<PollState, "delivered" | "restless" | "undated"> {
  /** The newest change among the delivered records that the walk forgot, or else 0. */
  forgotten: number;
}

export const beginAt = (mark: number, since = mark): PollState => ({
  since,
  mark,
  lookedFrom: since,
  delivered: {},
  restless: [],
  undated: {},
  incompletePolls: 0,
});

/** Rejects a mark a day or more ahead of our clock: with such a mark, no change would be found. */
const isPast = (seconds: unknown): seconds is number =>
  typeof seconds === "number" && seconds < Date.now() / 1000 + 24 * 3600;

/** Reads our own state, or `{ lastPolledAt: "<ISO>" }` of the earlier component. */
export function readState(state: Record<string, unknown>): PollState | undefined {
  const { lastPolledAt, ...own } = state;
  // Version 0.1.0 did not store these two.
  const whole = { undated: {}, incompletePolls: 0, ...own };
  if (isPollState(whole)) return whole;
  const polledAt = typeof lastPolledAt === "string" ? Date.parse(lastPolledAt) / 1000 : Number.NaN;
  return isPast(polledAt) ? beginAt(Math.floor(polledAt)) : undefined;
}

const isPollState = (state: Partial<Record<keyof PollState, unknown>>): state is PollState =>
  [state.since, state.mark, state.lookedFrom].every(isPast) &&
  [state.delivered, state.undated].every(isPlainObject) &&
  Array.isArray(state.restless) &&
  Number.isFinite(state.incompletePolls);

export const lowerBound = ({ since, mark }: PollState) => Math.max(since, mark - lookBackSeconds);

const isUndated = ({ updatedAt }: Change) => Number.isNaN(updatedAt);

/** A value of `updated_at` that we can't read, as we remember it. */
const undatedValue = ({ record }: Change): string => String(record.updated_at).slice(0, 40);

export const beginWalk = ({ restless, undated }: PollState): Walk => ({
  delivered: {},
  forgotten: 0,
  restless,
  undated,
});

/** The changes to deliver among some that we read, and the walk with them. */
export function sift(records: Change[], readAtSeconds: number, state: PollState, walk: Walk) {
  const restless = new Set(walk.restless);
  const isRested = (one: Change) =>
    isUndated(one) || one.updatedAt < readAtSeconds - settlingSeconds;
  const isKnown = (id: string) =>
    [state.delivered, walk.delivered, walk.undated].some((known) => Object.hasOwn(known, id));
  const isNew = ({ id, createdAt }: Change) =>
    restless.has(id) || (createdAt >= state.lookedFrom && !isKnown(id));
  // Version 0.1.0 stored times as text where Intercom gave text, and a comparison reads both.
  const isDelivered = (one: Change) =>
    one.updatedAt <= (state.delivered[one.id] ?? 0) ||
    one.updatedAt <= (walk.delivered[one.id] ?? 0) ||
    walk.undated[one.id] === undatedValue(one);
  const rested = records.filter(isRested);
  const fresh = rested.filter((one) => !isDelivered(one));
  const created = fresh.filter(isNew);
  const updated = fresh.filter((one) => !isNew(one));

  const undated = new Map(Object.entries(walk.undated));
  for (const one of rested) {
    // We move a record that we see again to the end, because we forget the beginning first.
    if (isUndated(one) || !isDelivered(one)) undated.delete(one.id);
    if (isUndated(one)) undated.set(one.id, undatedValue(one));
  }
  const delivered = new Map(Object.entries(walk.delivered));
  const least = Math.max(lowerBound(state), walk.forgotten + 1);
  // A comparison with NaN is false.
  for (const { id, updatedAt } of fresh) if (updatedAt >= least) delivered.set(id, updatedAt);
  const { kept, forgotten } =
    delivered.size > mostMeanwhile
      ? newest([...delivered], lowerBound(state))
      : { kept: Object.fromEntries(delivered), forgotten: 0 };

  // A new record stays new if it changed during the read, or if this poll did not find it.
  const restedIds = new Set(rested.map(({ id }) => id));
  const away = walk.restless.filter((id) => !restedIds.has(id));
  const moving = records.filter((one) => !isRested(one) && isNew(one)).map(({ id }) => id);
  const next: Walk = {
    delivered: kept,
    forgotten: Math.max(walk.forgotten, forgotten),
    restless: [...new Set([...away, ...moving])].slice(-mostRestless),
    undated: Object.fromEntries([...undated].slice(-mostRecords)),
  };
  return { created, updated, walk: next, warnings: warningsOf(fresh) };
}

/** The records that changed last, and the newest change among those that we forget. */
function newest(delivered: [string, number][], from: number) {
  const recent = delivered.filter(([, at]) => at >= from).sort(([, a], [, b]) => b - a);
  const [, forgotten = 0] = recent[mostRecords] ?? [];
  return { kept: Object.fromEntries(recent.filter(([, at]) => at > forgotten)), forgotten };
}

/** The state after a poll's last page. */
export function finish(
  { walk: _, ...state }: PollState,
  walk: Walk,
  { readAtSeconds, isWhole }: { readAtSeconds: number; isWhole: boolean },
): { next: PollState; warnings: string[] } {
  const from = lowerBound(state);
  const known = new Map(Object.entries(state.delivered).map(([id, at]) => [id, Number(at)]));
  for (const [id, at] of Object.entries(walk.delivered)) known.set(id, at);
  const polls = isWhole ? 0 : state.incompletePolls + 1;
  const recent = [...known].filter(([, at]) => at >= from);
  const isTooMuch = recent.length > mostMeanwhile || walk.forgotten > 0;
  const isGivenUp = polls >= mostIncompletePolls || (!isWhole && isTooMuch);
  // If records may be missing, the next poll reads the same time again, and we forget nothing.
  const goesOn = isWhole || isGivenUp;
  const { kept, forgotten } = goesOn
    ? newest(recent, from)
    : { kept: Object.fromEntries(recent), forgotten: 0 };
  const newestForgotten = Math.max(walk.forgotten, forgotten);
  const next: PollState = {
    ...state,
    since: Math.max(state.since, newestForgotten + 1),
    mark: goesOn ? Math.max(state.mark, readAtSeconds) : state.mark,
    lookedFrom: Math.max(from, newestForgotten + 1),
    delivered: kept,
    restless: walk.restless,
    undated: walk.undated,
    incompletePolls: isGivenUp ? 0 : polls,
  };
  return { next, warnings: isGivenUp ? [givenUp(polls)] : [] };
}

/**
 * The state with records that the initial sync delivered. Of too many we forget the oldest, and a poll
 * delivers those again. Polls still look at the same time, because the sync may have read a record
 * before its change.
 */
export const remember = (state: PollState, walk: Walk): PollState => {
  const known = Object.entries({ ...state.delivered, ...walk.delivered });
  const newestFirst = known.sort(([, a], [, b]) => b - a);
  return {
    ...state,
    delivered: Object.fromEntries(newestFirst.slice(0, mostRecords)),
    restless: walk.restless,
    undated: walk.undated,
  };
};

const givenUp = (polls: number) =>
  `Intercom gave fewer records than its own count (polls in a row: ${polls}), so we stop reading the same time again. A missing record comes with its next change.`;

function warningsOf(fresh: Change[]): string[] {
  const undated = fresh.filter(isUndated);
  const unborn = fresh.filter(({ createdAt }) => Number.isNaN(createdAt));
  return [
    ...(undated.length > 0
      ? [
          `We can't read "updated_at" of ${idsOf(undated)}: we deliver each now, and again when that value changes.`,
        ]
      : []),
    ...(unborn.length > 0
      ? [`We can't read "created_at" of ${idsOf(unborn)}: we deliver each as updated.`]
      : []),
  ];
}

const idsOf = (changes: Change[]): string => inShort(changes.map(({ id }) => id));

/** The state as we store it. With `lastPolledAt`, the earlier component can continue from here. */
export const stored = (state: PollState) => ({
  ...state,
  lastPolledAt: new Date(state.mark * 1000).toISOString(),
});
