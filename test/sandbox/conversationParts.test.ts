import { describe, expect, test } from "vitest";
import { day, minute, refusal } from "../judges/answers";
import { sdk, sdkVersions } from "../judges/intercomClient";
import { begun } from "../stage/begun";

type Begun = Awaited<ReturnType<typeof begun>>;

const lastPart = (body: Begun["message"]) => body.conversation_parts.conversation_parts.at(-1);

describe.each(sdkVersions)("Intercom's client, version %s", (version) => {
  test("closes, opens, assigns and snoozes", async () => {
    const bench = await begun();
    const { conversations } = sdk(bench, version);
    const { id: conversation_id, owner } = bench;
    const manage = (body: object) =>
      conversations.manage({ conversation_id, body: { admin_id: owner.id, ...body } as never });
    const closed = await manage({ message_type: "close", type: "admin", body: "Bye" });
    expect(closed.state).toBe("closed");
    expect((await manage({ message_type: "open" })).state).toBe("open");
    const snoozed_until = bench.clock.ms / 1000 + 60;
    expect((await manage({ message_type: "snoozed", snoozed_until })).state).toBe("snoozed");
    const assignee_id = owner.id;
    const assigned = await manage({ message_type: "assignment", type: "admin", assignee_id });
    expect([assigned.state, assigned.admin_assignee_id]).toEqual(["open", Number(owner.id)]);
  });
});

/** Sends an act of the owner. */
const actIn =
  ({ call, id, owner }: Begun) =>
  (message_type: string, more: object = {}, version = "2.16") =>
    call(
      "POST",
      `/conversations/${id}/parts`,
      { message_type, admin_id: owner.id, ...more },
      version,
    );

describe("an admin", () => {
  test("closes a conversation with a last message, in one part", async () => {
    const bench = await begun();
    const { body } = await actIn(bench)("close", { type: "admin", body: "Goodbye :)" });
    expect(body).toMatchObject({
      state: "closed",
      open: false,
      waiting_since: null,
      updated_at: bench.clock.ms / 1000,
      statistics: {
        last_close_at: bench.clock.ms / 1000,
        last_closed_by_id: bench.owner.id,
        time_to_first_close: 60,
        last_admin_reply_at: bench.clock.ms / 1000,
      },
    });
    expect(lastPart(body)).toMatchObject({
      part_type: "close",
      body: "<p>Goodbye :)</p>",
      state: "closed",
      author: { type: "admin", id: bench.owner.id },
    });
    expect(bench.ada.lastContactedAt).toBe(bench.clock.ms / 1000);
  });

  test("opens a closed conversation, which counts as a reopening", async () => {
    const bench = await begun();
    const act = actIn(bench);
    await act("close", { type: "admin" });
    const { body } = await act("open");
    expect(body).toMatchObject({ state: "open", read: true, statistics: { count_reopens: 1 } });
    expect(lastPart(body)).toMatchObject({ part_type: "open", body: null });
  });

  test("changes nothing by doing the same again", async () => {
    const bench = await begun();
    const act = actIn(bench);
    const snoozed_until = bench.clock.ms / 1000 + 3600;
    const acts: [string, object, string][] = [
      ["open", {}, "open"],
      ["assignment", { type: "team", assignee_id: "0" }, "open"],
      ["close", { type: "admin" }, "closed"],
      ["close", { type: "admin" }, "closed"],
      ["snoozed", { snoozed_until }, "snoozed"],
      ["snoozed", { snoozed_until }, "snoozed"],
    ];
    for (const [type, more, state] of acts) {
      expect((await act(type, more)).body.state).toBe(state);
    }
    const { conversation_parts: parts } = (await bench.get()).conversation_parts;
    expect(parts.map(({ part_type }: { part_type: string }) => part_type)).toEqual([
      "close",
      "snoozed",
    ]);
  });

  test("assigns a conversation to a team and an admin, and takes it from both", async () => {
    const bench = await begun();
    const { teams, admins } = bench.sandbox.workspace;
    const team = teams.rows[0]?.id ?? "";
    const other = admins.rows[1]?.id ?? "";
    const act = actIn(bench);
    const assigned = await act("assignment", { type: "team", assignee_id: team });
    expect(lastPart(assigned.body)).toMatchObject({
      part_type: "assignment",
      assigned_to: { type: "team", id: team },
    });
    const { body } = await act("assignment", { type: "admin", assignee_id: other, body: "Yours" });
    expect(body).toMatchObject({
      admin_assignee_id: Number(other),
      team_assignee_id: Number(team),
      waiting_since: null,
      statistics: { count_assignments: 2, time_to_assignment: 60 },
    });
    const freed = (await act("assignment", { type: "admin", assignee_id: "0" }, "2.15")).body;
    expect([freed.admin_assignee_id, freed.team_assignee_id]).toEqual([null, null]);
    expect(lastPart(freed).assigned_to).toEqual({ type: "nobody_admin", id: null });
  });

  test.each([
    ["close", { type: "admin" }, "assign_and_reopen"],
    ["snoozed", { snoozed_until: 1900000000 }, "assign_and_unsnooze"],
  ])("opens by an assignment what an act of %s left", async (type, more, part_type) => {
    const bench = await begun();
    const act = actIn(bench);
    await act(type, more);
    const assignee_id = bench.owner.id;
    const { body } = await act("assignment", { type: "admin", assignee_id });
    expect(body).toMatchObject({ state: "open", snoozed_until: null });
    expect(lastPart(body).part_type).toBe(part_type);
  });

  test.each<[string, object, number, string]>([
    ["shout", {}, 400, "parameter_invalid"],
    ["close", {}, 400, "parameter_not_found"],
    ["close", { type: "user" }, 400, "parameter_invalid"],
    ["open", { admin_id: undefined }, 400, "parameter_not_found"],
    ["open", { admin_id: "1" }, 404, "admin_not_found"],
    ["snoozed", {}, 400, "parameter_not_found"],
    ["snoozed", { snoozed_until: 1 }, 400, "parameter_invalid"],
    ["snoozed", { snoozed_until: "tomorrow" }, 400, "parameter_invalid"],
    ["assignment", { type: "admin" }, 400, "parameter_not_found"],
    ["assignment", { type: "admin", assignee_id: "1" }, 404, "assignee_not_found"],
    ["assignment", { assignee_id: "0" }, 400, "parameter_not_found"],
  ])("is refused the act %s with %j", async (type, more, status, code) => {
    const bench = await begun();
    expect(refusal(await actIn(bench)(type, more))).toMatchObject({ status, code });
    expect((await bench.get()).conversation_parts.total_count).toBe(0);
  });

  test("has no admin's id taken for a team's", async () => {
    const bench = await begun();
    const act = actIn(bench);
    const refused = await act("assignment", { type: "team", assignee_id: bench.owner.id });
    expect(refusal(refused).code).toBe("assignee_not_found");
  });
});

describe("a snoozed conversation", () => {
  test("opens when its time has come by the sandbox's clock, as of that time", async () => {
    const bench = await begun();
    const until = bench.clock.ms / 1000 + 3600;
    await actIn(bench)("snoozed", { snoozed_until: until });
    bench.clock.forward(59 * minute);
    expect(await bench.get()).toMatchObject({ state: "snoozed", open: true, snoozed_until: until });
    bench.clock.forward(day);
    const query = { field: "state", operator: "=", value: "open" };
    const { body } = await bench.call("POST", "/conversations/search", { query });
    expect(body.total_count).toBe(1);
    const opened = await bench.get();
    expect(opened).toMatchObject({ state: "open", snoozed_until: null, updated_at: until });
    expect(lastPart(opened)).toMatchObject({
      part_type: "timer_unsnooze",
      created_at: until,
      author: { type: "bot", name: "Fin" },
    });
  });

  test("opens when an admin opens it or its contact writes, and then not again", async () => {
    const bench = await begun();
    const act = actIn(bench);
    const snoozed_until = bench.clock.ms / 1000 + 3600;
    await act("snoozed", { snoozed_until });
    expect(lastPart((await act("open")).body).part_type).toBe("unsnoozed");
    await act("snoozed", { snoozed_until });
    expect((await bench.reply(bench.byAda)).body.state).toBe("open");
    bench.clock.forward(day);
    expect((await bench.get()).conversation_parts.total_count).toBe(4);
  });

  test("opens after a restart too", async () => {
    const bench = await begun();
    await actIn(bench)("snoozed", { snoozed_until: bench.clock.ms / 1000 + 3600 });
    const { workspace } = bench.sandbox;
    workspace.load(workspace.save());
    bench.clock.forward(day);
    expect((await bench.get()).state).toBe("open");
  });
});

describe("an update", () => {
  const update = ({ call, id }: Begun, body: object, version = "2.16") =>
    call("PUT", `/conversations/${id}`, body, version);

  test("marks as read, names, and changes attributes, each with its part", async () => {
    const bench = await begun();
    const { dataAttributes } = bench.sandbox.workspace;
    dataAttributes.define({ model: "conversation", name: "Seats", dataType: "integer" });
    const custom_attributes = { Topic: "Billing", Seats: 3 };
    const { body } = await update(bench, { read: true, title: "Seats", custom_attributes });
    expect(body).toMatchObject({ read: true, title: "Seats", custom_attributes });
    expect(body.conversation_parts.conversation_parts).toMatchObject([
      {
        part_type: "conversation_attribute_updated_by_admin",
        event_details: { attribute: { name: "Topic" }, value: { name: "Billing", previous: null } },
      },
      { event_details: { attribute: { name: "Seats" }, value: { name: "3" } } },
    ]);
    await update(bench, { read: false, custom_attributes: { Topic: "Billing", Seats: null } });
    expect(await bench.get()).toMatchObject({
      read: false,
      title: "Seats",
      custom_attributes: { Topic: "Billing" },
      conversation_parts: { total_count: 3 },
    });
  });

  test("takes a title from 2.13 on, and a company from 2.14 on", async () => {
    const bench = await begun();
    const { companies } = bench.sandbox.workspace;
    const { id: company_id } = companies.upsert({ companyId: "c-1", name: "C" });
    await update(bench, { title: "A", company_id }, "2.12");
    expect(await bench.get()).toMatchObject({ title: null, company: null });
    await update(bench, { title: "A", company_id }, "2.13");
    expect(await bench.get()).toMatchObject({ title: "A", company: null });
    await update(bench, { company_id }, "2.14");
    expect((await bench.get()).company).toMatchObject({ id: company_id, company_id: "c-1" });
    expect(await bench.get("2.14")).not.toHaveProperty("company");
    await update(bench, { company_id: null });
    expect((await bench.get()).company).toBeNull();
  });

  test.each<[object, number, string]>([
    [{ read: "yes" }, 400, "parameter_invalid"],
    [{ title: 1 }, 400, "parameter_invalid"],
    [{ company_id: "1" }, 404, "company_not_found"],
    [{ custom_attributes: { Colour: "red" } }, 400, "parameter_invalid"],
    [{ custom_attributes: { Topic: "Weather" } }, 400, "parameter_invalid"],
  ])("of %j is refused, and changes nothing", async (body, status, code) => {
    const bench = await begun();
    const before = await bench.get();
    expect(refusal(await update(bench, body))).toMatchObject({ status, code });
    expect(await bench.get()).toEqual(before);
  });

  test("links custom objects by the list of their ids, from 2.13 on", async () => {
    const bench = await begun();
    const { customObjectInstances } = bench.sandbox.workspace;
    const first = customObjectInstances.upsert("Order", { externalId: "o-1" });
    const other = customObjectInstances.upsert("Shipment", { externalId: "s-1" });
    const link = (order: unknown, version = "2.16") =>
      update(bench, { custom_attributes: { order, Topic: "Billing" } }, version);
    const { body } = await link([first.id], "2.13");
    expect(body.custom_attributes).toMatchObject({
      Topic: "Billing",
      order: { type: "Order.list", instances: [{ id: first.id, external_id: "o-1" }] },
    });
    expect((await bench.get("2.12")).custom_attributes).toEqual({ Topic: "Billing" });
    for (const odd of [[other.id], ["1"], [null]]) {
      expect((await link(odd)).status).toBeGreaterThanOrEqual(400);
    }
    expect((await link([first.id], "2.12")).status).toBe(400);
    const colour = { custom_attributes: { colour: [first.id] } };
    expect(refusal(await update(bench, colour)).code).toBe("parameter_invalid");
    expect((await link([])).body.custom_attributes).toEqual({ Topic: "Billing" });
  });

  test("of attributes is refused from 2.16 on where a name stands for two", async () => {
    const bench = await begun();
    const { dataAttributes } = bench.sandbox.workspace;
    dataAttributes.define({ model: "conversation", name: "Topic", dataType: "string" });
    const custom_attributes = { Topic: "Billing" };
    expect((await update(bench, { custom_attributes }, "2.15")).status).toBe(200);
    const { status, code } = refusal(await update(bench, { custom_attributes }));
    expect([status, code]).toEqual([400, "parameter_invalid"]);
    expect((await update(bench, { read: true })).status).toBe(200);
  });
});

describe("a contact", () => {
  const add = ({ call, id, owner }: Begun, customer: object, more: object = {}) =>
    call("POST", `/conversations/${id}/customers`, { admin_id: owner.id, customer, ...more });
  const remove = ({ call, id, owner }: Begun, contactId: string, body: object = {}) =>
    call("DELETE", `/conversations/${id}/customers/${contactId}`, { admin_id: owner.id, ...body });

  test.each([{ user_id: "b-1" }, { email: "BO@example.com" }, { intercom_user_id: "" }])(
    "called by %j joins a conversation once, and leaves it",
    async (name) => {
      const bench = await begun();
      const { contacts } = bench.sandbox.workspace;
      const bo = contacts.create({ externalId: "b-1", email: "bo@example.com" });
      const customer = "intercom_user_id" in name ? { intercom_user_id: bo.id } : name;
      const both = [
        { type: "user", id: bench.ada.id },
        { type: "user", id: bo.id },
      ];
      expect((await add(bench, customer)).body).toEqual({ customers: both });
      expect((await add(bench, customer)).body).toEqual({ customers: both });
      const joined = await bench.get();
      expect(joined.contacts.contacts.map(({ id }: { id: string }) => id)).toEqual([
        bench.ada.id,
        bo.id,
      ]);
      expect(joined.conversation_parts.conversation_parts).toMatchObject([
        { part_type: "participant_added" },
      ]);
      const query = { field: "contact_ids", operator: "=", value: bo.id };
      const { body } = await bench.call("POST", "/conversations/search", { query });
      expect(body.total_count).toBe(1);
      const byBo = { ...bench.byAda, intercom_user_id: bo.id };
      expect((await bench.call("POST", "/conversations/last/reply", byBo)).body.id).toBe(bench.id);
      expect((await remove(bench, bench.ada.id)).body).toEqual({ customers: both.slice(1) });
      expect(lastPart(await bench.get()).part_type).toBe("participant_removed");
      const gone = await bench.call("POST", "/conversations/last/reply", bench.byAda);
      expect(gone.status).toBe(404);
    },
  );

  test("whom nobody knows joins as a lead by an e-mail address alone", async () => {
    const bench = await begun();
    const { body } = await add(bench, { email: "new@example.com" });
    expect(body.customers[1].type).toBe("lead");
    const lead = bench.sandbox.workspace.contacts.findByEmail("new@example.com");
    expect(lead?.id).toBe(body.customers[1].id);
    expect(refusal(await add(bench, { user_id: "new" }))).toMatchObject({
      status: 404,
      message: "User Not Found",
    });
  });

  test("can be brought in by another contact", async () => {
    const bench = await begun();
    const customer = { email: "new@example.com", customer: { email: "ada@example.com" } };
    await add(bench, customer, { admin_id: undefined });
    expect(lastPart(await bench.get()).author.id).toBe(bench.ada.id);
    expect(refusal(await add(bench, { email: "a@b.c" }, { admin_id: undefined })).code).toBe(
      "parameter_not_found",
    );
  });

  test("cannot leave as the last, nor where it is not", async () => {
    const bench = await begun();
    expect(refusal(await remove(bench, bench.ada.id))).toMatchObject({
      status: 422,
      code: "parameter_invalid",
      message: "Removing the last customer is not allowed",
    });
    expect(refusal(await remove(bench, "1"))).toMatchObject({
      status: 404,
      message: "User Not Found",
    });
    const unsigned = await remove(bench, bench.ada.id, { admin_id: undefined });
    expect(refusal(unsigned).code).toBe("parameter_not_found");
  });
});

describe("a tag", () => {
  test("goes on a conversation once, is found by, and comes off", async () => {
    const bench = await begun();
    const { call, owner, sandbox, clock, id } = bench;
    const { id: tagId } = sandbox.workspace.tags.findOrCreate("Urgent");
    const put = () =>
      call("POST", `/conversations/${id}/tags`, { id: tagId, admin_id: owner.id }, "2.11");
    const applied = {
      type: "tag",
      id: tagId,
      name: "Urgent",
      applied_at: clock.ms / 1000,
      applied_by: { type: "admin", id: owner.id },
    };
    expect((await put()).body).toEqual(applied);
    clock.forward(minute);
    expect((await put()).body).toEqual(applied);
    expect((await bench.get()).tags.tags).toEqual([applied]);
    const find = { query: { field: "tag_ids", operator: "=", value: tagId } };
    expect((await call("POST", "/conversations/search", find)).body.total_count).toBe(1);
    const take = () => call("DELETE", `/conversations/${id}/tags/${tagId}`, { admin_id: owner.id });
    expect((await take()).body).toEqual(applied);
    expect((await bench.get()).tags.tags).toEqual([]);
    expect(refusal(await take())).toMatchObject({ status: 404, code: "tag_not_found" });
    await put();
    await call("DELETE", `/tags/${tagId}`);
    expect((await bench.get()).tags.tags).toEqual([]);
  });

  test("is refused without an admin, and where tag or conversation is missing", async () => {
    const { call, owner, sandbox, id } = await begun();
    const tag = sandbox.workspace.tags.findOrCreate("Urgent").id;
    const put = async (at: string, body: object) =>
      refusal(await call("POST", `/conversations/${at}/tags`, body));
    expect((await put(id, { id: tag })).code).toBe("parameter_not_found");
    expect((await put(id, { admin_id: owner.id })).code).toBe("parameter_not_found");
    expect(await put(id, { id: "1", admin_id: owner.id })).toMatchObject({
      status: 404,
      message: "Tag not found",
    });
    expect(await put("1", { id: tag, admin_id: owner.id })).toMatchObject({
      status: 404,
      code: "not_found",
      message: "Conversation not found",
    });
    const unsigned = await call("DELETE", `/conversations/${id}/tags/${tag}`, {});
    expect(refusal(unsigned).code).toBe("parameter_not_found");
  });
});
