import { type ApiVersion, atLeast } from "../apiVersion";
import { type ArticleContent, mainContent } from "../store/articleContents";
import type { ArticleRow } from "../store/articles";
import { defaultLocale, helpCenter } from "../store/helpCenters";
import type { Workspace } from "../store/workspace";

const slugOf = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** Nobody can open a draft. */
const urlOf = (id: string, locale: string, { state, title }: ArticleContent) =>
  state === "published" ? `${helpCenter.url}/${locale}/articles/${id}-${slugOf(title)}` : null;

/** What the article has of its main language, and each language of its own. */
const formatShared = (content: ArticleContent, row: ArticleRow, version: ApiVersion) => ({
  title: content.title,
  description: content.description,
  body: content.body,
  author_id: Number(content.authorId),
  state: content.state,
  created_at: content.createdAt,
  updated_at: content.updatedAt,
  ...(atLeast(version, "2.16")
    ? {
        body_markdown: content.markdown,
        has_unpublished_changes: false,
        draft_updated_at: null,
        ai_chatbot_availability: content.forChatbot,
        ai_copilot_availability: content.forCopilot,
        ai_sales_agent_availability: content.forSalesAgent,
        created_by_id: Number(row.createdById),
        updated_by_id: Number(row.updatedById),
      }
    : {}),
});

const formatContent = (
  content: ArticleContent,
  locale: string,
  row: ArticleRow,
  version: ApiVersion,
) => {
  const url = urlOf(row.id, locale, content);
  return {
    type: "article_content",
    ...formatShared(content, row, version),
    ...(url === null ? {} : { url }),
    ...(atLeast(version, "2.16") ? { audience_ids: content.audienceIds } : {}),
  };
};

const noStatistics = (version: ApiVersion) => ({
  type: "article_statistics",
  views: 0,
  conversations: 0,
  reactions: 0,
  happy_reaction_percentage: 0,
  neutral_reaction_percentage: 0,
  sad_reaction_percentage: 0,
  ...(atLeast(version, "2.16")
    ? { fin_involvements: 0, fin_resolutions: 0, fin_resolution_rate: 0 }
    : {}),
});

/** Lists and searches leave out the statistics. */
export function formatArticle(
  row: ArticleRow,
  workspace: Workspace,
  version: ApiVersion,
  { single }: { single?: boolean } = {},
) {
  const parentId = row.parentId === null ? null : Number(row.parentId);
  const main = mainContent(row);
  return {
    id: row.id,
    type: "article",
    workspace_id: workspace.id,
    ...(atLeast(version, "2.16")
      ? {}
      : { parent_id: parentId, parent_type: parentId === null ? null : "collection" }),
    parent_ids: parentId === null ? [] : [parentId],
    ...(single ? { statistics: noStatistics(version) } : {}),
    ...(atLeast(version, "2.13") ? { tags: { type: "tag.list", tags: [] } } : {}),
    ...formatShared(main, row, version),
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    url: urlOf(row.id, defaultLocale, main),
    default_locale: defaultLocale,
    translated_content: {
      type: "article_translated_content",
      ...Object.fromEntries(
        Object.entries(row.contents).map(([locale, content]) => [
          locale,
          formatContent(content, locale, row, version),
        ]),
      ),
    },
    ...(atLeast(version, "2.16")
      ? {
          exclude_from_article_suggestions: false,
          help_center_audience: "everyone",
          scheduled_publish_at: row.publishAt,
          scheduled_unpublish_at: row.unpublishAt,
        }
      : {}),
  };
}
