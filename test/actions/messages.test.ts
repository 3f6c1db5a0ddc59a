import { describe, expect, test } from "vitest";
import { openWorkbench, pausesOf, runClockFast } from "../stage/workbench";

/** A user and a lead, and what sends them something. */
async function openWithPeople(apiVersion = "2.11") {
  const bench = await openWorkbench({ seed: "empty" }, { apiVersion });
  const { contacts, messages } = bench.sandbox.workspace;
  const user = contacts.create({ role: "user", email: "ada@example.org" });
  const lead = contacts.create({ role: "lead", name: "Bob" });
  const usual = { messageType: "inapp", contactIds: [user.id], body: "Hello", adminId: "5017602" };
  const send = (inputs: object) =>
    bench.run<{ id: string; conversation_id?: string }>("sendMessage", { ...usual, ...inputs });
  const refusal = (inputs: object) => bench.refusal("sendMessage", { ...usual, ...inputs });
  const last = () => bench.sandbox.requests.at(-1);
  return { ...bench, contacts, messages, user, lead, send, refusal, last };
}

describe("sending a message", () => {
  test("in the app: the role is looked up, and there is no conversation until an answer", async () => {
    const { send, messages, user, sent, last } = await openWithPeople();
    const answer = await send({});
    expect(messages.rows.get(answer.id)).toMatchObject({
      type: "inapp",
      body: "Hello",
      adminId: "5017602",
      contactIds: [user.id],
      conversationId: null,
    });
    expect(answer).not.toHaveProperty("conversation_id");
    expect(sent()).toEqual([`GET /contacts/${user.id}`, "POST /messages"]);
    expect(last()?.body).toEqual({
      message_type: "inapp",
      body: "Hello",
      from: { type: "admin", id: 5_017_602 },
      to: { type: "user", id: user.id },
    });
  });

  test("as an email, by the token's own admin, with a conversation at once", async () => {
    const { send, messages, lead, sandbox, sent } = await openWithPeople();
    const answer = await send({
      messageType: "email",
      contactIds: [lead.id],
      contactRole: "lead",
      subject: "Hi",
      adminId: "",
      createConversation: "true",
      createdAt: "2024-01-01",
    });
    expect(messages.rows.get(answer.id)).toMatchObject({
      type: "email",
      subject: "Hi",
      template: "plain",
      adminId: sandbox.workspace.admins.owner.id,
      createdAt: 1_704_067_200,
    });
    expect(answer.conversation_id).toBe(messages.rows.get(answer.id)?.conversationId);
    expect(sent()).toEqual(["GET /me", "POST /messages"]);
  });

  test("to several, with copies, goes with 2.14; each is looked up once", async () => {
    const { send, messages, user, lead, last, sent } = await openWithPeople();
    const { id } = await send({
      contactIds: [user.id, "", lead.id],
      ccContactIds: [lead.id],
      bccContactIds: [user.id],
    });
    expect(messages.rows.get(id)).toMatchObject({
      contactIds: [user.id, lead.id],
      ccIds: [lead.id],
      bccIds: [user.id],
    });
    expect(last()).toMatchObject({
      apiVersion: "2.14",
      body: {
        to: [
          { type: "user", id: user.id },
          { type: "lead", id: lead.id },
        ],
        cc: [{ type: "lead", id: lead.id }],
      },
    });
    expect(sent()).toHaveLength(3);
  });

  test("names what each is, also where an ID is written in capitals", async () => {
    const { refusal, sandbox, user } = await openWithPeople();
    const id = user.id.toUpperCase();
    const body = { type: "contact", id: user.id, role: "user" };
    sandbox.faults.add({ path: "/contacts/*", kind: "status", status: 200, body });
    await refusal({ contactIds: [id] });
    const message = sandbox.requests.find(({ path }) => path === "/messages");
    expect(message?.body).toMatchObject({ to: { type: "user", id } });
  });

  test("to a contact who is too new is tried again, and goes out once", async () => {
    runClockFast();
    const { send, messages, sandbox, log } = await openWithPeople();
    sandbox.workspace.settings.messageDelayMs = 2500;
    await send({ contactRole: "user" });
    expect(messages.rows.size).toBe(1);
    expect(pausesOf({ log }).length).toBeGreaterThan(0);
    expect(log.join()).toContain("does not take messages to a new contact yet");
  });

  test("to a contact who stays unknown is tried four times", async () => {
    runClockFast();
    const { refusal, sandbox, log, sent } = await openWithPeople();
    sandbox.workspace.settings.messageDelayMs = 50_000;
    expect(await refusal({ contactRole: "user" })).toMatchObject({ name: "NotFoundError" });
    expect(sent().filter((line) => line === "POST /messages")).toHaveLength(4);
    expect(pausesOf({ log })).toEqual([1, 2, 4]);
  });

  test("by an admin who is unknown is refused at once, also to a new contact", async () => {
    const { refusal, sent } = await openWithPeople();
    const error = await refusal({ contactRole: "user", adminId: "1" });
    expect(error).toMatchObject({ code: "admin_not_found" });
    expect(sent()).toEqual(["POST /messages"]);
  });

  test("to a contact who is unknown, or no newcomer, is refused at once", async () => {
    const { refusal, contacts, sent } = await openWithPeople();
    const unknown = { contactIds: ["0123456789abcdef01234567"], contactRole: "user" };
    expect(await refusal(unknown)).toMatchObject({ name: "NotFoundError" });
    const old = contacts.create({ role: "lead", createdAt: 1_700_000_000 });
    const wrong = { contactIds: [old.id], contactRole: "user" };
    expect(await refusal(wrong)).toMatchObject({ name: "NotFoundError" });
    expect(sent().filter((line) => line === "POST /messages")).toHaveLength(2);
  });

  test("whose answer is lost is not sent again, and the error says so", async () => {
    const { refusal, messages, sandbox } = await openWithPeople();
    sandbox.faults.add({ method: "POST", kind: "closed", workDone: true });
    const error = await refusal({ contactRole: "user" });
    expect(error.message).toContain("Intercom may have done it nevertheless");
    expect(messages.rows.size).toBe(1);
  });

  test.each([
    [{ contactIds: [""] }, '"Contact IDs" is empty: fill it in.'],
    [{ messageType: "email" }, '"Subject" is empty: fill it in, because "Message Type" is Email.'],
    [{ messageType: "sms" }, '"Message Type" must be one of inapp, email, not "sms".'],
    [{ adminId: "Ada" }, '"Admin ID" must be a whole number, not "Ada".'],
    [{ body: "" }, '"Body" is empty: fill it in.'],
  ])("%j is refused by name, and nothing is sent", async (inputs, sentence) => {
    const { refusal, sandbox } = await openWithPeople();
    expect((await refusal(inputs)).message).toBe(sentence);
    expect(sandbox.requests).toEqual([]);
  });
});
