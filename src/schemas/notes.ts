import { admin } from "./admins";
import { integer, literal, nullable, object, optional, text, type ValueOf } from "./schema";

/** A note on a contact or on a company, which only teammates see. */
export const note = object({
  type: literal("note"),
  /** Decimal digits. */
  id: text,
  /** HTML. */
  body: text,
  /** Unix seconds. */
  created_at: integer,
  author: optional(nullable(admin)),
  contact: optional(nullable(object({ type: text, id: text }))),
});
export type Note = ValueOf<typeof note>;
