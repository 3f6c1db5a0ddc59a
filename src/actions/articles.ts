import { type ActionInputs, intercomAction, intercomQuery } from "../action";
import { article, articleList, foundArticles } from "../examples/articles";
import { additionalFields } from "../fields/inputs";
import {
  flag,
  identifier,
  numericIdentifiers,
  optionalChoice,
  optionalJsonObject,
  optionalNumericIdentifier,
  optionalText,
  optionalTimestamp,
  text,
  yesOrNo,
} from "../fields/kinds";
import { numberInputs } from "../fields/lists";
import { isPlainObject, refuse, refuseAllBlank } from "../fields/values";
import type { ArticleFields } from "../intercom/articles";
import { InvalidInputError } from "../intercom/wire/errors";
import * as schemas from "../schemas/articles";
import { listWith } from "../schemas/lists";

const articleId = identifier("Article ID", {
  comments: "ID of the article.",
  dataSource: "selectArticle",
});

const draft = { label: "Draft", value: "draft" } as const;
const published = { label: "Published", value: "published" } as const;

const translations = optionalJsonObject("Translated Content", {
  comments:
    'Content in other languages, by locale: { "fr": { "title", "body", "author_id", "state" } }.',
});

const titleWords = { comments: "Title of the article." };
const authorWords = "ID of the admin who is the author.";

/** What can be written on an article. */
const written = {
  title: optionalText("Title", titleWords),
  authorId: optionalNumericIdentifier("Author ID", {
    comments: authorWords,
    dataSource: "selectAdmin",
  }),
  body: optionalText("Body", { comments: "Content in HTML." }),
  bodyMarkdown: optionalText("Body (Markdown)", {
    comments: "Content in Markdown, instead of HTML.",
  }),
  description: optionalText("Description", {
    comments: "One sentence that stands under the title.",
  }),
  state: optionalChoice("State", [draft, published], {
    comments:
      "Whether people see it. Empty means a draft for a new one, and no change for one that exists.",
  }),
  parentId: optionalNumericIdentifier("Parent ID", {
    comments: "The collection that it stands in. Without one it stands alone.",
    dataSource: "selectCollection",
  }),
  translatedContent: {
    ...translations,
    clean: (value: unknown) => {
      const given = translations.clean(value);
      const wanted = 'an object of a content by each locale, such as {"fr": {"title": "Merci"}}';
      if (given && !Object.values(given).every(isPlainObject)) {
        refuse(translations.label, wanted, value);
      }
      return given;
    },
  },
  audienceIds: numericIdentifiers("Audience IDs", {
    comments: "For whom Fin may use it. Empty leaves it.",
    dataSource: "selectAudience",
  }),
  aiChatbotAvailability: yesOrNo("AI Chatbot Availability", {
    comments: "Whether Fin may answer customers with it.",
  }),
  aiCopilotAvailability: yesOrNo("AI Copilot Availability", {
    comments: "Whether Copilot may help teammates with it.",
  }),
  scheduledPublishAt: optionalTimestamp("Scheduled Publish At", {
    comments: "When it is to be published by itself. The state must be published then.",
  }),
  additionalFields: {
    ...additionalFields,
    example: '{"scheduled_unpublish_at": "2026-12-31T17:00:00Z"}',
  },
};

/** @throws InvalidInputError where the body is given twice. */
function fieldsOf(given: ActionInputs<typeof written>): ArticleFields {
  const { translatedContent, audienceIds, scheduledPublishAt } = given;
  if (given.body !== undefined && given.bodyMarkdown !== undefined) {
    throw new InvalidInputError(
      '"Body" and "Body (Markdown)" can\'t be used together: Intercom takes one of them. Empty the other.',
    );
  }
  return {
    title: given.title,
    author_id: given.authorId,
    body: given.body,
    body_markdown: given.bodyMarkdown,
    description: given.description,
    state: given.state,
    parent_id: given.parentId,
    translated_content: translatedContent && contentsOf(translatedContent),
    audience_ids: audienceIds.length > 0 ? audienceIds : undefined,
    ai_chatbot_availability: given.aiChatbotAvailability,
    ai_copilot_availability: given.aiCopilotAvailability,
    scheduled_publish_at:
      scheduledPublishAt === undefined
        ? undefined
        : new Date(scheduledPublishAt * 1000).toISOString(),
    ...given.additionalFields,
  };
}

/** 2.11 wants a `type` in each content (OpenAPI, article_content). */
const contentsOf = (translations: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(translations).map(([locale, content]) => [
      locale,
      { type: "article_content", ...(content as object) },
    ]),
  );

const stateIsNot = (state: string) =>
  new InvalidInputError(
    `"State" must be Published where "Scheduled Publish At" is filled in, not ${state}.`,
  );

export const createArticle = intercomAction({
  label: "Create Article",
  description: "Create an article",
  inputs: {
    ...written,
    title: text("Title", titleWords),
    authorId: {
      ...written.authorId,
      comments: `${authorWords} Empty means the one whose access token it is.`,
    },
  },
  perform: async (intercom, given) => {
    const fields = fieldsOf(given);
    if (given.scheduledPublishAt !== undefined && fields.state !== "published") {
      throw stateIsNot(given.state === undefined ? "empty" : "Draft");
    }
    return intercom.articles.create(fields);
  },
  output: schemas.article,
  example: article,
});

export const getArticle = intercomQuery({
  label: "Get Article",
  description: "Retrieve an article",
  inputs: { articleId },
  perform: (intercom, { articleId }) => intercom.articles.get(articleId),
  output: schemas.article,
  example: article,
});

export const listArticles = intercomQuery({
  label: "List Articles",
  description: "Page through all articles, the ones that changed last first",
  inputs: numberInputs(25),
  perform: ({ articles: { list } }, { fetchAll, page, perPage }) =>
    fetchAll ? list.all() : list.page({ page, perPage }),
  output: listWith(schemas.article),
  example: articleList,
});

export const searchArticles = intercomQuery({
  label: "Search Articles",
  description: "Search articles for a phrase",
  inputs: {
    phrase: text("Phrase", { comments: "What to look for." }),
    state: optionalChoice("State", [published, draft, { label: "All", value: "all" }], {
      comments: "Which articles to look in.",
    }),
    helpCenterId: optionalNumericIdentifier("Help Center ID", {
      comments: "Which help center to look in.",
      dataSource: "selectHelpCenter",
    }),
    highlight: flag("Highlight", { comments: "Adds where the phrase stands." }),
    ...numberInputs(10),
  },
  perform: ({ articles }, { helpCenterId, fetchAll, page, perPage, ...search }) => {
    const asked = { ...search, help_center_id: helpCenterId };
    return fetchAll ? articles.searchAll(asked) : articles.search(asked, { page, perPage });
  },
  output: schemas.foundArticles,
  example: foundArticles,
});

export const updateArticle = intercomAction({
  label: "Update Article",
  description: "Update an article, or publish it",
  inputs: { articleId, ...written },
  perform: async (intercom, { articleId, ...given }) => {
    const fields = fieldsOf(given);
    if (Object.values(fields).every((value) => value === undefined)) {
      refuseAllBlank(Object.values(written).map(({ label }) => label));
    }
    if (given.scheduledPublishAt !== undefined && fields.state === "draft")
      throw stateIsNot("Draft");
    return intercom.articles.update(articleId, fields);
  },
  output: schemas.article,
  example: article,
});
