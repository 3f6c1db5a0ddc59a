import { contact, writtenContact } from "./contacts";
import { triggerPayload } from "./triggerPayload";

/** The result of a poll: one contact was created, another updated. */
export const changedRecords = {
  payload: triggerPayload({ created: [contact], updated: [writtenContact] }),
};

/** A batch of records. */
export const batchOfRecords = { payload: triggerPayload([contact, writtenContact]) };
