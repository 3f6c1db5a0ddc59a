import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Delivery, SandboxOptions } from "../../sandbox/index";
import { spacedJson } from "../../sandbox/webhooks/notification";
import { topics as allTopics } from "../../sandbox/webhooks/topics";
import { type Answer, type Bench, minute, openSandbox } from "../judges/answers";
import { describeApi, openApiFolder } from "../judges/openapi";
import { openReceiver, type Received } from "../stage/receiver";

/** A sandbox with an endpoint that is subscribed to some topics, or to all. */
async function listening(topics: string[] = [], options: SandboxOptions = {}) {
  const bench = await openSandbox(options);
  const receiver = await openReceiver();
  const { webhooks } = bench.sandbox;
  await webhooks.subscribe({ url: receiver.url, topics });
  return {
    bench,
    ...bench,
    receiver,
    webhooks,
    /** Moves the clock and waits for what is due then. */
    later: async (ms: number) => {
      bench.clock.forward(ms);
      await webhooks.deliverDue();
    },
    /** Sends a request and waits for its notifications. */
    act: async (...request: Parameters<Bench["call"]>) => {
      const { body } = await bench.call(...request);
      await webhooks.deliverDue();
      return body;
    },
    outcomes: () => webhooks.deliveries.map(({ outcome }) => outcome),
  };
}

const lead = { role: "lead", name: "Ada" };

describe("subscribing", () => {
  const control = async ({ sandbox }: Bench, method: string, body?: unknown) => {
    const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await fetch(`${sandbox.url}/_sandbox/webhooks`, init);
    return { status: answer.status, body: (await answer.json()) as Answer["body"] };
  };

  test("asks the URL with HEAD and then sends a ping, which has no id", async () => {
    const bench = await openSandbox();
    const { url, received } = await openReceiver();
    const { status, body } = await control(bench, "POST", { url, topics: ["contact.deleted"] });
    expect([status, body]).toEqual([
      200,
      { id: "1", url, topics: ["contact.deleted"], isDisabled: false },
    ]);
    expect(received.map(({ method }) => method)).toEqual(["HEAD", "POST"]);
    expect(received[1]?.body).toEqual({
      type: "notification_event",
      app_id: bench.sandbox.workspace.id,
      id: null,
      topic: "ping",
      data: {
        type: "notification_event_data",
        item: { type: "ping", message: "something something interzen" },
      },
      links: {},
      delivery_status: null,
      delivery_attempts: 1,
      delivered_at: 0,
      first_sent_at: bench.clock.ms / 1000,
      created_at: bench.clock.ms / 1000,
      self: null,
    });
  });

  test("fails where the URL does not take HEAD", async () => {
    const bench = await openSandbox();
    const receiver = await openReceiver();
    receiver.answers.head = 405;
    const { status, body } = await control(bench, "POST", { url: receiver.url });
    expect([status, body.error]).toEqual([
      400,
      "The URL must take a HEAD request, but it answered 405.",
    ]);
    expect(receiver.received).toHaveLength(1);
    const nobody = await control(bench, "POST", { url: "http://127.0.0.1:9/" });
    expect(nobody.body.error).toBe("The URL must take a HEAD request, but no answer came.");
    expect((await control(bench, "GET")).body.subscriptions).toEqual([]);
  });

  test.each([
    [{ url: "http://example.com/" }, "this machine alone"],
    [{ url: "http://127.0.0.1.example.com/" }, "this machine alone"],
    [{ url: "ftp://127.0.0.1/" }, "this machine alone"],
    [{}, '"url" is missing'],
    [{ url: "http://127.0.0.1/", topics: ["contact.made"] }, 'not "contact.made"'],
    [{ url: "http://127.0.0.1/", topics: "ping" }, '"topics" must be a list'],
  ])("refuses %j", async (given, message) => {
    const { status, body } = await control(await openSandbox(), "POST", given);
    expect(status).toBe(400);
    expect(body.error).toContain(message);
  });

  test("shows what goes out, and can be taken back", async () => {
    const { bench, act, receiver } = await listening();
    await act("POST", "/contacts", lead);
    const shown = (await control(bench, "GET")).body;
    expect(shown.subscriptions).toHaveLength(1);
    expect(shown.deliveries.map(({ topic }: { topic: string }) => topic)).toEqual([
      "ping",
      "contact.lead.created",
    ]);
    expect((await control(bench, "DELETE")).body.subscriptions).toEqual([]);
    await act("POST", "/contacts", lead);
    expect(receiver.topics()).toEqual(["contact.lead.created"]);
  });

  test("again for the same URL changes its topics", async () => {
    const { receiver, webhooks, act } = await listening(["contact.deleted"]);
    await webhooks.subscribe({ url: receiver.url, topics: ["contact.lead.created"] });
    expect(webhooks.subscriptions).toHaveLength(1);
    await act("POST", "/contacts", lead);
    expect(receiver.topics()).toEqual(["contact.lead.created"]);
  });
});

describe("a notification", () => {
  test("is signed over its bytes with the app's secret, as Intercom signs", async () => {
    const { receiver, act, sandbox } = await listening();
    await act("POST", "/contacts", { ...lead, name: 'Zoë says "a": 1,\n  "b": 2' });
    const [sent] = receiver.notifications();
    const { headers, raw, body } = sent as Received;
    const signature = createHmac("sha1", sandbox.clientSecret).update(raw).digest("hex");
    expect(headers["x-hub-signature"]).toBe(`sha1=${signature}`);
    expect(headers["user-agent"]).toBe("intercom-parrot-service-client/1.0");
    expect(headers["content-type"]).toBe("application/json");
    expect(body.data.item.name).toBe('Zoë says "a": 1,\n  "b": 2');
  });

  test("is JSON over several lines, with a space before each colon and none in text", () => {
    const value = { a: 'x": 1', b: ["c: d", { e: null }], "f:": {}, g: '\n"h": 2' };
    const text = spacedJson(value);
    expect(text).toBe(
      [
        "{",
        '  "a" : "x\\": 1",',
        '  "b" : [',
        '    "c: d",',
        "    {",
        '      "e" : null',
        "    }",
        "  ],",
        '  "f:" : {},',
        '  "g" : "\\n\\"h\\": 2"',
        "}",
      ].join("\n"),
    );
    expect(JSON.parse(text)).toEqual(value);
  });

  test("says when it happened, and carries the thing as it was then", async () => {
    const { receiver, act, later, clock } = await listening([], {
      settings: { webhookDelayMs: 5 * minute },
    });
    const happened = clock.ms / 1000;
    const { id } = await act("POST", "/contacts", lead);
    await act("PUT", `/contacts/${id}`, { name: "Bo" });
    expect(receiver.notifications()).toEqual([]);
    await later(5 * minute);
    const [first, second] = receiver.notifications();
    expect(first?.body).toMatchObject({
      type: "notification_event",
      app_id: "sbx7q2mk",
      topic: "contact.lead.created",
      delivery_status: "pending",
      delivery_attempts: 1,
      created_at: happened,
      first_sent_at: happened + 300,
    });
    expect(first?.body.id).toMatch(/^notif_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect([first, second].map((sent) => sent?.body.data.item.name)).toEqual(["Ada", "Bo"]);
    expect(second?.body.id).not.toBe(first?.body.id);
  });

  test.each(["2.11", "2.16"])(
    "has its item in the shape of the app's version, %s",
    async (version) => {
      const { receiver, act, sandbox } = await listening([], {
        seed: "workspace",
        settings: { defaultApiVersion: version },
      });
      const { contacts, admins } = sandbox.workspace;
      const [contact] = contacts.listed;
      const id = contact?.id ?? "";
      // Asked in another version, which changes nothing here.
      await act("PUT", `/contacts/${id}`, { owner_id: admins.owner.id }, "2.15");
      const from = { type: "user", id };
      await act("POST", "/conversations", { from, body: "Hello" }, "2.15");
      const [updated, begun] = receiver.notifications().map(({ body }) => body.data.item);
      const { owner } = admins;
      expect(updated.owner_id).toBe(version === "2.16" ? owner.id : Number(owner.id));
      expect(begun.priority).toBe(version === "2.16" ? "none" : "not_priority");
      // Text from 2.15 on (OpenAPI 2.16, conversation_source).
      expect(begun.source.body).toBe(version === "2.16" ? "Hello" : "<p>Hello</p>");
      if (!openApiFolder) return;
      const problems = (path: string, body: unknown) =>
        describeApi(version).problemsOfAnswer({ method: "GET", path }, { status: 200, body });
      expect(problems(`/contacts/${id}`, updated)).toEqual([]);
      expect(problems(`/conversations/${begun.id}`, begun)).toEqual([]);
    },
  );
});

describe("what is notified of", () => {
  test("contacts: made, changed, archived, brought back and deleted", async () => {
    const { receiver, act, call } = await listening();
    const { id } = await act("POST", "/contacts", { email: "ada@example.com", external_id: "a" });
    await act("PUT", `/contacts/${id}`, { email: "a@example.com", unsubscribed_from_emails: true });
    await act("PUT", `/contacts/${id}`, { unsubscribed_from_emails: false });
    await act("POST", `/contacts/${id}/archive`);
    await act("POST", `/contacts/${id}/unarchive`);
    // Was not archived: nothing happened.
    await call("POST", `/contacts/${id}/unarchive`);
    await act("DELETE", `/contacts/${id}`);
    expect(receiver.topics()).toEqual([
      "contact.user.created",
      "contact.user.updated",
      "contact.email.updated",
      "contact.unsubscribed",
      "contact.user.updated",
      "contact.subscribed",
      "contact.archived",
      "contact.unarchive",
      "contact.deleted",
    ]);
    expect(receiver.notifications().at(-1)?.body.data.item).toEqual({
      type: "contact",
      id,
      external_id: "a",
    });
  });

  test("leads: merged into a user", async () => {
    const { receiver, act } = await listening(["contact.merged"]);
    const twin = { email: "ada@example.com" };
    const from = (await act("POST", "/contacts", { ...lead, ...twin })).id;
    const user = await act("POST", "/contacts", twin);
    const merged = await act("POST", "/contacts/merge", { from, into: user.id });
    const [notification] = receiver.notifications();
    // Part of answers alone, from 2.12 on.
    const { enabled_push_messaging: _, ...pushed } = merged;
    expect([notification?.body.topic, notification?.body.data.item]).toEqual([
      "contact.merged",
      { ...pushed, merged_from: { type: "contact", id: from } },
    ]);
  });

  test("events, each once", async () => {
    const { receiver, act, call } = await listening(["event.created"]);
    const { id } = await act("POST", "/contacts", { email: "ada@example.com", external_id: "a" });
    const event = { event_name: "invited-friend", created_at: 1700000000, user_id: "a" };
    for (let n = 0; n < 2; n++) await act("POST", "/events", event);
    const { body } = await call("GET", `/events?type=user&intercom_user_id=${id}`);
    expect(body.events).toEqual([]);
    expect(receiver.notifications().map(({ body }) => body.data.item)).toEqual([
      {
        type: "event",
        ...event,
        id: expect.any(String),
        intercom_user_id: id,
        email: "ada@example.com",
        metadata: {},
      },
    ]);
  });

  test("messages of admins, when somebody answers", async () => {
    const { receiver, act, bench } = await listening([
      "conversation.admin.single.created",
      "conversation.user.created",
      "conversation.user.replied",
    ]);
    const { id } = await act("POST", "/contacts", { email: "ada@example.com" });
    const from = { type: "admin", id: bench.sandbox.workspace.admins.owner.id };
    const to = { type: "user", id };
    await act("POST", "/messages", { message_type: "inapp", body: "Hello", from, to });
    expect(receiver.topics()).toEqual([]);
    const answer = { type: "user", intercom_user_id: id, message_type: "comment", body: "Yes?" };
    await act("POST", "/conversations/last/reply", answer);
    expect(receiver.topics()).toEqual([
      "conversation.admin.single.created",
      "conversation.user.replied",
    ]);
  });

  test("leads: made, given an e-mail, and signed up", async () => {
    const { receiver, act } = await listening();
    const { id } = await act("POST", "/contacts", lead);
    await act("PUT", `/contacts/${id}`, { email: "ada@example.com" });
    await act("PUT", `/contacts/${id}`, { role: "user" });
    expect(receiver.topics()).toEqual([
      "contact.lead.created",
      "contact.lead.updated",
      "contact.email.updated",
      "contact.lead.added_email",
      "contact.user.updated",
      "contact.lead.signed_up",
    ]);
  });

  test("tags put on and taken off a contact, and not those of companies or without one", async () => {
    const { receiver, act, clock } = await listening(
      "user lead"
        .split(" ")
        .flatMap((role) => [`contact.${role}.tag.created`, `contact.${role}.tag.deleted`]),
    );
    const { id } = await act("POST", "/contacts", lead);
    await act("POST", "/companies", { company_id: "c" });
    const tag = await act("POST", "/tags", { name: "VIP", companies: [{ company_id: "c" }] });
    await act("POST", `/contacts/${id}/tags`, { id: tag.id });
    await act("POST", `/contacts/${id}/tags`, { id: tag.id });
    await act("DELETE", `/contacts/${id}/tags/${tag.id}`);
    expect(receiver.topics()).toEqual(["contact.lead.tag.created", "contact.lead.tag.deleted"]);
    expect(receiver.notifications()[0]?.body.data.item).toMatchObject({
      type: "contact_tag",
      created_at: clock.ms / 1000,
      tag: { type: "tag", id: tag.id, name: "VIP" },
      contact: { type: "contact", id, tags: { total_count: 1 } },
    });
  });

  test("companies: made, changed, attached, detached and deleted", async () => {
    const { receiver, act } = await listening([
      "company.created",
      "company.updated",
      "company.deleted",
      "company.contact.attached",
      "company.contact.detached",
    ]);
    const contact = await act("POST", "/contacts", lead);
    const { id } = await act("POST", "/companies", { company_id: "c" });
    await act("POST", "/companies", { company_id: "c", name: "C" });
    await act("POST", `/contacts/${contact.id}/companies`, { id });
    await act("DELETE", `/contacts/${contact.id}/companies/${id}`);
    await act("DELETE", `/companies/${id}`);
    expect(receiver.topics()).toEqual([
      "company.created",
      "company.updated",
      "company.contact.attached",
      "company.contact.detached",
      "company.deleted",
    ]);
    const items = receiver.notifications().map(({ body }) => body.data.item);
    expect(items[2]).toMatchObject({
      company: { type: "company", id, name: "C", user_count: 1 },
      contact: { type: "contact", id: contact.id },
    });
    expect(items[4]).toEqual({ type: "company", id, company_id: "c" });
  });

  test("tickets: made, changed, assigned, resolved and closed", async () => {
    const { receiver, act, sandbox } = await listening([], {
      seed: "workspace",
      settings: { defaultApiVersion: "2.16" },
    });
    const { contacts, admins, teams, ticketTypes } = sandbox.workspace;
    const [contact] = contacts.listed;
    const outage = ticketTypes.rows[2];
    const { id } = await act("POST", "/tickets", {
      ticket_type_id: outage?.id,
      contacts: [{ id: contact?.id }],
    });
    const resolved = ticketTypes.states.find(({ category }) => category === "resolved");
    await act("PUT", `/tickets/${id}`, {
      ticket_attributes: { _default_title_: "Down" },
      assignee_id: admins.owner.id,
    });
    await act("PUT", `/tickets/${id}`, { assignee_id: teams.rows[0]?.id });
    await act("PUT", `/tickets/${id}`, { ticket_state_id: resolved?.id });
    await act("PUT", `/tickets/${id}`, { is_shared: true });
    expect(receiver.topics()).toEqual([
      "ticket.created",
      "ticket.attribute.updated",
      "ticket.admin.assigned",
      "ticket.team.assigned",
      "ticket.state.updated",
      "ticket.resolved",
      "ticket.closed",
    ]);
    const items = receiver.notifications().map(({ body }) => body.data.item);
    expect(items[1]).toMatchObject({
      type: "ticket",
      id,
      ticket_attributes: { _default_title_: "Down" },
    });
    // One stands a step deeper than the others.
    expect(items[6].ticket).toEqual(items[5]);
  });

  test("ticket.resolved exists from 2.15 on", async () => {
    const { receiver, sandbox, webhooks } = await listening([], {
      settings: { defaultApiVersion: "2.14" },
    });
    const { contacts, tickets, ticketTypes } = sandbox.workspace;
    const { id } = contacts.create({ role: "lead" });
    const type = ticketTypes.define({
      name: "T",
      description: "",
      icon: "T",
      category: "Customer",
      attributes: [],
    });
    const ticket = tickets.create({ typeId: type.id, contact: { id } });
    tickets.update(ticket, { stateId: ticketTypes.states[3]?.id ?? "" });
    await webhooks.deliverDue();
    expect(receiver.topics().slice(2)).toEqual(["ticket.state.updated", "ticket.closed"]);
  });

  test("conversations: begun, answered and noted", async () => {
    const { receiver, act, sandbox } = await listening([], { seed: "workspace" });
    const [contact] = sandbox.workspace.contacts.listed;
    const admin_id = sandbox.workspace.admins.owner.id;
    const from = { type: "contact", id: contact?.id };
    const { conversation_id: id } = await act("POST", "/conversations", { from, body: "Hello" });
    for (const reply of [
      { type: "admin", admin_id, message_type: "comment", body: "Hi" },
      { type: "admin", admin_id, message_type: "note", body: "Who is this?" },
      { type: "user", intercom_user_id: contact?.id, message_type: "comment", body: "Me" },
    ]) {
      await act("POST", `/conversations/${id}/reply`, reply);
    }
    expect(receiver.topics()).toEqual([
      "conversation.user.created",
      "conversation.admin.replied",
      "conversation.admin.noted",
      "conversation.user.replied",
    ]);
    const last = receiver.notifications().at(-1)?.body.data.item;
    expect(last.conversation_parts.conversation_parts).toHaveLength(3);
  });

  test("nothing that was refused, and nothing that nobody asked for", async () => {
    const { receiver, act } = await listening(["company.deleted"]);
    const { id } = await act("POST", "/companies", { company_id: "c" });
    await act("POST", "/companies", { company_id: "c", shoe: 1 });
    await act("PUT", `/companies/${id}`, { name: "C" });
    expect(receiver.topics()).toEqual([]);
    await act("DELETE", `/companies/${id}`);
    expect(receiver.topics()).toEqual(["company.deleted"]);
  });

  test("there are 110 topics, each once", () => {
    expect([allTopics.length, new Set(allTopics).size]).toEqual([110, 110]);
    for (const topic of allTopics) expect(topic).toMatch(/^[a-z_]+(\.[a-z_]+)*$/);
  });
});

describe("an endpoint", () => {
  test("that fails is asked once more, a minute later, with the same id", async () => {
    const { receiver, act, later, outcomes, clock } = await listening();
    receiver.answers.next = [500, 200];
    const firstSentAt = clock.ms / 1000;
    await act("POST", "/contacts", lead);
    await later(minute - 1);
    expect(receiver.notifications()).toHaveLength(1);
    await later(1);
    const [first, second] = receiver.notifications().map(({ body }) => body);
    expect([first.delivery_attempts, second.delivery_attempts]).toEqual([1, 2]);
    expect([second.id, second.first_sent_at]).toEqual([first.id, firstSentAt]);
    expect(outcomes()).toEqual(["delivered", "willRetry", "delivered"]);
  });

  test("that fails twice has lost the notification", async () => {
    const { receiver, act, later, outcomes, webhooks } = await listening();
    receiver.answers.next = [404, 503];
    await act("POST", "/contacts", lead);
    await later(minute);
    await later(60 * minute);
    expect(outcomes()).toEqual(["delivered", "willRetry", "failed"]);
    expect(webhooks.pending).toEqual([]);
  });

  test.each(["hang", "redirect"] as const)("that answers with a %s has failed", async (answer) => {
    const { receiver, act, outcomes, sandbox } = await listening();
    sandbox.settings.webhookTimeoutMs = 30;
    receiver.answers.next = [answer];
    await act("POST", "/contacts", lead);
    expect(outcomes().at(-1)).toBe("willRetry");
  });

  test("that is gone has failed", async () => {
    const { webhooks, act, outcomes } = await listening();
    const [subscription] = webhooks.subscriptions;
    if (subscription) subscription.url = "http://127.0.0.1:9/";
    await act("POST", "/contacts", lead);
    expect(outcomes().at(-1)).toBe("willRetry");
  });

  test("that answers 410 gets nothing more until it is subscribed again", async () => {
    const { receiver, act, later, outcomes, webhooks } = await listening();
    receiver.answers.next = [500, 410];
    await act("POST", "/contacts", lead);
    await act("POST", "/contacts", lead);
    expect(outcomes().slice(1)).toEqual(["willRetry", "disabled"]);
    expect(webhooks.subscriptions[0]?.isDisabled).toBe(true);
    await act("POST", "/contacts", lead);
    await later(minute);
    expect(receiver.notifications()).toHaveLength(2);
    await webhooks.subscribe({ url: receiver.url });
    await act("POST", "/contacts", lead);
    expect(receiver.notifications()).toHaveLength(3);
  });

  test("that answers 429 is asked later and later, and given up after two hours", async () => {
    const { receiver, act, later, webhooks, clock } = await listening();
    receiver.answers.next = Array(20).fill(429);
    const startMs = clock.ms;
    await act("POST", "/contacts", lead);
    for (let n = 0; n < 200; n++) await later(minute);
    const sent = webhooks.deliveries.slice(1);
    expect(sent.map(({ atMs }) => (atMs - startMs) / minute)).toEqual([0, 1, 3, 7, 15, 31, 63]);
    expect(sent.map(({ outcome }) => outcome)).toEqual([...Array(6).fill("throttled"), "dropped"]);
    receiver.answers.next = [429, 200];
    await act("POST", "/contacts", lead);
    await later(minute);
    expect(webhooks.deliveries.at(-1)?.outcome).toBe("delivered");
  });

  test("that hangs keeps no request waiting, and fails none", async () => {
    const { receiver, call, webhooks, sandbox } = await listening();
    receiver.answers.next = ["hang", "hang"];
    expect((await call("POST", "/contacts", lead)).status).toBe(200);
    // Sent by itself, without anybody asking.
    while (receiver.notifications().length === 0) await new Promise(setImmediate);
    expect((await call("POST", "/contacts", lead)).status).toBe(200);
    expect(webhooks.deliveries).toHaveLength(1);
    await sandbox.close();
    expect(webhooks.deliveries).toHaveLength(1);
  });
});

test("a notification whose subscription is gone is dropped", async () => {
  const { bench, act, later } = await listening([], { settings: { webhookDelayMs: minute } });
  const { webhooks, workspace } = bench.sandbox;
  await act("POST", "/contacts", lead);
  workspace.webhookSubscriptions.rows = [];
  expect(webhooks.pending).toHaveLength(1);
  await later(minute);
  expect(webhooks.pending).toEqual([]);
});

describe("the log of deliveries", () => {
  test("keeps the last 5,000, and counts all", async () => {
    const { webhooks, act, sandbox } = await listening();
    const [ping] = webhooks.deliveries as Delivery[];
    // As if there had been many.
    (webhooks.deliveries as Delivery[]).push(...Array(4999).fill(ping));
    const { id } = await act("POST", "/contacts", lead);
    expect(webhooks.deliveries).toHaveLength(5000);
    expect(JSON.parse(webhooks.deliveries.at(-1)?.body ?? "").data.item.id).toBe(id);
    const state = await fetch(`${sandbox.url}/_sandbox/state`);
    expect(await state.json()).toMatchObject({ deliveries: 5001 });
    sandbox.reset();
    expect([webhooks.deliveries, webhooks.deliveryCount]).toEqual([[], 0]);
  });
});

describe("the knobs", () => {
  test("deliver every n-th notification twice", async () => {
    const { receiver, act } = await listening([], { settings: { webhookDuplicateEvery: 2 } });
    for (let n = 0; n < 4; n++) await act("POST", "/contacts", lead);
    const ids = receiver.notifications().map(({ body }) => body.id);
    expect([ids.length, new Set(ids).size]).toEqual([6, 4]);
    expect([ids[1] === ids[2], ids[4] === ids[5]]).toEqual([true, true]);
  });

  test("deliver what is due together newest first", async () => {
    const { receiver, act, later } = await listening([], {
      settings: { webhookDisorder: true, webhookDelayMs: minute },
    });
    for (const name of ["a", "b", "c"]) await act("POST", "/contacts", { role: "lead", name });
    await later(minute);
    const names = receiver.notifications().map(({ body }) => body.data.item.name);
    expect(names).toEqual(["c", "b", "a"]);
  });

  test("a real clock needs nobody to move it", async () => {
    const { receiver, sandbox, webhooks } = await listening([], {
      now: undefined,
      settings: { webhookDelayMs: 20 },
    });
    sandbox.workspace.contacts.create({ role: "lead" });
    expect(webhooks.pending).toHaveLength(1);
    while (webhooks.pending.length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(receiver.topics()).toEqual(["contact.lead.created"]);
  });
});

describe("webhooks", () => {
  test("change no other ids", async () => {
    const [quiet, loud] = [await openSandbox(), (await listening()).bench];
    for (const { call } of [quiet, loud]) {
      // The second one comes after a notification of the first.
      for (let n = 0; n < 2; n++) await call("POST", "/contacts", lead);
    }
    const rows = ({ sandbox }: Bench) => [...sandbox.workspace.contacts.rows.values()];
    expect(rows(loud)).toEqual(rows(quiet));
  });

  test("are forgotten by a reset, with what is still to be sent", async () => {
    const { bench, receiver, act, webhooks } = await listening([], {
      settings: { webhookDelayMs: minute },
    });
    await act("POST", "/contacts", lead);
    bench.sandbox.reset();
    expect([webhooks.subscriptions, webhooks.pending, webhooks.deliveries]).toEqual([[], [], []]);
    await act("POST", "/contacts", lead);
    bench.clock.forward(2 * minute);
    await webhooks.deliverDue();
    expect(receiver.topics()).toEqual([]);
  });
});

describe("one among several", () => {
  test("that hangs holds up neither the others nor who subscribes", async () => {
    const { receiver, webhooks, sandbox, call } = await listening();
    const other = await openReceiver();
    await webhooks.subscribe({ url: other.url });
    sandbox.settings.webhookTimeoutMs = 600_000;
    receiver.answers.next = ["hang"];
    await call("POST", "/contacts", lead);
    await call("POST", "/contacts", lead);
    while (other.topics().length < 2) await new Promise(setImmediate);
    expect(receiver.topics()).toHaveLength(1);
    const third = await openReceiver();
    await webhooks.subscribe({ url: third.url });
    expect(third.received.map(({ method }) => method)).toEqual(["HEAD", "POST"]);
  });

  test("that answers late is waited for, and gets its own in their order", async () => {
    const { receiver, webhooks, call } = await listening();
    const other = await openReceiver();
    await webhooks.subscribe({ url: other.url });
    let answer = (_status: number) => {};
    receiver.answers.next = [
      new Promise((resolve) => {
        answer = resolve;
      }),
    ];
    for (const name of ["a", "b", "c"]) await call("POST", "/contacts", { role: "lead", name });
    let isDone = false;
    const done = webhooks.deliverDue().then(() => {
      isDone = true;
    });
    while (other.topics().length < 3 || webhooks.pending.length > 3)
      await new Promise(setImmediate);
    expect([isDone, receiver.notifications().length]).toEqual([false, 1]);
    answer(200);
    await done;
    const names = receiver.notifications().map(({ body }) => body.data.item.name);
    expect(names).toEqual(["a", "b", "c"]);
    // The pings, and each of the three at both.
    expect(webhooks.deliveries).toHaveLength(8);
  });

  test("that hangs keeps no timer from the others", async () => {
    const { receiver, webhooks, sandbox } = await listening([], {
      now: undefined,
      settings: { webhookTimeoutMs: 600_000 },
    });
    const other = await openReceiver();
    await webhooks.subscribe({ url: other.url });
    receiver.answers.next = ["hang"];
    sandbox.workspace.contacts.create({ role: "lead" });
    while (other.topics().length < 1) await new Promise(setImmediate);
    sandbox.settings.webhookDelayMs = 20;
    sandbox.workspace.contacts.create({ role: "lead" });
    while (other.topics().length < 2) await new Promise(setImmediate);
    expect(receiver.topics()).toHaveLength(1);
  });

  test("a subscription that is taken back leaves the others", async () => {
    const { webhooks } = await listening();
    const second = await webhooks.subscribe({ url: (await openReceiver()).url });
    webhooks.unsubscribe(second.id);
    expect(webhooks.subscriptions).toHaveLength(1);
  });

  test("a subscription that is taken back takes along what waits for it", async () => {
    const { webhooks, act } = await listening([], { settings: { webhookDelayMs: minute } });
    await act("POST", "/contacts", lead);
    expect(webhooks.pending).toHaveLength(1);
    webhooks.unsubscribe();
    expect(webhooks.pending).toEqual([]);
  });

  test("after a 410 what was due with it is not sent", async () => {
    const { receiver, act, later } = await listening([], { settings: { webhookDelayMs: minute } });
    receiver.answers.next = [200, 410];
    await act("POST", "/contacts", lead);
    await act("POST", "/contacts", lead);
    await act("POST", "/contacts", lead);
    receiver.answers.next = [410];
    await later(minute);
    expect(receiver.notifications()).toHaveLength(1);
  });

  test("what is due goes out in the order of its time", async () => {
    const { receiver, act, later, sandbox } = await listening();
    receiver.answers.next = [500];
    const first = await act("POST", "/contacts", lead);
    sandbox.settings.webhookDelayMs = minute / 2;
    const second = await act("POST", "/contacts", lead);
    await later(minute);
    const ids = receiver.notifications().map(({ body }) => body.data.item.id);
    expect(ids).toEqual([first.id, second.id, first.id]);
  });

  test("a lead's e-mail that is changed was not added", async () => {
    const { receiver, act } = await listening(["contact.lead.added_email"]);
    const { id } = await act("POST", "/contacts", { ...lead, email: "a@example.org" });
    await act("PUT", `/contacts/${id}`, { email: "b@example.org" });
    expect(receiver.topics()).toEqual([]);
  });

  test("a ticket that is assigned to nobody is assigned to nobody, and one in progress is not resolved", async () => {
    const { receiver, act, sandbox } = await listening([], {
      seed: "workspace",
      settings: { defaultApiVersion: "2.16" },
    });
    const { contacts, admins, teams, ticketTypes } = sandbox.workspace;
    const { id } = await act("POST", "/tickets", {
      ticket_type_id: ticketTypes.rows[2]?.id,
      contacts: [{ id: [...contacts.listed][0]?.id }],
    });
    await act("PUT", `/tickets/${id}`, { assignee_id: admins.owner.id });
    await act("PUT", `/tickets/${id}`, { assignee_id: teams.rows[0]?.id });
    await act("PUT", `/tickets/${id}`, { assignee_id: "0" });
    await act("PUT", `/tickets/${id}`, { ticket_state_id: ticketTypes.states[1]?.id });
    expect(receiver.topics()).toEqual([
      "ticket.created",
      "ticket.admin.assigned",
      "ticket.team.assigned",
      "ticket.state.updated",
    ]);
  });

  test("a lead's reply is a user's", async () => {
    const { receiver, act } = await listening(["conversation.user.replied"]);
    const { id } = await act("POST", "/contacts", lead);
    const from = { type: "lead", id };
    const begun = await act("POST", "/conversations", { from, body: "Hello" });
    await act("POST", `/conversations/${begun.conversation_id}/reply`, {
      type: "user",
      intercom_user_id: id,
      message_type: "comment",
      body: "Me",
    });
    expect(receiver.topics()).toEqual(["conversation.user.replied"]);
  });
});
