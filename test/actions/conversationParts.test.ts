import { describe, expect, onTestFinished, test, vi } from "vitest";
import { holdClock, openWorkbench, runClockFast } from "../stage/workbench";
import { anAdminId, aTeamId } from "../uses/use";

/** A conversation of Ada's, and the parts that come to it. */
async function openBegun(apiVersion = "2.16") {
  const bench = await openWorkbench({ seed: "empty" }, { apiVersion });
  const { admins, contacts, conversations } = bench.sandbox.workspace;
  const ada = contacts.create({ role: "user", email: "ada@example.org", externalId: "a-1" });
  const conversation = conversations.create({ contact: ada, body: "Where is my order?" });
  const conversationId = conversation.id;
  const parts = () =>
    conversation.parts.map(({ type, body, author }) => ({ type, body, by: author.id }));
  const act = (key: string, inputs: object = {}) => bench.run(key, { conversationId, ...inputs });
  const refuse = async (key: string, inputs: object = {}) =>
    (await bench.refusal(key, { conversationId, ...inputs })).message;
  return { ...bench, ada, conversation, parts, act, refuse, owner: admins.owner };
}

describe("replies and notes", () => {
  test("a reply is a comment and a note a note, by the token's own admin", async () => {
    const { act, owner, parts } = await openBegun();
    await act("replyToConversation", { authorType: "admin", body: "<b>On its way</b>" });
    await act("addNoteToConversation", { body: "Ask the warehouse." });
    expect(parts()).toEqual([
      { type: "comment", body: "<b>On its way</b>", by: owner.id },
      { type: "note", body: "<p>Ask the warehouse.</p>", by: owner.id },
    ]);
  });

  test("an admin who is given writes it, at the time that is given", async () => {
    const { act, parts, sent, sandbox } = await openBegun();
    const inputs = { body: "Hi", adminId: anAdminId, createdAt: "2025-11-02T09:30:00Z" };
    await act("addNoteToConversation", inputs);
    expect(sent()).toHaveLength(1);
    expect(sandbox.requests[0]?.body).toEqual({
      type: "admin",
      admin_id: anAdminId,
      message_type: "note",
      body: "Hi",
      created_at: 1762075800,
    });
    expect(parts()).toMatchObject([{ by: anAdminId }]);
  });

  test.each([
    ["ada@example.org", "email"],
    ["a-1", "user_id"],
    ["", "intercom_user_id"],
  ])("a contact who is named %j replies as %s", async (contact, field) => {
    const { act, ada, parts, sandbox } = await openBegun();
    const name = contact || ada.id;
    await act("replyToConversation", { authorType: "contact", contact: name, body: "Thanks" });
    expect(sandbox.requests.map(({ body }) => body)).toEqual([
      { type: "user", [field]: name, message_type: "comment", body: "Thanks" },
    ]);
    expect(parts()).toMatchObject([{ type: "comment", by: ada.id }]);
  });

  test("an image's address may be as long as a signed one", async () => {
    const { act, sandbox } = await openBegun();
    const address = `https://files.example.org/cat.png?signature=${"x".repeat(3000)}`;
    await act("addNoteToConversation", { body: "Hi", attachmentUrls: [` ${address} `] });
    expect(sandbox.requests.at(-1)?.body).toMatchObject({ attachment_urls: [address] });
  });

  test.each([
    ["replyToConversation", { authorType: "admin", body: "Hi" }],
    ["addNoteToConversation", { body: "Hi" }],
    ["closeConversation", {}],
    ["assignConversation", { teamAssigneeId: aTeamId }],
    ["updateConversation", { read: "true" }],
  ])("%s says that parts of a long conversation are missing", async (key, inputs) => {
    const { act, conversation, log } = await openBegun();
    await act("addNoteToConversation", { body: "Hi" });
    const [part] = conversation.parts;
    if (!part) throw new Error("no part");
    conversation.parts = Array.from({ length: 503 }, (_, at) => ({ ...part, id: `${at}` }));
    expect(await act(key, inputs)).toMatchObject({ conversation_parts: { has_more: true } });
    expect(log.filter((line) => line.includes("of its parts"))).toHaveLength(1);
  });

  test("last is the conversation that the contact wrote in last", async () => {
    const { ada, parts, run } = await openBegun();
    const by = { authorType: "contact", contact: ada.id };
    await run("replyToConversation", { conversationId: "last", ...by, body: "Thanks" });
    expect(parts()).toMatchObject([{ body: "<p>Thanks</p>" }]);
  });

  test("quick replies go out instead of a body, each with an ID, with API version 2.14", async () => {
    const { act, sandbox } = await openBegun("2.11");
    const inputs = { authorType: "admin", adminId: anAdminId, quickReplies: ["Yes", "No"] };
    await act("replyToConversation", inputs);
    const uuid = expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(sandbox.requests[0]).toMatchObject({ apiVersion: "2.14" });
    expect(sandbox.requests[0]?.body).toEqual({
      type: "admin",
      admin_id: anAdminId,
      message_type: "quick_reply",
      reply_options: [
        { text: "Yes", uuid },
        { text: "No", uuid },
      ],
    });
  });

  test("Skip Notifications is sent with API version 2.15", async () => {
    const { act, sandbox } = await openBegun("2.11");
    await act("addNoteToConversation", {
      body: "Hi",
      skipNotifications: "true",
      adminId: anAdminId,
    });
    expect(sandbox.requests[0]).toMatchObject({
      apiVersion: "2.15",
      body: { skip_notifications: true },
    });
  });

  test("files of earlier steps are attached, as base64", async () => {
    const { act, conversation, sandbox } = await openBegun();
    const file = { data: Buffer.from([1, 2, 3]), contentType: "image/png" };
    await act("replyToConversation", {
      authorType: "admin",
      body: "See",
      attachmentFiles: [{ key: "a.png", value: file }],
    });
    expect(sandbox.requests.at(-1)?.body).toMatchObject({
      attachment_files: [{ name: "a.png", content_type: "image/png", data: "AQID" }],
    });
    expect(conversation.parts[0]?.attachments).toMatchObject([{ name: "a.png" }]);
  });

  const megabyte = 1024 * 1024;
  const filesOf = (...sizes: number[]) =>
    sizes.map((size, at) => ({ key: `${at}.bin`, value: Buffer.alloc(size) }));

  test.each([
    ["eleven", filesOf(...Array(11).fill(1)), '"Attachment Files" takes up to 10, not 11.'],
    [
      "a byte more than 20 MB of",
      filesOf(12 * megabyte, 8 * megabyte, 1),
      '"Attachment Files" takes up to 20 MB in all, not 20.0 MB: send fewer or smaller files, or links to them in the text.',
    ],
  ])("%s files are refused before any is encoded", async (_many, attachmentFiles, words) => {
    const { refuse, sent } = await openBegun();
    const encode = vi.spyOn(Buffer.prototype, "toString");
    onTestFinished(() => encode.mockRestore());
    expect(await refuse("addNoteToConversation", { body: "Hi", attachmentFiles })).toBe(words);
    const encoded = encode.mock.contexts.map((bytes) => (bytes as Buffer).length);
    for (const { value } of attachmentFiles) expect(encoded).not.toContain(value.length);
    expect(sent()).toEqual([]);
  });

  test.each(["", null, undefined])(
    "a file that has a name and the content %j is refused, and an empty row left out",
    async (value) => {
      const { act, refuse, sandbox } = await openBegun();
      const inputs = (key: string) => ({ body: "Hi", attachmentFiles: [{ key, value }] });
      expect(await refuse("addNoteToConversation", inputs("a.pdf"))).toBe(
        '"Attachment Files" has no content for "a.pdf": give the file, or remove the row.',
      );
      expect(sandbox.requests).toEqual([]);
      await act("addNoteToConversation", inputs(""));
      expect(sandbox.requests.at(-1)?.body).not.toHaveProperty("attachment_files");
    },
  );

  test("ten files are taken, and 20 MB in all", async () => {
    const { act, refuse, conversation, sandbox } = await openBegun();
    const attachmentFiles = filesOf(...Array(10).fill(1));
    await act("addNoteToConversation", { body: "Hi", attachmentFiles });
    expect(conversation.parts[0]?.attachments).toHaveLength(10);
    // The sandbox takes bodies of 10 MB; Intercom names no limit.
    const large = { body: "Hi", attachmentFiles: filesOf(12 * megabyte, 8 * megabyte) };
    expect(await refuse("addNoteToConversation", large)).toMatch(/^Intercom refused to add/);
    expect(sandbox.requests.at(-1)).toMatchObject({ status: 413 });
  });

  const admin = { authorType: "admin" };
  const contact = { authorType: "contact", contact: "a-1" };
  const attachmentUrls = ["https://example.org/a.png"];
  test.each([
    [
      "replyToConversation",
      admin,
      '"Body" is empty: fill in a text, or "Quick Replies". Intercom takes',
    ],
    [
      "replyToConversation",
      contact,
      '"Body" is empty: fill in a text. Intercom takes no reply without',
    ],
    ["replyToConversation", { ...admin, attachmentUrls }, '"Body" is empty: fill in a text, or'],
    [
      "replyToConversation",
      { ...admin, contact: "a-1", body: "Hi" },
      '"Contact" is filled in, and "Author Type" is Admin: choose Contact, or empty it.',
    ],
    [
      "replyToConversation",
      { authorType: "contact", body: "Hi" },
      '"Contact" is empty: fill it in, because "Author Type" is Contact.',
    ],
    [
      "replyToConversation",
      { ...contact, quickReplies: ["Yes"] },
      '"Quick Replies" can be sent by an admin only',
    ],
    [
      "replyToConversation",
      { ...admin, body: "Hi", quickReplies: ["Yes"] },
      '"Body" and "Quick Replies" can\'t be sent together',
    ],
    [
      "replyToConversation",
      { ...contact, body: "Hi", skipNotifications: true },
      '"Skip Notifications" works for replies of admins only',
    ],
    [
      "addNoteToConversation",
      { body: "Hi", attachmentUrls, attachmentFiles: [{ key: "a", value: "b" }] },
      '"Attachment URLs" and "Attachment Files" can\'t be used together',
    ],
    ["addNoteToConversation", { body: " " }, '"Body" is empty: fill it in.'],
  ])("%s with %j is refused, and nothing is sent", async (key, inputs, words) => {
    const { refuse, sent } = await openBegun();
    expect(await refuse(key, inputs)).toContain(words);
    expect(sent()).toEqual([]);
  });
});

describe("assigning a conversation", () => {
  test("the team goes first and the admin then, with the message", async () => {
    const { act, conversation, sandbox } = await openBegun();
    await act("assignConversation", {
      adminAssigneeId: anAdminId,
      teamAssigneeId: aTeamId,
      adminId: anAdminId,
      body: "She knows.",
    });
    const of = { message_type: "assignment", admin_id: anAdminId };
    expect(sandbox.requests.map(({ body }) => body)).toEqual([
      { ...of, type: "team", assignee_id: aTeamId },
      { ...of, type: "admin", assignee_id: anAdminId, body: "She knows." },
    ]);
    expect(conversation).toMatchObject({ adminId: anAdminId, teamId: aTeamId });
  });

  test("the token's admin is asked for once", async () => {
    const { act, sent } = await openBegun();
    await act("assignConversation", { adminAssigneeId: anAdminId, teamAssigneeId: aTeamId });
    expect(sent().filter((line) => line === "GET /me")).toHaveLength(1);
  });

  test("Unassign takes it from both", async () => {
    const { act, conversation, sandbox } = await openBegun();
    const { conversations } = sandbox.workspace;
    conversations.change(conversation, { adminId: anAdminId, teamId: aTeamId });
    await act("assignConversation", { unassign: true });
    expect(conversation).toMatchObject({ adminId: null, teamId: null });
  });

  test("an error of the second request says that the team has it", async () => {
    const { conversation, refuse } = await openBegun();
    const inputs = { adminAssigneeId: "1", teamAssigneeId: aTeamId };
    expect(await refuse("assignConversation", inputs)).toMatch(
      /^Intercom refused to assign the conversation to the admin \(the team has it now\): /,
    );
    expect(conversation.teamId).toBe(aTeamId);
  });

  test.each([
    [{}, '"Admin Assignee ID" and "Team Assignee ID" are empty'],
    [{ unassign: true, teamAssigneeId: aTeamId }, '"Unassign" is ticked, and an assignee'],
    [{ adminAssigneeId: "0" }, '"Admin Assignee ID" must be an ID'],
    [{ teamAssigneeId: "0" }, '"Team Assignee ID" must be an ID'],
  ])("%j is refused, and nothing is sent", async (inputs, words) => {
    const { refuse, sent } = await openBegun();
    expect(await refuse("assignConversation", inputs)).toContain(words);
    expect(sent()).toEqual([]);
  });
});

describe("closing, snoozing and reopening", () => {
  test("a conversation is closed with a last message in one request", async () => {
    const { act, conversation, parts, sent } = await openBegun();
    await act("closeConversation", { adminId: anAdminId, body: "Bye" });
    expect(sent()).toHaveLength(1);
    expect(conversation.state).toBe("closed");
    expect(parts()).toEqual([{ type: "close", body: "<p>Bye</p>", by: anAdminId }]);
  });

  test("it is snoozed until a time, and reopened", async () => {
    holdClock("2026-01-01T12:00:00Z");
    const { act, conversation } = await openBegun();
    await act("snoozeConversation", { snoozedUntil: "2026-01-02T12:00:00Z" });
    expect(conversation).toMatchObject({ state: "snoozed", snoozedUntil: 1767355200 });
    await act("reopenConversation");
    expect(conversation).toMatchObject({ state: "open", snoozedUntil: null });
  });

  test("a time that is over is refused, and nothing is sent", async () => {
    holdClock("2026-01-01T12:00:00Z");
    const { refuse, sent } = await openBegun();
    expect(await refuse("snoozeConversation", { snoozedUntil: "2026-01-01T12:00:00Z" })).toBe(
      '"Snoozed Until" must be a time ahead, not "2026-01-01T12:00:00.000Z".',
    );
    expect(sent()).toEqual([]);
  });

  test.each([
    ["closeConversation", {}],
    ["assignConversation", { adminAssigneeId: anAdminId }],
  ])("%s is sent again after a lost answer, unless a message goes along", async (key, inputs) => {
    runClockFast();
    const { act, parts, refuse, sandbox } = await openBegun();
    const lost = () =>
      sandbox.faults.add({ method: "POST", kind: "closed", workDone: true, times: 1 });
    lost();
    await act(key, inputs);
    expect(parts()).toHaveLength(1);
    lost();
    expect(await refuse(key, { ...inputs, body: "Bye" })).toContain("Intercom may have done it");
    expect(parts()).toHaveLength(2);
  });
});

describe("contacts of a conversation", () => {
  test("one is added by any of three names, and removed by Intercom's ID", async () => {
    const { act, ada, conversation, sandbox } = await openBegun();
    const { contacts } = sandbox.workspace;
    const bob = contacts.create({ role: "user", email: "bob@example.org", externalId: "b-1" });
    for (const contact of ["bob@example.org", "b-1", bob.id]) {
      await act("attachContactToConversation", { contact });
      expect(conversation.contactIds).toEqual([ada.id, bob.id]);
      const left = await act("detachContactFromConversation", { contactId: bob.id });
      expect(left).toMatchObject({ customers: [{ id: ada.id }] });
    }
    const customers = sandbox.requests
      .filter(({ method }) => method === "POST")
      .map(({ body }) => (body as { customer: object }).customer);
    expect(customers).toEqual([
      { email: "bob@example.org" },
      { user_id: "b-1" },
      { intercom_user_id: bob.id },
    ]);
  });

  test("an e-mail that nobody has makes one lead", async () => {
    const { act, conversation, sandbox } = await openBegun();
    await act("attachContactToConversation", { contact: "new@example.org", adminId: anAdminId });
    const { contacts } = sandbox.workspace;
    expect(contacts.findByEmail("new@example.org")).toMatchObject({ role: "lead" });
    expect(conversation.contactIds).toHaveLength(2);
  });

  test("the deletion carries the admin, and the last contact stays", async () => {
    const { ada, conversation, refuse, sandbox } = await openBegun();
    const inputs = { contactId: ada.id, adminId: anAdminId };
    expect(await refuse("detachContactFromConversation", inputs)).toContain(
      "Removing the last customer is not allowed",
    );
    expect(sandbox.requests[0]).toMatchObject({ method: "DELETE", body: { admin_id: anAdminId } });
    expect(conversation.contactIds).toEqual([ada.id]);
  });

  test("the conversation itself is taken for an answer too, as the descriptions have it", async () => {
    const { act, sandbox } = await openBegun();
    const body = { type: "conversation", id: "1" };
    sandbox.faults.add({ method: "POST", kind: "status", status: 200, body });
    const inputs = { contact: "ada@example.org", adminId: anAdminId };
    expect(await act("attachContactToConversation", inputs)).toEqual(body);
  });
});
