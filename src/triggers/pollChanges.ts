import { pollingTrigger } from "@prismatic-io/spectral";
import { withIntercom } from "../connections";
import { changedRecords } from "../examples/changes";
import { connection } from "../fields/inputs";
import { choice, flag } from "../fields/kinds";
import { readInputs, unread } from "../fields/reading";
import { isPlainObject } from "../fields/values";
import type { Change, Changes } from "../intercom/changes";
import { inShort } from "../intercom/wire/json";

/**
 * Each poll reads this long before the previous poll again, because a search may take "up to a few
 * minutes" to find a contact (OpenAPI 2.16, SearchContacts).
 */
const lookBackSeconds = 15 * 60;

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
/** Delivered records that we remember while the mark stays. */
const mostWhileIncomplete = 2 * mostRecords;

/** The state that one poll stores for the next. Times are Unix seconds. */
interface PollState {
  /** The lower bound of all polls: the time of the first poll, or of the newest forgotten change. */
  since: number;
  /** We delivered every change before this time, except restless records and late search results. */
  mark: number;
  /** The lower bound of the previous poll. A record created later and never delivered is new. */
  lookedFrom: number;
  /** The records delivered since that bound: `updated_at` by id. */
  delivered: Record<string, number>;
  /** The ids of new records that are not delivered yet, because they changed too recently. */
  restless: string[];
  /** Delivered records whose `updated_at` we can't read: the unreadable value, as text, by id. */
  undated: Record<string, string>;
  /** How many polls in a row may have missed records. */
  incompletePolls: number;
}

const beginAt = (seconds: number): PollState => ({
  since: seconds,
  mark: seconds,
  lookedFrom: seconds,
  delivered: {},
  restless: [],
  undated: {},
  incompletePolls: 0,
});

/** Rejects a mark a day or more ahead of our clock: with such a mark, no change would be found. */
const isPast = (seconds: unknown): seconds is number =>
  typeof seconds === "number" && seconds < Date.now() / 1000 + 24 * 3600;

/** Reads our own state, or `{ lastPolledAt: "<ISO>" }` of the earlier component. */
function readState(state: Record<string, unknown>): PollState | undefined {
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

const lowerBound = ({ since, mark }: PollState) => Math.max(since, mark - lookBackSeconds);

/** A value of `updated_at` that we can't read, as we remember it. */
const undatedValue = ({ record }: Change): string => String(record.updated_at).slice(0, 40);

/** The changes to deliver, and the state for the next poll. */
function toDeliver({ records, readAtSeconds, isWhole }: Changes, state: PollState) {
  const restless = new Set(state.restless);
  const isUndated = ({ updatedAt }: Change) => Number.isNaN(updatedAt);
  const isRested = (one: Change) =>
    isUndated(one) || one.updatedAt < readAtSeconds - settlingSeconds;
  const isKnown = (id: string) =>
    Object.hasOwn(state.delivered, id) || Object.hasOwn(state.undated, id);
  const isNew = ({ id, createdAt }: Change) =>
    restless.has(id) || (createdAt >= state.lookedFrom && !isKnown(id));
  const isDelivered = (one: Change) =>
    one.updatedAt <= (state.delivered[one.id] ?? 0) || state.undated[one.id] === undatedValue(one);
  const rested = records.filter(isRested);
  const fresh = rested.filter((one) => !isDelivered(one));
  const created = fresh.filter(isNew);
  const updated = fresh.filter((one) => !isNew(one));

  const from = lowerBound(state);
  // Version 0.1.0 stored times as text where Intercom gave text.
  const known = new Map(Object.entries(state.delivered).map(([id, at]) => [id, Number(at)]));
  const undated = new Map(Object.entries(state.undated));
  for (const one of rested) {
    // We move a record that we see again to the end, because we forget the beginning first.
    if (isUndated(one) || !isDelivered(one)) undated.delete(one.id);
    if (isUndated(one)) undated.set(one.id, undatedValue(one));
  }
  for (const one of fresh) if (!isUndated(one)) known.set(one.id, one.updatedAt);
  const recent = [...known]
    .filter(([, updatedAt]) => updatedAt >= from)
    .sort(([, a], [, b]) => b - a);
  const incompletePolls = isWhole ? 0 : state.incompletePolls + 1;
  const isGivenUp =
    incompletePolls >= mostIncompletePolls || (!isWhole && recent.length > mostWhileIncomplete);
  // If records may be missing, the next poll reads the same time again, and we forget nothing.
  const goesOn = isWhole || isGivenUp;
  const [, newestForgotten = 0] = (goesOn && recent[mostRecords]) || [];

  // A new record stays new if it changed during the read, or if this poll did not find it.
  const restedIds = new Set(rested.map(({ id }) => id));
  const away = state.restless.filter((id) => !restedIds.has(id));
  const moving = records.filter((one) => !isRested(one) && isNew(one)).map(({ id }) => id);
  const next: PollState = {
    since: Math.max(state.since, newestForgotten + 1),
    mark: goesOn ? Math.max(state.mark, readAtSeconds) : state.mark,
    lookedFrom: Math.max(from, newestForgotten + 1),
    delivered: Object.fromEntries(recent.filter(([, updatedAt]) => updatedAt > newestForgotten)),
    restless: [...new Set([...away, ...moving])].slice(-mostRestless),
    undated: Object.fromEntries([...undated].slice(-mostRecords)),
    incompletePolls: isGivenUp ? 0 : incompletePolls,
  };
  const warnings = warningsOf(fresh, isGivenUp ? incompletePolls : 0);
  return { created, updated, next, warnings };
}

function* warningsOf(fresh: Change[], incompletePolls: number) {
  const undated = fresh.filter(({ updatedAt }) => Number.isNaN(updatedAt));
  if (undated.length > 0) {
    yield `We can't read "updated_at" of ${idsOf(undated)}: we deliver each now, and again when that value changes.`;
  }
  const unborn = fresh.filter(({ createdAt }) => Number.isNaN(createdAt));
  if (unborn.length > 0) {
    yield `We can't read "created_at" of ${idsOf(unborn)}: we deliver each as updated.`;
  }
  if (incompletePolls > 0) {
    yield `Intercom gave fewer records than its own count (polls in a row: ${incompletePolls}), so we stop reading the same time again. A missing record comes with its next change.`;
  }
}

const idsOf = (changes: Change[]): string => inShort(changes.map(({ id }) => id));

const fields = {
  connection,
  resourceType: choice(
    "Resource Type",
    [
      { label: "Contacts", value: "contacts" },
      { label: "Companies", value: "companies" },
      { label: "Tickets", value: "tickets" },
      { label: "Conversations", value: "conversations" },
    ] as const,
    {
      comments:
        "The kind of records to watch. Intercom can't search companies by time, so each poll reads all companies, 60 per request. Intercom does not list companies without contacts.",
    },
  ),
  showNewRecords: flag("Show New Records", {
    default: "true",
    comments: "Whether to deliver records that were created since the last poll.",
  }),
  showUpdatedRecords: flag("Show Updated Records", {
    default: "true",
    comments: "Whether to deliver records that were updated since the last poll.",
  }),
};

export const pollChangesTrigger = pollingTrigger({
  display: {
    label: "New and Updated Records",
    description: "Checks for new and updated records in Intercom on a schedule",
  },
  inputs: unread(fields),
  perform: async (context, payload, given) => {
    const inputs = readInputs(fields, given);
    const { resourceType } = inputs;
    const kept = context.polling.getState();
    const state = readState(kept);
    if (!state && Object.keys(kept).length > 0) {
      context.logger.warn(
        "We can't read the state of the last poll, so this poll starts anew: changes before it are not delivered.",
      );
    }
    const found = await withIntercom(inputs.connection, context.logger, async (intercom) => {
      const { changes, http } = intercom;
      if (!state) {
        return { created: [], updated: [], next: beginAt(await changes.now(resourceType)) };
      }
      const found = toDeliver(await changes.since(resourceType, lowerBound(state)), state);
      for (const warning of found.warnings) http.log.warn(warning);
      return found;
    });
    const created = inputs.showNewRecords ? found.created.map(({ record }) => record) : [];
    const updated = inputs.showUpdatedRecords ? found.updated.map(({ record }) => record) : [];
    // With this, the earlier component can continue where this one stopped.
    const lastPolledAt = new Date(found.next.mark * 1000).toISOString();
    // We store the state last, so that an error leaves the mark unchanged.
    context.polling.setState({ ...found.next, lastPolledAt });
    return {
      payload: {
        ...payload,
        body: { data: { created, updated }, contentType: "application/json" },
      },
      polledNoChanges: created.length + updated.length === 0,
    };
  },
  examplePayload: changedRecords,
});
