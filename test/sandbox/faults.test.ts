import { describe, expect, test } from "vitest";
import type { Fault } from "../../sandbox/index";
import { type Bench, openSandbox } from "../judges/answers";

/** Creates a lead, and tells the answer and how many contacts there are then. */
async function create({ sandbox }: Bench, signal?: AbortSignal) {
  const headers = { Authorization: `Bearer ${sandbox.token}`, "Content-Type": "application/json" };
  const body = JSON.stringify({ role: "lead" });
  const url = `${sandbox.url}/contacts`;
  const made = () => sandbox.workspace.contacts.listed.size;
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers,
      body,
      ...(signal ? { signal } : {}),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, made: made() };
  } catch (error) {
    return { error: error as Error, made: made() };
  }
}

const struck = async (fault: Fault) => {
  const bench = await openSandbox();
  bench.sandbox.faults.add(fault);
  const first = await create(bench);
  return { bench, first, second: await create(bench) };
};

describe("a fault strikes once, and the next request goes well", () => {
  test("status: an error list that fits it, before the work", async () => {
    const { bench, first, second } = await struck({ kind: "status", status: 503 });
    expect(first).toMatchObject({ status: 503, made: 0 });
    expect(JSON.parse(first.text ?? "")).toEqual({
      type: "error.list",
      request_id: bench.sandbox.requests[0]?.requestId,
      errors: [{ code: "service_unavailable", message: "Service Unavailable" }],
    });
    expect(second).toMatchObject({ status: 200, made: 1 });
    expect(bench.sandbox.requests.map(({ status, fault }) => [status, fault])).toEqual([
      [503, "status"],
      [200, undefined],
    ]);
  });

  test("status: with the work done, and a body and headers of one's own", async () => {
    const { first } = await struck({
      kind: "status",
      status: 500,
      headers: { "Retry-After": "7" },
      body: { oops: true },
      workDone: true,
    });
    expect(first).toMatchObject({ status: 500, text: '{"oops":true}', made: 1 });
    expect(first.headers?.get("Retry-After")).toBe("7");
  });

  test("status: with a code and a message", async () => {
    const message =
      "Request failed due to an internal network error. Please restart the scroll operation.";
    const { first } = await struck({ kind: "status", status: 500, code: "server_error", message });
    expect(JSON.parse(first.text ?? "").errors).toEqual([{ code: "server_error", message }]);
  });

  test.each([
    [undefined, 0],
    [true, 1],
  ])("closed: no answer (workDone: %s)", async (workDone, made) => {
    const fault: Fault = { kind: "closed", ...(workDone ? { workDone } : {}) };
    const { bench, first, second } = await struck(fault);
    expect(first).toMatchObject({ error: { message: "fetch failed" }, made });
    expect(second).toMatchObject({ status: 200, made: made + 1 });
    expect(bench.sandbox.requests[0]).toMatchObject({
      status: null,
      durationMs: null,
      fault: "closed",
    });
  });

  test("cut: the answer begins and breaks off, and the work is done", async () => {
    const bench = await openSandbox();
    bench.sandbox.faults.add({ kind: "cut" });
    const headers = { Authorization: `Bearer ${bench.sandbox.token}` };
    const answer = await fetch(`${bench.sandbox.url}/me`, { headers });
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow("terminated");
    bench.sandbox.faults.add({ kind: "cut" });
    expect(await create(bench)).toMatchObject({ error: { message: "terminated" }, made: 1 });
  });

  test("html: a page of a proxy", async () => {
    const { first } = await struck({ kind: "html" });
    expect(first).toMatchObject({ status: 502, made: 0 });
    expect(first.text).toMatch(/^<html>/);
    expect(first.headers?.get("Content-Type")).toBe("text/html");
  });

  test("empty: 200 with nothing in it, and the work is done", async () => {
    const { first } = await struck({ kind: "empty" });
    expect(first).toMatchObject({ status: 200, text: "", made: 1 });
    const refused = await struck({ kind: "empty", status: 504, workDone: false });
    expect(refused.first).toMatchObject({ status: 504, text: "", made: 0 });
  });

  test("rateLimited: with the time when it is over, or without any", async () => {
    const told = await struck({ kind: "rateLimited", resetInSeconds: 4 });
    const reset = told.bench.clock.ms / 1000 + 4;
    expect(told.first).toMatchObject({ status: 429, made: 0 });
    expect(told.first.headers?.get("X-RateLimit-Reset")).toBe(String(reset));
    const untold = await struck({ kind: "rateLimited" });
    expect(untold.first.status).toBe(429);
    expect(untold.first.headers?.get("X-RateLimit-Reset")).toBeNull();
  });

  test("tokenRevoked: 401", async () => {
    const { first } = await struck({ kind: "tokenRevoked" });
    expect(first.status).toBe(401);
    expect(JSON.parse(first.text ?? "").errors[0].code).toBe("token_revoked");
  });

  test("slow: the answer comes later, and is a good one", async () => {
    const { bench, first } = await struck({ kind: "slow", delayMs: 30 });
    expect(first).toMatchObject({ status: 200, made: 1 });
    expect(bench.sandbox.requests[0]?.durationMs).toBeGreaterThanOrEqual(29);
  });

  test.each([
    [undefined, 0],
    [true, 1],
  ])("hang: the client gives up (workDone: %s)", async (workDone, made) => {
    const bench = await openSandbox();
    bench.sandbox.faults.add({ kind: "hang", ...(workDone ? { workDone } : {}) });
    const patience = new AbortController();
    const first = create(bench, patience.signal);
    const { contacts } = bench.sandbox.workspace;
    const arrived = () => bench.sandbox.requests.length === 1 && contacts.listed.size === made;
    while (!arrived()) await new Promise(setImmediate);
    patience.abort();
    expect(await first).toMatchObject({ error: { name: "AbortError" }, made });
    expect((await create(bench)).made).toBe(made + 1);
  });
});

test("closing the sandbox ends an answer that hangs", async () => {
  const bench = await openSandbox();
  bench.sandbox.faults.add({ kind: "hang" });
  const hanging = create(bench);
  while (bench.sandbox.requests.length === 0) await new Promise(setImmediate);
  await bench.sandbox.close();
  expect(await hanging).toMatchObject({ error: { message: "fetch failed" } });
});

describe("which requests a fault strikes", () => {
  const statuses = async (fault: Omit<Fault, "kind">, requests: [string, string][]) => {
    const bench = await openSandbox();
    bench.sandbox.faults.add({ kind: "status", status: 500, ...fault });
    const seen = [];
    for (const [method, path] of requests) {
      const headers = { Authorization: `Bearer ${bench.sandbox.token}` };
      seen.push((await fetch(bench.sandbox.url + path, { method, headers })).status);
    }
    return { seen, pending: bench.sandbox.faults.pending };
  };

  test("those of a method", async () => {
    const { seen } = await statuses({ method: "post" }, [
      ["GET", "/tags"],
      ["POST", "/companies/list"],
    ]);
    expect(seen).toEqual([200, 500]);
  });

  test("those of a path, whatever the query, or of all that begin with it", async () => {
    const requests: [string, string][] = [
      ["GET", "/me"],
      ["GET", "/tags?x=1"],
      ["GET", "/tags/1"],
    ];
    const always = { times: Number.POSITIVE_INFINITY };
    expect((await statuses({ path: "/tags", ...always }, requests)).seen).toEqual([200, 500, 404]);
    expect((await statuses({ path: "/tags*", ...always }, requests)).seen).toEqual([200, 500, 500]);
  });

  test("as many as it was told to, after as many as it lets through", async () => {
    const four = Array.from({ length: 5 }, (): [string, string] => ["GET", "/me"]);
    const { seen, pending } = await statuses({ skip: 1, times: 2 }, four);
    expect([seen, pending]).toEqual([[200, 500, 500, 200, 200], []]);
  });

  test("one fault waits for the other, and both can be taken back", async () => {
    const { call, sandbox } = await openSandbox();
    sandbox.faults.add({ kind: "status", status: 500, path: "/nowhere" });
    sandbox.faults.add({ kind: "tokenRevoked" });
    expect((await call("GET", "/me")).status).toBe(401);
    expect(sandbox.faults.pending).toMatchObject([{ path: "/nowhere", times: 1 }]);
    sandbox.faults.clear();
    expect(sandbox.faults.pending).toEqual([]);
  });
});

test("the latency knob delays every answer", async () => {
  const { call, sandbox } = await openSandbox({ settings: { latencyMs: 20 } });
  await call("GET", "/me");
  expect(sandbox.requests[0]?.durationMs).toBeGreaterThanOrEqual(19);
});

describe("what a fault says of the rate limit", () => {
  const rateHeaders = ["limit", "remaining", "reset"].map((name) => `x-ratelimit-${name}`);
  const ask = async ({ sandbox }: Bench) => {
    const headers = { Authorization: `Bearer ${sandbox.token}` };
    const { headers: answered } = await fetch(`${sandbox.url}/me`, { headers });
    return rateHeaders.map((name) => answered.get(name));
  };

  test.each<Fault>([
    { kind: "status", status: 500 },
    { kind: "status", status: 500, workDone: true },
    { kind: "status", status: 503 },
    { kind: "status", status: 403 },
    { kind: "slow", delayMs: 0 },
    { kind: "cut" },
  ])("%j is Intercom's own answer: it says what is left, and is counted once", async (fault) => {
    const bench = await openSandbox({ settings: { requestsPerWindow: 9 } });
    const reset = String((Math.floor(bench.clock.ms / 10_000) + 1) * 10);
    bench.sandbox.faults.add(fault);
    expect(await ask(bench)).toEqual(["9", "8", reset]);
    expect(await ask(bench)).toEqual(["9", "7", reset]);
  });

  test.each<Fault>([
    { kind: "status", status: 401 },
    { kind: "status", status: 429 },
    { kind: "tokenRevoked" },
    { kind: "html" },
    { kind: "html", status: 200, workDone: true },
    { kind: "empty" },
    { kind: "rateLimited" },
  ])("%j says nothing", async (fault) => {
    const bench = await openSandbox();
    bench.sandbox.faults.add(fault);
    expect(await ask(bench)).toEqual([null, null, null]);
  });

  test("its own headers win", async () => {
    const bench = await openSandbox();
    const headers = { "X-RateLimit-Remaining": "0" };
    bench.sandbox.faults.add({ kind: "status", status: 500, headers });
    expect((await ask(bench))[1]).toBe("0");
  });
});
