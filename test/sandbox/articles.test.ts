import { describe, expect, test } from "vitest";
import { minute, openSandbox, refusal } from "../judges/answers";
import { openReceiver } from "../stage/receiver";

/** A workspace with two collections and no article. */
async function empty() {
  const bench = await openSandbox({ settings: { webhookDelayMs: 0 } });
  const { collections, admins, articles } = bench.sandbox.workspace;
  const billing = collections.define({ name: "Billing" });
  const refunds = collections.define({ name: "Refunds", parentId: billing.id });
  const author_id = Number(admins.owner.id);
  const create = (fields: object, version = "2.16") =>
    bench.call("POST", "/articles", { title: "Refunds", author_id, ...fields }, version);
  return { ...bench, articles, billing, refunds, author_id, create };
}

/** A time on the sandbox's clock, as the API takes it. */
const iso = (ms: number) => new Date(ms).toISOString();

describe("a new article", () => {
  test("is a draft that stands alone, unless told otherwise", async () => {
    const { create, author_id, clock } = await empty();
    const { body } = await create({});
    const now = clock.ms / 1000;
    expect(body).toMatchObject({
      type: "article",
      title: "Refunds",
      description: "",
      body: "",
      author_id,
      state: "draft",
      url: null,
      parent_ids: [],
      created_at: now,
      updated_at: now,
      scheduled_publish_at: null,
      statistics: { views: 0 },
    });
  });

  test.each(["2.11", "2.15", "2.16"])("has its parents as %s has them", async (version) => {
    const { create, refunds } = await empty();
    const parent = Number(refunds.id);
    const { body } = await create({ parent_id: parent, parent_type: "collection" }, version);
    const older = { parent_id: parent, parent_type: "collection", parent_ids: [parent] };
    if (version === "2.16") {
      expect(body.parent_ids).toEqual([parent]);
      expect(body).not.toHaveProperty("parent_id");
      expect(body).not.toHaveProperty("parent_type");
    } else expect(body).toMatchObject(older);
    expect("body_markdown" in body).toBe(version === "2.16");
    expect("tags" in body).toBe(version !== "2.11");
  });

  test("has a body in HTML, or in Markdown from 2.16 on, and not both", async () => {
    const { create } = await empty();
    const html = await create({ body: "Body<script>x</script>" });
    expect(html.body).toMatchObject({ body: '<p class="no-margin">Body</p>', body_markdown: null });
    const body_markdown = "# Hello\n\nA **bold** <word>.\n\n- one\n- two";
    expect((await create({ body_markdown })).body).toMatchObject({
      body: '<h1>Hello</h1>\n<p class="no-margin">A <b>bold</b> &lt;word&gt;.</p>\n<ul><li>one</li><li>two</li></ul>',
      body_markdown,
    });
    expect((await create({ body_markdown }, "2.15")).body.body).toBe("");
    expect(refusal(await create({ body: "a", body_markdown: "b" }))).toMatchObject({
      status: 400,
      code: "parameter_invalid",
    });
  });

  test("has other languages; where published, each has an address", async () => {
    const { create, author_id } = await empty();
    const { body } = await create({
      title: "Ask for a refund",
      state: "published",
      translated_content: {
        type: "article_translated_content",
        fr: { title: "Remboursement", author_id, state: "published", audience_ids: [2] },
        de: { title: "Rückgabe" },
      },
    });
    const { en, fr, de, type } = body.translated_content;
    expect([type, en.title, fr.title, de.title]).toEqual([
      "article_translated_content",
      "Ask for a refund",
      "Remboursement",
      "Rückgabe",
    ]);
    expect(body.url).toMatch(/\/en\/articles\/\d+-ask-for-a-refund$/);
    expect(fr.url).toMatch(/\/fr\/articles\/\d+-remboursement$/);
    expect([fr.audience_ids, de.state, de.author_id, de]).toMatchObject([
      [2],
      "draft",
      author_id,
      expect.not.objectContaining({ url: expect.anything() }),
    ]);
  });

  test("may have title and author in its main language's content alone", async () => {
    const { call, author_id } = await empty();
    const post = (content: object) =>
      call("POST", "/articles", { translated_content: { en: content } });
    expect((await post({ title: "Hi", author_id })).body).toMatchObject({ title: "Hi", author_id });
    expect(refusal(await post({ title: "Hi" }))).toEqual({
      status: 400,
      code: "parameter_not_found",
      message: "author_id must be in the main body or default locale translated_content object",
    });
    expect(refusal(await post({ author_id })).code).toBe("parameter_not_found");
  });

  test.each([
    [{ state: "public" }, 400, "state must be one of: draft, published"],
    [{ parent_type: "shelf" }, 400, "parent_type must be one of: collection, section"],
    [{ parent_id: 1 }, 404, "Resource Not Found"],
    [{ author_id: 1 }, 404, "Admin not found"],
    [{ translated_content: { xx: { title: "Hi" } } }, 400, "Locale 'xx' is not supported"],
    [{ audience_ids: [9] }, 404, "Audience Not Found"],
    [{ audience_ids: ["1"] }, 400, "audience_ids must be a list of integers"],
    [{ ai_copilot_availability: "yes" }, 400, "ai_copilot_availability must be a boolean"],
    [{ scheduled_publish_at: "" }, 400, "scheduled_publish_at must be an ISO 8601 timestamp"],
    [
      { scheduled_publish_at: "2026-03-03T17:00:00Z", state: "published" },
      400,
      "scheduled_publish_at must be in the future",
    ],
    [
      { scheduled_publish_at: "2030-01-01T00:00:00Z", state: "draft" },
      400,
      "scheduled_publish_at can't be combined with the state draft",
    ],
    [
      { scheduled_unpublish_at: "2030-01-01T00:00:00Z" },
      400,
      "An article that was never published can't be unpublished",
    ],
    [
      {
        scheduled_publish_at: "2030-01-01T00:00:00Z",
        scheduled_unpublish_at: "2030-01-02T00:00:00Z",
      },
      400,
      "Only one of scheduled_publish_at and scheduled_unpublish_at can be given",
    ],
  ])("is refused with %j", async (fields, status, message) => {
    const { create, articles } = await empty();
    expect(refusal(await create(fields))).toMatchObject({ status, message });
    expect(articles.rows.size).toBe(0);
  });
});

describe("an article", () => {
  test("keeps what an update does not name", async () => {
    const { create, call, clock, billing } = await empty();
    const { body: made } = await create({ body: "Text", state: "published", audience_ids: [1] });
    clock.forward(minute);
    const put = async (fields: object) => (await call("PUT", `/articles/${made.id}`, fields)).body;
    expect(await put({ title: "Money back", parent_id: billing.id })).toMatchObject({
      title: "Money back",
      body: made.body,
      state: "published",
      parent_ids: [Number(billing.id)],
      created_at: made.created_at,
      updated_at: clock.ms / 1000,
    });
    const fr = { title: "Remboursement" };
    const translated = (await put({ translated_content: { fr } })).translated_content;
    expect([translated.en.title, translated.fr.title]).toEqual(["Money back", "Remboursement"]);
    const cleared = await put({ audience_ids: [], parent_id: null });
    expect([cleared.translated_content.en.audience_ids, cleared.parent_ids]).toEqual([[], []]);
    expect(refusal(await call("PUT", "/articles/1", {}))).toEqual({
      status: 404,
      code: "not_found",
      message: "Resource Not Found",
    });
  });

  test("is published at its time by the sandbox's clock, and unpublished at another", async () => {
    const { create, call, clock } = await empty();
    const at = clock.ms + 60 * minute;
    const { body: made } = await create({ state: "published", scheduled_publish_at: iso(at) });
    expect([made.state, made.scheduled_publish_at]).toEqual(["draft", at / 1000]);
    const path = `/articles/${made.id}`;
    clock.forward(59 * minute);
    expect((await call("GET", path)).body.state).toBe("draft");
    clock.forward(2 * minute);
    expect((await call("GET", path)).body).toMatchObject({
      state: "published",
      scheduled_publish_at: null,
      updated_at: at / 1000,
    });
    const end = clock.ms + 60 * minute;
    await call("PUT", path, { scheduled_unpublish_at: iso(end) });
    clock.forward(61 * minute);
    expect((await call("GET", path)).body.state).toBe("draft");
  });

  test("is not published when the schedule was taken back", async () => {
    const { create, call, clock } = await empty();
    const scheduled_publish_at = iso(clock.ms + minute);
    const { body } = await create({ state: "published", scheduled_publish_at });
    const path = `/articles/${body.id}`;
    expect((await call("PUT", path, { scheduled_publish_at: null })).body.state).toBe("draft");
    clock.forward(2 * minute);
    expect((await call("GET", path)).body.state).toBe("draft");
  });

  test("is gone when it is deleted", async () => {
    const { create, call } = await empty();
    const { body } = await create({});
    const path = `/articles/${body.id}`;
    expect((await call("DELETE", path)).body).toEqual({
      id: body.id,
      object: "article",
      deleted: true,
    });
    expect((await call("DELETE", path)).status).toBe(404);
    expect((await call("GET", "/articles")).body.total_count).toBe(0);
  });

  test("is notified of", async () => {
    const { create, call, clock, sandbox } = await empty();
    const receiver = await openReceiver();
    const topics = ["created", "updated", "published", "unpublished", "deleted"].map(
      (happened) => `article.${happened}`,
    );
    await sandbox.webhooks.subscribe({ url: receiver.url, topics });
    const { body } = await create({ state: "published" });
    const path = `/articles/${body.id}`;
    await call("PUT", path, { title: "New" });
    await call("PUT", path, { state: "draft" });
    await call("PUT", path, { state: "published", scheduled_publish_at: iso(clock.ms + minute) });
    clock.forward(2 * minute);
    await sandbox.webhooks.deliverDue();
    await call("DELETE", path);
    await sandbox.webhooks.deliverDue();
    expect(receiver.topics()).toEqual([
      "article.created",
      "article.published",
      "article.updated",
      "article.updated",
      "article.unpublished",
      "article.updated",
      "article.updated",
      "article.published",
      "article.deleted",
    ]);
    expect(receiver.notifications().at(-1)?.body.data.item).toEqual({
      type: "article",
      id: body.id,
    });
  });
});

test("articles are listed by number, the one changed last first", async () => {
  const { create, call, clock } = await empty();
  const ids: string[] = [];
  for (let at = 0; at < 5; at++) {
    ids.push((await create({ title: `A ${at}` })).body.id);
    clock.forward(minute);
  }
  await call("PUT", `/articles/${ids[1]}`, { title: "Changed" });
  const page = async (query: string) => (await call("GET", `/articles${query}`)).body;
  const first = await page("?per_page=2");
  const idsOf = (body: { data: { id: string }[] }) => body.data.map(({ id }) => id);
  expect(idsOf(first)).toEqual([ids[1], ids[4]]);
  expect(first).toMatchObject({
    total_count: 5,
    pages: { page: 1, per_page: 2, total_pages: 3 },
  });
  const { search } = new URL(first.pages.next);
  expect(idsOf(await page(search))).toEqual([ids[3], ids[2]]);
  const last = await page("?per_page=2&page=3");
  expect([idsOf(last), "next" in last.pages]).toEqual([[ids[0]], false]);
  expect((await page("")).pages.per_page).toBe(25);
  expect(first.data[0]).not.toHaveProperty("statistics");
});

test("a search finds words in title, description and body, and shows where they are", async () => {
  const { create, call, refunds } = await empty();
  const found = async (query: string) => {
    const { body } = await call("GET", `/articles/search${query}`);
    const { articles, highlights } = body.data;
    const titles = articles.map(({ title }: { title: string }) => title).sort();
    return { titles, highlights, total: body.total_count, pages: body.pages };
  };
  await create({ title: "Refund policy", body: "<p>Thirty days.</p>", state: "published" });
  await create({ title: "Invoices", body: "<p>A REFUND is on it.</p>", parent_id: refunds.id });
  await create({ title: "Sign in", description: "Not a word of money" });
  expect(await found("?phrase=refund")).toMatchObject({
    titles: ["Invoices", "Refund policy"],
    highlights: [],
    total: 2,
    pages: { page: 1, per_page: 10, total_pages: 1 },
  });
  expect((await found("?phrase=days%20refund&highlight=true")).highlights).toMatchObject([
    {
      highlighted_title: [
        { type: "highlight", text: "Refund" },
        { type: "plain", text: " policy" },
      ],
      highlighted_summary: [
        [
          { type: "plain", text: "Thirty " },
          { type: "highlight", text: "days" },
          { type: "plain", text: "." },
        ],
      ],
    },
  ]);
  expect((await found("?phrase=refund&state=published")).titles).toEqual(["Refund policy"]);
  expect((await found("?phrase=refund&state=draft")).titles).toEqual(["Invoices"]);
  expect((await found("")).total).toBe(3);
  const centers = (await call("GET", "/help_center/help_centers")).body.data;
  expect((await found(`?help_center_id=${centers[0].id}`)).titles).toEqual(["Invoices"]);
  expect((await found("?help_center_id=1")).total).toBe(0);
  expect(refusal(await call("GET", "/articles/search?state=public")).status).toBe(400);
});

test("collections are listed with their parents", async () => {
  const { call, billing, refunds } = await empty();
  const { body } = await call("GET", "/help_center/collections?per_page=1&page=2");
  expect(body).toMatchObject({
    type: "list",
    data: [{ id: billing.id, name: "Billing", parent_id: null }],
    total_count: 2,
    pages: { page: 2, per_page: 1, total_pages: 2 },
  });
  expect((await call("GET", `/help_center/collections/${refunds.id}`)).body).toMatchObject({
    name: "Refunds",
    parent_id: billing.id,
  });
  expect(refusal(await call("GET", "/help_center/collections/1")).status).toBe(404);
});
