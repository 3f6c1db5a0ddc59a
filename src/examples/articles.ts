import type { List } from "../intercom/wire/pages";
import type { Article, FoundArticles } from "../schemas/articles";

export const article: Article = {
  id: "45",
  type: "article",
  workspace_id: "this_is_an_id74_that_should_be_at_least_4",
  parent_ids: [18],
  title: "How to pay",
  description: "",
  body: "<p>By card.</p>",
  author_id: 991267502,
  state: "published",
  created_at: 1734537292,
  updated_at: 1734537292,
  url: "https://help.example.org/en/articles/45-how-to-pay",
};

export const articleList: List<Article> = {
  type: "list",
  pages: { type: "pages", page: 1, per_page: 25, total_pages: 1 },
  total_count: 1,
  data: [article],
};

export const foundArticles: FoundArticles = { ...articleList, highlights: [] };
