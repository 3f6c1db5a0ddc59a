import { integer, nullable, object, optional, record, text, type ValueOf } from "./schema";

/** All times are Unix seconds. */
export const message = object({
  type: text,
  /** Of the message, and of no conversation. */
  id: text,
  created_at: integer,
  subject: optional(nullable(text)),
  body: text,
  message_type: text,
  /** Missing until the contact answers, unless the conversation was created at once. */
  conversation_id: optional(nullable(text)),
  owner: optional(record),
});
export type Message = ValueOf<typeof message>;
