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

/** Ten stubs at the most, except with *Complete Lists*; `has_more` and `total_count` say whether there are others. */
const stubList = object({
  type: optional(text),
  data: optional(listOf(object({ type: text, id: text, url: text }))),
  url: optional(text),
  total_count: optional(integer),
  has_more: optional(boolean),
});

const time = nullable(integer);
const optionalTime = optional(time);
const optionalText = optional(nullable(text));

/** A user or a lead. All times are Unix seconds. */
export const contact = object({
  type: literal("contact"),
  /** 24 hex digits, Intercom's own. */
  id: text,
  workspace_id: text,
  /** Yours. For a lead, one that Intercom made. */
  external_id: nullable(text),
  role: text,
  email: nullable(text),
  email_domain: optionalText,
  phone: nullable(text),
  formatted_phone: optionalText,
  name: nullable(text),
  avatar: optional(nullable(anyOf(object({ type: text, image_url: nullable(text) }), text))),
  /** The admin's ID: a number before 2.16, text from then on. */
  owner_id: nullable(anyOf(integer, text)),
  has_hard_bounced: optional(boolean),
  marked_email_as_spam: optional(boolean),
  unsubscribed_from_emails: boolean,
  created_at: integer,
  updated_at: integer,
  signed_up_at: time,
  last_seen_at: time,
  last_replied_at: optionalTime,
  last_contacted_at: optionalTime,
  last_email_opened_at: optionalTime,
  last_email_clicked_at: optionalTime,
  language_override: optionalText,
  browser: optionalText,
  browser_version: optionalText,
  browser_language: optionalText,
  os: optionalText,
  android_app_name: optionalText,
  android_app_version: optionalText,
  android_device: optionalText,
  android_os_version: optionalText,
  android_sdk_version: optionalText,
  android_last_seen_at: optionalTime,
  ios_app_name: optionalText,
  ios_app_version: optionalText,
  ios_device: optionalText,
  ios_os_version: optionalText,
  ios_sdk_version: optionalText,
  ios_last_seen_at: optionalTime,
  /** By the names of the attributes that the workspace has defined. */
  custom_attributes: record,
  tags: stubList,
  notes: stubList,
  companies: stubList,
  opted_in_subscription_types: optional(stubList),
  opted_out_subscription_types: optional(stubList),
  /** Who was merged into the contact, where the request asks for that; from 2.16 on. */
  merge_history: optional(
    listOf(
      object({
        type: text,
        source_contact_id: text,
        source_contact_role: text,
        merged_at: optionalTime,
      }),
    ),
  ),
  location: object({
    type: optional(text),
    country: optionalText,
    region: optionalText,
    city: optionalText,
    country_code: optionalText,
    continent_code: optionalText,
  }),
  social_profiles: object({
    type: optional(text),
    data: listOf(object({ type: text, name: text, url: text })),
  }),
  utm_campaign: optionalText,
  utm_content: optionalText,
  utm_medium: optionalText,
  utm_source: optionalText,
  utm_term: optionalText,
  referrer: optionalText,
});
export type Contact = ValueOf<typeof contact>;

const reference = {
  type: optional(literal("contact")),
  id: text,
  /** As before 2.10, and as the catalogue page shows it. */
  object: literal("contact"),
  external_id: optionalText,
};

export const archivedContact = object({ ...reference, archived: boolean });
export type ArchivedContact = ValueOf<typeof archivedContact>;

export const deletedContact = object({ ...reference, deleted: boolean });
export type DeletedContact = ValueOf<typeof deletedContact>;

/** A contact, and what became of it. */
export const upsertedContact = object({
  outcome: anyOf(literal("created"), literal("updated"), literal("kept"), literal("unarchived")),
  contact,
});
export type UpsertedContact = ValueOf<typeof upsertedContact>;
