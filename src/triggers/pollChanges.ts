import { pollingTrigger } from "@prismatic-io/spectral";
import { withIntercom } from "../connections";
import { changedRecords } from "../examples/changes";
import { readInputs, unread } from "../fields/reading";
import { beginAt, beginWalk, finish, lowerBound, sift, stored } from "./pollState";
import { chosen, stateOf, watching } from "./watching";

export const pollChangesTrigger = pollingTrigger({
  display: {
    label: "New and Updated Records",
    description: "Checks for new and updated records in Intercom on a schedule",
  },
  inputs: unread(watching),
  perform: async (context, payload, given) => {
    const inputs = readInputs(watching, given);
    const { resourceType } = inputs;
    const state = stateOf(context.polling, context.logger);
    const found = await withIntercom(inputs.connection, context.logger, async (intercom) => {
      const { changes, http } = intercom;
      if (!state) {
        return { created: [], updated: [], next: beginAt(await changes.now(resourceType)) };
      }
      const read = await changes.since(resourceType, lowerBound(state));
      const sifted = sift(read.records, read.readAtSeconds, state, beginWalk(state));
      const { next, warnings } = finish(state, sifted.walk, read);
      for (const warning of [...sifted.warnings, ...warnings]) http.log.warn(warning);
      return { ...sifted, next };
    });
    const { created, updated } = chosen(inputs, found);
    // We store the state last, so that an error leaves the mark unchanged.
    context.polling.setState(stored(found.next));
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
