import { describe, expect, test } from "vitest";
import type { TicketPart } from "../../src/schemas/tickets";
import { openWorkbench } from "../stage/workbench";

/** A ticket of Ada's; by default one that customers see. */
async function openWithTicket(
  apiVersion = "2.11",
  category: "Customer" | "Back-office" = "Customer",
) {
  const bench = await openWorkbench({ seed: "empty" }, { apiVersion });
  const { contacts, tickets, ticketTypes } = bench.sandbox.workspace;
  const email = "ada@example.org";
  const contact = contacts.create({ role: "user", email, externalId: "25" });
  const { id: typeId } = ticketTypes.define({
    name: "Fault",
    description: "",
    icon: "F",
    category,
    attributes: [],
  });
  const ticket = tickets.create({ typeId, contact: { id: contact.id } });
  const inputs = { ticketId: ticket.id };
  const reply = (given: object) => bench.run<TicketPart>("replyToTicket", { ...inputs, ...given });
  const note = (given: object) => bench.run<TicketPart>("addNoteToTicket", { ...inputs, ...given });
  const refusal = (key: string, given: object) => bench.refusal(key, { ...inputs, ...given });
  return { ...bench, contact, ticket, reply, note, refusal };
}

describe("replying to a ticket", () => {
  test("a teammate replies, by default the admin of the token, who is asked for once", async () => {
    const { reply, sent, ticket, sandbox } = await openWithTicket();
    const part = await reply({ authorType: "admin", body: "<p>On its way.</p>" });
    expect(part).toMatchObject({
      part_type: "comment",
      body: "<p>On its way.</p>",
      author: { type: "admin", id: sandbox.workspace.admins.owner.id },
    });
    expect(sent()).toEqual(["GET /me", `POST /tickets/${ticket.id}/reply`]);
    await reply({ authorType: "admin", adminId: "5017602", body: "Sent." });
    expect(sent()).toHaveLength(3);
    expect(ticket.parts.at(-1)).toMatchObject({ type: "comment", adminId: "5017602" });
  });

  test.each([
    ["Intercom's ID", "intercom_user_id", (contact: { id: string }) => contact.id],
    ["an e-mail", "email", () => "ada@example.org"],
    ["your external ID", "user_id", () => "25"],
  ])("a contact replies, called by %s", async (_name, key, nameOf) => {
    const { reply, contact, ticket, sandbox } = await openWithTicket();
    const name = nameOf(contact);
    await reply({ authorType: "contact", contact: name, body: "Thanks" });
    expect(ticket.parts.at(-1)).toMatchObject({ type: "comment", contactId: contact.id });
    expect(sandbox.requests.map(({ body }) => body)).toEqual([
      { message_type: "comment", type: "user", [key]: name, body: "Thanks" },
    ]);
  });

  test("quick replies go as buttons, without a body", async () => {
    const { reply, ticket } = await openWithTicket();
    await reply({ authorType: "admin", adminId: "5017602", quickReplies: ["Yes", "", "No"] });
    expect(ticket.parts.at(-1)).toMatchObject({
      type: "quick_reply",
      options: [{ text: "Yes" }, { text: "No" }],
    });
  });

  test("files go inside of the request, which needs 2.16", async () => {
    const { reply, ticket, sandbox } = await openWithTicket();
    const attachmentFiles = [{ key: "a.txt", value: "Ada" }];
    await reply({ authorType: "admin", adminId: "5017602", body: "See.", attachmentFiles });
    expect(sandbox.requests[0]).toMatchObject({
      apiVersion: "2.16",
      body: { attachment_files: [{ name: "a.txt", data: "QWRh" }] },
    });
    expect(ticket.parts.at(-1)).toMatchObject({ attachments: [{ name: "a.txt" }] });
  });

  test("files of a contact are refused: Intercom takes links alone", async () => {
    const { refusal, sandbox } = await openWithTicket();
    const attachmentFiles = [{ key: "a.txt", value: "Ada" }];
    const given = { authorType: "contact", contact: "25", body: "See.", attachmentFiles };
    expect((await refusal("replyToTicket", given)).message).toBe(
      '"Attachment Files" can be sent on tickets by an admin only, and "Author Type" is Contact: use "Attachment URLs".',
    );
    expect(sandbox.requests).toEqual([]);
  });

  test("the time and the silence that are asked for go along", async () => {
    const { reply, sandbox, ticket } = await openWithTicket();
    const more = { createdAt: "2024-01-01", skipNotifications: "true" };
    await reply({ authorType: "admin", adminId: "5017602", body: "Sent.", ...more });
    expect(sandbox.requests[0]).toMatchObject({
      apiVersion: "2.13",
      body: { created_at: 1_704_067_200, skip_notifications: true },
    });
    expect(ticket.parts.at(-1)).toMatchObject({ createdAt: 1_704_067_200 });
  });

  test("a contact can't reply to a back-office ticket, and Intercom says so", async () => {
    const { refusal, ticket } = await openWithTicket("2.16", "Back-office");
    const given = { authorType: "contact", contact: "25", body: "Hello?" };
    expect((await refusal("replyToTicket", given)).message).toMatch(
      /^Intercom refused to send the reply: User replies are not allowed on Backoffice tickets/,
    );
    expect(ticket.parts).toHaveLength(1);
  });

  test.each([
    [
      { authorType: "admin" },
      '"Body" is empty: fill in a text, or "Quick Replies". Intercom takes no reply without text.',
    ],
    [
      { authorType: "contact", body: "Hi" },
      '"Contact" is empty: fill it in, because "Author Type" is Contact.',
    ],
    [
      { authorType: "admin", contact: "25", body: "Hi" },
      '"Contact" is filled in, and "Author Type" is Admin: choose Contact, or empty it.',
    ],
    [{ authorType: "bot", body: "Hi" }, '"Author Type" must be one of admin, contact, not "bot".'],
    [{ ticketId: "", body: "Hi" }, '"Ticket ID" is empty: fill it in.'],
  ])("%j is refused by name, and nothing is sent", async (inputs, sentence) => {
    const { refusal, sandbox } = await openWithTicket();
    expect((await refusal("replyToTicket", inputs)).message).toBe(sentence);
    expect(sandbox.requests).toEqual([]);
  });

  test("attachments of both kinds are refused", async () => {
    const { refusal, sandbox } = await openWithTicket();
    const attachments = {
      attachmentUrls: ["https://example.org/a.png"],
      attachmentFiles: [{ key: "a.txt", value: "Ada" }],
    };
    const given = { authorType: "admin", body: "See.", ...attachments };
    for (const key of ["replyToTicket", "addNoteToTicket"]) {
      expect((await refusal(key, given)).message).toContain("can't be used together");
    }
    expect(sandbox.requests).toEqual([]);
  });
});

describe("a note on a ticket", () => {
  test("is a note, and no reply", async () => {
    const { note, ticket, sandbox } = await openWithTicket();
    expect(await note({ body: "Ask Bob." })).toMatchObject({ part_type: "note" });
    expect(ticket.parts.at(-1)).toMatchObject({ type: "note" });
    expect(sandbox.requests.at(-1)?.body).toEqual({
      message_type: "note",
      type: "admin",
      admin_id: sandbox.workspace.admins.owner.id,
      body: "Ask Bob.",
    });
  });

  test("is written in the linked conversations too, where that is asked for", async () => {
    const { note, sandbox, ticket, contact } = await openWithTicket("2.16", "Back-office");
    const { conversations, tickets } = sandbox.workspace;
    const conversation = conversations.create({ contact, body: "It broke." });
    tickets.link(ticket, conversation.id);
    await note({ body: "Not yet.", adminId: "5017602" });
    expect(conversation.parts.filter(({ type }) => type === "note")).toEqual([]);
    await note({ body: "It is mended.", adminId: "5017602", crossPost: "true" });
    expect(conversation.parts.filter(({ type }) => type === "note")).toHaveLength(1);
  });

  test("without a text is refused by name", async () => {
    const { refusal, sandbox } = await openWithTicket();
    expect((await refusal("addNoteToTicket", { body: " " })).message).toBe(
      '"Body" is empty: fill it in.',
    );
    expect(sandbox.requests).toEqual([]);
  });
});
