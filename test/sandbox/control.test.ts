import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { startSandbox } from "../../sandbox/index";
import { type Bench, openSandbox } from "../judges/answers";
import { openReceiver } from "../stage/receiver";

async function steer({ sandbox }: Bench, method: string, path: string, body?: string) {
  const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, { method, body });
  // biome-ignore lint/suspicious/noExplicitAny: the body of an answer, as a test looks into it
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as any };
}

/** A sandbox where everything differs from a fresh one; gives what a refusal must leave as it is. */
async function inUse() {
  const bench = await openSandbox({ settings: { region: "AU" } });
  const { sandbox } = bench;
  await bench.call("POST", "/contacts", { email: "ada@example.org" });
  sandbox.settings.scrollEnd = "empty";
  sandbox.faults.add({ kind: "closed", path: "/nowhere" });
  const receiver = await openReceiver();
  await sandbox.webhooks.subscribe({ url: receiver.url });
  const all = () => ({
    saved: sandbox.save(),
    settings: structuredClone(sandbox.settings),
    faults: sandbox.faults.pending,
    requests: sandbox.requests.length,
    deliveries: sandbox.webhooks.deliveries.length,
  });
  return { bench, all };
}

const notJson = "{";
const noObjects = ["[]", "null", "5", '"text"', "true"];

describe("a reset that is refused changes nothing", () => {
  test.each([
    ['{"seed":"constructor"}', '"seed" must be one of: workspace, empty, not "constructor".'],
    ['{"seed":"__proto__"}', '"seed" must be one of: workspace, empty, not "__proto__".'],
    ['{"seed":5}', '"seed" must be one of: workspace, empty, not 5.'],
    ['{"seed":"forest"}', '"seed" must be one of: workspace, empty, not "forest".'],
    [
      '{"seed":"forest","settings":{"region":"EU"}}',
      '"seed" must be one of: workspace, empty, not "forest".',
    ],
    ['{"settings":{"region":"UK"}}', '"region" must be one of: US, EU, AU, not "UK".'],
    ['{"settings":[]}', '"settings" must be a JSON object, not [].'],
    ['{"__proto__":{}}', '"__proto__" is unknown in a reset, which may have: seed, settings.'],
    ['{"sead":"empty"}', '"sead" is unknown in a reset, which may have: seed, settings.'],
    [notJson, 'The body must be JSON, not "{".'],
    ...noObjects.map((body) => [
      body,
      `Give a JSON object of seed, settings for a reset, not ${body}.`,
    ]),
  ])("%s", async (body, sentence) => {
    const { bench, all } = await inUse();
    const before = all();
    const answer = await steer(bench, "POST", "reset", body);
    expect([answer.status, answer.body]).toEqual([400, { error: sentence }]);
    expect(all()).toEqual(before);
    expect((await bench.call("GET", "/me")).status).toBe(200);
  });

  test("in the same process as well", async () => {
    const { bench, all } = await inUse();
    const before = all();
    expect(() => bench.sandbox.reset({ seed: "toString" as "empty" })).toThrow('"seed" must be');
    expect(() => bench.sandbox.reset({ settings: { latencyMs: Number.NaN } })).toThrow("NaN");
    expect(all()).toEqual(before);
  });

  test("a sandbox does not start with a seed or a setting that is none", async () => {
    await expect(startSandbox({ seed: "valueOf" as "empty" })).rejects.toThrow('"seed" must be');
    await expect(startSandbox({ settings: { latencyMs: -1 } })).rejects.toThrow('"latencyMs" must');
  });
});

test("a setting that is left open keeps its value", async () => {
  const bench = await openSandbox({ settings: { region: "AU" } });
  bench.sandbox.reset({ settings: { region: undefined, scrollEnd: undefined } });
  expect(bench.sandbox.settings).toMatchObject({ region: "AU", scrollEnd: "404" });
});

describe("settings are refused", () => {
  const times = "a whole number from 0 to 600000";
  const year = "a whole number from 0 to 31536000000";
  const count = "a whole number from 0 to 1000000000";
  test.each([
    ['{"latencyMs":1e12}', `"latencyMs" must be ${times}, not 1000000000000.`],
    ['{"latencyMs":1.5}', `"latencyMs" must be ${times}, not 1.5.`],
    ['{"latencyMs":-1}', `"latencyMs" must be ${times}, not -1.`],
    ['{"latencyMs":null}', `"latencyMs" must be ${times}, not null.`],
    ['{"latencyMs":[5]}', `"latencyMs" must be ${times}, not [5].`],
    ['{"latencyMs":"5"}', `"latencyMs" must be ${times}, not "5".`],
    ['{"webhookTimeoutMs":1e12}', `"webhookTimeoutMs" must be ${times}, not 1000000000000.`],
    ['{"indexLagMs":1e12}', `"indexLagMs" must be ${year}, not 1000000000000.`],
    ['{"webhookDelayMs":0.5}', `"webhookDelayMs" must be ${year}, not 0.5.`],
    ['{"requestsPerWindow":1e400}', `"requestsPerWindow" must be ${count}, not Infinity.`],
    ['{"webhookDuplicateEvery":1.5}', `"webhookDuplicateEvery" must be ${count}, not 1.5.`],
    [
      '{"companiesPerPageMax":0}',
      '"companiesPerPageMax" must be a whole number from 1 to 150, not 0.',
    ],
    ['{"webhookDisorder":1}', '"webhookDisorder" must be true or false, not 1.'],
    ['{"redirectUris":"x"}', '"redirectUris" must be a list, not "x".'],
    ['{"redirectUris":[5]}', 'Each of "redirectUris" must be a web URL, not 5.'],
    ['{"redirectUris":["zz"]}', 'Each of "redirectUris" must be a web URL, not "zz".'],
    [
      '{"defaultApiVersion":"2.10"}',
      '"defaultApiVersion" must be one of: 2.11, 2.12, 2.13, 2.14, 2.15, 2.16, not "2.10".',
    ],
    [
      '{"timeZone":"Atlantis"}',
      '"timeZone" must be an IANA time zone such as Europe/Dublin, not "Atlantis".',
    ],
    [
      '{"timeZone":["UTC"]}',
      '"timeZone" must be an IANA time zone such as Europe/Dublin, not ["UTC"].',
    ],
    [notJson, 'The body must be JSON, not "{".'],
    ["", 'The body must be JSON, not "".'],
  ])("%s", async (body, sentence) => {
    const bench = await openSandbox();
    const before = structuredClone(bench.sandbox.settings);
    const answer = await steer(bench, "PATCH", "settings", body);
    expect([answer.status, answer.body]).toEqual([400, { error: sentence }]);
    expect(bench.sandbox.settings).toEqual(before);
  });

  test.each([...noObjects, '{"speed":5}', '{"toString":5}', '{"__proto__":{"region":"EU"}}'])(
    "%s, with the names of those that there are",
    async (body) => {
      const bench = await openSandbox();
      const answer = await steer(bench, "PATCH", "settings", body);
      expect(answer.status).toBe(400);
      expect(answer.body.error).toMatch(/ defaultApiVersion, timeZone, region, .* redirectUris/);
    },
  );

  test("all of them where one is wrong", async () => {
    const bench = await openSandbox();
    await steer(bench, "PATCH", "settings", '{"region":"EU","latencyMs":-1}');
    expect(bench.sandbox.settings.region).toBe("US");
  });
});

describe("a fault is refused", () => {
  const kinds = "one of: status, closed, cut, hang, html, empty, rateLimited, tokenRevoked, slow";
  const status = "a whole number from 200 to 599, except 204, 205, 304, which have no body";
  const headers = 'an object of headers and their texts, such as {"Retry-After": "7"}';
  test.each([
    ["[]", `The "kind" of a fault must be ${kinds}, not in [].`],
    ["null", `The "kind" of a fault must be ${kinds}, not in null.`],
    ["{}", `The "kind" of a fault must be ${kinds}, not nothing.`],
    ['{"kind":"constructor"}', `The "kind" of a fault must be ${kinds}, not "constructor".`],
    ['{"kind":["cut"]}', `The "kind" of a fault must be ${kinds}, not ["cut"].`],
    ['{"kind":"status","status":204}', `"status" must be ${status}, not 204.`],
    ['{"kind":"status","status":500.5}', `"status" must be ${status}, not 500.5.`],
    ['{"kind":"html","status":304}', `"status" must be ${status}, not 304.`],
    ['{"kind":"empty","status":100}', '"status" must be a whole number from 200 to 599, not 100.'],
    [
      '{"kind":"status"}',
      `"status" is missing in a fault of the kind status: it must be ${status}.`,
    ],
    [
      '{"kind":"cut","method":5}',
      '"method" must be one of: GET, HEAD, POST, PUT, PATCH, DELETE, not 5.',
    ],
    [
      '{"kind":"cut","method":"FETCH"}',
      '"method" must be one of: GET, HEAD, POST, PUT, PATCH, DELETE, not "FETCH".',
    ],
    [
      '{"kind":"cut","path":["/tags"]}',
      '"path" must be text that begins with a slash or a star, not ["/tags"].',
    ],
    [
      '{"kind":"closed","tmies":3}',
      '"tmies" is unknown in a fault of the kind closed, which may have: kind, method, path, times, skip, workDone.',
    ],
    [
      '{"kind":"cut","path":"tags"}',
      '"path" must be text that begins with a slash or a star, not "tags".',
    ],
    [
      '{"kind":"slow"}',
      '"delayMs" is missing in a fault of the kind slow: it must be a whole number from 0 to 600000.',
    ],
    ['{"kind":"cut","times":0}', '"times" must be a whole number from 1, or "always", not 0.'],
    ['{"kind":"cut","times":1.5}', '"times" must be a whole number from 1, or "always", not 1.5.'],
    ['{"kind":"cut","times":"3"}', '"times" must be a whole number from 1, or "always", not "3".'],
    ['{"kind":"cut","skip":-1}', '"skip" must be a whole number from 0 to 1000000000, not -1.'],
    ['{"kind":"hang","workDone":"no"}', '"workDone" must be true or false, not "no".'],
    [
      '{"kind":"slow","delayMs":1e12}',
      '"delayMs" must be a whole number from 0 to 600000, not 1000000000000.',
    ],
    [
      '{"kind":"rateLimited","resetInSeconds":"5"}',
      '"resetInSeconds" must be a whole number from 0 to 86400, not "5".',
    ],
    [
      '{"kind":"status","status":500,"headers":{"Retry-After":7}}',
      `"headers" must be ${headers}, not {"Retry-After":7}.`,
    ],
    [
      '{"kind":"status","status":500,"headers":{"a b":"7"}}',
      `"headers" must be ${headers}, not {"a b":"7"}.`,
    ],
    [
      '{"kind":"status","status":500,"headers":{"a":"7\\n8"}}',
      `"headers" must be ${headers}, not {"a":"7\\n8"}.`,
    ],
    ['{"kind":"status","status":500,"headers":[]}', `"headers" must be ${headers}, not [].`],
    ['{"kind":"status","status":500,"code":5}', '"code" must be text, not 5.'],
    [notJson, 'The body must be JSON, not "{".'],
  ])("%s", async (body, sentence) => {
    const bench = await openSandbox();
    const answer = await steer(bench, "POST", "faults", body);
    expect([answer.status, answer.body]).toEqual([400, { error: sentence }]);
    expect(bench.sandbox.faults.pending).toEqual([]);
  });

  test("and each kind with all that it takes is played", async () => {
    const bench = await openSandbox();
    const aim = { method: "get", path: "/me", times: 1, skip: 0 };
    const whole = { status: 418, headers: { a: "b" }, body: null, code: "c", message: "m" };
    for (const [fault, status] of [
      [{ kind: "status", ...whole, workDone: true }, 418],
      [{ kind: "html", status: 200, workDone: false }, 200],
      [{ kind: "empty", status: 204, workDone: false }, 204],
      [{ kind: "rateLimited", resetInSeconds: 0 }, 429],
      [{ kind: "tokenRevoked" }, 401],
      [{ kind: "slow", delayMs: 0 }, 200],
    ] as const) {
      const added = await steer(bench, "POST", "faults", JSON.stringify({ ...aim, ...fault }));
      expect(added.body).toEqual([{ ...aim, ...fault }]);
      const headers = { Authorization: `Bearer ${bench.sandbox.token}` };
      expect((await fetch(`${bench.sandbox.url}/me`, { headers })).status).toBe(status);
    }
  });
});

describe("a storm is refused", () => {
  test.each([
    ['{"seed":1.5,"share":0.5}', /^"seed" must be a whole number .*, not 1\.5\.$/],
    ['{"seed":1,"share":"0.5"}', /^"share" must be a number from 0 to 1, not "0\.5"\.$/],
    ['{"seed":1,"share":[0.5]}', /^"share" must be a number from 0 to 1, not \[0\.5\]\.$/],
    ['{"seed":1}', /^"share" is missing in a storm: it must be a number from 0 to 1\.$/],
    [
      '{"seed":1,"share":1,"kind":"cut"}',
      /^"kind" is unknown in a storm, which may have: seed, share\.$/,
    ],
    ["[]", /^Give a JSON object of seed, share for a storm, not \[\]\.$/],
    [notJson, /^The body must be JSON/],
  ])("%s", async (body, sentence) => {
    const bench = await openSandbox();
    const { status, body: answer } = await steer(bench, "POST", "storm", body);
    expect([status, answer.error]).toEqual([400, expect.stringMatching(sentence)]);
    expect((await bench.call("GET", "/me")).status).toBe(200);
  });
});

describe("a subscription is refused", () => {
  const url = "an http URL of this machine alone, such as http://127.0.0.1:3000/";
  test.each([
    ["[]", "Give a JSON object of url, topics for a subscription, not []."],
    ['{"url":5}', `"url" must be ${url}, not 5.`],
    ['{"url":["http://127.0.0.1/"]}', `"url" must be ${url}, not ["http://127.0.0.1/"].`],
    ['{"url":"http://a:b@127.0.0.1/"}', `"url" must be ${url}, not "http://a:b@127.0.0.1/".`],
    [
      '{"url":"http://127.0.0.1/","topics":[5]}',
      'Each of "topics" must be a topic such as contact.archived, not 5.',
    ],
    [
      '{"url":"http://127.0.0.1/","topic":"ping"}',
      '"topic" is unknown in a subscription, which may have: url, topics.',
    ],
    [notJson, 'The body must be JSON, not "{".'],
  ])("%s", async (body, sentence) => {
    const bench = await openSandbox();
    const answer = await steer(bench, "POST", "webhooks", body);
    expect([answer.status, answer.body]).toEqual([400, { error: sentence }]);
    expect(bench.sandbox.webhooks.subscriptions).toEqual([]);
  });

  test("and a slip of the pen takes none back", async () => {
    const { bench, all } = await inUse();
    const before = all();
    const { status, body } = await steer(bench, "DELETE", "webhooks?ID=1");
    expect([status, body.error]).toEqual([400, 'Webhooks are removed by "id", not by "ID".']);
    expect(all()).toEqual(before);
  });
});

describe("every answer to what steers", () => {
  test("says that a sandbox gives it", async () => {
    const bench = await openSandbox();
    const { body } = await steer(bench, "GET", "");
    expect(body).toMatchObject({ sandbox: "intercom" });
    for (const [method, path] of [
      ["GET", ""],
      ["GET", "state"],
      ["GET", "nothing"],
      ["POST", "faults"],
    ] as const) {
      expect((await steer(bench, method, path)).headers.get("X-Sandbox")).toBe("intercom");
    }
    expect((await bench.call("GET", "/me")).headers.get("X-Sandbox")).toBeNull();
  });

  test.each(["/_sandbox", "/_sandbox/", "/_sandbox/state/"])("comes at %s too", async (path) => {
    const { sandbox } = await openSandbox();
    const { status, headers } = await fetch(sandbox.url + path);
    expect([status, headers.get("X-Sandbox")]).toEqual([200, "intercom"]);
  });

  test.each([
    ["GET", "nothing"],
    ["PUT", "settings"],
  ])("says where to look: %s %s", async (method, path) => {
    const { status, body } = await steer(await openSandbox(), method, path);
    const error = `There is no ${method} /_sandbox/${path}: docs/sandbox.md has what steers the sandbox.`;
    expect([status, body]).toEqual([404, { error }]);
  });

  test("is a refusal where the body is too long", async () => {
    const { bench, all } = await inUse();
    const before = all();
    const seed = " ".repeat(10 * 1024 * 1024);
    const { status, body } = await steer(bench, "POST", "reset", `${seed}{"seed":"empty"}`);
    expect([status, body.error]).toEqual([
      413,
      "The body of a request must have at most 10485760 bytes: send less at once",
    ]);
    expect(all()).toEqual(before);
  });
});

test("a client that hangs up in the middle of a reset has reset nothing", async () => {
  const { bench, all } = await inUse();
  const before = all();
  const { port, host } = new URL(bench.sandbox.url);
  const socket = connect(Number(port), "127.0.0.1");
  socket.write(`POST /_sandbox/reset HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 100\r\n\r\n{}`);
  await new Promise<void>((resolve) => socket.end(resolve));
  await new Promise((resolve) => socket.on("close", resolve).resume());
  await steer(bench, "GET", "state");
  expect(all()).toEqual(before);
});
