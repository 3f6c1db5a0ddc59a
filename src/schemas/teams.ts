import { integer, listOf, literal, nullable, object, optional, text, type ValueOf } from "./schema";

export const team = object({
  type: literal("team"),
  /** Decimal digits. */
  id: text,
  name: text,
  /** The admins, by their IDs. */
  admin_ids: optional(listOf(integer)),
  /** As in `round_robin`; from 2.14 on. */
  distribution_method: optional(nullable(text)),
  /** Set where the work is balanced by load; from 2.14 on. */
  assignment_limit: optional(nullable(integer)),
});
export type Team = ValueOf<typeof team>;
