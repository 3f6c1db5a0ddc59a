import { createHmac } from "node:crypto";
import { runInNewContext } from "node:vm";
import { isConnectionError, testing } from "@prismatic-io/spectral";
import { describe, expect, test } from "vitest";
import { topics as sandboxTopics } from "../../sandbox/webhooks/topics";
import { samples } from "../../src/examples/notifications";
import component from "../../src/index";
import { topics } from "../../src/intercom/topics";
import { describeApi, describeWithOpenApi } from "../judges/openapi";
import { openReceiver } from "../stage/receiver";
import { type Inputs, loggerInto, openWorkbench } from "../stage/workbench";

const secret = "the app's client secret";
const oauth = {
  key: "intercom",
  configVarKey: "Intercom connection",
  fields: { clientId: "1", clientSecret: secret },
  token: { access_token: "unused" },
};
const accessToken = {
  key: "intercomAccesssToken",
  configVarKey: "Intercom connection",
  fields: { accessToken: "unused" },
};

const harness = testing.createHarness(component as never);

interface Result {
  payload: { body: { data: unknown } };
  branch: string;
  response: { statusCode: number; body: string };
  resultType?: string;
  instanceState?: Record<string, unknown>;
}

const notification = (changes: object = {}) => ({
  type: "notification_event",
  app_id: "ecahpwf5",
  topic: "contact.user.created",
  id: "notif_1",
  data: {
    type: "notification_event_data",
    item: { type: "contact", id: "1", created_at: 1571672154 },
  },
  created_at: 1571672154,
  ...changes,
});

/** JSON in Intercom's form: indented, with spaces around the colons. */
const written = (content: object) => JSON.stringify(content, null, 2).replaceAll('": ', '" : ');

const sign = (body: string, key = secret) =>
  `sha1=${createHmac("sha1", key).update(body).digest("hex")}`;

async function receivePayload(
  payload: object,
  {
    inputs = {},
    state = {},
    log = [],
  }: { inputs?: Inputs; state?: Record<string, unknown>; log?: string[] } = {},
) {
  const context = { instanceState: state, logger: loggerInto(log) } as never;
  const given = { connection: oauth, ...inputs };
  return (await harness.trigger("webhook", payload as never, given, context)) as never as Result;
}

async function receive(
  body: string,
  {
    signature = sign(body),
    inputs = {},
    state = {},
    log = [],
  }: {
    signature?: string;
    inputs?: Inputs;
    state?: Record<string, unknown>;
    log?: string[];
  } = {},
) {
  const headers = { "X-Hub-Signature": signature };
  const payload = { headers, rawBody: { data: body }, body: { data: body } };
  return receivePayload(payload, { inputs, state, log });
}

describe("a notification", () => {
  test("starts the flow with the unchanged notification, on the branch of its family", async () => {
    const sent = notification();
    const { payload, branch, response, resultType } = await receive(written(sent));
    expect(payload.body.data).toEqual(sent);
    expect(branch).toBe("Contact");
    expect(response.statusCode).toBe(200);
    expect(resultType).toBeUndefined();
  });

  test.each([
    ["company.created", "Company"],
    ["contact.user.tag.created", "Contact"],
    ["conversation.user.replied", "Conversation"],
    ["conversation_part.redacted", "Conversation"],
    ["ticket.created", "Ticket"],
    ["article.published", "Other"],
  ])("of %s takes the branch %s", async (topic, branch) => {
    expect((await receive(written(notification({ topic })))).branch).toBe(branch);
    expect(component.triggers.webhook?.staticBranchNames).toContain(branch);
  });

  test("is signed with the secret of the connection or of the input", async () => {
    const body = written(notification());
    expect((await receive(body)).branch).toBe("Contact");
    const inputs = { connection: accessToken, clientSecret: "another" };
    const signature = sign(body, "another");
    expect((await receive(body, { inputs, signature })).branch).toBe("Contact");
  });

  test.each([
    ["by another secret", (body: string) => sign(body, "wrong")],
    ["not at all", () => ""],
    ["for another body", (body: string) => sign(`${body} `)],
    ["in part", (body: string) => sign(body).slice(0, -1)],
    ["in another way", (body: string) => createHmac("sha256", secret).update(body).digest("hex")],
  ])("that is signed %s is answered with 401, and starts nothing", async (_name, signatureOf) => {
    const body = written(notification());
    const { branch, response } = await receive(body, { signature: signatureOf(body) });
    expect([branch, response.statusCode]).toEqual(["Nothing to Do", 401]);
  });

  test.each<[string, (signature: string) => unknown]>([
    ["in a list", (signature) => [signature]],
    ["in a list of several", (signature) => [signature, signature]],
    ["by an empty list", () => []],
    ["by a number", () => 1],
    ["by an object", (signature) => ({ signature })],
    ["by null", () => null],
  ])("that is signed %s is answered with 401, and starts nothing", async (_name, headerOf) => {
    const data = written(notification());
    for (const headers of [{ "x-hub-signature": headerOf(sign(data)) }, undefined, null, {}]) {
      const { branch, response } = await receivePayload({ headers, rawBody: { data } });
      expect([branch, response.statusCode]).toEqual(["Nothing to Do", 401]);
    }
  });

  test.each<[string, (body: Buffer) => unknown]>([
    ["text", String],
    ["bytes", (body) => body],
    [
      "bytes of another realm",
      (body) => runInNewContext("Uint8Array.from(bytes)", { bytes: [...body] }),
    ],
    ["bytes that were written as JSON", (body) => body.toJSON()],
  ])("whose raw body comes as %s starts the flow", async (_name, asData) => {
    const body = Buffer.from(written(notification()));
    const headers = { "x-hub-signature": sign(String(body)) };
    const { branch } = await receivePayload({ headers, rawBody: { data: asData(body) } });
    expect(branch).toBe("Contact");
  });

  test("with rewritten bytes no longer fits its signature", async () => {
    const sent = notification();
    const { response } = await receive(JSON.stringify(sent), { signature: sign(written(sent)) });
    expect(response.statusCode).toBe(401);
  });

  test("without a secret is an error of the configuration, not a skipped check", async () => {
    const error = await receive(written(notification()), {
      inputs: { connection: accessToken },
    }).catch((error: unknown) => error);
    expect(isConnectionError(error)).toBe(true);
    expect((error as Error).message).toMatch(
      /^"Client Secret" is empty, and we need it to check notifications/,
    );
  });

  test("that comes twice starts the flow once", async () => {
    const body = written(notification());
    const first = await receive(body);
    expect(first.branch).toBe("Contact");
    const second = await receive(body, { state: first.instanceState ?? {} });
    expect([second.branch, second.response.statusCode]).toEqual(["Nothing to Do", 200]);
    const other = written(notification({ id: "notif_2" }));
    expect((await receive(other, { state: first.instanceState ?? {} })).branch).toBe("Contact");
  });

  test("is remembered, but only the last thousand", async () => {
    let state: Record<string, unknown> = {};
    for (let index = 0; index < 1500; index += 1) {
      const result = await receive(written(notification({ id: `notif_${index}` })), { state });
      state = result.instanceState ?? {};
    }
    expect(Object.values(state).flat()).toHaveLength(1000);
    const last = await receive(written(notification({ id: "notif_1499" })), { state });
    expect(last.branch).toBe("Nothing to Do");
  });
});

describe("a request that does not start the flow", () => {
  test("Intercom's HEAD request to check the webhook is answered", async () => {
    const { branch, response } = await receive("", { signature: "" });
    expect([branch, response.statusCode]).toEqual(["Nothing to Do", 200]);
  });

  test.each([
    ["no raw body", { headers: {}, rawBody: undefined }],
    ["a raw body of null", { headers: {}, rawBody: null }],
    ["a raw body without data", { headers: {}, rawBody: {} }],
    ["a raw body whose data is null", { headers: {}, rawBody: { data: null } }],
    ["no headers either", { headers: undefined, rawBody: undefined }],
  ])("a HEAD request is answered that comes with %s", async (_name, payload) => {
    const { branch, response } = await receivePayload(payload);
    expect([branch, response.statusCode, response.body]).toEqual(["Nothing to Do", 200, "ready"]);
  });

  test("a ping is answered", async () => {
    const ping = notification({ topic: "ping", id: null });
    const { branch, response } = await receive(written(ping));
    expect([branch, response.statusCode]).toEqual(["Nothing to Do", 200]);
  });

  test("topics that are not chosen are accepted and dropped", async () => {
    const inputs = { topics: ["ticket.created", ""] };
    expect((await receive(written(notification()), { inputs })).branch).toBe("Nothing to Do");
    const ticket = written(notification({ topic: "ticket.created" }));
    expect((await receive(ticket, { inputs })).branch).toBe("Ticket");
  });

  test("workspaces that are not chosen are accepted and dropped", async () => {
    const inputs = { workspaceIds: ["another"] };
    const { branch, response } = await receive(written(notification()), { inputs });
    expect([branch, response.statusCode]).toEqual(["Nothing to Do", 200]);
    const chosen = { workspaceIds: [" ecahpwf5 "] };
    expect((await receive(written(notification()), { inputs: chosen })).branch).toBe("Contact");
  });

  test("a signed body that is not a notification is refused", async () => {
    for (const body of ["no JSON", "null", "{}", "[]"]) {
      expect(await receive(body)).toMatchObject({
        branch: "Nothing to Do",
        response: { statusCode: 400 },
      });
    }
  });

  test("passes no body on, signed or not, and the log says why", async () => {
    const log: string[] = [];
    const body = written(notification());
    const refused = await receive(body, { signature: "sha1=0", log });
    const dropped = await receive(body, { inputs: { workspaceIds: ["other"] }, log });
    expect(JSON.stringify([refused, dropped])).not.toContain("notif_1");
    expect(log).toEqual([
      "warn We refused a request with 401: the signature is wrong.",
      "debug Nothing to do: not a chosen workspace.",
    ]);
  });
});

test.each([["contact.user.creatd"], ["contact.user.created,ticket.created"], ["[]"]])(
  "the topic %j is refused by name, because it would drop everything silently",
  async (topic) => {
    await expect(receive("", { inputs: { topics: [topic] } })).rejects.toThrow(
      /^"Topics" must be one of admin\..* and \d+ more, not ".*"\.$/,
    );
  },
);

test("a notification without an id is accepted, and no id is remembered", async () => {
  const { id: _, ...withoutId } = notification();
  const first = await receive(written(withoutId));
  expect(first.branch).toBe("Contact");
  expect(first.instanceState).toEqual({});
});

test("all of Intercom's topics can be chosen, each once", () => {
  const inputs = component.triggers.webhook?.inputs as {
    key: string;
    model?: { value: string }[];
  }[];
  const values = inputs.find(({ key }) => key === "topics")?.model?.map(({ value }) => value) ?? [];
  expect(new Set(values).size).toBe(values.length);
  // The page counts 108 with `ping`, which is always sent; snoozes of tickets are two more.
  expect(values).toHaveLength(109);
  expect(values).toEqual(
    expect.arrayContaining([
      "contact.unarchive",
      "ticket.state.updated",
      "ticket.admin.snoozed",
      "ticket.admin.unsnoozed",
      "content_stat.series.webhook",
    ]),
  );
});

describe("the sample notifications", () => {
  const families = (all: string[]) => [...new Set(all.map((topic) => topic.split(".")[0]))].sort();

  test("have known topics, and cover every family whose item Intercom describes", () => {
    const sampled = samples.map(({ topic }) => topic);
    expect(sampled.filter((topic) => !topics.includes(topic))).toEqual([]);
    expect(families(topics).filter((family) => !families(sampled).includes(family))).toEqual([
      "api",
      "conversation_part",
      "granular",
      "procedure",
      "visitor",
    ]);
  });

  test.each(samples)("$topic starts the flow with exactly the sample", async (sample) => {
    const { payload, response } = await receive(written(sample));
    expect(payload.body.data).toEqual(sample);
    expect(response.statusCode).toBe(200);
  });

  test("have the form of the sandbox's notifications", async () => {
    const { sandbox } = await openWorkbench();
    const receiver = await openReceiver();
    await sandbox.webhooks.subscribe({ url: receiver.url });
    const { companies, contacts, tags } = sandbox.workspace;
    const contact = contacts.create({ role: "user", email: "ada@example.org" });
    tags.tagContact(contact, tags.findOrCreate("VIP"));
    companies.attach(contact, companies.upsert({ companyId: "smithy", name: "Smithy" }));
    contacts.delete(contact.id);
    await sandbox.webhooks.deliverDue();
    const sent = receiver.notifications().map(({ body }) => body);
    const compared = samples.filter(({ topic }) => sent.some((body) => body.topic === topic));
    expect(compared.map(({ topic }) => topic)).toEqual([
      "contact.user.created",
      "contact.user.tag.created",
      "contact.deleted",
      "company.contact.attached",
    ]);
    for (const sample of compared) {
      const body = sent.find(({ topic }) => topic === sample.topic);
      const { item } = sample.data;
      expect(Object.keys(sample).sort()).toEqual(Object.keys(body).sort());
      expect(item.type).toBe(body.data.item.type);
      // Another test checks a whole contact against the descriptions.
      if (sample.topic === "contact.user.created") continue;
      expect(Object.keys(item).sort()).toEqual(Object.keys(body.data.item).sort());
    }
  });
});

describeWithOpenApi("the sample notifications", () => {
  const itemOf = (wanted: string) => samples.find(({ topic }) => topic === wanted)?.data.item;

  test.each([
    ["contact.user.created", "contact", "2.11"],
    ["conversation.user.created", "conversation", "2.11"],
    ["ticket.created", "ticket", "2.11"],
    ["company.updated", "company", "2.11"],
    ["admin.away_mode_updated", "admin", "2.11"],
    ["article.published", "article", "2.11"],
    ["event.created", "data_event", "2.11"],
    ["job.completed", "jobs", "2.14"],
    ["call.ended", "call", "2.14"],
    ["content_import_source.created", "content_import_source", "2.13"],
    ["audience.created", "audience", "2.16"],
    ["content_snippet.created", "content_snippet", "2.16"],
    ["data_connector.execution.completed", "data_connector_execution_result", "2.16"],
  ])("%s has an item such as Intercom describes the %s in %s", (topic, schema, version) => {
    expect(describeApi(version).problemsOf(schema, itemOf(topic))).toEqual([]);
  });
});

describe("the trigger", () => {
  const body = written(notification());

  test("uses the input's secret before the connection's", async () => {
    const given = { inputs: { clientSecret: "another" }, signature: sign(body, "another") };
    expect((await receive(body, given)).branch).toBe("Contact");
  });

  test("cuts blanks around a secret off", async () => {
    const inputs = { connection: accessToken, clientSecret: ` ${secret}\n` };
    expect((await receive(body, { inputs })).branch).toBe("Contact");
  });

  test("reads a list with one blank row as all", async () => {
    const inputs = { topics: [""], workspaceIds: [" "] };
    expect((await receive(body, { inputs })).branch).toBe("Contact");
  });

  test("reads a topic as text as a list of one", async () => {
    expect((await receive(body, { inputs: { topics: "ticket.created" } })).branch).toBe(
      "Nothing to Do",
    );
  });

  test("marks a request that does not start the flow as a poll without changes", async () => {
    expect((await receive("", { signature: "" })).resultType).toBe("polled_no_changes");
  });

  test("fails for a parsed body, and skips no check", async () => {
    const payload = { headers: {}, rawBody: { data: notification() } } as never;
    const context = { instanceState: {} } as never;
    await expect(
      harness.trigger("webhook", payload, { connection: oauth }, context),
    ).rejects.toThrow("gave no raw body");
  });

  test("ignores another program's value under its key", async () => {
    const state = { intercomNotifications: "notif_1" };
    expect((await receive(body, { state })).branch).toBe("Contact");
  });

  test("knows the topics that the sandbox knows", () => {
    expect(["ping", ...topics].sort()).toEqual([...sandboxTopics].sort());
  });
});
