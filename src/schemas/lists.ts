import type { List } from "../intercom/wire/pages";
import { anyOf, integer, listOf, nullable, object, optional, type Schema, text } from "./schema";

const pages = object({
  type: optional(text),
  page: optional(integer),
  per_page: optional(integer),
  total_pages: optional(nullable(integer)),
  next: optional(
    nullable(
      anyOf(
        text,
        object({
          page: optional(integer),
          per_page: optional(integer),
          /** The cursor. It goes into *Starting After Cursor*. */
          starting_after: optional(nullable(text)),
        }),
      ),
    ),
  ),
});

/** A page of a list, or the whole list. */
export const listWith = <Item>(item: Schema<Item>): Schema<List<Item>, false> =>
  object({
    type: optional(text),
    data: listOf(item),
    /** Of the whole list, not of this page. */
    total_count: optional(nullable(integer)),
    pages: optional(nullable(pages)),
    /** How many may be missing, where Intercom gave fewer than it counts each time we read. */
    missing_count: optional(integer),
  });
