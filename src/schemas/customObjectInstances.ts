import { integer, nullable, object, optional, record, text, type ValueOf } from "./schema";

/** All times are Unix seconds. */
export const customObjectInstance = object({
  id: text,
  /** The identifier of the type: `Order`. */
  type: text,
  external_id: optional(nullable(text)),
  custom_attributes: optional(nullable(record)),
  external_created_at: optional(nullable(integer)),
  external_updated_at: optional(nullable(integer)),
  created_at: optional(integer),
  updated_at: optional(integer),
});
export type CustomObjectInstance = ValueOf<typeof customObjectInstance>;
