import { pollingTrigger } from "@prismatic-io/spectral";
import { withIntercom } from "../connections";
import { changedRecords } from "../examples/changes";
import { choice, connection, flag } from "../fields";
import type { Changes, WatchedRecord } from "../intercom/changes";

/**
 * How long before the last poll is looked at again. A contact takes "up to a few minutes" to be found
 * by a search (OpenAPI 2.16, SearchContacts).
 */
const lookBackSeconds = 15 * 60;

/** Above this the oldest are forgotten, and may come twice; none is lost by it. */
const mostRemembered = 5000;

/** What one poll leaves for the next. Times are Unix seconds. */
export interface PollState {
  /** Where it all began: what changed before is never delivered. */
  since: number;
  /** Everything that had changed before this was delivered, but for what is found late. */
  mark: number;
  /** What was delivered of the time that will be looked at again: `updated_at` by id. */
  delivered: Record<string, number>;
}

/** From the form of now, or from `{ lastPolledAt: "<ISO>" }` of the component before this one. */
function readState(state: Record<string, unknown>): PollState | undefined {
  const { since, mark, delivered, lastPolledAt } = state as Partial<PollState> & {
    lastPolledAt?: string;
  };
  if (typeof since === "number" && typeof mark === "number") {
    return { since, mark, delivered: delivered ?? {} };
  }
  const polledAtSeconds = Math.floor(Date.parse(String(lastPolledAt)) / 1000);
  if (Number.isNaN(polledAtSeconds)) return undefined;
  return { since: polledAtSeconds, mark: polledAtSeconds, delivered: {} };
}

const lowerBound = ({ since, mark }: PollState) => Math.max(since, mark - lookBackSeconds);

/**
 * What of the changes is to be delivered, and what the next poll must know. A record that changed in
 * the second in which it was read may change again in that second with the same `updated_at`, so it
 * waits for the next poll.
 */
export function sortOut({ records, readAtSeconds }: Changes, state: PollState) {
  const settled = records.filter(({ updated_at }) => updated_at < readAtSeconds);
  const fresh = settled.filter(({ id, updated_at }) => updated_at > (state.delivered[id] ?? 0));
  const isNew = ({ id, created_at }: WatchedRecord) =>
    created_at >= lowerBound(state) && !Object.hasOwn(state.delivered, id);

  const mark = Math.max(state.mark, readAtSeconds);
  const next: PollState = { since: state.since, mark, delivered: {} };
  const known = new Map(Object.entries(state.delivered));
  for (const { id, updated_at } of fresh) known.set(id, updated_at);
  const seenAgain = [...known]
    .filter(([, updatedAt]) => updatedAt >= lowerBound(next))
    .sort(([, a], [, b]) => b - a);
  next.delivered = Object.fromEntries(seenAgain.slice(0, mostRemembered));
  return {
    created: fresh.filter((record) => isNew(record)),
    updated: fresh.filter((record) => !isNew(record)),
    next,
  };
}

export const pollChangesTrigger = pollingTrigger({
  display: {
    label: "New and Updated Records",
    description: "Checks for new and updated records in Intercom on a schedule",
  },
  inputs: {
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
  },
  perform: async (context, payload, inputs) => {
    const state = readState(context.polling.getState());
    const found = await withIntercom(inputs.connection, context.logger, async ({ changes }) => {
      if (state) return sortOut(await changes.since(inputs.resourceType, lowerBound(state)), state);
      const now = await changes.now();
      return { created: [], updated: [], next: { since: now, mark: now, delivered: {} } };
    });
    const created = inputs.showNewRecords ? found.created : [];
    const updated = inputs.showUpdatedRecords ? found.updated : [];
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
