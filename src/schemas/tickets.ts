import {
  anyOf,
  anything,
  boolean,
  integer,
  listOf,
  literal,
  nullable,
  object,
  optional,
  record,
  text,
  type ValueOf,
} from "./schema";

const ticketTypeAttribute = object({
  type: literal("ticket_type_attribute"),
  id: text,
  name: text,
  description: text,
  /** `string`, `list`, `integer`, `decimal`, `boolean`, `datetime`, `files`. */
  data_type: text,
  input_options: nullable(
    object({
      multiline: optional(boolean),
      list_options: optional(listOf(object({ id: text, label: text }))),
    }),
  ),
  /** Where it stands among the others. */
  order: integer,
  required_to_create: boolean,
  ticket_type_id: integer,
  archived: boolean,
});
export type TicketTypeAttribute = ValueOf<typeof ticketTypeAttribute>;

/** All times are Unix seconds. */
export const ticketType = object({
  type: literal("ticket_type"),
  /** Decimal digits. */
  id: text,
  name: text,
  description: text,
  icon: text,
  workspace_id: text,
  archived: boolean,
  created_at: integer,
  updated_at: integer,
  is_internal: optional(boolean),
  ticket_type_attributes: object({ type: literal("list"), data: listOf(ticketTypeAttribute) }),
  category: text,
});
export type TicketType = ValueOf<typeof ticketType>;

export const ticketTypeList = object({ type: literal("list"), data: listOf(ticketType) });

/** A state, with the ticket types whose tickets can be in it. */
export const detailedTicketState = object({
  type: literal("ticket_state"),
  id: text,
  /** `submitted`, `in_progress`, `waiting_on_customer` or `resolved`. */
  category: text,
  internal_label: text,
  external_label: text,
  archived: optional(boolean),
  ticket_types: optional(
    object({ type: text, data: listOf(object({ id: text, name: text, category: text })) }),
  ),
});
export type DetailedTicketState = ValueOf<typeof detailedTicketState>;

const person = object({
  type: text,
  id: text,
  name: optional(nullable(text)),
  email: optional(nullable(text)),
});

export const ticketPart = object({
  type: literal("ticket_part"),
  id: text,
  part_type: text,
  body: optional(nullable(text)),
  created_at: integer,
  updated_at: optional(integer),
  author: optional(person),
  assigned_to: optional(anything),
  attachments: optional(listOf(record)),
});
export type TicketPart = ValueOf<typeof ticketPart>;

/** What happened to the ticket, oldest first. Intercom gives 500 at the most. */
export const ticketParts = object({
  type: literal("ticket_part.list"),
  ticket_parts: listOf(ticketPart),
  /** Of all parts, also of those that are missing here. */
  total_count: integer,
  /** Set by us where parts are missing. */
  has_more: optional(boolean),
});

/** All times are Unix seconds. */
export const ticket = object({
  type: literal("ticket"),
  /** Decimal digits. */
  id: text,
  /** The number in the inbox; the API does not take it. */
  ticket_id: text,
  /** By the names of the ticket type's attributes. */
  ticket_attributes: record,
  /** Text up to 2.11, an object from 2.12 on. */
  ticket_state: anyOf(text, object({ type: text, id: text, category: text })),
  ticket_type: ticketType,
  contacts: object({
    type: literal("contact.list"),
    contacts: listOf(
      object({ type: literal("contact"), id: text, external_id: optional(nullable(text)) }),
    ),
  }),
  /** Text up to 2.15, a number from 2.16 on; 0 is nobody. */
  admin_assignee_id: anyOf(text, integer),
  /** Text up to 2.15, a number from 2.16 on; 0 is nobody. */
  team_assignee_id: anyOf(text, integer),
  created_at: integer,
  updated_at: integer,
  snoozed_until: optional(nullable(integer)),
  ticket_parts: optional(ticketParts),
  linked_objects: optional(record),
  open: boolean,
  category: text,
  is_shared: boolean,
});
export type Ticket = ValueOf<typeof ticket>;
