import {
  anything,
  boolean,
  integer,
  listOf,
  nullable,
  object,
  optional,
  text,
  type ValueOf,
} from "./schema";

const named = {
  type: text,
  /** Decimal digits. */
  id: text,
  name: nullable(text),
  email: nullable(text),
  job_title: optional(nullable(text)),
  away_mode_enabled: optional(boolean),
  away_mode_reassign: optional(boolean),
  has_inbox_seat: optional(boolean),
  avatar: optional(anything),
};

/** A teammate, with or without a seat in the inbox. */
export const admin = object({
  ...named,
  /** The teams, by their IDs. */
  team_ids: optional(listOf(integer)),
  role: optional(anything),
});
export type Admin = ValueOf<typeof admin>;

/** The admin of the access token, and the workspace. */
export const currentAdmin = object({
  ...named,
  email_verified: optional(nullable(boolean)),
  app: optional(
    nullable(
      object({
        type: text,
        /** The workspace's ID. */
        id_code: text,
        name: optional(text),
        /** `US`, `EU` or `AU`. */
        region: optional(text),
        /** As in `America/Los_Angeles`. */
        timezone: optional(text),
        created_at: optional(integer),
        identity_verification: optional(boolean),
      }),
    ),
  ),
});
export type CurrentAdmin = ValueOf<typeof currentAdmin>;
