import { type Context, Hono } from "hono";
import { type ApiVersion, atLeast } from "../apiVersion";
import { formatArticle } from "../format/articles";
import { numberedPage } from "../http/pages";
import {
  type Body,
  type Env,
  flag,
  id,
  object,
  orNull,
  queryFlag,
  type Reader,
  type Readers,
  readBody,
  readFields,
  text,
} from "../http/request";
import { highlightsOf } from "../search/articles";
import type { ContentChanges } from "../store/articleContents";
import type { ArticleChanges, ArticleRow } from "../store/articles";
import { defaultLocale, locales } from "../store/helpCenters";
import { parameterInvalid, Refusal } from "../store/refusal";
import type { Workspace } from "../store/workspace";

export const articleCoverage = {
  "GET /articles": "Tags.",
  "POST /articles": "Most of Markdown; changes to HTML, except the class of paragraphs.",
  "GET /articles/search":
    "Ranking: results come in the order of the list. Words match only as written.",
  "GET /articles/:id": "Tags, and statistics other than 0.",
  "PUT /articles/:id": "Changes staged as a draft: every change is live at once.",
  "DELETE /articles/:id": "full",
};

const oneOf =
  (choices: readonly string[]): Reader<string> =>
  (value, key) => {
    if (choices.includes(value as string)) return value as string;
    throw parameterInvalid(`${key} must be one of: ${choices.join(", ")}`, key);
  };

/** Reads a time in ISO 8601, with a zone, as Unix seconds. */
const isoTime: Reader<number> = (value, key) => {
  const given = text(value, key);
  const ms = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(ms)) throw parameterInvalid(`${key} must be an ISO 8601 timestamp`, key);
  return Math.floor(ms / 1000);
};

const audiences: Reader<number[]> = (value, key) => {
  const given = value ?? [];
  if (Array.isArray(given) && given.every(Number.isSafeInteger)) return given;
  throw parameterInvalid(`${key} must be a list of integers`, key);
};

const olderReaders: Readers<ContentChanges> = {
  title: ["title", text],
  description: ["description", text],
  body: ["body", text],
  author_id: ["authorId", id],
  state: ["state", oneOf(["draft", "published"])],
};

const contentReaders: Readers<ContentChanges> = {
  ...olderReaders,
  body_markdown: ["markdown", text],
  ai_chatbot_availability: ["forChatbot", flag],
  ai_copilot_availability: ["forCopilot", flag],
  ai_sales_agent_availability: ["forSalesAgent", flag],
};

function readContent(body: Body, version: ApiVersion): ContentChanges {
  const content = readFields(body, atLeast(version, "2.16") ? contentReaders : olderReaders);
  if (content.body !== undefined && content.markdown !== undefined) {
    throw parameterInvalid("body and body_markdown are mutually exclusive", "body_markdown");
  }
  return content;
}

function readTranslations(given: unknown, version: ApiVersion): ArticleChanges["contents"] {
  const contents: ArticleChanges["contents"] = {};
  for (const [locale, value] of Object.entries(object(given ?? {}, "translated_content"))) {
    if (locale === "type" || value === null) continue;
    if (!locales.includes(locale)) {
      throw parameterInvalid(`Locale '${locale}' is not supported`, "translated_content");
    }
    const body = object(value, locale);
    const content = readContent(body, version);
    if (atLeast(version, "2.16") && body.audience_ids !== undefined) {
      content.audienceIds = audiences(body.audience_ids, "audience_ids");
    }
    contents[locale] = content;
  }
  return contents;
}

const scheduleReaders: Readers<ArticleChanges> = {
  audience_ids: ["audienceIds", audiences],
  scheduled_publish_at: ["publishAt", orNull(isoTime)],
  scheduled_unpublish_at: ["unpublishAt", orNull(isoTime)],
};

function readChanges(body: Body, version: ApiVersion): ArticleChanges {
  const contents = readTranslations(body.translated_content, version);
  const main = { ...contents[defaultLocale], ...readContent(body, version) };
  const changes: ArticleChanges = {
    contents: Object.keys(main).length > 0 ? { ...contents, [defaultLocale]: main } : contents,
    ...(atLeast(version, "2.16") ? readFields(body, scheduleReaders) : {}),
  };
  if (body.parent_id !== undefined) changes.parentId = orNull(id)(body.parent_id, "parent_id");
  const type = body.parent_type;
  if (type !== undefined && type !== null) oneOf(["collection", "section"])(type, "parent_type");
  return changes;
}

export function articleRoutes(workspace: Workspace) {
  const { articles } = workspace;
  const routes = new Hono<Env>();
  const answer = (c: Context<Env>, row: ArticleRow) =>
    c.json(formatArticle(row, workspace, c.get("version"), { single: true }));

  routes.get("/articles", (c) => {
    const { listed } = articles;
    const { rows, total, pages } = numberedPage(
      c,
      { length: listed.size, slice: (from, to) => listed.slice(from, to, "descending") },
      [25, 150],
    );
    const data = rows.map((row) => formatArticle(row, workspace, c.get("version")));
    return c.json({ type: "list", pages, total_count: total, data });
  });

  routes.post("/articles", async (c) => {
    const changes = readChanges(await readBody(c), c.get("version"));
    const main = changes.contents[defaultLocale];
    for (const [key, value] of [
      ["title", main?.title],
      ["author_id", main?.authorId],
    ]) {
      if (value !== undefined) continue;
      // Wording of OpenAPI 2.16, createArticle.
      const message = `${key} must be in the main body or default locale translated_content object`;
      throw new Refusal(400, "parameter_not_found", message);
    }
    return answer(c, articles.create(changes));
  });

  routes.get("/articles/search", (c) => {
    const { phrase = "", help_center_id: helpCenterId } = c.req.query();
    const state = oneOf(["published", "draft", "all"])(c.req.query("state") ?? "all", "state");
    const found = articles.search(phrase, state as "all", helpCenterId);
    const { rows, total, pages } = numberedPage(c, found, [10, 150]);
    const highlights = queryFlag(c, "highlight")
      ? rows.map((row) => highlightsOf(row, phrase))
      : [];
    return c.json({
      type: "list",
      total_count: total,
      data: {
        articles: rows.map((row) => formatArticle(row, workspace, c.get("version"))),
        highlights,
      },
      pages,
    });
  });

  routes.get("/articles/:id", (c) => answer(c, articles.get(c.req.param("id"))));

  routes.put("/articles/:id", async (c) => {
    const row = articles.get(c.req.param("id"));
    const changes = readChanges(await readBody(c), c.get("version"));
    return answer(c, articles.update(row, changes));
  });

  routes.delete("/articles/:id", (c) => {
    const row = articles.get(c.req.param("id"));
    articles.delete(row);
    return c.json({ id: row.id, object: "article", deleted: true });
  });

  return routes;
}
