import { integer, literal, nullable, object, optional, text, type ValueOf } from "./schema";

/** A group of contacts or companies by rules. All times are Unix seconds. */
export const segment = object({
  type: literal("segment"),
  /** 24 hex digits. */
  id: text,
  name: text,
  created_at: optional(integer),
  updated_at: optional(integer),
  /** Whether it holds users, or leads (`contact`). */
  person_type: optional(text),
  /** How many it holds, where the request asks for that. */
  count: optional(nullable(integer)),
});
export type Segment = ValueOf<typeof segment>;
