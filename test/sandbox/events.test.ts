import { describe, expect, test } from "vitest";
import { type Bench, day, openSandbox, refusal } from "../judges/answers";
import { sdk, sdkVersions } from "../judges/intercomClient";

const email = "ada@example.com";

/** A user, and what they did at the times given, in seconds before now. */
function makeUser({ sandbox, clock }: Bench, ...secondsAgo: number[]) {
  const { contacts, events } = sandbox.workspace;
  const user = contacts.create({ email, externalId: "a-1" });
  for (const [n, seconds] of secondsAgo.entries()) {
    events.create(user, { name: `did-${n}`, createdAt: clock.ms / 1000 - seconds });
  }
  return user;
}

const namesOf = ({ body }: { body: { events: { event_name: string }[] } }) =>
  body.events.map(({ event_name }) => event_name);

describe.each(sdkVersions)("Intercom's client, version %s", (version) => {
  test("submits events", async () => {
    const bench = await openSandbox();
    const user = makeUser(bench);
    const { events } = sdk(bench, version);
    const created_at = bench.clock.ms / 1000;
    await events.create({ event_name: "ordered", created_at, id: user.id });
    await events.create({ event_name: "paid", created_at, email, metadata: { sum: "5" } });
    const { rows } = bench.sandbox.workspace.events;
    const listed = await events.list({ type: "user", summary: true, user_id: "a-1" });
    expect(listed).toMatchObject({
      intercom_user_id: user.id,
      events: [{ count: 1 }, { count: 1 }],
    });
    expect([...rows.values()].map(({ name, metadata }) => [name, metadata])).toEqual([
      ["ordered", {}],
      ["paid", { sum: "5" }],
    ]);
  });
});

describe("an event", () => {
  test("is taken with 202 and no body, for a contact named in one of three ways", async () => {
    const bench = await openSandbox();
    const { call, clock } = bench;
    const user = makeUser(bench);
    const at = clock.ms / 1000;
    const names = [{ id: user.id }, { user_id: "a-1" }, { email }];
    for (const [n, name] of names.entries()) {
      const event = { event_name: `did-${n}`, created_at: at, metadata: { price: 5 }, ...name };
      const answer = await call("POST", "/events", event);
      expect([answer.status, answer.body]).toEqual([202, undefined]);
    }
    const queries = [`intercom_user_id=${user.id}`, "user_id=a-1", `email=${email}`];
    for (const query of queries) {
      const { body } = await call("GET", `/events?type=user&${query}`);
      expect(body.events).toHaveLength(3);
      expect(body.events[0]).toEqual({
        type: "event",
        event_name: "did-2",
        created_at: at,
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        user_id: "a-1",
        intercom_user_id: user.id,
        email,
        metadata: { price: 5 },
      });
    }
  });

  test("is the same event with the same contact, name and second, and the first one stands", async () => {
    const bench = await openSandbox();
    const { call, clock, sandbox } = bench;
    const { id } = makeUser(bench);
    const other = sandbox.workspace.contacts.create({ role: "lead" }).id;
    const event = { event_name: "ordered", created_at: clock.ms / 1000, id };
    const changes = [{}, { metadata: { a: 1 } }, { event_name: "paid" }, { id: other }];
    for (const change of [...changes, { created_at: event.created_at + 1 }]) {
      expect((await call("POST", "/events", { ...event, ...change })).status).toBe(202);
    }
    const { rows } = sandbox.workspace.events;
    expect(rows.size).toBe(4);
    expect([...rows.values()][0]?.metadata).toEqual({});
  });

  test("keeps the first ten keys of its metadata, and drops the others in silence", async () => {
    const bench = await openSandbox();
    const { id } = makeUser(bench);
    const keys = Array.from({ length: 12 }, (_, n) => `key_${n}`);
    const metadata = Object.fromEntries(keys.map((key) => [key, key]));
    const event = { event_name: "ordered", created_at: 1700000000, id, metadata };
    expect((await bench.call("POST", "/events", event)).status).toBe(202);
    const [row] = bench.sandbox.workspace.events.rows.values();
    expect(Object.keys(row?.metadata ?? {})).toEqual(keys.slice(0, 10));
  });

  test("may have links and amounts of money in its metadata, and nothing else that is nested", async () => {
    const bench = await openSandbox();
    const { id } = makeUser(bench);
    const submit = (value: unknown) =>
      bench.call("POST", "/events", {
        event_name: "ordered",
        created_at: 1700000000,
        id,
        metadata: { it: value },
      });
    for (const value of [
      "desktop",
      3.67,
      1392036272,
      { url: "https://example.org/ab1de.html", value: "the dude abides" },
      { amount: 34999, currency: "eur" },
    ]) {
      expect((await submit(value)).status).toBe(202);
    }
    for (const value of [[1], { a: 1 }, { url: { a: 1 }, value: "a" }]) {
      expect(refusal(await submit(value))).toMatchObject({
        status: 400,
        message: "metadata.it can't be nested",
      });
    }
  });

  test.each([
    [{ event_name: undefined }, 400, "parameter_not_found"],
    [{ event_name: " " }, 400, "parameter_invalid"],
    [{ created_at: undefined }, 400, "parameter_not_found"],
    [{ created_at: "now" }, 400, "parameter_invalid"],
    [{ id: undefined }, 400, "parameter_not_found"],
    [{ id: "nobody" }, 404, "not_found"],
    [{ id: undefined, email: "no@example.com" }, 404, "not_found"],
    [{ id: undefined, user_id: "nobody" }, 404, "not_found"],
    [{ id: undefined, email: "lead@example.com" }, 404, "not_found"],
  ])("is refused with %j", async (change, status, code) => {
    const bench = await openSandbox();
    const { contacts, events } = bench.sandbox.workspace;
    const { id } = contacts.create({ role: "lead", email: "lead@example.com" });
    const event = { event_name: "ordered", created_at: 1700000000, id, ...change };
    expect(refusal(await bench.call("POST", "/events", event))).toMatchObject({ status, code });
    expect(events.rows.size).toBe(0);
  });

  test("goes with its contact, and to the user that its lead becomes part of", async () => {
    const bench = await openSandbox();
    const { call, clock, sandbox } = bench;
    const { contacts, events } = sandbox.workspace;
    const user = makeUser(bench, 0);
    const lead = contacts.create({ role: "lead", email });
    const createdAt = clock.ms / 1000;
    for (const name of ["did-0", "paid"]) events.create(lead, { name, createdAt });
    await call("POST", "/contacts/merge", { from: lead.id, into: user.id });
    const listed = await call("GET", `/events?type=user&intercom_user_id=${user.id}`);
    expect(namesOf(listed)).toEqual(["paid", "did-0"]);
    await call("DELETE", `/contacts/${user.id}`);
    expect(events.rows.size).toBe(0);
  });
});

describe("the list of a contact's events", () => {
  test("comes latest first, fifteen at a time, each page with the URL of the next", async () => {
    const bench = await openSandbox();
    const { call, sandbox } = bench;
    // Some in the same second.
    const seconds = Array.from({ length: 40 }, (_, n) => 100 - Math.floor(n / 4));
    const { id } = makeUser(bench, ...seconds);
    const newestFirst = seconds.map((_, n) => `did-${n}`).reverse();
    let path: string | undefined = `/events?type=user&intercom_user_id=${id}`;
    const sizes: number[] = [];
    const names: string[] = [];
    while (path) {
      const answer = await call("GET", path);
      sizes.push(answer.body.events.length);
      names.push(...namesOf(answer));
      path = answer.body.pages.next?.replace(sandbox.url, "");
    }
    expect([sizes, names]).toEqual([[15, 15, 10], newestFirst]);
    const few = await call("GET", `/events?type=user&user_id=a-1&per_page=3`);
    expect(namesOf(few)).toEqual(newestFirst.slice(0, 3));
  });

  test("has the URL that gives what happens later", async () => {
    const bench = await openSandbox();
    const { call, clock, sandbox } = bench;
    const user = makeUser(bench, 10, 0);
    const { since } = (await call("GET", "/events?type=user&user_id=a-1")).body.pages;
    const path = since.replace(sandbox.url, "");
    expect(namesOf(await call("GET", path))).toEqual([]);
    sandbox.workspace.events.create(user, { name: "later", createdAt: clock.ms / 1000 });
    expect(namesOf(await call("GET", path))).toEqual(["later"]);
  });

  test("holds the last ninety days, and the summary all", async () => {
    const bench = await openSandbox();
    const { call, clock, sandbox } = bench;
    const days = (n: number) => (n * day) / 1000;
    const user = makeUser(bench, days(89), days(91));
    const { events } = sandbox.workspace;
    const now = clock.ms / 1000;
    for (const createdAt of [now - days(200), now])
      events.create(user, { name: "paid", createdAt });
    const query = `type=user&user_id=a-1`;
    expect(namesOf(await call("GET", `/events?${query}`))).toEqual(["paid", "did-0"]);
    const { body } = await call("GET", `/events?${query}&summary=true`);
    expect(body).toMatchObject({
      type: "event.summary",
      email,
      user_id: "a-1",
      intercom_user_id: user.id,
    });
    expect(body.events).toContainEqual({
      name: "paid",
      first: "2025-08-15T17:00:00.000+00:00",
      last: "2026-03-03T17:00:00.000+00:00",
      count: 2,
      description: "",
    });
    expect(body.events).toHaveLength(3);
  });

  test.each([
    ["user_id=a-1", 400, "parameter_invalid"],
    ["type=company&user_id=a-1", 400, "parameter_invalid"],
    ["type=user", 400, "parameter_not_found"],
    ["type=user&user_id=nobody", 404, "not_found"],
    ["type=user&intercom_user_id=nobody", 404, "not_found"],
    ["type=user&email=nobody@example.com", 404, "not_found"],
    ["type=user&user_id=a-1&before=yesterday", 400, "parameter_invalid"],
  ])("is refused with %s", async (query, status, code) => {
    const bench = await openSandbox();
    makeUser(bench);
    const answer = await bench.call("GET", `/events?${query}`);
    expect(refusal(answer)).toMatchObject({ status, code });
  });
});
