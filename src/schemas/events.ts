import { integer, nullable, object, optional, record, text, type ValueOf } from "./schema";

/** What a contact did. */
export const event = object({
  event_name: text,
  /** Unix seconds. */
  created_at: integer,
  /** Of a listed event, the event's own; of a submitted one, the contact's. */
  id: optional(text),
  /** Your ID of the contact. */
  user_id: optional(nullable(text)),
  /** Intercom's ID of the contact. */
  intercom_user_id: optional(text),
  email: optional(nullable(text)),
  metadata: optional(record),
});
export type Event = ValueOf<typeof event>;
