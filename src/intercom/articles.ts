import type { Article, FoundArticles, Highlight } from "../schemas/articles";
import type { admins } from "./admins";
import type { Http } from "./wire/http";
import { type NumberedPage, numberedList } from "./wire/numberedLists";
import type { List } from "./wire/pages";
import { path } from "./wire/path";
import { needOf } from "./wire/versions";

/** What can be written. An undefined field keeps its value; a new article gets Intercom's default. */
export interface ArticleFields {
  title?: string;
  /** HTML. */
  body?: string;
  body_markdown?: string;
  description?: string;
  author_id?: unknown;
  state?: string;
  /** The ID of a collection. */
  parent_id?: unknown;
  /** By locale. */
  translated_content?: Record<string, unknown>;
  audience_ids?: number[];
  ai_chatbot_availability?: boolean;
  ai_copilot_availability?: boolean;
  /** ISO 8601. */
  scheduled_publish_at?: string;
  [key: string]: unknown;
}

export interface ArticleSearch {
  phrase: string;
  state?: string;
  help_center_id?: number;
  /** Whether the answer shows where the phrase was found. */
  highlight?: boolean;
}

/** The first version in which each field can be written (OpenAPI 2.11 to 2.16). */
const sinceOfFields = {
  body_markdown: "2.16",
  audience_ids: "2.16",
  ai_chatbot_availability: "2.16",
  ai_copilot_availability: "2.16",
  scheduled_publish_at: "2.16",
} as const;

const read = { permission: "Read and list articles" } as const;
const write = { permission: "Read and write articles" } as const;

/** The parent is always a collection, because 2.10 removed sections. */
const bodyOf = ({ parent_id, ...fields }: ArticleFields) => ({
  parent_id,
  parent_type: parent_id == null ? undefined : "collection",
  ...fields,
});

export const articles = (http: Http, { numberOf }: ReturnType<typeof admins>) => {
  /** Only 2.11 describes the pages. A list without pages comes whole. */
  const readPage = ({ page, perPage }: NumberedPage, signal?: AbortSignal) =>
    http.send<List<Article>>({
      ...read,
      purpose: "list the articles",
      method: "GET",
      path: path`/articles`,
      query: { page, per_page: perPage },
      listedAs: "data",
      signal,
    });

  /** Intercom lists the results under `data.articles` (OpenAPI 2.16, searchArticles). */
  async function searchPage(
    { highlight, ...search }: ArticleSearch,
    { page, perPage }: NumberedPage,
    signal?: AbortSignal,
  ): Promise<FoundArticles> {
    type Answer = Omit<List<Article>, "data"> & {
      data: { articles: Article[]; highlights?: Highlight[] | null };
    };
    const { data, ...rest } = await http.send<Answer>({
      ...read,
      purpose: "search the articles",
      method: "GET",
      path: path`/articles/search`,
      query: { ...search, highlight: highlight ? "true" : undefined, page, per_page: perPage },
      listedAs: "data.articles",
      signal,
    });
    return { ...rest, data: data.articles, highlights: data.highlights ?? [] };
  }

  return {
    get: (id: string) =>
      http.send<Article>({
        ...read,
        purpose: "get the article",
        method: "GET",
        path: path`/articles/${id}`,
      }),

    /**
     * Without an author, the author is the admin of the access token. Not idempotent: sent twice, it
     * creates two articles.
     */
    create: async (fields: ArticleFields) => {
      const author_id = fields.author_id ?? (await numberOf(undefined, "Author ID"));
      return http.send<Article>({
        ...write,
        ...needOf(fields, sinceOfFields),
        purpose: "create the article",
        method: "POST",
        path: path`/articles`,
        body: { ...bodyOf(fields), author_id },
      });
    },

    update: (id: string, { parent_id, ...fields }: ArticleFields) =>
      http.send<Article>({
        ...write,
        ...needOf(fields, sinceOfFields),
        purpose: "update the article",
        method: "PUT",
        path: path`/articles/${id}`,
        // A new article takes a number, and an update takes text (OpenAPI, update_article_request).
        body: bodyOf({ ...fields, parent_id: parent_id == null ? parent_id : String(parent_id) }),
      }),

    list: numberedList<Article>(http.log, { what: "articles", readPage }),

    search: searchPage,

    /** Every article that has the phrase, with all places where the phrase was found. */
    searchAll: async (search: ArticleSearch): Promise<FoundArticles> => {
      const highlights = new Map<string, Highlight>();
      const { all } = numberedList<Article>(http.log, {
        what: "articles",
        readPage: async (page, signal) => {
          const found = await searchPage(search, page, signal);
          for (const each of found.highlights) highlights.set(each.article_id, each);
          return found;
        },
      });
      const list = await all();
      return { ...list, highlights: [...highlights.values()] };
    },

    /** The articles that changed last, or those that have the phrase. At most 150. */
    find: async (phrase: string | undefined, perPage: number): Promise<Article[]> => {
      const list = await (phrase === undefined
        ? readPage({ perPage })
        : searchPage({ phrase }, { perPage }));
      return list.data;
    },
  };
};
