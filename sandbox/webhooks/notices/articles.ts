import type { ApiVersion } from "../../apiVersion";
import { formatArticle } from "../../format/articles";
import { mainContent } from "../../store/articleContents";
import type { ArticleRow } from "../../store/articles";
import type { Workspace } from "../../store/workspace";
import type { Notice, Notifiers } from "../notice";

const whole = (row: ArticleRow, workspace: Workspace, version: ApiVersion) =>
  formatArticle(row, workspace, version, { single: true });

export const articleNotices = {
  "article.created": ({ article }, workspace, version) => {
    const item = whole(article, workspace, version);
    const notices: Notice[] = [["article.created", item]];
    if (mainContent(article).state === "published") notices.push(["article.published", item]);
    return notices;
  },
  "article.updated": ({ article, before }, workspace, version) => {
    const item = whole(article, workspace, version);
    const { state } = mainContent(article);
    const notices: Notice[] = [["article.updated", item]];
    if (state !== mainContent(before).state) {
      notices.push([state === "published" ? "article.published" : "article.unpublished", item]);
    }
    return notices;
  },
  // Of a deleted article only what identifies it.
  "article.deleted": ({ article: { id } }) => [["article.deleted", { type: "article", id }]],
} satisfies Partial<Notifiers>;
