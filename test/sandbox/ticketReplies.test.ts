import { describe, expect, test } from "vitest";
import { minute, openSandbox, refusal } from "../judges/answers";
import { openReceiver } from "../stage/receiver";

/** A customer's ticket and one of the back office, both of Ada, who wrote a conversation. */
async function asked() {
  const bench = await openSandbox({ seed: "workspace", settings: { webhookDelayMs: 0 } });
  const { sandbox, call, clock } = bench;
  const { workspace } = sandbox;
  const { contacts, ticketTypes, admins } = workspace;
  const contact = contacts.create({ email: "ada@example.net", name: "Ada", externalId: "ada" });
  const typeNamed = (name: string) => ticketTypes.rows.find((row) => row.name === name)?.id ?? "";
  const create = (name: string, values: Record<string, unknown>) =>
    workspace.tickets.create({ typeId: typeNamed(name), contact: { id: contact.id }, values });
  const priority = ticketTypes.rows[0]?.attributes.find(({ name }) => name === "Priority");
  const bug = create("Bug report", { Priority: priority?.options[0]?.id });
  const refund = create("Refund", { "Order number": "7", Amount: 12 });
  const message = await call("POST", "/conversations", {
    from: { type: "user", id: contact.id },
    body: "It broke.",
  });
  clock.forward(minute);
  const admin = { type: "admin", admin_id: admins.owner.id };
  const user = { type: "user", message_type: "comment", intercom_user_id: contact.id };
  return {
    ...bench,
    workspace,
    contact,
    bug,
    refund,
    admin,
    user,
    typeNamed,
    owner: admins.owner,
    conversationId: message.body.conversation_id as string,
    reply: (body: object, version = "2.16", id = bug.id) =>
      call("POST", `/tickets/${id}/reply`, body, version),
    get: async (id = bug.id) => (await call("GET", `/tickets/${id}`)).body,
  };
}

const options = [
  { text: "Yes", uuid: "0df48b85-9a93-4c66-a167-753eff0baaec" },
  { text: "No", uuid: "4f0b5145-4193-4b4f-8cad-ce19478a3938" },
];

describe("a reply to a ticket", () => {
  test.each(["2.11", "2.12", "2.14", "2.16"])("is a part of it in %s", async (version) => {
    const { reply, admin, user, contact, owner, clock, get } = await asked();
    const author = { type: "admin", id: owner.id, name: owner.name, email: owner.email };
    const answers = [
      await reply({ ...admin, message_type: "comment", body: "<b>Hello</b>" }, version),
      await reply({ ...admin, message_type: "note", body: "Odd" }, version),
      await reply({ ...admin, message_type: "quick_reply", reply_options: options }, version),
      await reply({ ...user, body: "1 < 2" }, version),
    ];
    const parts = answers.map(({ body }) => body);
    expect(parts).toMatchObject([
      { type: "ticket_part", part_type: "comment", body: "<b>Hello</b>", author },
      { part_type: "note", body: "<p>Odd</p>", author },
      { part_type: "quick_reply", body: null, author },
      {
        part_type: "comment",
        body: "<p>1 &lt; 2</p>",
        author: { type: "user", id: contact.id, name: "Ada", email: "ada@example.net" },
      },
    ]);
    const ticket = await get();
    expect(ticket.ticket_parts.ticket_parts.slice(-4)).toMatchObject(parts);
    expect(ticket.ticket_parts.total_count).toBe(5);
    expect([parts[0].created_at, ticket.updated_at]).toEqual([clock.ms / 1000, clock.ms / 1000]);
  });

  test("may be older than now; the ticket changes now", async () => {
    const { reply, admin, get, clock } = await asked();
    const given = { ...admin, message_type: "comment", body: "Hi", created_at: 1590000000 };
    expect((await reply(given)).body.created_at).toBe(1590000000);
    expect((await get()).updated_at).toBe(clock.ms / 1000);
  });

  test("of a contact names the contact by an id of Intercom's or yours, or by e-mail", async () => {
    const { reply, contact } = await asked();
    const given = { type: "user", message_type: "comment", body: "Hi" };
    for (const by of [
      { intercom_user_id: contact.id },
      { user_id: "ada" },
      { email: "ada@example.net" },
    ]) {
      expect((await reply({ ...given, ...by })).body.author.id).toBe(contact.id);
    }
    expect(refusal(await reply({ ...given, user_id: "nobody" })).status).toBe(404);
    expect(refusal(await reply(given)).status).toBe(404);
  });

  test("of a contact may be the option chosen, from 2.14 on", async () => {
    const { reply, user } = await asked();
    const chosen = { ...user, reply_options: options.slice(0, 1) };
    expect((await reply(chosen, "2.14")).body.body).toBe("<p>Yes</p>");
    expect(refusal(await reply(chosen, "2.13")).code).toBe("parameter_not_found");
  });

  test("of a contact reopens the ticket and ends its snooze", async () => {
    const { reply, user, bug, get, call } = await asked();
    await call("PUT", `/tickets/${bug.id}`, { open: false });
    await reply({ ...user, body: "Still broken" });
    expect((await get()).open).toBe(true);
    await call("PUT", `/tickets/${bug.id}`, { snoozed_until: 1900000000 });
    await reply({ ...user, body: "Still" });
    expect(await get()).not.toHaveProperty("snoozed_until");
  });

  test("of an admin leaves a closed ticket closed", async () => {
    const { reply, admin, bug, get, call } = await asked();
    await call("PUT", `/tickets/${bug.id}`, { open: false });
    await reply({ ...admin, message_type: "comment", body: "Bye" });
    expect((await get()).open).toBe(false);
  });

  test("of a contact is refused by a back-office ticket", async () => {
    const { reply, user, admin, refund } = await asked();
    expect(refusal(await reply({ ...user, body: "Hi" }, "2.16", refund.id))).toEqual({
      status: 400,
      code: "parameter_mismatch",
      message: "User replies are not allowed on Backoffice tickets",
    });
    const note = { ...admin, message_type: "note", body: "Hi" };
    expect((await reply(note, "2.16", refund.id)).status).toBe(200);
  });

  test("brings files from 2.16 on and URLs always; files win", async () => {
    const { reply, admin, get } = await asked();
    const given = {
      ...admin,
      message_type: "comment",
      body: "See",
      attachment_urls: ["https://example.com/a/photo.PNG?size=2"],
      attachment_files: [{ name: "test.json", content_type: "application/json", data: "e30K" }],
    };
    const older = (await reply(given, "2.15")).body.attachments;
    expect(older).toMatchObject([
      {
        type: "upload",
        name: "photo.PNG",
        url: "https://example.com/a/photo.PNG?size=2",
        content_type: "image/png",
      },
    ]);
    const { attachments } = (await reply(given)).body;
    expect(attachments).toMatchObject([
      { name: "test.json", content_type: "application/json", filesize: 3 },
    ]);
    expect((await get()).ticket_parts.ticket_parts.at(-1).attachments).toEqual(attachments);
    const file = await fetch(attachments[0].url);
    expect([file.headers.get("Content-Type"), await file.text()]).toEqual([
      "application/json",
      "{}\n",
    ]);
  });

  test.each([
    [{ message_type: "comment", body: "Hi", type: "bot" }, "type must be admin or user"],
    [
      { message_type: "shout", body: "Hi" },
      "message_type must be one of: comment, note, quick_reply",
    ],
    [{ message_type: "comment" }, "body not specified"],
    [{ message_type: "note" }, "body not specified"],
    [{ message_type: "quick_reply", body: "Hi" }, "reply_options not specified"],
    [{ message_type: "quick_reply", reply_options: [] }, "reply_options must be a list of options"],
    [{ message_type: "note", body: "Hi", cross_post: "yes" }, "cross_post must be a boolean"],
    [
      { message_type: "note", body: "Hi", attachment_urls: Array(11).fill("https://a.example/b") },
      "attachment_urls must be a list of 10 at most",
    ],
    [
      { message_type: "note", body: "Hi", attachment_urls: ["photo.png"] },
      "attachment_urls must be URLs",
    ],
    [
      {
        message_type: "note",
        body: "Hi",
        attachment_files: [{ name: "a", content_type: "text/plain", data: "%" }],
      },
      "data must be base64",
    ],
  ])("is refused as %j", async (given, message) => {
    const { reply, admin, bug } = await asked();
    const before = structuredClone(bug);
    const answer = await reply({ ...admin, ...given });
    expect(refusal(answer)).toMatchObject({ status: 400, message });
    expect(bug).toEqual(before);
  });

  test("needs a ticket and an admin that exist", async () => {
    const { reply, admin } = await asked();
    const given = { ...admin, message_type: "note", body: "Hi" };
    expect(refusal(await reply(given, "2.16", "1"))).toEqual({
      status: 404,
      code: "not_found",
      message: "Resource Not Found",
    });
    expect(refusal(await reply({ ...given, admin_id: "1" })).status).toBe(404);
    expect(refusal(await reply({ ...given, admin_id: undefined })).message).toBe(
      "admin_id not specified",
    );
  });

  test("takes skip_notifications from 2.13 on, which must be a flag", async () => {
    const { reply, admin } = await asked();
    const given = { ...admin, message_type: "note", body: "Hi", skip_notifications: 1 };
    expect((await reply(given, "2.12")).status).toBe(200);
    expect(refusal(await reply(given, "2.13")).message).toBe(
      "skip_notifications must be a boolean",
    );
    expect((await reply({ ...given, skip_notifications: true }, "2.13")).status).toBe(200);
  });
});

test("a ticket shows its newest 500 parts, and how many it has", async () => {
  const { bug, workspace, get } = await asked();
  const [first] = bug.parts;
  const parts = Array.from({ length: 600 }, (_, at) => ({ ...first, id: `p${at}` }));
  workspace.tickets.change(bug, { parts: parts as typeof bug.parts });
  const { ticket_parts: shown } = await get();
  expect([shown.ticket_parts.length, shown.total_count]).toEqual([500, 600]);
  expect([shown.ticket_parts[0].id, shown.ticket_parts[499].id]).toEqual(["p100", "p599"]);
});

describe("a new ticket", () => {
  test("is linked to a conversation, from 2.14 on; both show it", async () => {
    const { call, conversationId, contact, typeNamed, reply, admin } = await asked();
    const create = (version: string) =>
      call(
        "POST",
        "/tickets",
        {
          ticket_type_id: typeNamed("Refund"),
          contacts: [{ id: contact.id }],
          ticket_attributes: { "Order number": "7", Amount: 12 },
          conversation_to_link_id: conversationId,
        },
        version,
      );
    expect((await create("2.13")).body.linked_objects.total_count).toBe(0);
    const { body } = await create("2.14");
    expect(body.linked_objects).toEqual({
      type: "list",
      data: [{ type: "conversation", id: conversationId, category: null }],
      total_count: 1,
      has_more: false,
    });
    const conversation = async () => (await call("GET", `/conversations/${conversationId}`)).body;
    expect((await conversation()).linked_objects.data).toEqual([
      { type: "ticket", id: body.id, category: "Back-office" },
    ]);
    // A note of a back-office ticket reaches the conversations where it is to.
    const note = { ...admin, message_type: "note", body: "Paid" };
    await reply(note, "2.16", body.id);
    await reply({ ...note, body: "Paid back", cross_post: true }, "2.16", body.id);
    const parts = (await conversation()).conversation_parts.conversation_parts;
    expect(parts).toMatchObject([{ part_type: "note", body: "<p>Paid back</p>" }]);
  });

  test("is linked to a ticket where one of the two is a customer's", async () => {
    const { call, contact, typeNamed, bug, refund } = await asked();
    const create = (name: string, linkId: string) =>
      call("POST", "/tickets", {
        ticket_type_id: typeNamed(name),
        contacts: [{ id: contact.id }],
        conversation_to_link_id: linkId,
      });
    const tracker = (await create("Outage", bug.id)).body;
    expect(tracker.linked_objects.data).toEqual([
      { type: "ticket", id: bug.id, category: "Customer" },
    ]);
    const { body } = await call("GET", `/tickets/${bug.id}`);
    expect(body.linked_objects.data).toEqual([
      { type: "ticket", id: tracker.id, category: "Tracker" },
    ]);
    expect(refusal(await create("Outage", bug.id))).toEqual({
      status: 400,
      code: "already_linked_to_tracker",
      message: "A conversation can only have one tracker ticket",
    });
    expect(refusal(await create("Outage", refund.id)).code).toBe("parameter_invalid");
    expect(refusal(await create("Outage", "1"))).toEqual({
      status: 404,
      code: "conversation_not_found",
      message: "Conversation not found",
    });
  });
});

describe("an update of a ticket", () => {
  test("opens it, unless it closes it or resolves it", async () => {
    const { call, bug, workspace, get } = await asked();
    const put = async (body: object) => (await call("PUT", `/tickets/${bug.id}`, body)).body;
    expect((await put({ open: false })).open).toBe(false);
    expect((await put({ is_shared: false })).open).toBe(true);
    const resolved = workspace.ticketTypes.states[3]?.id;
    expect((await put({ ticket_state_id: resolved })).open).toBe(false);
    expect((await put({ ticket_attributes: { Blocking: true } })).open).toBe(true);
    const parts: { part_type: string }[] = (await get()).ticket_parts.ticket_parts;
    expect(parts.slice(1).map(({ part_type }) => part_type)).toEqual([
      "close",
      "open",
      "ticket_state_updated_by_admin",
      "close",
      "open",
      "ticket_attribute_updated_by_admin",
    ]);
  });

  test("snoozes it until a time of the sandbox's clock", async () => {
    const { call, bug, clock, sandbox } = await asked();
    const receiver = await openReceiver();
    await sandbox.webhooks.subscribe({
      url: receiver.url,
      topics: ["ticket.admin.snoozed", "ticket.admin.unsnoozed"],
    });
    const until = clock.ms / 1000 + 3600;
    const { body } = await call("PUT", `/tickets/${bug.id}`, { snoozed_until: until });
    expect([body.snoozed_until, body.ticket_parts.ticket_parts.at(-1).part_type]).toEqual([
      until,
      "snoozed",
    ]);
    clock.forward(59 * minute);
    expect((await call("GET", `/tickets/${bug.id}`)).body.snoozed_until).toBe(until);
    clock.forward(2 * minute);
    const later = (await call("GET", `/tickets/${bug.id}`)).body;
    expect(later).not.toHaveProperty("snoozed_until");
    expect(later.updated_at).toBe(until);
    expect(later.ticket_parts.ticket_parts.at(-1)).toMatchObject({
      part_type: "unsnoozed",
      author: { type: "bot" },
      created_at: until,
    });
    await sandbox.webhooks.deliverDue();
    expect(receiver.topics()).toEqual(["ticket.admin.snoozed", "ticket.admin.unsnoozed"]);
  });

  test("moves it to states of its type only", async () => {
    const { call, bug, refund, workspace } = await asked();
    const state = workspace.ticketTypes.states.find(({ typeIds }) => typeIds !== null);
    const put = (id: string) => call("PUT", `/tickets/${id}`, { ticket_state_id: state?.id });
    expect((await put(refund.id)).body.ticket_state.internal_label).toBe("With finance");
    expect(refusal(await put(bug.id))).toEqual({
      status: 400,
      code: "ticket_state_id_invalid",
      message: "Ticket state id is not valid or is not associated with the ticket type",
    });
  });
});

test("ticket states are listed with their types, from 2.12 on", async () => {
  const { call, sandbox } = await asked();
  const { body } = await call("GET", "/ticket_states");
  const shown = body.data.map(
    (row: { internal_label: string; ticket_types: { data: { name: string }[] } }) => [
      row.internal_label,
      row.ticket_types.data.length,
    ],
  );
  expect(shown).toEqual([
    ["Submitted", 4],
    ["In progress", 4],
    ["Waiting on customer", 4],
    ["Resolved", 4],
    ["With finance", 1],
  ]);
  const headers = { Authorization: `Bearer ${sandbox.token}`, "Intercom-Version": "2.11" };
  const older = await fetch(`${sandbox.url}/ticket_states`, { headers });
  expect([older.status, await older.json()]).toMatchObject([
    400,
    { errors: [{ code: "intercom_version_invalid" }] },
  ]);
});

test("who writes to a ticket is notified of", async () => {
  const { sandbox, reply, admin, user, bug, call } = await asked();
  const receiver = await openReceiver();
  const topics = [
    "ticket.admin.replied",
    "ticket.note.created",
    "ticket.contact.replied",
    "ticket.admin.unsnoozed",
  ];
  await sandbox.webhooks.subscribe({ url: receiver.url, topics });
  await reply({ ...admin, message_type: "comment", body: "Hi" });
  await reply({ ...admin, message_type: "quick_reply", reply_options: options });
  await reply({ ...admin, message_type: "note", body: "Hm" });
  await call("PUT", `/tickets/${bug.id}`, { snoozed_until: 1900000000 });
  await reply({ ...user, body: "Thanks" });
  await sandbox.webhooks.deliverDue();
  expect(receiver.topics()).toEqual([
    "ticket.admin.replied",
    "ticket.admin.replied",
    "ticket.note.created",
    "ticket.contact.replied",
    "ticket.admin.unsnoozed",
  ]);
});
