import { describe, expect, test } from "vitest";
import { openWorkbench } from "../stage/workbench";
import { anAdminId, aTeamId } from "../uses/use";

interface Conversation {
  id: string;
  conversation_parts: { conversation_parts: object[]; total_count: number; has_more?: boolean };
}

interface Page {
  data: { id: string }[];
  total_count: number;
  pages: { next?: { starting_after: string } | null };
}

/** Ada, who can write, and a company of hers. */
async function openWithAda(apiVersion = "2.16") {
  const bench = await openWorkbench({ seed: "empty" }, { apiVersion });
  const { companies, contacts, conversations } = bench.sandbox.workspace;
  const ada = contacts.create({ role: "user", email: "ada@example.org", name: "Ada" });
  const works = companies.upsert({ companyId: "works-1", name: "Works" });
  companies.attach(ada, works);
  const begin = (body = "Where is my order?", createdAt?: number) =>
    conversations.create({ contact: ada, body, ...(createdAt ? { createdAt } : {}) });
  return { ...bench, ada, works, begin, conversations };
}

describe("creating a conversation", () => {
  test("gives the message, and the ID of the conversation beside its own", async () => {
    const { ada, conversations, run, sandbox } = await openWithAda();
    const started = await run<{ id: string; conversation_id: string }>("createConversation", {
      contactId: ada.id,
      contactRole: "user",
      body: "Hello",
      createdAt: "2025-11-02T09:30:00Z",
    });
    expect(conversations.get(started.conversation_id).source.id).toBe(started.id);
    expect(sandbox.requests[0]?.body).toEqual({
      from: { type: "user", id: ada.id },
      body: "Hello",
      created_at: 1762075800,
    });
  });

  test("looks up what the contact is where nobody says, and takes an unknown one for a visitor", async () => {
    const { refusal, run, sandbox, sent } = await openWithAda();
    const { id } = sandbox.workspace.contacts.create({ role: "lead", name: "Bob" });
    await run("createConversation", { contactId: id, body: "Hello" });
    expect(sent()).toEqual([`GET /contacts/${id}`, "POST /conversations"]);
    expect(sandbox.requests[1]?.body).toMatchObject({ from: { type: "lead", id } });
    await refusal("createConversation", { contactId: "0123456789abcdef01234567", body: "Hello" });
    expect(sandbox.requests.at(-1)?.body).toMatchObject({ from: { type: "contact" } });
  });

  test("by a contact who was merged is refused with the ID of the other, and starts nothing", async () => {
    const { refusal, run, sandbox, sent } = await openWithAda();
    const { contacts } = sandbox.workspace;
    const [lead, user] = (["lead", "user"] as const).map((role) =>
      contacts.create({ role, email: "eve@example.org" }),
    );
    await run("mergeContacts", { leadId: lead?.id, userId: user?.id });
    const inputs = { contactId: lead?.id, body: "Hello" };
    const { message } = await refusal("createConversation", inputs);
    expect(message).toContain(`It was merged into the contact ${user?.id}: use that ID`);
    expect(sent()).not.toContain("POST /conversations");
  });

  test("a contact who is named otherwise than by Intercom's ID is refused, and nothing is sent", async () => {
    const { refusal, sent } = await openWithAda();
    const error = await refusal("createConversation", {
      contactId: "a@example.org",
      body: "Hello",
    });
    expect(error.message).toBe('"Contact ID" must be an ID of 24 hex digits, not "a@example.org".');
    expect(sent()).toEqual([]);
  });

  test("a brand is sent with API version 2.16, and the log says so", async () => {
    const { ada, log, run, sandbox } = await openWithAda("2.11");
    const inputs = { contactId: ada.id, contactRole: "user", body: "Hello", brandId: "3" };
    await run("createConversation", inputs);
    expect(sandbox.requests[0]).toMatchObject({ apiVersion: "2.16", body: { brand_id: "3" } });
    expect(log).toContain(
      "info We send this request with API version 2.16, because 2.11 can't create the conversation with brand_id.",
    );
  });
});

describe("getting a conversation", () => {
  test("gives its parts, as HTML or as plain text", async () => {
    const { begin, run, sent } = await openWithAda();
    const { id } = begin("1 < 2");
    const html = await run("getConversation", { conversationId: ` ${id} `, displayAs: "html" });
    expect(html).toMatchObject({ id, source: { body: "<p>1 &lt; 2</p>" } });
    const plain = await run("getConversation", { conversationId: id, displayAs: "plaintext" });
    expect(plain).toMatchObject({ source: { body: "1 < 2" } });
    expect(sent()).toEqual([
      `GET /conversations/${id}`,
      `GET /conversations/${id}?display_as=plaintext`,
    ]);
  });

  test("one with more than 500 parts says that it has more, and warns", async () => {
    const { begin, conversations, log, run } = await openWithAda();
    const row = begin();
    const author = { type: "admin", id: anAdminId, name: "Bob", email: null } as const;
    const parts = Array.from({ length: 503 }, (_, at) => ({
      id: `${at}`,
      type: "comment" as const,
      author,
      body: "Hi",
      createdAt: 1,
      state: "open" as const,
    }));
    conversations.change(row, { parts });
    const { conversation_parts: given } = await run<Conversation>("getConversation", {
      conversationId: row.id,
    });
    expect(given).toMatchObject({ has_more: true, total_count: 503 });
    expect(log).toContain("warn Intercom gave the conversation without 3 of its parts.");
  });

  test("one whose statistics count more parts than came says that it has more", async () => {
    const { run, sandbox } = await openWithAda();
    const conversation_parts = { conversation_parts: [{ id: "1" }], total_count: 1 };
    const statistics = { count_conversation_parts: 2 };
    const body = { type: "conversation", id: "7", conversation_parts, statistics };
    sandbox.faults.add({ kind: "status", status: 200, body });
    const given = await run("getConversation", { conversationId: "7" });
    expect(given).toMatchObject({ conversation_parts: { has_more: true, total_count: 1 } });
  });

  test("translations are asked for with API version 2.14", async () => {
    const { begin, run, sandbox } = await openWithAda("2.12");
    await run("getConversation", { conversationId: begin().id, includeTranslations: "true" });
    expect(sandbox.requests[0]).toMatchObject({
      apiVersion: "2.14",
      query: { include_translations: "true" },
    });
  });

  test("a path of Intercom's own is no conversation", async () => {
    const { refusal, sent } = await openWithAda();
    const { message } = await refusal("getConversation", { conversationId: "deleted" });
    expect(message).toContain("can't be an ID");
    expect(sent()).toEqual([]);
  });
});

describe("listing conversations", () => {
  test("pages lead on by their cursor, and Fetch All reads them all", async () => {
    const { begin, run } = await openWithAda();
    const made = [1, 2, 3].map((at) => begin("Hi", 1756735200 + at).id);
    const first = await run<Page>("listConversations", { perPage: "2" });
    expect(first).toMatchObject({ total_count: 3 });
    const startingAfter = first.pages.next?.starting_after;
    const second = await run<Page>("listConversations", { perPage: "2", startingAfter });
    const ids = [...first.data, ...second.data].map(({ id }) => id);
    expect(ids.sort()).toEqual(made);
    const all = await run<Page>("listConversations", { fetchAll: true });
    expect(all.data.map(({ id }) => id).sort()).toEqual(made);
    expect(all).toMatchObject({ total_count: 3, pages: { next: null } });
  });
});

describe("searching conversations", () => {
  test("fields that are filled in are joined by AND", async () => {
    const { ada, begin, conversations, run, sandbox } = await openWithAda();
    const found = begin();
    conversations.change(found, { adminId: anAdminId });
    begin();
    const inputs = { contactId: ada.id, state: "open", adminAssigneeId: anAdminId };
    const { data } = await run<Page>("searchConversations", inputs);
    expect(data.map(({ id }) => id)).toEqual([found.id]);
    expect(sandbox.requests[0]?.body).toEqual({
      query: {
        operator: "AND",
        value: [
          { field: "contact_ids", operator: "=", value: ada.id },
          { field: "state", operator: "=", value: "open" },
          { field: "admin_assignee_id", operator: "=", value: Number(anAdminId) },
        ],
      },
    });
  });

  test("0 finds those of no team, and a team those of its own", async () => {
    const { begin, conversations, run } = await openWithAda();
    const [mine, free] = [begin(), begin()];
    conversations.change(mine, { teamId: aTeamId });
    const ids = async (teamAssigneeId: string) =>
      (await run<Page>("searchConversations", { teamAssigneeId })).data.map(({ id }) => id);
    expect(await ids("0")).toEqual([free.id]);
    expect(await ids(aTeamId)).toEqual([mine.id]);
  });

  test.each(["", "true"])(
    "times match to the second, the first included and the last not (Fetch All: %j)",
    async (fetchAll) => {
      const { begin, run } = await openWithAda();
      const at = 1756735200;
      const made = [0, 1, 2, 3].map((second) => begin("Hi", at + second).id);
      const { data, total_count } = await run<Page>("searchConversations", {
        createdAfter: String(at + 1),
        createdBefore: String(at + 3),
        fetchAll,
      });
      expect(data.map(({ id }) => id).sort()).toEqual([made[1], made[2]]);
      expect(total_count).toBe(2);
    },
  );

  test("whatever Intercom takes < and > for, a time is within the times", async () => {
    const { run, sandbox } = await openWithAda();
    const conversations = [9, 10, 19, 20].flatMap((created_at) =>
      [29, 30, 39, 40].map((updated_at) => {
        const id = `${created_at}-${updated_at}`;
        return { id, created_at, updated_at };
      }),
    );
    const body = { type: "conversation.list", conversations, total_count: 16 };
    sandbox.faults.add({ kind: "status", status: 200, body });
    const { data, total_count } = await run<Page>("searchConversations", {
      createdAfter: "10",
      createdBefore: "20",
      updatedAfter: "30",
      updatedBefore: "40",
    });
    expect(data.map(({ id }) => id)).toEqual(["10-30", "10-39", "19-30", "19-39"]);
    expect(total_count).toBe(4);
  });

  test("what Intercom gives of the second before is dropped", async () => {
    const { run, sandbox } = await openWithAda();
    const row = (id: string, created_at: number) => ({ id, created_at, updated_at: created_at });
    const conversations = [row("1", 9), row("2", 10)];
    const body = { type: "conversation.list", conversations, total_count: 2 };
    sandbox.faults.add({ kind: "status", status: 200, body });
    const list = await run<Page>("searchConversations", { createdAfter: "10" });
    expect(list).toMatchObject({ data: [{ id: "2" }], total_count: 1 });
  });

  test("a query of one's own goes on from the cursor that it has", async () => {
    const { begin, run, sent } = await openWithAda();
    for (const at of [1, 2, 3]) begin("Hi", 1756735200 + at);
    const query = { field: "open", operator: "=", value: true };
    const search = (pagination: object, fetchAll = "") =>
      run<Page>("searchConversations", { jsonQuery: { query, pagination }, fetchAll });
    const first = await search({ per_page: 2 });
    const starting_after = first.pages.next?.starting_after;
    for (const fetchAll of ["", "true"]) {
      const rest = await search({ starting_after }, fetchAll);
      expect(rest.data).toHaveLength(1);
      expect(rest).not.toHaveProperty("missing_count");
    }
    expect(sent()).toHaveLength(3);
  });

  test.each([
    [{}, '"Updated Before" and "JSON Query" are all empty: fill in one of them, or use List'],
    [
      { jsonQuery: { field: "state", operator: ">", value: "open" } },
      '"JSON Query" asks for "state", whose operator must be one of',
    ],
    [
      { jsonQuery: { field: "admin_assignee_id", operator: "=", value: "Bob" } },
      'whose value must be a whole number, not "Bob"',
    ],
    [
      { jsonQuery: { field: "waiting_since", operator: ">", value: "yesterday" } },
      "whose value must be a time in Unix seconds",
    ],
    [{ adminAssigneeId: "Bob" }, '"Admin Assignee ID" must be a whole number, not "Bob"'],
  ])("%j is refused, and nothing is sent", async (inputs, words) => {
    const { refusal, sent } = await openWithAda();
    expect((await refusal("searchConversations", inputs)).message).toContain(words);
    expect(sent()).toEqual([]);
  });
});

describe("updating a conversation", () => {
  test("what is filled in changes, and the rest stays", async () => {
    const { begin, conversations, run, sandbox, works } = await openWithAda();
    const { id } = begin();
    await run("updateConversation", {
      conversationId: id,
      title: "Order 17",
      read: "false",
      companyId: works.id,
      customAttributes: '{"Topic": "Billing"}',
    });
    expect(sandbox.requests.map(({ body }) => body)).toEqual([
      {
        company_id: works.id,
        title: "Order 17",
        read: false,
        custom_attributes: { Topic: "Billing" },
      },
    ]);
    await run("updateConversation", { conversationId: id, read: "true" });
    expect(conversations.get(id)).toMatchObject({
      title: "Order 17",
      isRead: true,
      companyId: works.id,
      customAttributes: { Topic: "Billing" },
    });
  });

  test("your own ID of a company is taken too, and null takes the company away", async () => {
    const { begin, conversations, run, sent, works } = await openWithAda();
    const { id } = begin();
    await run("updateConversation", { conversationId: id, companyId: "works-1" });
    expect(conversations.get(id).companyId).toBe(works.id);
    // Intercom describes no error for an unknown company here (OpenAPI 2.16, updateConversation).
    expect(sent()).toEqual(["GET /companies?company_id=works-1", `PUT /conversations/${id}`]);
    const additionalFields = '{"company_id": null}';
    await run("updateConversation", { conversationId: id, additionalFields });
    expect(conversations.get(id).companyId).toBeNull();
  });

  test.each([
    [{ title: "Order 17" }, "2.13"],
    [{ companyId: "works-1" }, "2.14"],
    [{ read: "true" }, "2.11"],
  ])("%j is sent with API version %s", async (inputs, version) => {
    const { begin, run, sandbox } = await openWithAda("2.11");
    await run("updateConversation", { conversationId: begin().id, ...inputs });
    expect(sandbox.requests.at(-1)?.apiVersion).toBe(version);
  });

  test("a list of IDs links custom objects, and a list of anything else is refused", async () => {
    const { begin, refusal, sandbox } = await openWithAda();
    const { id: conversationId } = begin();
    const link = (ids: unknown[]) =>
      refusal("updateConversation", { conversationId, customAttributes: { Order: ids } });
    await link(["17", 18]);
    expect(sandbox.requests[0]?.body).toEqual({ custom_attributes: { Order: ["17", "18"] } });
    sandbox.requests.length = 0;
    for (const odd of [true, " ", ["17"]]) {
      expect((await link(["17", odd])).message).toContain('"Custom Attributes" must be ');
    }
    expect(sandbox.requests).toEqual([]);
  });

  test("nothing filled in is refused, and nothing is sent", async () => {
    const { begin, refusal, sent } = await openWithAda();
    const { message } = await refusal("updateConversation", { conversationId: begin().id });
    expect(message).toContain('"Custom Attributes" and "Additional Fields" are all empty: fill');
    expect(sent()).toEqual([]);
  });
});

describe("converting a conversation to a ticket", () => {
  async function openWithTypes(apiVersion?: string) {
    const bench = await openWithAda(apiVersion);
    const [type] = bench.sandbox.workspace.ticketTypes.rows;
    const priority = type?.attributes.find(({ name }) => name === "Priority")?.options?.[0]?.id;
    const conversationId = bench.begin().id;
    const ticketAttributes = { _default_title_: "Lost", Priority: priority };
    return { ...bench, inputs: { conversationId, ticketTypeId: type?.id, ticketAttributes } };
  }

  test("gives the ticket, which is linked to the contact", async () => {
    const { ada, inputs, run, sandbox } = await openWithTypes();
    const ticket = await run("convertConversationToTicket", inputs);
    expect(ticket).toMatchObject({
      type: "ticket",
      ticket_attributes: inputs.ticketAttributes,
      contacts: { contacts: [{ id: ada.id }] },
    });
    expect(sandbox.requests[0]?.body).toEqual({
      ticket_type_id: inputs.ticketTypeId,
      attributes: inputs.ticketAttributes,
    });
  });

  test("a state is sent with API version 2.16", async () => {
    const { inputs, run, sandbox } = await openWithTypes("2.11");
    const [, state] = sandbox.workspace.ticketTypes.states;
    await run("convertConversationToTicket", { ...inputs, ticketStateId: state?.id });
    expect(sandbox.requests[0]).toMatchObject({
      apiVersion: "2.16",
      body: { ticket_state_id: state?.id },
    });
  });

  test("a conversation that is a ticket already is refused", async () => {
    const { inputs, refusal, run } = await openWithTypes();
    await run("convertConversationToTicket", inputs);
    const error = await refusal("convertConversationToTicket", inputs);
    expect(error.message).toMatch(/^Intercom refused to convert the conversation to a ticket: /);
  });
});
