import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startSandbox } from "../../sandbox/index";
import { defaultSettings } from "../../sandbox/settings";
import { Workspace } from "../../sandbox/store/workspace";
import { type Answer, type Bench, openSandbox } from "../judges/answers";
import { emptyFolder } from "../stage/outside";

/** Some writing and reading; what was answered, to the byte. */
async function day({ sandbox }: Bench): Promise<string[]> {
  const headers = { Authorization: `Bearer ${sandbox.token}` };
  const answers: string[] = [];
  const send = async (method: string, path: string, body?: unknown) => {
    const init = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    const answer = await fetch(sandbox.url + path, init);
    const text = await answer.text();
    answers.push(`${answer.headers.get("X-Request-Id")} ${answer.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  const { id } = await send("POST", "/contacts", { email: "new@example.com" });
  await send("POST", "/contacts", { role: "lead" });
  await send("POST", "/tags", { name: "new", users: [{ id }] });
  const company = await send("POST", "/companies", { company_id: "new", plan: "Gold" });
  await send("POST", `/contacts/${id}/companies`, { id: company.id });
  await send("GET", "/contacts?per_page=150");
  await send("POST", "/companies/list?per_page=60");
  await send("GET", "/companies/scroll");
  await send("GET", "/ticket_types");
  const from = { type: "user", id };
  const { conversation_id } = await send("POST", "/conversations", { from, body: "Hello" });
  const reply = { type: "user", message_type: "comment", email: "new@example.com", body: "?" };
  await send("POST", `/conversations/${conversation_id}/reply`, reply);
  await send("GET", "/conversations");
  await send("POST", `/contacts/${id}/archive`);
  await send("POST", "/contacts", { email: "new@example.com" });
  return answers.map((answer) => answer.replaceAll(sandbox.url, "URL"));
}

describe.each(["workspace", "empty"] as const)('the seed "%s"', (seed) => {
  test("gives the same bytes in every sandbox and after every reset", async () => {
    const [one, two] = [await openSandbox({ seed }), await openSandbox({ seed })];
    const first = await day(one);
    expect(await day(two)).toEqual(first);
    one.sandbox.reset();
    expect(await day(one)).toEqual(first);
  });
});

test("the workspace has people, companies, tags, segments and tickets to try things on", async () => {
  const { sandbox } = await openSandbox({ seed: "workspace" });
  const { contacts, companies, tags, segments, ticketTypes, admins, conversations, tickets } =
    sandbox.workspace;
  const roles = [...contacts.listed].map(({ role }) => role);
  expect([roles.length, roles.filter((role) => role === "lead").length]).toEqual([40, 7]);
  expect([companies.rows.size, companies.listed.size, tags.rows.size]).toEqual([15, 14, 8]);
  expect([segments.rows.length, ticketTypes.rows.length, admins.rows.length]).toEqual([3, 4, 3]);
  expect([conversations.rows.size, tickets.rows.size]).toEqual([34, 13]);
});

test("the empty one has nobody in it, but can take tickets", async () => {
  const { sandbox } = await openSandbox({ seed: "empty" });
  const { contacts, companies, tags, ticketTypes } = sandbox.workspace;
  expect([contacts.rows.size, companies.rows.size, tags.rows.size]).toEqual([0, 0, 0]);
  expect(ticketTypes.rows).toHaveLength(1);
});

describe("a reset", () => {
  test("forgets writes, requests, faults and turned knobs", async () => {
    const bench = await openSandbox({ settings: { region: "AU" } });
    const { sandbox } = bench;
    const before = JSON.stringify(sandbox.save());
    await day(bench);
    sandbox.settings.region = "EU";
    sandbox.settings.requestsPerWindow = 1;
    sandbox.faults.add({ kind: "closed" });
    expect(JSON.stringify(sandbox.save())).not.toBe(before);
    sandbox.reset();
    expect(JSON.stringify(sandbox.save())).toBe(before);
    expect([sandbox.requests, sandbox.faults.pending]).toEqual([[], []]);
    expect(sandbox.settings).toMatchObject({ region: "AU", requestsPerWindow: 1666 });
  });

  test("can change the seed and the settings", async () => {
    const { sandbox } = await openSandbox();
    sandbox.reset({ seed: "workspace", settings: { scrollEnd: "empty" } });
    expect(sandbox.workspace.contacts.listed.size).toBe(40);
    expect(sandbox.settings.scrollEnd).toBe("empty");
  });

  test("refuses a setting that is none", async () => {
    const { sandbox } = await openSandbox();
    const reset = (settings: object) => () => sandbox.reset({ settings });
    expect(reset({ region: "UK" })).toThrow('"region" must be one of: US, EU, AU');
    expect(reset({ latencyMs: "5" })).toThrow('"latencyMs" must be a whole number');
    expect(reset({ timeZone: "Atlantis" })).toThrow("Atlantis");
    expect(reset({ speed: 5 })).toThrow('"speed" is unknown');
  });
});

describe("a sandbox with a data folder", () => {
  test("goes on where it ended as one that never ended, open scroll and next ids included", async () => {
    const one = await openSandbox({ seed: "workspace" });
    await day(one);
    const data = join(emptyFolder(), "data");
    const ended = await openSandbox({ seed: "workspace", data });
    await day(ended);
    await ended.sandbox.close();
    const two = await openSandbox({ data });
    const scroll = (await two.call("GET", "/companies/scroll")).body;
    // The scroll of `day` is still open, so another one is refused.
    expect(scroll.errors[0].code).toBe("scroll_exists");
    for (const [method, path, body] of [
      ["GET", "/contacts?per_page=150", undefined],
      ["POST", "/companies/list?per_page=60", undefined],
      ["GET", "/companies/scroll", undefined],
      ["POST", "/contacts", { email: "new@example.com" }],
      ["POST", "/contacts", { role: "lead", name: "Next" }],
      ["POST", "/companies", { company_id: "new", size: 5 }],
      ["POST", "/tags", { name: "NEW" }],
      ["GET", "/tags", undefined],
      ["GET", "/conversations", undefined],
      ["GET", "/data_attributes?include_archived=true", undefined],
    ] as const) {
      const [a, b] = [await one.call(method, path, body), await two.call(method, path, body)];
      const text = (answer: typeof a) =>
        JSON.stringify({ ...answer.body, request_id: "" }).replaceAll(
          /http:[^/]*\/\/[^/]*/g,
          "URL",
        );
      expect(`${b.status} ${text(b)}`).toBe(`${a.status} ${text(a)}`);
    }
  });
});

test("a saved state does not change when the sandbox goes on", async () => {
  const bench = await openSandbox({ seed: "workspace" });
  const state = bench.sandbox.save();
  const before = JSON.stringify(state);
  await day(bench);
  const [id] = bench.sandbox.workspace.contacts.rows.keys();
  await bench.call("PUT", `/contacts/${id}`, { name: "Another" });
  expect(JSON.stringify(state)).toBe(before);
});

describe("the control surface", () => {
  const control = async ({ sandbox }: Bench, method: string, path: string, body?: unknown) => {
    const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, init);
    return { status: answer.status, body: (await answer.json()) as Answer["body"] };
  };

  test("needs no token, is not logged, and costs none of the rate limit", async () => {
    const bench = await openSandbox({ settings: { requestsPerWindow: 1 } });
    for (let n = 0; n < 3; n++) expect((await control(bench, "GET", "state")).status).toBe(200);
    expect(bench.sandbox.requests).toEqual([]);
    expect((await bench.call("GET", "/me")).status).toBe(200);
  });

  test("tells the state, and shows and clears the log", async () => {
    const bench = await openSandbox({ seed: "workspace" });
    await bench.call("GET", "/tags");
    expect((await control(bench, "GET", "state")).body).toMatchObject({
      contacts: 40,
      companies: 15,
      requests: 1,
    });
    expect((await control(bench, "GET", "requests")).body).toMatchObject([{ path: "/tags" }]);
    expect((await control(bench, "DELETE", "requests")).body).toEqual([]);
    expect(bench.sandbox.requests).toEqual([]);
  });

  test("turns knobs and resets", async () => {
    const bench = await openSandbox();
    await control(bench, "PATCH", "settings", { region: "EU" });
    expect(bench.sandbox.settings.region).toBe("EU");
    expect((await control(bench, "GET", "settings")).body.region).toBe("EU");
    expect((await control(bench, "PATCH", "settings", { region: "UK" })).status).toBe(400);
    await control(bench, "POST", "reset", { seed: "workspace" });
    expect(bench.sandbox.workspace.contacts.listed.size).toBe(40);
    expect(bench.sandbox.settings.region).toBe("US");
    await control(bench, "POST", "reset");
    expect(bench.sandbox.workspace.contacts.listed.size).toBe(0);
    expect((await control(bench, "POST", "reset", { seed: "forest" })).status).toBe(400);
  });

  test("keeps what is there when a reset is not understood", async () => {
    const bench = await openSandbox();
    await bench.call("POST", "/contacts", { email: "ada@example.org" });
    expect((await control(bench, "POST", "reset", { sead: "empty" })).status).toBe(400);
    expect(bench.sandbox.workspace.contacts.listed.size).toBe(1);
  });

  test("refuses a fault with a status that is none", async () => {
    const bench = await openSandbox();
    for (const status of [undefined, "500", 99, 9999]) {
      const answer = await control(bench, "POST", "faults", { kind: "status", status });
      expect(answer.status).toBe(400);
    }
    expect((await control(bench, "GET", "faults")).body).toEqual([]);
  });

  test("adds faults and takes them back", async () => {
    const bench = await openSandbox();
    const fault = { kind: "tokenRevoked", times: "always" };
    expect((await control(bench, "POST", "faults", fault)).body).toEqual([fault]);
    for (let n = 0; n < 2; n++) expect((await bench.call("GET", "/me")).status).toBe(401);
    expect((await control(bench, "DELETE", "faults")).body).toEqual([]);
    expect((await bench.call("GET", "/me")).status).toBe(200);
    expect((await control(bench, "POST", "faults", { kind: "fire" })).status).toBe(400);
    expect((await control(bench, "GET", "nothing")).status).toBe(404);
  });
});

test("a sandbox listens on this machine alone, on the port it was given or a free one", async () => {
  const { sandbox } = await openSandbox();
  expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const { port } = new URL(sandbox.url);
  await expect(fetch(`http://127.0.0.2:${port}/me`)).rejects.toThrow("fetch failed");
  await expect(startSandbox({ port: Number(port) })).rejects.toThrow("EADDRINUSE");
});

test("a hundred thousand contacts and twenty thousand companies are filled in and listed", async () => {
  const { sandbox, call } = await openSandbox();
  const { companies, contacts } = sandbox.workspace;
  const startedAt = performance.now();
  for (let n = 0; n < 20_000; n++) companies.upsert({ companyId: `c${n}`, name: `C ${n}` });
  for (let n = 0; n < 100_000; n++) {
    const contact = contacts.create({ email: `u${n}@example.com` });
    const company = companies.findByCompanyId(`c${n}`);
    if (company) companies.attach(contact, company);
  }
  const { body } = await call("GET", "/contacts?per_page=150");
  expect([body.total_count, body.data.length]).toEqual([100_000, 150]);
  expect((await call("POST", "/companies/list?per_page=60")).body.total_count).toBe(20_000);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

test("no two stores save under the same name", () => {
  const { stores } = new Workspace(() => 0, defaultSettings);
  const names = stores.flatMap(({ tables }) => Object.keys(tables));
  expect(names.length).toBeGreaterThan(stores.length);
  expect(new Set(names).size).toBe(names.length);
});
