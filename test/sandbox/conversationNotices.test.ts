import { describe, expect, test } from "vitest";
import { minute } from "../judges/answers";
import { describeApi, openApiFolder } from "../judges/openapi";
import { begun } from "../stage/begun";
import { openReceiver } from "../stage/receiver";

/** A conversation of Ada's, and an endpoint that gets every notification from now on. */
async function listening(options: Parameters<typeof begun>[1] = {}) {
  const bench = await begun(undefined, options);
  const receiver = await openReceiver();
  const { webhooks } = bench.sandbox;
  await webhooks.subscribe({ url: receiver.url });
  const path = `/conversations/${bench.id}`;
  /** The topics that a request causes, without those of contacts. */
  const topicsOf = async (work: () => Promise<unknown>) => {
    const before = receiver.topics().length;
    await work();
    await webhooks.deliverDue();
    return receiver
      .topics()
      .slice(before)
      .filter((topic) => topic.startsWith("conversation"));
  };
  const admin_id = bench.owner.id;
  return {
    ...bench,
    webhooks,
    receiver,
    topicsOf,
    send: (method: string, rest: string, body: object) =>
      topicsOf(() => bench.call(method, path + rest, { admin_id, ...body })),
    control: (name: string, body: object) =>
      topicsOf(async () => {
        const init = { method: "POST", body: JSON.stringify(body) };
        const answer = await fetch(`${bench.sandbox.url}/_sandbox${path}/${name}`, init);
        expect(answer.status).toBe(200);
      }),
  };
}

describe("notifications of conversations", () => {
  test("come for each act, and for none that changes nothing", async () => {
    const { send, control, owner, sandbox, clock, byAda, ada } = await listening();
    const { tags, companies } = sandbox.workspace;
    const tag = tags.findOrCreate("Urgent").id;
    const company = companies.upsert({ companyId: "c", name: "C" }).id;
    const part = (message_type: string, more: object = {}) =>
      send("POST", "/parts", { message_type, type: "admin", ...more });
    const snoozed_until = clock.ms / 1000 + 60;
    const assignee_id = owner.id;
    const add = { customer: { email: "bo@example.com" } };

    expect(await part("assignment", { assignee_id })).toEqual(["conversation.admin.assigned"]);
    expect(await part("assignment", { assignee_id })).toEqual([]);
    expect(await part("snoozed", { snoozed_until })).toEqual(["conversation.admin.snoozed"]);
    expect(await part("open")).toEqual(["conversation.admin.unsnoozed"]);
    expect(await part("close", { body: "Bye" })).toEqual(["conversation.admin.closed"]);
    expect(await part("assignment", { assignee_id })).toEqual(["conversation.admin.open.assigned"]);
    expect(await part("close")).toEqual(["conversation.admin.closed"]);
    expect(await part("open")).toEqual(["conversation.admin.opened"]);
    expect(await part("open")).toEqual([]);
    expect(await send("PUT", "", { read: false })).toEqual([]);
    expect(await send("PUT", "", { read: true, custom_attributes: { Topic: "Billing" } })).toEqual([
      "conversation.read",
    ]);
    expect(await send("PUT", "", { company_id: company })).toEqual([
      "conversation.company.updated",
    ]);
    expect(await send("POST", "/customers", add)).toEqual(["conversation.contact.attached"]);
    expect(await send("DELETE", `/customers/${ada.id}`, {})).toEqual([
      "conversation.contact.detached",
    ]);
    expect(await send("POST", "/tags", { id: tag })).toEqual(["conversation_part.tag.created"]);
    expect(await send("POST", "/tags", { id: tag })).toEqual([]);
    expect(await send("DELETE", `/tags/${tag}`, {})).toEqual([]);
    const options = [{ text: "Yes", uuid: "a5e1c524-5ddd-4c3e-9328-6bca5d6e3edb" }];
    const quick = { type: "admin", message_type: "quick_reply", reply_options: options };
    expect(await send("POST", "/reply", quick)).toEqual(["conversation.admin.replied"]);
    expect(await send("POST", "/reply", byAda)).toEqual(["conversation.user.replied"]);
    expect(await control("priority", { priority: true })).toEqual([
      "conversation.priority.updated",
    ]);
    expect(await control("rating", { rating: 5, remark: "Quick" })).toEqual([
      "conversation.rating.added",
    ]);
  });

  test("come at the end of a snooze, when the clock gets there", async () => {
    const { send, topicsOf, clock, receiver } = await listening();
    const snoozed_until = clock.ms / 1000 + 60;
    await send("POST", "/parts", { message_type: "snoozed", snoozed_until });
    expect(await topicsOf(async () => clock.forward(minute - 1))).toEqual([]);
    expect(await topicsOf(async () => clock.forward(1))).toEqual(["conversation.admin.unsnoozed"]);
    const { data, created_at } = receiver.notifications().at(-1)?.body ?? {};
    expect([data.item.state, created_at]).toEqual(["open", snoozed_until]);
  });

  test("of an admin's message that becomes a conversation say so", async () => {
    const { topicsOf, sandbox, ada, owner } = await listening();
    const sent = { id: "7", type: "conversation", subject: "", body: "Hi" } as const;
    const begin = async () =>
      sandbox.workspace.conversations.startFromMessage(
        { ...sent, adminId: owner.id, createdAt: 1772557200 },
        [ada],
      );
    expect(await topicsOf(begin)).toEqual(["conversation.admin.single.created"]);
  });

  test.skipIf(!openApiFolder).each(["2.11", "2.13", "2.15", "2.16"])(
    "hold the conversation as %s describes it",
    async (version) => {
      const settings = { defaultApiVersion: version };
      const { send, control, receiver, owner } = await listening({ settings });
      const body = "<p>See <b>this</b></p>";
      await send("POST", "/parts", { message_type: "close", type: "admin", body });
      await send("PUT", "", { custom_attributes: { Topic: "Billing" } });
      await control("rating", { rating: 4 });
      const notifications = receiver.notifications().map((received) => received.body);
      const items = notifications.filter(({ topic }) => topic.startsWith("conversation"));
      expect(items).toHaveLength(2);
      for (const { data } of items) {
        expect(describeApi(version).problemsOf("conversation", data.item)).toEqual([]);
        const [part] = data.item.conversation_parts.conversation_parts;
        // Text from 2.15 on (OpenAPI 2.16, conversation_part).
        expect(part.body).toBe(version < "2.15" ? body : "See this");
        expect(part.author.id).toBe(owner.id);
      }
    },
  );
});

describe("a rating", () => {
  test("comes from a contact once, with a remark, and is found by its score", async () => {
    const { send, control, get, call, ada, id, clock, owner, sandbox } = await listening();
    const assignee_id = owner.id;
    await send("POST", "/parts", { message_type: "assignment", type: "admin", assignee_id });
    await send("POST", "/parts", { message_type: "close", type: "admin" });
    const closedAt = clock.ms / 1000;
    clock.forward(minute);
    await control("rating", { rating: 5, remark: "Quick" });
    expect((await get()).conversation_rating).toEqual({
      rating: 5,
      remark: "Quick",
      created_at: closedAt,
      updated_at: closedAt + 60,
      contact: { type: "contact", id: ada.id, external_id: "a-1" },
      teammate: { type: "admin", id: owner.id },
    });
    expect((await get("2.13")).conversation_rating).not.toHaveProperty("updated_at");
    const query = { field: "conversation_rating.score", operator: ">", value: 4 };
    const { body } = await call("POST", "/conversations/search", { query });
    expect(body.conversations.map((row: { id: string }) => row.id)).toEqual([id]);
    const url = `${sandbox.url}/_sandbox/conversations/${id}/rating`;
    for (const given of [{ rating: 4 }, { rating: 6 }, { stars: 3 }]) {
      const again = await fetch(url, { method: "POST", body: JSON.stringify(given) });
      expect(again.status).toBe(400);
    }
  });
});
