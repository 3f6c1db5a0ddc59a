import type { ArticleChanges, ArticleRow } from "./articles";
import { defaultLocale } from "./helpCenters";
import { cleanHtml, textOfHtml } from "./html";
import { htmlOfMarkdown } from "./markdown";

export type ArticleState = "draft" | "published";

/** What an article says in one language. */
export interface ArticleContent {
  title: string;
  description: string;
  body: string;
  /** `null` where the body was sent as HTML. */
  markdown: string | null;
  authorId: string;
  state: ArticleState;
  audienceIds: number[];
  forChatbot: boolean;
  forCopilot: boolean;
  forSalesAgent: boolean;
  createdAt: number;
  updatedAt: number;
}

/** What an article says, by locale. */
export type ArticleContents = Record<string, ArticleContent>;

/** The fields of a content, as a request gives them. */
export type ContentChanges = Partial<
  Pick<ArticleContent, "title" | "description" | "authorId" | "state" | "audienceIds"> &
    Pick<ArticleContent, "forChatbot" | "forCopilot" | "forSalesAgent"> & {
      body: string;
      markdown: string;
    }
>;

/** The content that an article shows outside `translated_content`. */
export const mainContent = ({ contents }: ArticleRow): ArticleContent => {
  const content = contents[defaultLocale];
  if (!content) throw new Error("The article has no content in the default locale.");
  return content;
};

export const isPublished = (contents: ArticleContents) =>
  contents[defaultLocale]?.state === "published";

/** The contents after the changes, at this time. */
export function contentsAfter(
  before: ArticleContents,
  changes: ArticleChanges,
  nowSeconds: number,
): ArticleContents {
  const after = { ...before };
  const names = new Set([defaultLocale, ...Object.keys(changes.contents)]);
  // Audiences for all locales also change the locales that the request does not name.
  if (changes.audienceIds) for (const locale of Object.keys(before)) names.add(locale);
  for (const locale of names) {
    const given = { ...changes.contents[locale] };
    if (changes.audienceIds) given.audienceIds = changes.audienceIds;
    // The article is published at its scheduled time, not now.
    if (locale === defaultLocale && changes.publishAt) delete given.state;
    if (before[locale] && Object.keys(given).length === 0) continue;
    after[locale] = contentAfter(before[locale], given, after[defaultLocale], nowSeconds);
  }
  return after;
}

function contentAfter(
  before: ArticleContent | undefined,
  { body, markdown, ...given }: ContentChanges,
  main: ArticleContent | undefined,
  nowSeconds: number,
): ArticleContent {
  const content: ArticleContent = {
    title: "",
    description: "",
    body: "",
    markdown: null,
    // A locale without an author has the author of the main content.
    authorId: main?.authorId ?? "",
    state: "draft",
    audienceIds: [],
    forChatbot: true,
    forCopilot: true,
    forSalesAgent: false,
    createdAt: nowSeconds,
    ...before,
    ...given,
    updatedAt: nowSeconds,
  };
  if (markdown !== undefined) {
    return { ...content, markdown, body: articleHtml(htmlOfMarkdown(markdown)) };
  }
  return body === undefined ? content : { ...content, markdown: null, body: articleHtml(body) };
}

/** Paragraphs have a class (examples of OpenAPI 2.16, createArticle and updateArticle). */
const articleHtml = (html: string) =>
  html.trim() === ""
    ? ""
    : cleanHtml(html, ["h3", "h4"]).replaceAll("<p>", '<p class="no-margin">');

export const wordsOf = (phrase: string): string[] =>
  phrase
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");

/** What a search looks at. */
export const searchedText = ({ title, description, body }: ArticleContent) =>
  `${title}\n${description}\n${textOfHtml(body)}`;
