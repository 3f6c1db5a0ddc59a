import { describe, expect, test } from "vitest";
import { type Bench, minute, openSandbox, refusal } from "../judges/answers";
import { sdk, sdkVersions } from "../judges/intercomClient";

/** What an admin sends to a user, and the user. */
function makeMessage({ sandbox }: Bench) {
  const { admins, contacts } = sandbox.workspace;
  const user = contacts.create({ email: "ada@example.com", externalId: "a-1" });
  const from = { type: "admin", id: Number(admins.owner.id) };
  const to = { type: "user", id: user.id };
  return { user, message: { message_type: "inapp", body: "heyy", from, to } };
}

const answerOf = (contactId: string) => ({
  type: "user",
  intercom_user_id: contactId,
  message_type: "comment",
  body: "Yes?",
});

describe.each(sdkVersions)("Intercom's client, version %s", (version) => {
  test("sends messages in the app and by e-mail", async () => {
    const bench = await openSandbox();
    const { user } = makeMessage(bench);
    const { messages } = sdk(bench, version);
    const from = { type: "admin", id: Number(bench.sandbox.workspace.admins.owner.id) } as const;
    const to = { type: "user", id: user.id } as const;
    const inapp = await messages.create({ message_type: "inapp", body: "heyy", from, to });
    expect(inapp).toMatchObject({ type: "admin_message", body: "heyy", message_type: "inapp" });
    const template = "plain";
    const subject = "Thanks";
    expect(
      await messages.create({
        message_type: "email",
        subject,
        body: "<b>You</b>",
        template,
        from,
        to,
      }),
    ).toMatchObject({ subject, body: "<b>You</b>", message_type: "email" });
  });
});

describe("a message", () => {
  test("is no conversation until the contact answers, and then has the message's id", async () => {
    const bench = await openSandbox();
    const { call, clock } = bench;
    const { user, message } = makeMessage(bench);
    const sent = (await call("POST", "/messages", { ...message, subject: "heyy" })).body;
    expect(sent).toMatchObject({
      type: "admin_message",
      created_at: clock.ms / 1000,
      subject: "heyy",
      body: "heyy",
      message_type: "inapp",
      owner: { type: "admin", id: String(message.from.id) },
    });
    expect(sent).not.toHaveProperty("conversation_id");
    expect((await call("GET", "/conversations")).body.total_count).toBe(0);
    expect((await call("GET", `/contacts/${user.id}`)).body.last_contacted_at).toBe(
      clock.ms / 1000,
    );

    clock.forward(minute);
    const { body } = await call("POST", "/conversations/last/reply", answerOf(user.id));
    expect(body).toMatchObject({
      state: "open",
      source: { id: sent.id, subject: "heyy", delivered_as: "admin_initiated" },
      contacts: { contacts: [{ id: user.id }] },
      conversation_parts: { conversation_parts: [{ author: { id: user.id } }] },
    });
    const query = { field: "source.id", operator: "=", value: sent.id };
    const found = (await call("POST", "/conversations/search", { query })).body;
    expect(found.conversations.map(({ id }: { id: string }) => id)).toEqual([body.id]);
    await call("POST", "/conversations/last/reply", answerOf(user.id));
    expect((await call("GET", "/conversations")).body.total_count).toBe(1);
  });

  test("goes on in an older conversation where the contact has answered there since", async () => {
    const bench = await openSandbox();
    const { call, clock } = bench;
    const { user, message } = makeMessage(bench);
    await call("POST", "/messages", message);
    clock.forward(minute);
    const begun = { from: { type: "user", id: user.id }, body: "Hello" };
    const { conversation_id } = (await call("POST", "/conversations", begun)).body;
    const { body } = await call("POST", "/conversations/last/reply", answerOf(user.id));
    expect(body.id).toBe(conversation_id);
  });

  test("is an open conversation at once where that is asked for", async () => {
    const bench = await openSandbox();
    const { message } = makeMessage(bench);
    const more = { create_conversation_without_contact_reply: true, created_at: 1700000000 };
    const { body } = await bench.call("POST", "/messages", { ...message, ...more });
    expect(body.created_at).toBe(1700000000);
    const found = await bench.call("GET", `/conversations/${body.conversation_id}`);
    expect(found.body).toMatchObject({ state: "open", source: { id: body.id } });
  });

  test("has several recipients from 2.14 on, who share the conversation, but for hidden ones", async () => {
    const bench = await openSandbox();
    const { call, sandbox } = bench;
    const { user, message } = makeMessage(bench);
    const [lead, copied, hidden] = ["b", "c", "d"].map((name) =>
      sandbox.workspace.contacts.create({ role: "lead", name }),
    );
    const leads = [lead, copied, hidden].map((row) => ({ type: "lead", id: row?.id }));
    const many = {
      ...message,
      message_type: "email",
      subject: "heyy",
      template: "personal",
      to: [message.to, leads[0]],
      cc: leads[1],
      bcc: [leads[2]],
    };
    const refused = refusal(await call("POST", "/messages", many, "2.13"));
    expect(refused).toMatchObject({ status: 400, message: "to must be an object" });
    expect((await call("POST", "/messages", many, "2.14")).status).toBe(200);
    const { contacts } = (
      await call("POST", "/conversations/last/reply", answerOf(copied?.id ?? ""))
    ).body;
    const ids = contacts.contacts.map(({ id }: { id: string }) => id);
    expect(ids).toEqual([user.id, lead?.id, copied?.id]);
    expect(sandbox.workspace.contacts.get(hidden?.id ?? "").lastContactedAt).not.toBeNull();
    const unknown = await call("POST", "/conversations/last/reply", answerOf(hidden?.id ?? ""));
    expect(unknown.status).toBe(404);
  });

  test("does not reach a new contact before the delay that a setting makes", async () => {
    const bench = await openSandbox({ settings: { messageDelayMs: 5000 } });
    const { call, clock } = bench;
    const { message } = makeMessage(bench);
    expect(refusal(await call("POST", "/messages", message))).toEqual({
      status: 404,
      code: "not_found",
      message: "User Not Found",
    });
    clock.forward(5000);
    expect((await call("POST", "/messages", message)).status).toBe(200);
  });

  test("to a lead goes to the user whom the lead becomes part of", async () => {
    const bench = await openSandbox();
    const { call, sandbox } = bench;
    const { user, message } = makeMessage(bench);
    const { id } = sandbox.workspace.contacts.create({ role: "lead", email: "ada@example.com" });
    const sent = await call("POST", "/messages", { ...message, to: { type: "lead", id } });
    await call("POST", "/contacts/merge", { from: id, into: user.id });
    const { body } = await call("POST", "/conversations/last/reply", answerOf(user.id));
    expect(body.source.id).toBe(sent.body.id);
  });

  test.each([
    [{ body: null }, 400, "parameter_invalid", "Body is required"],
    [{ body: " " }, 400, "parameter_invalid", "Body is required"],
    [{ message_type: "email", body: null }, 400, "parameter_invalid", "Body is required"],
    [
      { message_type: "email", template: "plain" },
      422,
      "parameter_not_found",
      "No subject supplied for email message",
    ],
    [
      { message_type: "email", subject: "a" },
      422,
      "parameter_not_found",
      "No template supplied for email message",
    ],
    [{ message_type: "letter" }, 400, "parameter_invalid", "message_type must be inapp or email"],
    [{ message_type: undefined }, 400, "parameter_not_found", "message_type not specified"],
    [{ template: "fancy" }, 400, "parameter_invalid", "template must be plain or personal"],
    [{ from: undefined }, 400, "parameter_not_found", "from not specified"],
    [{ from: { type: "admin", id: 1 } }, 404, "admin_not_found", "Admin not found"],
    [{ from: { type: "bot", id: 1 } }, 400, "parameter_invalid", "from.type must be admin"],
    [{ to: undefined }, 400, "parameter_not_found", "to not specified"],
    [{ to: [] }, 400, "parameter_invalid", "to must name a recipient"],
    [{ to: { type: "user", id: "nobody" } }, 404, "not_found", "User Not Found"],
    [{ to: { type: "lead", user_id: "a-1" } }, 404, "not_found", "User Not Found"],
    [{ to: { type: "bot", id: "1" } }, 400, "parameter_invalid", "to.type must be user or lead"],
    [{ bcc: [{ type: "user", id: "nobody" }] }, 404, "not_found", "User Not Found"],
  ])("is refused with %j", async (change, status, code, message) => {
    const bench = await openSandbox();
    const body = { ...makeMessage(bench).message, ...change };
    const answer = refusal(await bench.call("POST", "/messages", body));
    expect(answer).toMatchObject({ status, code, message });
    expect(bench.sandbox.workspace.messages.rows.size).toBe(0);
  });
});
