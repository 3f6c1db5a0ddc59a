import { contact, writtenContact } from "./contacts";
import { triggerPayload } from "./triggerPayload";

/** What a poll gives: one contact made, another changed. */
export const changedRecords = {
  payload: triggerPayload({ created: [contact], updated: [writtenContact] }),
};
