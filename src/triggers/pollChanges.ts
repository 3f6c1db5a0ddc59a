import { pollingTrigger } from "@prismatic-io/spectral";
import { withIntercom } from "../connections";
import { changedRecords } from "../examples/changes";
import { choice, connection, flag, isPlainObject } from "../fields";
import { readInputs, unread } from "../inputs";
import type { Changes, WatchedRecord } from "../intercom/changes";

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
}

const beginAt = (seconds: number): PollState => ({
  since: seconds,
  mark: seconds,
  lookedFrom: seconds,
  delivered: {},
  restless: [],
});

/** From the form of now, or from `{ lastPolledAt: "<ISO>" }` of the component before this one. */
function readState(state: Record<string, unknown>): PollState | undefined {
  const { lastPolledAt, ...own } = state;
  if (isPollState(own)) return own;
  const polledAtMs = typeof lastPolledAt === "string" ? Date.parse(lastPolledAt) : Number.NaN;
  return Number.isNaN(polledAtMs) ? undefined : beginAt(Math.floor(polledAtMs / 1000));
}

const isPollState = (state: Partial<Record<keyof PollState, unknown>>): state is PollState =>
  [state.since, state.mark, state.lookedFrom].every(Number.isFinite) &&
  isPlainObject(state.delivered) &&
  Array.isArray(state.restless);

const lowerBound = ({ since, mark }: PollState) => Math.max(since, mark - lookBackSeconds);

/** What of the changes is to be delivered, and what the next poll must know. */
function toDeliver({ records, readAtSeconds, isWhole }: Changes, state: PollState) {
  const restless = new Set(state.restless);
  const isRested = ({ updated_at }: WatchedRecord) => updated_at < readAtSeconds - settlingSeconds;
  const isNew = ({ id, created_at }: WatchedRecord) =>
    restless.has(id) || (created_at >= state.lookedFrom && !Object.hasOwn(state.delivered, id));
  const rested = records.filter(isRested);
  const fresh = rested.filter(({ id, updated_at }) => updated_at > (state.delivered[id] ?? 0));
  const created = fresh.filter(isNew);
  const updated = fresh.filter((record) => !isNew(record));

  const from = lowerBound(state);
  const known = new Map(Object.entries(state.delivered));
  for (const { id, updated_at } of fresh) known.set(id, updated_at);
  const recent = [...known]
    .filter(([, updatedAt]) => updatedAt >= from)
    .sort(([, a], [, b]) => b - a);
  // Where some may be missing, all of that time is looked at again, and nothing of it forgotten.
  const [, newestForgotten = 0] = (isWhole && recent[mostRecords]) || [];

  // One that moved while it was read, or is away for a while, is still new when it is back.
  const restedIds = new Set(rested.map(({ id }) => id));
  const away = state.restless.filter((id) => !restedIds.has(id));
  const moving = records.filter((one) => !isRested(one) && isNew(one)).map(({ id }) => id);
  const next: PollState = {
    since: Math.max(state.since, newestForgotten + 1),
    mark: isWhole ? Math.max(state.mark, readAtSeconds) : state.mark,
    lookedFrom: Math.max(from, newestForgotten + 1),
    delivered: Object.fromEntries(recent.filter(([, updatedAt]) => updatedAt > newestForgotten)),
    restless: [...new Set([...away, ...moving])].slice(-mostRestless),
  };
  return { created, updated, next };
}

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
    const found = await withIntercom(inputs.connection, context.logger, async ({ changes }) => {
      if (state) return toDeliver(await changes.since(resourceType, lowerBound(state)), state);
      return { created: [], updated: [], next: beginAt(await changes.now(resourceType)) };
    });
    const created = inputs.showNewRecords ? found.created : [];
    const updated = inputs.showUpdatedRecords ? found.updated : [];
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
