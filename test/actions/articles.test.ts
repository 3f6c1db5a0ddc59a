import { describe, expect, test } from "vitest";
import type { Article, FoundArticles } from "../../src/schemas/articles";
import { openWorkbench } from "../stage/workbench";

const authorId = "5017602";

/** As many articles as asked for, the last one the newest, and a collection. */
async function openWithArticles(count: number, apiVersion = "2.11") {
  const bench = await openWorkbench({ seed: "empty" }, { apiVersion });
  const { articles, collections } = bench.sandbox.workspace;
  const ids = Array.from({ length: count }, (_, at) => {
    const content = { title: `How to pay ${at}`, authorId, body: "By card." };
    return articles.create({ contents: { en: content } }).id;
  });
  const last = () => bench.sandbox.requests.at(-1);
  return { ...bench, articles, ids, last, collection: collections.define({ name: "Billing" }) };
}

describe("writing articles", () => {
  test("one is created as a draft in its collection, by the token's own admin", async () => {
    const { run, collection, last, sent, sandbox } = await openWithArticles(0);
    const inputs = { title: "Refunds", body: "<p>Soon</p>", parentId: collection.id };
    const article = await run<Article>("createArticle", inputs);
    const owner = Number(sandbox.workspace.admins.owner.id);
    expect(article).toMatchObject({ title: "Refunds", state: "draft", author_id: owner });
    expect(sent()).toEqual(["GET /me", "POST /articles"]);
    expect(last()?.body).toEqual({
      title: "Refunds",
      body: "<p>Soon</p>",
      author_id: owner,
      parent_id: Number(collection.id),
      parent_type: "collection",
    });
  });

  test("one is changed, moved and published, and what was left empty stays", async () => {
    const { run, ids, collection, articles, last } = await openWithArticles(1);
    const inputs = { articleId: ids[0], state: "published", parentId: collection.id };
    expect(await run("updateArticle", inputs)).toMatchObject({
      title: "How to pay 0",
      state: "published",
    });
    expect(last()?.body).toEqual({
      state: "published",
      parent_id: collection.id,
      parent_type: "collection",
    });
    expect(articles.get(ids[0] ?? "").parentId).toBe(collection.id);
    expect(await run("getArticle", { articleId: ids[0] })).toMatchObject({ state: "published" });
  });

  test("translations, audiences, Markdown and a time go as Intercom takes them", async () => {
    const { run, last } = await openWithArticles(0);
    await run("createArticle", {
      title: "Refunds",
      authorId,
      bodyMarkdown: "# Soon",
      state: "published",
      translatedContent: '{"fr": {"title": "Remboursements", "author_id": 5017602}}',
      audienceIds: ["1", ""],
      aiChatbotAvailability: "false",
      scheduledPublishAt: "2100-01-01",
      additionalFields: { description: "All of it" },
    });
    expect(last()).toMatchObject({
      apiVersion: "2.16",
      body: {
        body_markdown: "# Soon",
        translated_content: {
          fr: { type: "article_content", title: "Remboursements", author_id: 5_017_602 },
        },
        audience_ids: [1],
        ai_chatbot_availability: false,
        scheduled_publish_at: "2100-01-01T00:00:00.000Z",
        description: "All of it",
      },
    });
  });

  const title = { title: "Refunds" };
  test.each([
    ["createArticle", {}, '"Title" is empty: fill it in.'],
    [
      "createArticle",
      { ...title, body: "a", bodyMarkdown: "b" },
      '"Body" and "Body (Markdown)" can\'t be used together: Intercom takes one of them. Empty the other.',
    ],
    [
      "createArticle",
      { ...title, scheduledPublishAt: "2100-01-01" },
      '"State" must be Published where "Scheduled Publish At" is filled in, not empty.',
    ],
    [
      "updateArticle",
      { articleId: "1", state: "draft", scheduledPublishAt: "2100-01-01" },
      '"State" must be Published where "Scheduled Publish At" is filled in, not Draft.',
    ],
    [
      "createArticle",
      { ...title, translatedContent: '{"fr": "Merci"}' },
      '"Translated Content" must be an object of a content by each locale, such as {"fr": {"title": "Merci"}}, not "{\\"fr\\": \\"Merci\\"}".',
    ],
    [
      "createArticle",
      { ...title, audienceIds: ["Gold"] },
      '"Audience IDs" must be a whole number, not "Gold".',
    ],
    [
      "createArticle",
      { ...title, authorId: "Ada" },
      '"Author ID" must be a whole number, not "Ada".',
    ],
  ])("%s with %j is refused by name, and nothing is sent", async (key, inputs, sentence) => {
    const { refusal, sandbox } = await openWorkbench();
    expect((await refusal(key, inputs)).message).toBe(sentence);
    expect(sandbox.requests).toEqual([]);
  });

  test("an update of nothing is refused, with all that could be filled in", async () => {
    const { refusal, sandbox } = await openWorkbench();
    const { message } = await refusal("updateArticle", { articleId: "1" });
    expect(message).toMatch(
      /^"Title", "Author ID", .* and "Additional Fields" are all empty: fill in one of them\.$/,
    );
    expect(sandbox.requests).toEqual([]);
  });

  test("search is a path, and no ID of an article", async () => {
    const { refusal, sandbox } = await openWorkbench();
    const { message } = await refusal("getArticle", { articleId: "search" });
    expect(message).toContain("can't be an ID");
    expect(sandbox.requests).toEqual([]);
  });
});

describe("listing and searching articles", () => {
  test("a page is given as it is asked for, and Fetch All reads every one", async () => {
    const { run, ids, sent } = await openWithArticles(155);
    const page = await run<FoundArticles>("listArticles", { page: "2", perPage: "60" });
    expect([page.data.length, page.total_count]).toEqual([60, 155]);
    const usual = await run<FoundArticles>("listArticles");
    expect(usual.data).toHaveLength(25);
    const all = await run<FoundArticles>("listArticles", { fetchAll: "true", perPage: "3" });
    expect(all.data.map(({ id }) => id).sort()).toEqual(ids.sort());
    expect(sent()).toEqual([
      "GET /articles?page=2&per_page=60",
      "GET /articles",
      "GET /articles?page=1&per_page=150",
      "GET /articles?page=2&per_page=150",
    ]);
  });

  test("a phrase is searched in a help center and state, and shown where it stands", async () => {
    const { run, ids, sent, articles, collection } = await openWithArticles(1);
    // An article that stands alone is in no help center.
    articles.update(articles.get(ids[0] ?? ""), { contents: {}, parentId: collection.id });
    const search = { phrase: "card", state: "draft", helpCenterId: "401", highlight: "true" };
    const found = await run<FoundArticles>("searchArticles", search);
    expect(found.data.map(({ id }) => id)).toEqual(ids);
    expect(found.highlights).toMatchObject([{ article_id: ids[0] }]);
    expect(sent()).toEqual([
      "GET /articles/search?phrase=card&state=draft&help_center_id=401&highlight=true",
    ]);
    const none = await run<FoundArticles>("searchArticles", { phrase: "card", state: "published" });
    expect(none).toMatchObject({ data: [], highlights: [], total_count: 0 });
  });

  test("Fetch All gives every article that is found, and all highlights once", async () => {
    const { run, ids } = await openWithArticles(152);
    const search = { phrase: "pay", highlight: "true", fetchAll: "true" };
    const found = await run<FoundArticles>("searchArticles", search);
    expect(found.data.map(({ id }) => id).sort()).toEqual([...ids].sort());
    const places = found.highlights.map(({ article_id }) => article_id);
    expect(places.sort()).toEqual([...ids].sort());
  });
});

describe("what there is to pick", () => {
  test("articles with their state, the latest or those with a phrase", async () => {
    const { pick, articles, ids } = await openWithArticles(2);
    articles.update(articles.get(ids[0] ?? ""), { contents: { en: { title: "Refunds" } } });
    const refunds = { key: ids[0], label: "Refunds (draft)" };
    expect(await pick("selectArticle")).toContainEqual(refunds);
    expect(await pick("selectArticle", { searchText: "refunds" })).toEqual([refunds]);
  });

  test("collections with their parents, help centers, and audiences from 2.16 on", async () => {
    const { pick, sandbox, collection, last } = await openWithArticles(0);
    const refunds = sandbox.workspace.collections.define({
      name: "Refunds",
      parentId: collection.id,
    });
    const collections = await pick("selectCollection");
    expect(collections).toContainEqual({ key: refunds.id, label: "Billing > Refunds" });
    expect(collections).toContainEqual({ key: collection.id, label: "Billing" });
    expect(await pick("selectHelpCenter")).toEqual([{ key: "401", label: "Sandbox Help Center" }]);
    expect((await pick("selectAudience")).map(({ label }) => label)).toContain("Gold customers");
    expect(last()).toMatchObject({ apiVersion: "2.16", path: "/audiences?page=1&per_page=50" });
  });

  test("collections that stand in each other, which Intercom should not give, end no walk", async () => {
    const { pick, sandbox } = await openWorkbench();
    const data = [
      { id: "1", name: "A", parent_id: "2" },
      { id: "2", name: "B", parent_id: "1" },
    ];
    sandbox.faults.add({ kind: "status", status: 200, body: { type: "list", data } });
    expect(await pick("selectCollection")).toEqual([
      { key: "1", label: "B > A" },
      { key: "2", label: "A > B" },
    ]);
  });
});
