import {
  anyOf,
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

/** All times are Unix seconds. What was never set is absent. */
export const company = object({
  type: literal("company"),
  /** 24 hex digits, Intercom's own. */
  id: text,
  /** Yours; it can't be changed. */
  company_id: text,
  app_id: optional(text),
  name: text,
  remote_created_at: integer,
  created_at: integer,
  updated_at: integer,
  last_request_at: optional(nullable(integer)),
  /** A whole number, cut from what was sent. */
  monthly_spend: integer,
  session_count: integer,
  user_count: integer,
  size: optional(integer),
  website: optional(text),
  industry: optional(text),
  tags: optional(
    object({ type: literal("tag.list"), tags: listOf(object({ id: text, name: text })) }),
  ),
  segments: optional(
    object({ type: literal("segment.list"), segments: listOf(object({ id: text })) }),
  ),
  /** An object, where the name alone is sent. Empty where there is none. */
  plan: optional(
    anyOf(object({ type: optional(text), id: optional(text), name: optional(text) }), text),
  ),
  /** By the names of the attributes that the workspace has defined. */
  custom_attributes: record,
});
export type Company = ValueOf<typeof company>;

export const deletedCompany = object({
  id: text,
  object: literal("company"),
  /** Intercom gives true; the catalogue page shows it as text. */
  deleted: anyOf(boolean, literal("true")),
});
export type DeletedCompany = ValueOf<typeof deletedCompany>;

/** A company, and what became of it. */
export const upsertedCompany = object({
  outcome: anyOf(literal("created"), literal("updated")),
  company,
});
export type UpsertedCompany = ValueOf<typeof upsertedCompany>;
