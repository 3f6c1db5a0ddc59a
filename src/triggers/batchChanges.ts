import { batchTrigger, type Connection, type TriggerPayload } from "@prismatic-io/spectral";
import type { PollingState } from "@prismatic-io/spectral/dist/types/PollingTriggerDefinition";
import { withIntercom } from "../connections";
import { batchOfRecords } from "../examples/changes";
import { optionalTimestamp } from "../fields/kinds";
import { readInputs, unread } from "../fields/reading";
import type { PlaceInPages } from "../intercom/changePages";
import type { WatchedRecord } from "../intercom/changeSearch";
import { isRecord } from "../intercom/wire/json";
import type { Log } from "../intercom/wire/log";
import {
  beginAt,
  beginWalk,
  finish,
  lookBackSeconds,
  lowerBound,
  remember,
  sift,
  stored,
} from "./pollState";
import { chosen, stateOf, watching } from "./watching";

/** What the platform carries from one page to the next. */
type Cursor = Record<string, unknown> & { place?: PlaceInPages };

interface Context {
  polling: PollingState;
  logger: Log;
}

const syncing = {
  since: optionalTimestamp("Since", {
    comments:
      "The initial sync delivers only records that were created at this time or later. Empty means all.",
    example: "2026-01-01",
  }),
};

const placeIn = ({ paginationState }: TriggerPayload<Cursor>): PlaceInPages | undefined =>
  isRecord(paginationState?.place) ? paginationState.place : undefined;

const page = (items: WatchedRecord[], place?: PlaceInPages) => ({
  items,
  paginationState: place ? { place } : null,
  polledNoChanges: items.length === 0 && !place,
});

/** One page of a poll. The state is stored with each page, so that a failed poll goes on there. */
async function poll({ polling, logger }: Context, payload: TriggerPayload<Cursor>, given: object) {
  const inputs = readInputs(watching, given);
  const { resourceType } = inputs;
  const state = stateOf(polling, logger);
  return withIntercom(inputs.connection, logger, async ({ changes, changePages, http }) => {
    if (!state) {
      polling.setState(stored(beginAt(await changes.now(resourceType))));
      return page([]);
    }
    const { walk = beginWalk(state) } = state;
    const begun = state.walk?.place;
    const place = placeIn(payload);
    const read =
      !place && begun
        ? await changePages.resume(resourceType, begun)
        : await changePages.read(
            resourceType,
            place ?? { time: "updated_at", from: lowerBound(state) },
          );
    const sifted = sift(read.records, read.readAtSeconds, state, walk);
    const { next, warnings } = read.next
      ? { next: { ...state, walk: { ...sifted.walk, place: read.next } }, warnings: [] }
      : finish(state, sifted.walk, read);
    for (const warning of [...sifted.warnings, ...warnings]) http.log.warn(warning);
    const { created, updated } = chosen(inputs, sifted);
    polling.setState(stored(next));
    return page([...created, ...updated], read.next);
  });
}

/**
 * One page of the initial sync. The polls begin where the sync began, and skip what it delivered in
 * the time that the first poll looks back to.
 */
async function sync({ polling, logger }: Context, payload: TriggerPayload<Cursor>, given: object) {
  const { connection, resourceType, since = 0 } = readInputs({ ...watching, ...syncing }, given);
  return withIntercom(connection as Connection, logger, async ({ changePages }) => {
    const place = placeIn(payload) ?? { time: "created_at" as const, from: since };
    const read = await changePages.read(resourceType, place);
    const { readAtSeconds, pageAtSeconds, records } = read;
    const state =
      stateOf(polling, logger) ?? beginAt(readAtSeconds, readAtSeconds - lookBackSeconds);
    const { walk } = sift(records, pageAtSeconds, state, beginWalk(state));
    polling.setState(stored(remember(state, walk)));
    return page(
      records.map(({ record }) => record),
      read.next,
    );
  });
}

export const batchChangesTrigger = batchTrigger({
  display: {
    label: "New and Updated Records (Batched)",
    description:
      "Checks for new and updated records on a schedule and delivers them in batches, after an initial sync of all records",
  },
  inputs: unread(watching),
  scheduleSupport: "required",
  batchConfig: { batchSize: 100, concurrentBatchLimit: 10 },
  perform: poll,
  onDeploy: { inputs: unread(syncing), perform: sync },
  examplePayload: batchOfRecords,
});
