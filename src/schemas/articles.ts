import type { List } from "../intercom/wire/pages";
import { listWith } from "./lists";
import {
  anyOf,
  integer,
  listOf,
  literal,
  nullable,
  object,
  optional,
  record,
  type Schema,
  text,
  type ValueOf,
} from "./schema";

/** All times are Unix seconds. */
export const article = object({
  type: optional(literal("article")),
  /** Decimal digits. */
  id: text,
  title: text,
  description: optional(nullable(text)),
  /** HTML. */
  body: optional(nullable(text)),
  author_id: integer,
  /** `published` or `draft`. */
  state: text,
  created_at: integer,
  updated_at: integer,
  /** Null for a draft. */
  url: optional(nullable(text)),
  /** Up to 2.15. */
  parent_id: optional(nullable(anyOf(integer, text))),
  parent_ids: optional(listOf(integer)),
  /** By locale. */
  translated_content: optional(nullable(record)),
  /** Only where one article is asked for. */
  statistics: optional(nullable(record)),
});
export type Article = ValueOf<typeof article>;

const chunk = object({ type: text, text });

/** Where a phrase stands in an article. */
export const highlight = object({
  article_id: text,
  highlighted_title: optional(listOf(chunk)),
  highlighted_summary: optional(listOf(listOf(chunk))),
});
export type Highlight = ValueOf<typeof highlight>;

export interface FoundArticles extends List<Article> {
  highlights: Highlight[];
}

const { json } = listWith(article);

/** A page of a search, or all that it finds. */
export const foundArticles: Schema<FoundArticles, false> = {
  json: { ...json, properties: { ...json.properties, highlights: listOf(highlight).json } },
  isOptional: false,
};
