import type { PollingState } from "@prismatic-io/spectral/dist/types/PollingTriggerDefinition";
import { connection } from "../fields/inputs";
import { choice, flag } from "../fields/kinds";
import type { Change } from "../intercom/changeSearch";
import type { Log } from "../intercom/wire/log";
import { type PollState, readState } from "./pollState";

/** The inputs of both triggers that watch records. */
export const watching = {
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

/** The state of the last poll. A state that we can't read is logged. */
export function stateOf(polling: PollingState, log: Log): PollState | undefined {
  const kept = polling.getState();
  const state = readState(kept);
  if (!state && Object.keys(kept).length > 0) {
    log.warn(
      "We can't read the state of the last poll, so this poll starts anew: changes before it are not delivered.",
    );
  }
  return state;
}

/** The records that the inputs ask for. */
export const chosen = (
  { showNewRecords, showUpdatedRecords }: { showNewRecords: boolean; showUpdatedRecords: boolean },
  found: { created: Change[]; updated: Change[] },
) => ({
  created: showNewRecords ? found.created.map(({ record }) => record) : [],
  updated: showUpdatedRecords ? found.updated.map(({ record }) => record) : [],
});
