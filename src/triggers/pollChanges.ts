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
 * How long before the last poll is looked at again. A contact takes "up to a few minutes" to be found
 * by a search (OpenAPI 2.16, SearchContacts).
 */
const lookBackSeconds = 15 * 60;

/**
 * A record that changed in the second in which it was read may change again in that second, with the
 * same `updated_at`; and the clock of an answer may be ahead of the one that writes `updated_at`. So
 * a record is left for the next poll until it has rested that long.
 */
const settlingSeconds = 3;

/**
 * Above this the oldest are forgotten: what changed up to then is not looked at again, and what was
 * made up to then is not new any more.
 */
const mostRecords = 5000;
const mostRestless = 1000;

/** Polls in a row for which the mark stays while records may be missing. */
const mostIncompletePolls = 3;
/** Delivered records that we remember while the mark stays. */
const mostWhileIncomplete = 2 * mostRecords;

/** What one poll leaves for the next. Times are Unix seconds. */
interface PollState {
  /** What changed before is not looked at: where it all began, or what was forgotten. */
  since: number;
  /** Everything that had changed before this was delivered, but for what is found late or restless. */
  mark: number;
  /** From when on the last poll looked. What was made later and never delivered is new. */
  lookedFrom: number;
  /** What was delivered of the time since then: `updated_at` by id. */
  delivered: Record<string, number>;
  /** The new ones among those that have not rested yet. */
  restless: string[];
  /** Delivered records whose `updated_at` we can't read: that value, as text, by id. */
  undated: Record<string, string>;
  /** Polls in a row after which records may be missing. */
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

/** No clock is a day ahead of ours: from such a mark on, no change would ever come. */
const isPast = (seconds: unknown): seconds is number =>
  typeof seconds === "number" && seconds < Date.now() / 1000 + 24 * 3600;

/** From the form of now, or from `{ lastPolledAt: "<ISO>" }` of the component before this one. */
function readState(state: Record<string, unknown>): PollState | undefined {
  const { lastPolledAt, ...own } = state;
  // Version 0.1.0 left neither of the two.
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

/** What of the changes is to be delivered, and what the next poll must know. */
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
  // Version 0.1.0 left times as text where Intercom gave them so.
  const known = new Map(Object.entries(state.delivered).map(([id, at]) => [id, Number(at)]));
  const undated = new Map(Object.entries(state.undated));
  for (const one of rested) {
    // Those that we see again go to the end, because the beginning is forgotten.
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
  // Where some may be missing, all of that time is looked at again, and nothing of it forgotten.
  const goesOn = isWhole || isGivenUp;
  const [, newestForgotten = 0] = (goesOn && recent[mostRecords]) || [];

  // One that moved while it was read, or is away for a while, is still new when it is back.
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
    yield `We can't read "updated_at" of ${idsOf(undated)}: each is delivered now, and again when that value changes.`;
  }
  const unborn = fresh.filter(({ createdAt }) => Number.isNaN(createdAt));
  if (unborn.length > 0) {
    yield `We can't read "created_at" of ${idsOf(unborn)}: each is delivered as updated.`;
  }
  if (incompletePolls > 0) {
    yield `Intercom gave fewer records than it counts (polls in a row: ${incompletePolls}), so we go on. What is still missing comes with its next change.`;
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
        "The kind of records to watch. Companies can't be searched by time, so each poll reads all of them, 60 in a request; companies without contacts are not seen.",
    },
  ),
  showNewRecords: flag("Show New Records", {
    default: "true",
    comments: "Whether records that were created since the last poll are delivered.",
  }),
  showUpdatedRecords: flag("Show Updated Records", {
    default: "true",
    comments: "Whether records that were updated since the last poll are delivered.",
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
      context.logger.warn("What the last poll left can't be read, so the place is marked anew.");
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
    // By this, the component before this one can go on where this one stopped.
    const lastPolledAt = new Date(found.next.mark * 1000).toISOString();
    // Last of all: what went wrong before leaves the mark where it was.
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
