import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { type Bench, openSandbox } from "../judges/answers";

interface Sent {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A request with the headers as they are: `fetch` would not send all of them. */
const send = ({ sandbox }: Bench, { method = "GET", path, headers = {}, body }: Sent) =>
  new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const Authorization = `Bearer ${sandbox.token}`;
    const options = { method, headers: { Authorization, ...headers } };
    const sent = request(`${sandbox.url}${path}`, options, async (answer) => {
      const text = Buffer.concat(await answer.toArray()).toString();
      resolve({ status: answer.statusCode, text });
    });
    sent.on("error", reject);
    sent.end(body);
  });

const portOf = ({ sandbox }: Bench) => new URL(sandbox.url).port;

const everyKindOfPath: Sent[] = [
  { method: "POST", path: "/_sandbox/reset" },
  { path: "/_sandbox/save" },
  { path: "/_sandbox/requests" },
  { method: "POST", path: "/_sandbox/webhooks", body: "{}" },
  { path: "/_sandbox/nothing" },
  { path: "/contacts" },
  { method: "POST", path: "/contacts", body: '{"role":"lead"}' },
  { method: "OPTIONS", path: "/contacts" },
  { path: "/oauth" },
  { method: "POST", path: "/auth/eagle/token" },
];

/** Sends each with these headers; gives the statuses, and holds that nothing has come of it. */
async function statusesWith(headers: (bench: Bench) => Record<string, string>) {
  const bench = await openSandbox();
  bench.sandbox.workspace.contacts.create({ role: "lead" });
  const before = JSON.stringify(bench.sandbox.save());
  const statuses = [];
  for (const sent of everyKindOfPath) {
    const { status } = await send(bench, { ...sent, headers: headers(bench) });
    statuses.push(status);
  }
  expect(JSON.stringify(bench.sandbox.save())).toBe(before);
  expect(bench.sandbox.requests).toEqual([]);
  return new Set(statuses);
}

describe("a page in a browser on this machine", () => {
  test.each([
    ["evil.example", "a name that resolves to this machine (DNS rebinding)"],
    ["evil.example:PORT", "the same with the port"],
    ["localhost", "no port"],
    ["localhost:1", "another port"],
    ["localhost.evil.example:PORT", "a name that begins with ours"],
    ["127.0.0.2:PORT", "another address"],
    ["[::]:PORT", "any address"],
  ])("can't reach it as %s: %s", async (host) => {
    const statuses = await statusesWith((bench) => ({
      Host: host.replace("PORT", portOf(bench)),
    }));
    expect(statuses).toEqual(new Set([421]));
  });

  test.each([
    "https://evil.example",
    "null",
    "http://localhost:1",
    "http://localhost:PORT",
    "https://127.0.0.1:PORT",
    "http://127.0.0.1:PORT, https://evil.example",
  ])("of the origin %s is refused at 127.0.0.1", async (origin) => {
    const statuses = await statusesWith((bench) => ({
      Origin: origin.replace("PORT", portOf(bench)),
    }));
    expect(statuses).toEqual(new Set([403]));
  });

  test.each(["cross-site", "same-site", "SAME-ORIGIN", ""])(
    "whose browser says Sec-Fetch-Site: %j is refused",
    async (site) => {
      const headers = { "Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors" };
      expect(await statusesWith(() => headers)).toEqual(new Set([403]));
    },
  );

  test("gets a sentence that names what was wrong and what would do", async () => {
    const bench = await openSandbox();
    const port = portOf(bench);
    const steering = await send(bench, { path: "/_sandbox/state", headers: { Host: "a.example" } });
    expect(JSON.parse(steering.text)).toEqual({
      error: `The Host "a.example" is not the sandbox's: use 127.0.0.1:${port}`,
    });
    const api = await send(bench, { path: "/me", headers: { Origin: "https://a.example" } });
    expect(JSON.parse(api.text)).toEqual({
      type: "error.list",
      request_id: null,
      errors: [
        {
          code: "forbidden",
          message: `The Origin "https://a.example" is another site's: send the request from a program`,
        },
      ],
    });
  });

  test("takes no fault that is meant for a client", async () => {
    const bench = await openSandbox();
    bench.sandbox.faults.add({ kind: "closed" });
    expect((await send(bench, { path: "/me", headers: { Origin: "null" } })).status).toBe(403);
    expect(bench.sandbox.faults.pending).toHaveLength(1);
  });
});

describe("a program, or the sandbox's own page", () => {
  test.each(["127.0.0.1:PORT", "localhost:PORT", "LOCALHOST:PORT", "[::1]:PORT"])(
    "reaches it as %s",
    async (name) => {
      const bench = await openSandbox();
      const Host = name.replace("PORT", portOf(bench));
      for (const path of ["/me", "/_sandbox/state"]) {
        expect((await send(bench, { path, headers: { Host } })).status).toBe(200);
        const Origin = `http://${Host.toLowerCase()}`;
        expect((await send(bench, { path, headers: { Host, Origin } })).status).toBe(200);
      }
    },
  );

  test.each(["none", "same-origin"])("is let in with Sec-Fetch-Site: %s", async (site) => {
    const headers = { "Sec-Fetch-Site": site };
    expect((await send(await openSandbox(), { path: "/me", headers })).status).toBe(200);
  });
});

describe("the page where an app gets its code", () => {
  const query = "?client_id=sandbox-client-id&redirect_uri=https%3A%2F%2Fapp.example.com%2F";
  const link = {
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
  };

  test("opens by a link or a redirect from another site", async () => {
    const sent = { path: `/oauth${query}`, headers: link };
    expect((await send(await openSandbox(), sent)).status).toBe(302);
  });

  test.each([
    ["under another host name", { ...link, Host: "evil.example" }, "GET", 421],
    ["inside of another page", { ...link, "Sec-Fetch-Dest": "iframe" }, "GET", 403],
    [
      "as an image",
      { ...link, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image" },
      "GET",
      403,
    ],
    ["by a script", { ...link, "Sec-Fetch-Mode": "no-cors" }, "GET", 403],
    ["by a form", { ...link, Origin: "https://evil.example" }, "POST", 403],
  ] as const)("does not open %s", async (_, headers, method, status) => {
    const bench = await openSandbox();
    const sent = { method, path: `/oauth${query}`, headers };
    expect((await send(bench, sent)).status).toBe(status);
    expect(bench.sandbox.requests).toEqual([]);
  });

  test("is the only one that a link may open", async () => {
    const bench = await openSandbox();
    for (const path of ["/me", "/_sandbox/state", "/_sandbox/oauth"]) {
      expect((await send(bench, { path, headers: link })).status).toBe(403);
    }
  });
});
