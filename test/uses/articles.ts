import type { Workspace } from "../../sandbox/index";
import { anAdminId, type Use } from "./use";

const read = ["Read and list articles"];
const write = "Read and write articles";

/** An article about payments. */
const makeArticle = ({ articles }: Workspace) =>
  articles.create({ contents: { en: { title: "How to pay", authorId: anAdminId } } });

const contents = {
  bodyMarkdown: "# By card",
  description: "All ways to pay",
  state: "published",
  translatedContent: {
    fr: {
      title: "Payer",
      description: "Comment payer",
      body: "Par carte",
      author_id: Number(anAdminId),
      state: "draft",
    },
  },
  audienceIds: ["1", "2"],
  aiChatbotAvailability: "true",
  aiCopilotAvailability: "false",
  scheduledPublishAt: "2100-01-01",
};

export const articles: Record<string, Use> = {
  createArticle: {
    inputs: ({ collections }) => ({
      title: "How to pay",
      authorId: anAdminId,
      parentId: collections.define({ name: "Billing" }).id,
    }),
    more: { ...contents, additionalFields: '{"ai_sales_agent_availability": false}' },
    permissions: [write],
    isSentOnce: true,
    variants: [
      {
        how: "by the admin of the access token",
        inputs: { authorId: "" },
        permissions: ["Read admins", write],
        fewest: 2,
        why: "no author is given, so one request must tell whose token it is",
      },
    ],
  },
  getArticle: {
    inputs: (workspace) => ({ articleId: makeArticle(workspace).id }),
    permissions: read,
  },
  listArticles: {
    inputs: (workspace) => {
      makeArticle(workspace);
      return {};
    },
    more: { page: "1", perPage: "150" },
    permissions: read,
    givesList: true,
    variants: [{ how: "with all of them", inputs: { fetchAll: "true" }, permissions: read }],
  },
  searchArticles: {
    inputs: (workspace) => {
      makeArticle(workspace);
      return { phrase: "pay" };
    },
    more: { state: "all", helpCenterId: "401", highlight: "true", page: "1", perPage: "150" },
    permissions: read,
    givesList: true,
    variants: [{ how: "with all of them", inputs: { fetchAll: "true" }, permissions: read }],
  },
  updateArticle: {
    inputs: (workspace) => ({
      articleId: makeArticle(workspace).id,
      title: "Ways to pay",
      authorId: anAdminId,
      parentId: workspace.collections.define({ name: "Billing" }).id,
    }),
    more: { ...contents, additionalFields: '{"ai_sales_agent_availability": false}' },
    permissions: [write],
  },
};
