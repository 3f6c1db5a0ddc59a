import {
  anything,
  boolean,
  integer,
  listOf,
  nullable,
  object,
  optional,
  record,
  text,
  type ValueOf,
} from "./schema";

const author = object({
  type: text,
  id: nullable(text),
  name: optional(nullable(text)),
  email: optional(nullable(text)),
});

/** What happened in the conversation, oldest first. Intercom gives the newest 500 at the most. */
const conversationParts = object({
  type: optional(text),
  conversation_parts: listOf(
    object({
      type: text,
      id: text,
      /** `comment`, `note`, `assignment`, `close`, `open`, `snoozed` … */
      part_type: text,
      body: optional(nullable(text)),
      created_at: integer,
      updated_at: optional(integer),
      author: optional(author),
      assigned_to: optional(anything),
      attachments: optional(listOf(record)),
    }),
  ),
  /** Of all parts, also of those that are missing here. */
  total_count: integer,
  /** Set by us where parts are missing. */
  has_more: optional(boolean),
});

/** All times are Unix seconds. Lists give it without its parts. */
export const conversation = object({
  type: text,
  /** Decimal digits. */
  id: text,
  title: optional(nullable(text)),
  created_at: integer,
  updated_at: integer,
  waiting_since: optional(nullable(integer)),
  snoozed_until: optional(nullable(integer)),
  open: boolean,
  /** `open`, `closed`, `snoozed`. */
  state: text,
  read: boolean,
  /** `priority` or `not_priority` up to 2.15; `none`, `low`, `medium`, `high`, `urgent` from 2.16 on. */
  priority: optional(nullable(text)),
  /** Nobody is null up to 2.15, and 0 from 2.16 on. */
  admin_assignee_id: optional(nullable(integer)),
  /** Nobody is null up to 2.15, and 0 from 2.16 on. */
  team_assignee_id: optional(nullable(integer)),
  /** The message that began it. */
  source: object({
    type: text,
    id: optional(nullable(text)),
    delivered_as: optional(text),
    subject: optional(nullable(text)),
    body: optional(nullable(text)),
    author: optional(author),
    attachments: optional(listOf(record)),
    url: optional(nullable(text)),
  }),
  contacts: object({
    type: optional(text),
    contacts: listOf(object({ type: text, id: text, external_id: optional(nullable(text)) })),
  }),
  teammates: optional(nullable(record)),
  tags: optional(object({ tags: listOf(object({ id: text, name: text })) })),
  custom_attributes: record,
  conversation_rating: optional(nullable(record)),
  statistics: optional(nullable(record)),
  linked_objects: optional(record),
  /** From 2.15 on. */
  company: optional(nullable(record)),
  conversation_parts: optional(conversationParts),
});
export type Conversation = ValueOf<typeof conversation>;

/** The message that began a conversation. */
export const startedConversation = object({
  type: text,
  /** The message's ID, which is not the conversation's. */
  id: text,
  created_at: integer,
  body: text,
  message_type: text,
  /** What other actions take as *Conversation ID*. */
  conversation_id: text,
});
export type StartedConversation = ValueOf<typeof startedConversation>;

/** Who takes part now: contacts alone in Intercom's examples, the conversation in its descriptions. */
export const participants = object({
  customers: optional(listOf(object({ type: text, id: text }))),
  id: optional(text),
});
export type Participants = ValueOf<typeof participants>;
