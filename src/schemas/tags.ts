import { object, text, type ValueOf } from "./schema";

/** A label on contacts, companies and conversations. Names are unique whatever their case. */
export const tag = object({
  type: text,
  /** Decimal digits. */
  id: text,
  name: text,
});
export type Tag = ValueOf<typeof tag>;
