import { pbkdf2 } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ClassicLevel } from "classic-level";
import { describe, expect, test } from "vitest";
import { coverage } from "../../sandbox/coverage";
import { DataFolder } from "../../sandbox/dataFolder/folder";
import { type SandboxOptions, startSandbox } from "../../sandbox/index";
import { type Bench, minute, openSandbox } from "../judges/answers";
import { emptyFolder } from "../stage/outside";
import { openReceiver } from "../stage/receiver";

const threadsOfPool = Number(process.env.UV_THREADPOOL_SIZE ?? 4);

/** LevelDB writes in Node's thread pool, so a write waits until a thread of the pool is free. */
function keepPoolBusy() {
  const work = Array.from({ length: 2 * threadsOfPool }, async () => {
    await promisify(pbkdf2)("", "", 50_000, 64, "sha512");
    pool.freed++;
  });
  const pool = { freed: 0, isFree: Promise.all(work) };
  return pool;
}

/** A folder that does not exist yet. */
const newFolder = () => join(emptyFolder(), "data");

/** What a folder holds at this moment, as after a crash: read from a copy. */
async function stateIn(data: string) {
  const copy = newFolder();
  cpSync(data, copy, { recursive: true });
  const folder = await DataFolder.open(copy);
  const state = await folder.read();
  await folder.close();
  return state;
}

/** The names and bytes of all files in a folder. */
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), "base64")]);

/** Why a sandbox does not start. */
const refusalOf = (data: string, options: SandboxOptions = {}): Promise<string> =>
  startSandbox({ data, ...options }).then(
    async (sandbox) => {
      await sandbox.close();
      throw new Error("The sandbox started, though it should have refused.");
    },
    (error: Error) => error.message,
  );

/** Sends what writes to every table; after each answer calls `check`. */
async function write({ sandbox, call, clock }: Bench, check: (request: string) => Promise<void>) {
  const sent: string[] = [];
  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await call(method, path, body);
    expect([method, path, answer.status < 300], JSON.stringify(answer.body)).toEqual([
      method,
      path,
      true,
    ]);
    sent.push(`${method} ${path.replace(/\?.*/, "")}`);
    await check(`${method} ${path}`);
    clock.forward(1000);
    return answer.body;
  };
  const control = async (method: string, name: string, body?: unknown) => {
    const init = { method, ...(body ? { body: JSON.stringify(body) } : {}) };
    expect((await fetch(`${sandbox.url}/_sandbox/${name}`, init)).status).toBe(200);
    await check(`${method} /_sandbox/${name}`);
  };
  const { admins, teams, ticketTypes } = sandbox.workspace;
  const receiver = await openReceiver();
  await control("POST", "webhooks", { url: receiver.url, topics: [] });
  await control("PATCH", "settings", { webhookDelayMs: 60 * minute });

  const { id } = await send("POST", "/contacts", { email: "ada@example.org" });
  await send("PUT", `/contacts/${id}`, { name: "Ada", custom_attributes: {} });
  const tag = await send("POST", "/tags", { name: "VIP" });
  await send("POST", "/tags", { id: tag.id, name: "Vip" });
  await send("POST", `/contacts/${id}/tags`, { id: tag.id });
  await send("DELETE", `/contacts/${id}/tags/${tag.id}`);
  const company = await send("POST", "/companies", { company_id: "a", plan: "Gold", size: 3 });
  await send("PUT", `/companies/${company.id}`, { name: "Acme", plan: "Silver" });
  await send("POST", `/contacts/${id}/companies`, { id: company.id });
  await send("POST", "/tags", { name: "Key", companies: [{ id: company.id }] });
  await send("POST", "/tags", { name: "Key", companies: [{ id: company.id, untag: true }] });
  const { scroll_param } = await send("GET", "/companies/scroll");
  const next = await send("POST", "/companies", { company_id: "b" });
  await send("POST", `/contacts/${id}/companies`, { id: next.id });
  await send("GET", `/companies/scroll?scroll_param=${scroll_param}`);
  const type = ticketTypes.define({
    name: "Question",
    description: "",
    icon: "?",
    category: "Customer",
    attributes: [],
  });
  const ticket = await send("POST", "/tickets", {
    ticket_type_id: type.id,
    contacts: [{ email: "unknown@example.org" }],
    ticket_attributes: { _default_title_: "Help" },
  });
  await send("PUT", `/tickets/${ticket.id}`, {
    ticket_state_id: ticketTypes.states[1]?.id,
    assignee_id: teams.rows[0]?.id,
    ticket_attributes: { _default_title_: "Help!" },
  });
  const file = { name: "a.txt", content_type: "text/plain", data: "aGk=" };
  await send("POST", `/tickets/${ticket.id}/reply`, {
    type: "admin",
    message_type: "comment",
    admin_id: admins.owner.id,
    body: "Hello",
    attachment_files: [file],
  });
  const options = [{ text: "Yes", uuid: "0df48b85-9a93-4c66-a167-753eff0baaec" }];
  await send("POST", `/tickets/${ticket.id}/reply`, {
    type: "admin",
    message_type: "quick_reply",
    admin_id: admins.owner.id,
    reply_options: options,
  });
  await send("PUT", `/tickets/${ticket.id}`, { snoozed_until: 1900000000 });
  await send("PUT", `/tickets/${ticket.id}`, { open: false });
  const from = { type: "user", id };
  const { conversation_id } = await send("POST", "/conversations", { from, body: "Hello" });
  await send("POST", `/conversations/${conversation_id}/reply`, {
    type: "admin",
    message_type: "comment",
    admin_id: admins.owner.id,
    body: "Hello",
  });
  const conversation = `/conversations/${conversation_id}`;
  const admin_id = admins.owner.id;
  await send("PUT", conversation, {
    read: true,
    title: "Hello",
    custom_attributes: { Topic: "Billing" },
  });
  const assignee_id = teams.rows[0]?.id;
  const assignment = { message_type: "assignment", type: "team", admin_id, assignee_id };
  await send("POST", `${conversation}/parts`, assignment);
  await send("POST", `${conversation}/customers`, { admin_id, customer: { email: "bo@x.test" } });
  await send("DELETE", `${conversation}/customers/${id}`, { admin_id });
  await send("POST", `${conversation}/tags`, { id: tag.id, admin_id });
  await send("DELETE", `${conversation}/tags/${tag.id}`, { admin_id });
  await send("POST", `${conversation}/tags`, { id: tag.id, admin_id });
  await send("POST", `${conversation}/convert`, {
    ticket_type_id: type.id,
    attributes: { _default_title_: "Help" },
  });
  const [subscription] = sandbox.workspace.subscriptionTypes.rows;
  const { id: subscriptionId, consentType: consent_type } = subscription ?? {};
  const subscriptions = `/contacts/${id}/subscriptions`;
  await send("POST", subscriptions, { id: subscriptionId, consent_type });
  await send("DELETE", `${subscriptions}/${subscriptionId}`);
  const article = await send("POST", "/articles", {
    title: "Thanks",
    author_id: admins.owner.id,
    scheduled_publish_at: "2030-01-01T00:00:00Z",
    state: "published",
  });
  sandbox.workspace.collections.define({ name: "Billing" });
  await send("PUT", `/articles/${article.id}`, { body_markdown: "# Hi" });
  await send("DELETE", `/articles/${article.id}`);
  const orders = "/custom_object_instances/Order";
  await send("POST", orders, { external_id: "o-1", custom_attributes: { items: 2 } });
  await send("DELETE", `${orders}?external_id=o-1`);
  const order = await send("POST", orders, { external_id: "o-2" });
  await send("DELETE", `${orders}/${order.id}`);
  const query = new URLSearchParams({ client_id: sandbox.clientId, redirect_uri: "http://x.test" });
  const page = await fetch(`${sandbox.url}/oauth?${query}`, { redirect: "manual" });
  await check("GET /oauth");
  await send("POST", "/auth/eagle/token", {
    code: new URL(page.headers.get("Location") ?? "").searchParams.get("code"),
    client_id: sandbox.clientId,
    client_secret: sandbox.clientSecret,
  });
  await send("DELETE", `/contacts/${id}/companies/${company.id}`);
  await send("DELETE", `/companies/${company.id}`);
  await send("DELETE", `/tags/${tag.id}`);
  await send("POST", `/contacts/${id}/notes`, { body: "A note" });
  const lead = await send("POST", "/contacts", { role: "lead", email: "ada@example.org" });
  await send("POST", `/contacts/${lead.id}/notes`, { body: "A note" });
  for (const contact of [id, lead.id]) {
    const event = { event_name: "ordered", created_at: 1700000000, id: contact };
    await send("POST", "/events", { ...event, metadata: { price: 5, article: null } });
  }
  const sender = { type: "admin", id: admins.owner.id };
  const message = { message_type: "inapp", body: "Hello", from: sender };
  await send("POST", "/messages", { ...message, to: { type: "lead", id: lead.id } });
  await send("POST", "/contacts/merge", { from: lead.id, into: id });
  await send("POST", "/conversations/last/reply", {
    type: "user",
    intercom_user_id: id,
    message_type: "comment",
    body: "Hello?",
  });
  await send("POST", `/contacts/${id}/archive`);
  await send("POST", `/contacts/${id}/unarchive`);
  await send("DELETE", `/contacts/${id}`);
  await control("DELETE", "webhooks");
  await control("POST", "reset");
  return sent;
}

describe("a data folder", () => {
  test("holds after each answer what the sandbox holds, whatever was written", async () => {
    const data = newFolder();
    const bench = await openSandbox({ data });
    const sent = await write(bench, async (request) => {
      expect(await stateIn(data), request).toEqual(bench.sandbox.save());
    });
    const writes = coverage
      .map(({ route }) => route)
      .filter((route) => !route.startsWith("GET") && !/\/(search|list)$/.test(route));
    const isSent = (route: string) =>
      sent.some((request) => new RegExp(`^${route.replaceAll(/:\w+/g, "[^/]+")}$`).test(request));
    expect(writes.filter((route) => !isSent(route))).toEqual([]);
  });

  test("gets a write before the answer goes out", async () => {
    const { call } = await openSandbox({ data: newFolder() });
    await call("GET", "/me");
    const pool = keepPoolBusy();
    expect((await call("POST", "/tags", { name: "Slow" })).status).toBe(200);
    expect(pool.freed).toBeGreaterThan(0);
    await pool.isFree;
  });

  test("gets a write before the answer goes out, while another write is on its way", async () => {
    const { call, sandbox } = await openSandbox({ data: newFolder() });
    await call("GET", "/me");
    const { size } = sandbox.workspace.tags.rows;
    const pool = keepPoolBusy();
    const first = call("POST", "/tags", { name: "First" });
    while (sandbox.workspace.tags.rows.size === size) await new Promise(setImmediate);
    await new Promise(setImmediate);
    // Behind the write of the first, and before that of the second.
    const poolAgain = keepPoolBusy();
    expect((await call("POST", "/tags", { name: "Second" })).status).toBe(200);
    expect(poolAgain.freed).toBeGreaterThan(0);
    await Promise.all([first, pool.isFree, poolAgain.isFree]);
  });

  test("holds what was done by a request whose answer was lost", async () => {
    const data = newFolder();
    const bench = await openSandbox({ data });
    for (const kind of ["closed", "hang"] as const) {
      bench.sandbox.faults.add({ kind, workDone: true });
      const name = `lost by ${kind}`;
      const lost = fetch(`${bench.sandbox.url}/tags`, {
        method: "POST",
        headers: { Authorization: `Bearer ${bench.sandbox.token}` },
        body: JSON.stringify({ name }),
        signal: AbortSignal.timeout(300),
      });
      await expect(lost).rejects.toThrow();
      await bench.call("GET", "/me");
      expect((await stateIn(data))?.tags).toContainEqual(expect.objectContaining({ name }));
    }
  });

  test("takes the place of the seed at the next start", async () => {
    const data = newFolder();
    const one = await openSandbox({ data, seed: "workspace" });
    await one.call("POST", "/contacts", { email: "new@example.org", custom_attributes: {} });
    const state = one.sandbox.save();
    await one.sandbox.close();
    const two = await openSandbox({ data, seed: "empty" });
    expect(two.sandbox.save()).toEqual(state);
    two.sandbox.reset();
    await two.call("GET", "/me");
    expect(await stateIn(data)).toEqual((await openSandbox({ seed: "empty" })).sandbox.save());
  });

  test("of an older sandbox is read, and what its rows lack is filled in", async () => {
    const data = newFolder();
    const { sandbox } = await openSandbox({ data });
    const { workspace } = sandbox;
    const ticket = workspace.tickets.create({
      typeId: workspace.ticketTypes.rows[0]?.id ?? "",
      contact: { email: "ada@example.org" },
      values: { Priority: workspace.ticketTypes.rows[0]?.attributes[2]?.options[0]?.id },
    });
    await sandbox.close();
    const database = new ClassicLevel(data);
    const key = `tickets/${ticket.id.padStart(12, "0")}`;
    const { linkedIds: _, ...older } = JSON.parse((await database.get(key)) ?? "");
    await database.put(key, JSON.stringify(older));
    const author = { type: "user", id: "1", name: "Ada", email: null };
    const source = { id: "2", subject: "", body: "<p>Hello</p>", author };
    const row = { state: "open", isRead: false, isPriority: false, adminId: null, teamId: null };
    const times = { waitingSince: null, snoozedUntil: null, createdAt: 1, updatedAt: 1 };
    const kept = { ...row, ...times, id: "3", parts: [], customAttributes: {} };
    const began = JSON.stringify({ ...kept, contactId: "1", source });
    await database.put("conversations/000000000003", began);
    await database.close();
    const later = await openSandbox({ data });
    expect(later.sandbox.workspace.tickets.get(ticket.id)).toEqual({ ...older, linkedIds: [] });
    const known = { type: "conversation", deliveredAs: "customer_initiated", attachments: [] };
    expect(later.sandbox.workspace.conversations.get("3")).toEqual({
      ...kept,
      contactIds: ["1"],
      source: { ...source, ...known },
      title: null,
      companyId: null,
      tags: [],
      rating: null,
      instanceIds: {},
    });
  });

  test("is not written to by requests that only read", async () => {
    const data = newFolder();
    const { call } = await openSandbox({ data, seed: "workspace" });
    await call("GET", "/me");
    const before = filesIn(data);
    for (const path of ["/me", "/contacts", "/tags", "/conversations", "/ticket_types"]) {
      await call("GET", path);
    }
    await call("POST", "/contacts/search", {
      query: { field: "role", operator: "=", value: "user" },
    });
    expect(filesIn(data)).toEqual(before);
  });

  test("never holds a number that JSON can't write, because the sandbox refuses it", async () => {
    const data = newFolder();
    const { sandbox } = await openSandbox({ data });
    const { dataAttributes, ticketTypes, contacts } = sandbox.workspace;
    dataAttributes.define({ model: "contact", name: "score", dataType: "float" });
    const { id: typeId } = ticketTypes.define({
      name: "Claim",
      description: "",
      icon: "?",
      category: "Customer",
      attributes: [{ name: "sum", dataType: "decimal" }],
    });
    const { id } = contacts.create({ role: "lead" });
    const requests = [
      ["contacts", '{"email":"ada@example.org","custom_attributes":{"score":1e999}}'],
      [
        "tickets",
        `{"ticket_type_id":"${typeId}","contacts":[{"id":"${id}"}],"ticket_attributes":{"sum":1e999}}`,
      ],
      ["companies", '{"company_id":"a","monthly_spend":1e999}'],
      ["companies", '{"company_id":"a","monthly_spend":-1e999}'],
    ];
    for (const [path, body] of requests) {
      const headers = { Authorization: `Bearer ${sandbox.token}` };
      const answer = await fetch(`${sandbox.url}/${path}`, { method: "POST", headers, body });
      expect(answer.status, body).toBe(400);
    }
    expect(await stateIn(data)).toEqual(sandbox.save());
  });

  test("lets no request have the id of an earlier one, crash or not", async () => {
    const data = newFolder();
    const { sandbox, call } = await openSandbox({ data });
    const seen = new Set<string>();
    for (let n = 0; n < 2500; n++) seen.add(sandbox.workspace.ids.request());
    // The first writes which ids are reserved, and the others nothing.
    for (let n = 0; n < 5; n++) {
      seen.add(String((await call("GET", "/me")).headers.get("X-Request-Id")));
    }
    const copy = newFolder();
    cpSync(data, copy, { recursive: true });
    const later = await openSandbox({ data: copy });
    for (let n = 0; n < 2500; n++) seen.add(later.sandbox.workspace.ids.request());
    expect(seen.size).toBe(5005);
  });

  test("keeps notifications with their attempts, and sends them at their time", async () => {
    const data = newFolder();
    const receiver = await openReceiver();
    const one = await openSandbox({ data, settings: { webhookDelayMs: minute } });
    await one.sandbox.webhooks.subscribe({ url: receiver.url });
    receiver.answers.next = [500];
    await one.call("POST", "/contacts", { role: "lead" });
    one.clock.forward(minute);
    await one.sandbox.webhooks.deliverDue();
    await one.sandbox.close();
    const two = await openSandbox({ data });
    await two.sandbox.webhooks.deliverDue();
    expect(receiver.topics()).toHaveLength(1);
    two.clock.forward(3 * minute);
    await two.sandbox.webhooks.deliverDue();
    expect(two.sandbox.webhooks.deliveries).toMatchObject([{ attempt: 2, outcome: "delivered" }]);
    expect(receiver.topics()).toEqual(["contact.lead.created", "contact.lead.created"]);
  });
});

// As after a full disk, or a crash in the first moment.
test.each(["", '{"format'])("a folder whose making ended at %j is made anew", async (written) => {
  const data = emptyFolder();
  writeFileSync(join(data, "intercom-sandbox.json"), written);
  const first = await openSandbox({ data });
  await first.call("POST", "/contacts", { email: "ada@example.org" });
  await first.sandbox.close();
  const second = await openSandbox({ data });
  expect(second.sandbox.workspace.contacts.listed.size).toBe(1);
});

describe("a data folder that is refused is left as it is:", () => {
  const refused = async (data: string) => {
    const before = statSync(data).isDirectory() ? filesIn(data) : readFileSync(data);
    const sentence = await refusalOf(data);
    expect(statSync(data).isDirectory() ? filesIn(data) : readFileSync(data)).toEqual(before);
    return sentence;
  };
  const fileWith = (text: string) => {
    const file = newFolder();
    writeFileSync(file, text);
    return file;
  };

  test("the file of an older sandbox", async () => {
    const file = fileWith('{"format":2,"ids":{},"admins":[]}');
    expect(await refused(file)).toBe(
      `${file} holds the state of an older sandbox, which this one can't read: name a new folder.`,
    );
  });

  test("any other file", async () => {
    const file = fileWith("notes");
    expect(await refused(file)).toBe(
      `${file} is not a folder: name a new folder, or the data folder of a sandbox.`,
    );
  });

  test("a folder with something else, another LevelDB included", async () => {
    const folder = newFolder();
    const other = new ClassicLevel(folder);
    await other.put("a", "b");
    await other.close();
    expect(await refused(folder)).toBe(
      `${folder} holds something else than a sandbox's data: name a new folder.`,
    );
  });

  test("that of another version", async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "intercom-sandbox.json"), '{"format":4}');
    expect(await refused(folder)).toBe(
      `Another version of the sandbox wrote the data folder ${folder}: name another.`,
    );
  });

  test("one that another sandbox uses", async () => {
    const data = newFolder();
    const one = await openSandbox({ data });
    expect(await refusalOf(data)).toBe(
      `Another sandbox uses the data folder ${data}: end that sandbox, or name another folder.`,
    );
    await one.sandbox.close();
    await openSandbox({ data });
  });

  test("one that can't be made, or looked at", async () => {
    const data = join(newFolder(), "data");
    expect(await refusalOf(data)).toBe(
      `The data folder ${data} can't be used: ENOENT: no such file or directory, mkdir '${data}'. Mend that, or name another.`,
    );
    const long = join(emptyFolder(), "x".repeat(300));
    expect(await refusalOf(long)).toMatch(
      /can't be used: ENAMETOOLONG: .*\. Mend that, or name another\.$/,
    );
  });

  test("a port that is taken frees the folder", async () => {
    const data = newFolder();
    const { sandbox } = await openSandbox();
    const port = Number(new URL(sandbox.url).port);
    expect(await refusalOf(data, { port })).toContain("EADDRINUSE");
    await openSandbox({ data });
  });
});

describe("a damaged record is named by its table, its id and its field:", () => {
  const id = "68b4e2c05f1d9a370019a000";
  const damaged = async (key: string, change: (text: string) => string | undefined) => {
    const data = newFolder();
    const { sandbox, call } = await openSandbox({ data });
    await call("POST", "/contacts", { email: "ada@example.org" });
    await sandbox.close();
    const database = new ClassicLevel(data);
    const text = change((await database.get(key)) ?? "");
    if (text === undefined) await database.del(key);
    else await database.put(key, text);
    await database.close();
    const before = await refusalOf(data);
    expect(await refusalOf(data)).toBe(before);
    return before.replace(`The data folder ${data} is damaged at `, "");
  };
  const advice = "Put back a copy of the folder, or name another.";

  test.each([
    [
      "a field is missing",
      `contacts/${id}`,
      (text: string) => text.replace('"email":"ada@example.org",', ""),
      "email: Invalid input: expected string, received undefined",
    ],
    [
      "a field is of another type",
      `contacts/${id}`,
      (text: string) => text.replace('"companyIds":[]', '"companyIds":[5]'),
      "companyIds.0: Invalid input: expected string, received number",
    ],
    [
      "a value is none of the choices",
      `contacts/${id}`,
      (text: string) => text.replace('"state":"active"', '"state":"lost"'),
      'state: Invalid option: expected one of "active"|"archived"|"deleted"|"merged"',
    ],
    [
      "a field is unknown",
      `contacts/${id}`,
      (text: string) => text.replace("{", '{"mood":"good",'),
      'Unrecognized key: "mood"',
    ],
    ["it is not JSON", `contacts/${id}`, (text: string) => text.slice(1), "it is not JSON"],
    ["its table is unknown", "visitors/1", () => "{}", "the table is unknown"],
    ["a record is missing", "ids/000000000000", () => undefined, "the record is missing"],
  ])("%s", async (_, key, change, problem) => {
    const where = key.replace("000000000000", "");
    expect(await damaged(key, change)).toBe(`${where}: ${problem}. ${advice}`);
  });
});

describe("when the disk fails, one sentence says so and the sandbox goes on in memory:", () => {
  const failing = async (breakIt: (data: string, bench: Bench) => void) => {
    const data = newFolder();
    const warnings: string[] = [];
    const bench = await openSandbox({ data, warn: (sentence) => warnings.push(sentence) });
    await bench.call("POST", "/tags", { name: "Before" });
    breakIt(data, bench);
    for (const name of ["One", "Two"]) {
      expect((await bench.call("POST", "/tags", { name })).status).toBe(200);
    }
    expect((await bench.call("GET", "/tags")).body.data).toHaveLength(3);
    await bench.sandbox.close();
    return { data, warnings };
  };
  const sentence = (data: string, why: string) =>
    `The data folder ${data} can't be written any more (${why}): the sandbox goes on in memory, and what changes from now on is lost when it ends.`;

  test("a folder that somebody removed", async () => {
    const { data, warnings } = await failing((data) => rmSync(data, { recursive: true }));
    expect(warnings).toEqual([sentence(data, "somebody removed the folder")]);
  });

  test("a write that the operating system refuses", async () => {
    const { data, warnings } = await failing((data, { sandbox }) => {
      // LevelDB begins another log after four megabytes, and can't where the name is taken.
      for (let n = 1; n < 50; n++) {
        const name = join(data, `${String(n).padStart(6, "0")}.log`);
        if (!statSync(name, { throwIfNoEntry: false })) mkdirSync(name);
      }
      sandbox.workspace.tags.findOrCreate("x".repeat(5_000_000));
      sandbox.workspace.tags.delete([...sandbox.workspace.tags.rows.values()].at(-1) as never);
      sandbox.workspace.contacts.create({ role: "lead", name: "x".repeat(5_000_000) });
    });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/can't be written any more \(IO error: .*Is a directory\)/);
    for (const entry of readdirSync(data, { withFileTypes: true })) {
      if (entry.isDirectory()) rmSync(join(data, entry.name), { recursive: true });
    }
    expect((await stateIn(data))?.tags).toEqual([expect.objectContaining({ name: "Before" })]);
  });
});
