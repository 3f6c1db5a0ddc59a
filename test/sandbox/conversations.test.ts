import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { htmlOfText, textOfHtml } from "../../sandbox/store/html";
import { type Answer, type Bench, minute, openSandbox, refusal } from "../judges/answers";
import { sdk, sdkVersions } from "../judges/intercomClient";
import { begun } from "../stage/begun";

const found = async ({ call }: Bench, query: unknown, more: object = {}) => {
  const { body } = await call("POST", "/conversations/search", { query, ...more });
  return body.conversations.map(({ id }: { id: string }) => id) as string[];
};

describe.each(sdkVersions)("Intercom's client, version %s", (version) => {
  test("begins, answers, finds and lists conversations", async () => {
    const bench = await openSandbox({ seed: "workspace" });
    const { contacts, admins } = bench.sandbox.workspace;
    const { conversations } = sdk(bench, version);
    const [contact] = contacts.listed;
    const message = await conversations.create({
      from: { type: "user", id: contact?.id ?? "" },
      body: "Hello",
    });
    const conversation_id = message.conversation_id ?? "";
    const answered = await conversations.reply({
      conversation_id,
      body: {
        type: "admin",
        message_type: "comment",
        admin_id: admins.owner.id,
        body: "How can I help?",
      },
    });
    expect(answered.conversation_parts?.total_count).toBe(1);
    expect(await conversations.find({ conversation_id })).toEqual(answered);
    const listed = await conversations.list({ per_page: 3 });
    expect(listed.data).toHaveLength(3);
    expect(listed.data[0]?.id).toBe(conversation_id);
    const search = await conversations.search({
      query: { field: "source.author.id", operator: "=", value: contact?.id ?? "" },
    });
    expect(search.data.map(({ id }) => id)).toContain(conversation_id);
  });
});

describe("a conversation", () => {
  test("begins with a contact's message, which is the answer", async () => {
    const { message, get, ada, clock } = await begun("Printer");
    const now = clock.ms / 1000 - 60;
    expect(message).toEqual({
      type: "user_message",
      id: expect.any(String),
      created_at: now,
      body: "I need <b>help</b>",
      message_type: "inapp",
      conversation_id: expect.any(String),
    });
    expect(await get()).toMatchObject({
      created_at: now,
      updated_at: now,
      waiting_since: now,
      state: "open",
      open: true,
      read: false,
      source: {
        id: message.id,
        subject: "Printer",
        body: "<p>I need &lt;b&gt;help&lt;/b&gt;</p>",
        author: { type: "user", id: ada.id, name: "Ada", email: "ada@example.com" },
      },
      contacts: { contacts: [{ type: "contact", id: ada.id, external_id: "a-1" }] },
      conversation_parts: { conversation_parts: [], total_count: 0 },
    });
    expect(ada.lastRepliedAt).toBe(now);
  });

  test("is answered by an admin, which moves it and the contact", async () => {
    const { reply, byAdmin, clock, owner, ada } = await begun();
    const { body } = await reply(byAdmin);
    const now = clock.ms / 1000;
    expect(body).toMatchObject({ updated_at: now, waiting_since: null, read: true });
    expect(body.conversation_parts.conversation_parts).toMatchObject([
      {
        part_type: "comment",
        body: "<p>Hi</p>",
        created_at: now,
        author: { type: "admin", id: owner.id, name: owner.name, email: owner.email },
      },
    ]);
    expect(body.statistics).toMatchObject({ first_admin_reply_at: now });
    expect(body.teammates.teammates).toEqual([{ type: "admin", id: owner.id }]);
    expect([ada.lastContactedAt, ada.updatedAt]).toEqual([now, now]);
  });

  test("is noted by an admin, which moves it alone", async () => {
    const { reply, byAdmin, clock, ada } = await begun();
    const { body } = await reply({ ...byAdmin, message_type: "note" });
    expect([body.updated_at, body.read]).toEqual([clock.ms / 1000, false]);
    expect(body.waiting_since).toBe(clock.ms / 1000 - 60);
    expect(ada.lastContactedAt).toBeNull();
  });

  test.each([{ intercom_user_id: "" }, { user_id: "a-1" }, { email: "ADA@example.com" }])(
    "is answered by its contact, called by %j, and opens again",
    async (name) => {
      const { reply, sandbox, id, byAda, ada } = await begun();
      const { conversations } = sandbox.workspace;
      conversations.change(conversations.get(id), { state: "closed", waitingSince: null });
      const { intercom_user_id: _, ...rest } = byAda;
      const called = "intercom_user_id" in name ? { intercom_user_id: ada.id } : name;
      const { body } = await reply({ ...rest, ...called });
      expect(body).toMatchObject({ state: "open", open: true, read: false });
      expect(body.first_contact_reply.created_at).toBe(body.updated_at);
      expect(body.waiting_since).toBe(body.updated_at);
      const [part] = body.conversation_parts.conversation_parts;
      expect([part.part_type, part.author.type]).toEqual(["open", "user"]);
    },
  );

  test('is answered as "last" where it is the newest of its contact\'s', async () => {
    const { call, byAda, id } = await begun();
    const { body } = await call("POST", "/conversations/last/reply", byAda);
    expect(body.id).toBe(id);
  });

  test.each<[object, number, string]>([
    [{ type: "bot" }, 400, "parameter_invalid"],
    [{ message_type: "shout" }, 400, "parameter_invalid"],
    [{ body: undefined }, 400, "parameter_not_found"],
    [{ admin_id: "1" }, 404, "admin_not_found"],
    [{ type: "user", message_type: "note", email: "ada@example.com" }, 400, "parameter_invalid"],
    [{ type: "user", email: "nobody@example.com" }, 404, "not_found"],
    [{ type: "user", email: "nobody" }, 400, "parameter_invalid"],
  ])("refuses the reply %j", async (more, status, code) => {
    const { reply, byAdmin, get } = await begun();
    expect(refusal(await reply({ ...byAdmin, ...more }))).toMatchObject({ status, code });
    expect((await get()).conversation_parts.total_count).toBe(0);
  });

  test.each<[object, number, string]>([
    [{ from: undefined }, 400, "parameter_not_found"],
    [{ body: undefined }, 400, "parameter_not_found"],
    [{ from: { type: "admin", id: "1" } }, 400, "parameter_invalid"],
    [{ from: { type: "user", id: "1" } }, 404, "not_found"],
  ])("cannot begin with %j", async (more, status, code) => {
    const { call, ada, sandbox } = await begun();
    const body = { from: { type: "user", id: ada.id }, body: "Hello", ...more };
    expect(refusal(await call("POST", "/conversations", body))).toMatchObject({ status, code });
    expect(sandbox.workspace.conversations.rows.size).toBe(1);
  });

  test("begins with an admin's message, and opens when its contact answers", async () => {
    const { call, ada, owner, byAda, sandbox } = await begun();
    const message = { id: "7", type: "conversation", subject: "", body: "Hi <b>Ada</b>" } as const;
    const sent = { ...message, adminId: owner.id, createdAt: 1772557200 };
    const { id } = sandbox.workspace.conversations.startFromMessage(sent, [ada]);
    const { body } = await call("GET", `/conversations/${id}`);
    expect(body).toMatchObject({
      created_at: 1772557200,
      open: false,
      waiting_since: null,
      source: {
        id: "7",
        delivered_as: "admin_initiated",
        body: "<p>Hi <b>Ada</b></p>",
        author: { type: "admin", id: owner.id },
      },
      contacts: { contacts: [{ id: ada.id }] },
    });
    const answered = (await call("POST", `/conversations/${id}/reply`, byAda)).body;
    expect(answered).toMatchObject({ open: true, state: "open" });
    expect(answered.conversation_parts.conversation_parts[0].part_type).toBe("open");
  });

  test("that is not there is not found", async () => {
    const { call } = await openSandbox();
    const missing = { status: 404, code: "not_found", message: "Resource Not Found" };
    expect(refusal(await call("GET", "/conversations/1"))).toEqual(missing);
    expect(refusal(await call("POST", "/conversations/1/reply", {}))).toEqual(missing);
  });

  test("has nobody as null until 2.15 and as 0 since, and more priorities", async () => {
    const { get, sandbox, id, owner } = await begun();
    const { conversations } = sandbox.workspace;
    expect((await get("2.15")).admin_assignee_id).toBeNull();
    expect((await get("2.16")).admin_assignee_id).toBe(0);
    conversations.change(conversations.get(id), { adminId: owner.id, isPriority: true });
    expect([(await get("2.15")).admin_assignee_id, (await get("2.15")).priority]).toEqual([
      Number(owner.id),
      "priority",
    ]);
    expect((await get("2.16")).priority).toBe("high");
  });
});

describe("the body of a message", () => {
  const lastBody = ({ body }: Answer) => body.conversation_parts.conversation_parts.at(-1).body;

  test.each([
    ["5 < 6 & 7 > 6", "<p>5 &lt; 6 &amp; 7 &gt; 6</p>"],
    ["<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"],
    ['<img src="x">', "<p>&lt;img src=&quot;x&quot;&gt;</p>"],
  ])("of a contact is text, and comes back escaped: %s", async (sent, shown) => {
    const { call, ada, reply, byAda } = await begun();
    const from = { type: "user", id: ada.id };
    const { conversation_id } = (await call("POST", "/conversations", { from, body: sent })).body;
    const { source } = (await call("GET", `/conversations/${conversation_id}`)).body;
    expect(source.body).toBe(shown);
    expect(lastBody(await reply({ ...byAda, body: sent }))).toBe(shown);
  });

  test.each([
    ["Hi <b>Ada</b>", "<p>Hi <b>Ada</b></p>"],
    ["3 < 5", "<p>3 &lt; 5</p>"],
    ['<p onclick="alert(1)">Hi</p>', "<p>Hi</p>"],
    ["<p>Hi</p><script>alert(1)</script><style>p {}</style>", "<p>Hi</p>"],
    [
      `<a href="https://example.com/?a='1'" target="_blank">x</a>`,
      `<a href="https://example.com/?a='1'">x</a>`,
    ],
    ['<a href="javascript:alert(1)">x</a>', "<a>x</a>"],
    ["<blink>Hi</blink>", "<p>Hi</p>"],
  ])("of an admin is HTML, and comes back without what is dangerous: %s", async (sent, shown) => {
    const { reply, byAdmin } = await begun();
    for (const message_type of ["comment", "note"]) {
      expect(lastBody(await reply({ ...byAdmin, message_type, body: sent }))).toBe(shown);
    }
  });

  // The example of OpenAPI 2.16, replyConversation, with what it answers.
  test("of a note comes back as Intercom's own example does", async () => {
    const { reply, byAdmin } = await begun();
    const list = "<li>Coffee</li> <li>Tea</li> <li>Milk</li>";
    const lists = `<h2>An Unordered HTML List</h2> <ul> ${list} </ul>
      <h2>An Ordered HTML List</h2> <ol> ${list} </ol>`;
    const body = `<html> <body> ${lists} </body> </html>`;
    const shown = lastBody(await reply({ ...byAdmin, message_type: "note", body }));
    const tight = (html: string) => html.replace(/\s*(<[^>]*>)\s*/g, "$1");
    expect(tight(shown)).toBe(tight(lists));
  });

  const shownAsText = async ({ call, id }: Awaited<ReturnType<typeof begun>>, version: string) => {
    const path = `/conversations/${id}?display_as=plaintext`;
    return (await call("GET", path, undefined, version)).body;
  };

  test.each(["2.11", "2.16"])("comes as text for who asks for it, in %s", async (version) => {
    const bench = await begun("5 < 6");
    const sent =
      '<h2>Hi &amp; welcome</h2><p>See <a href="https://example.com">this</a>.<br>Bye</p>';
    await bench.reply({ ...bench.byAdmin, body: sent });
    const { source, conversation_parts } = await shownAsText(bench, version);
    expect([source.subject, source.body]).toEqual(["5 < 6", "I need <b>help</b>"]);
    const text = "Hi & welcome\nSee this (https://example.com).\nBye";
    expect(conversation_parts.conversation_parts[0].body).toBe(text);
    expect((await bench.get(version)).conversation_parts.conversation_parts[0].body).toBe(sent);
  });

  test("comes as text just as a contact wrote it, whatever it was", async () => {
    await fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[<>&;#a-z"' /=\n]*$/)), (text) => {
        expect(textOfHtml(htmlOfText(text))).toBe(text.trim());
      }),
    );
  });
});

describe("the list of conversations", () => {
  test("comes newest first, twenty at a time and 150 at most, by cursor", async () => {
    const { call, sandbox, clock, ada } = await begun();
    for (let n = 0; n < 159; n++) {
      clock.forward(1000);
      sandbox.workspace.conversations.create({ contact: ada, body: `${n}` });
    }
    const { body } = await call("GET", "/conversations");
    expect([body.conversations.length, body.total_count]).toEqual([20, 160]);
    expect(body.conversations[0].source.body).toBe("<p>158</p>");
    expect(body.conversations[0]).not.toHaveProperty("conversation_parts");
    const ids: string[] = [];
    let query = "?per_page=200";
    for (let page = 0; page < 2; page++) {
      const { conversations, pages } = (await call("GET", `/conversations${query}`)).body;
      ids.push(...conversations.map(({ id }: { id: string }) => id));
      query = `?per_page=200&starting_after=${encodeURIComponent(pages.next?.starting_after)}`;
      expect(conversations).toHaveLength(page === 0 ? 150 : 10);
    }
    expect(new Set(ids).size).toBe(160);
    const tampered = await call("GET", "/conversations?starting_after=bad");
    expect(refusal(tampered).code).toBe("client_error");
  });
});

describe("a search of conversations", () => {
  test.each<[string, string, unknown]>([
    ["state", "=", "open"],
    ["open", "=", true],
    ["read", "=", false],
    ["priority", "=", "none"],
    ["source.type", "=", "conversation"],
    ["source.subject", "=", "Printer"],
    ["source.body", "=", "HELP"],
    ["source.author.email", "=", "ada@example.com"],
    ["source.author.type", "=", "user"],
    ["admin_assignee_id", "=", 0],
    ["statistics.count_conversation_parts", "=", 0],
    ["statistics.last_closed_by_id", "=", null],
    ["conversation_rating.score", "=", null],
    ["ai_agent_participated", "=", false],
    ["tag_ids", "!=", "1"],
    ["snoozed_until", "=", null],
  ])("%s %s %j finds it", async (field, operator, value) => {
    const bench = await begun("Printer");
    expect(await found(bench, { field, operator, value })).toEqual([bench.id]);
    const opposite = operator === "=" ? "!=" : "=";
    expect(await found(bench, { field, operator: opposite, value })).toEqual([]);
  });

  test("takes a body word by word, and not two at once", async () => {
    const bench = await begun();
    const by = (value: string) => found(bench, { field: "source.body", operator: "=", value });
    expect(await by("need")).toEqual([bench.id]);
    expect(await by("need help")).toEqual([]);
  });

  test("goes by the exact second, and by who took part", async () => {
    const bench = await begun();
    await bench.reply(bench.byAdmin);
    const at = bench.clock.ms / 1000;
    const by = (field: string, operator: string, value: unknown) =>
      found(bench, { field, operator, value });
    expect(await by("updated_at", ">", at)).toEqual([]);
    expect(await by("updated_at", ">=", at)).toEqual([bench.id]);
    expect(await by("updated_at", "<", at)).toEqual([]);
    expect(await by("created_at", "=", at - 60)).toEqual([bench.id]);
    expect(await by("statistics.last_admin_reply_at", "<=", at)).toEqual([bench.id]);
    expect(await by("contact_ids", "=", bench.ada.id)).toEqual([bench.id]);
    expect(await by("teammate_ids", "=", bench.owner.id)).toEqual([bench.id]);
  });

  test("sorts by updated_at, and pages while it does", async () => {
    const bench = await begun();
    const { conversations } = bench.sandbox.workspace;
    const ids = [bench.id];
    for (let n = 0; n < 4; n++) {
      ids.push(conversations.create({ contact: bench.ada, body: "x" }).id);
      bench.clock.forward(minute);
    }
    await bench.reply(bench.byAda);
    const sort = { field: "updated_at", order: "descending" };
    const everything = { field: "created_at", operator: ">", value: 1 };
    const [first, ...rest] = ids;
    const expected = [first, ...rest.reverse()];
    expect(await found(bench, everything, { sort })).toEqual(expected);
    const order = { sort: { ...sort, order: "ascending" } };
    expect(await found(bench, everything, order)).toEqual([...expected].reverse());
    const pagination = { per_page: 2 };
    const { body } = await bench.call("POST", "/conversations/search", {
      query: everything,
      sort,
      pagination,
    });
    const { starting_after } = body.pages.next;
    const next = await found(bench, everything, {
      sort,
      pagination: { ...pagination, starting_after },
    });
    expect(next).toEqual(expected.slice(2, 4));
  });

  test("sees what is new and what changed only after the lag", async () => {
    const bench = await begun();
    bench.sandbox.settings.indexLagMs = minute;
    await bench.reply(bench.byAdmin);
    const read = { field: "read", operator: "=", value: true };
    expect(await found(bench, read)).toEqual([]);
    const { id } = bench.sandbox.workspace.conversations.create({ contact: bench.ada, body: "x" });
    const unread = { ...read, value: false };
    expect(await found(bench, unread)).toEqual([bench.id]);
    bench.clock.forward(minute);
    expect([await found(bench, read), await found(bench, unread)]).toEqual([[bench.id], [id]]);
  });

  test("refuses a field that is none", async () => {
    const { call } = await openSandbox();
    const query = { field: "source.colour", operator: "=", value: "red" };
    expect(refusal(await call("POST", "/conversations/search", { query })).code).toBe(
      "invalid_field",
    );
  });
});
