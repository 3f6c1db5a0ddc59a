import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { LoggedRequest } from "../../sandbox/index";
import { type Answer, type Bench, openSandbox, refusal } from "../judges/answers";

async function ask({ sandbox }: Bench, path: string, headers: Record<string, string> = {}) {
  const Authorization = `Bearer ${sandbox.token}`;
  const answer = await fetch(sandbox.url + path, { headers: { Authorization, ...headers } });
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as Answer["body"],
  };
}

describe("the token", () => {
  test.each(["Bearer wrong", "Basic dG9r", ""])(
    "%j is refused, without rate headers",
    async (given) => {
      const bench = await openSandbox();
      const answer = await ask(bench, "/me", { Authorization: given });
      expect(refusal(answer)).toEqual({
        status: 401,
        code: "unauthorized",
        message: "Access Token Invalid",
      });
      for (const name of ["Limit", "Remaining", "Reset"]) {
        expect(answer.headers.get(`X-RateLimit-${name}`)).toBeNull();
      }
    },
  );

  test("looks like one of Intercom's and is the same in every sandbox", async () => {
    const [a, b] = [await openSandbox(), await openSandbox()];
    expect(a.sandbox.token).toMatch(/^dG9rO/);
    expect(a.sandbox.token).toBe(b.sandbox.token);
  });
});

describe("the version", () => {
  test("is the app's own where none is asked for, and is echoed", async () => {
    const bench = await openSandbox({ settings: { defaultApiVersion: "2.14" } });
    expect((await ask(bench, "/me")).headers.get("Intercom-Version")).toBe("2.14");
    const asked = await ask(bench, "/me", { "Intercom-Version": "2.16" });
    expect(asked.headers.get("Intercom-Version")).toBe("2.16");
  });

  test.each(["2.99", "latest", "1.5", "1.10", "0", "preview", "2.011", "3.0"])(
    "%s cannot be found",
    async (version) => {
      const answer = await ask(await openSandbox(), "/me", { "Intercom-Version": version });
      expect(refusal(answer)).toEqual({
        status: 400,
        code: "intercom_version_invalid",
        message: "The requested version could not be found",
      });
    },
  );
});

describe("a version that Intercom has and the sandbox does not", () => {
  test.each(["Preview", "Unstable", "1.0", "1.4", "2.0", "2.9", "2.10", "2.17"])(
    "%s is refused by a sentence that says so",
    async (version) => {
      const answer = await ask(await openSandbox(), "/me", { "Intercom-Version": version });
      expect(refusal(answer)).toEqual({
        status: 400,
        code: "intercom_version_invalid",
        message: `This sandbox plays 2.11 to 2.16, and not ${version}, which exists at Intercom`,
      });
    },
  );
});

describe("the rate limit", () => {
  const settings = { requestsPerWindow: 3 };
  const headersOf = ({ headers }: { headers: Headers }) =>
    ["Limit", "Remaining", "Reset"].map((name) => Number(headers.get(`X-RateLimit-${name}`)));

  test("counts down within ten seconds, then refuses, and starts again", async () => {
    const bench = await openSandbox({ settings });
    bench.clock.ms = 1_800_000_004_000;
    const end = 1_800_000_010;
    const answers = [];
    for (let n = 0; n < 4; n++) answers.push(await ask(bench, "/me"));
    expect(answers.map(headersOf)).toEqual([
      [3, 2, end],
      [3, 1, end],
      [3, 0, end],
      [3, 0, end],
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    bench.clock.ms = end * 1000 - 1;
    expect((await ask(bench, "/me")).status).toBe(429);
    bench.clock.ms = end * 1000;
    const fresh = await ask(bench, "/me");
    expect([fresh.status, ...headersOf(fresh)]).toEqual([200, 3, 2, end + 10]);
  });

  test("says what was exceeded and names no time to wait but the window's end", async () => {
    const bench = await openSandbox({ settings: { requestsPerWindow: 0 } });
    const answer = await ask(bench, "/me");
    expect(answer.body).toEqual({
      type: "error.list",
      request_id: answer.headers.get("X-Request-Id"),
      errors: [{ code: "rate_limit_exceeded", message: "Exceeded rate limit of 0 in 10_seconds" }],
    });
    expect(answer.headers.get("Retry-After")).toBeNull();
  });

  test("counts refusals too, but not requests without a valid token", async () => {
    const bench = await openSandbox({ settings });
    await ask(bench, "/me", { Authorization: "Bearer wrong" });
    await ask(bench, "/nowhere");
    expect(headersOf(await ask(bench, "/me"))[1]).toBe(1);
  });
});

describe("every answer", () => {
  test("has a request id of twenty characters, which its error list repeats", async () => {
    const { body, headers, status } = await ask(await openSandbox(), "/nowhere");
    const id = headers.get("X-Request-Id");
    expect(id).toMatch(/^[0-9a-v]{20}$/);
    expect([status, body]).toEqual([
      404,
      {
        type: "error.list",
        request_id: id,
        errors: [
          {
            code: "not_found",
            message: "This sandbox has no GET /nowhere: docs/sandbox.md has what it covers",
          },
        ],
      },
    ]);
  });

  test("is dated by the sandbox's clock", async () => {
    const bench = await openSandbox();
    bench.clock.ms = Date.UTC(2030, 0, 2, 3, 4, 5);
    const { headers } = await ask(bench, "/me");
    expect(headers.get("Date")).toBe("Wed, 02 Jan 2030 03:04:05 GMT");
    expect(headers.get("Content-Type")).toBe("application/json; charset=utf-8");
  });

  test("to a method that a path does not have is 404", async () => {
    const { sandbox } = await openSandbox();
    const headers = { Authorization: `Bearer ${sandbox.token}` };
    const answer = await fetch(`${sandbox.url}/contacts`, { method: "PATCH", headers });
    expect(answer.status).toBe(404);
  });

  test.each(["{", "[]", '"text"', "name=Ada"])("to the body %j is 400", async (body) => {
    const { sandbox } = await openSandbox();
    const headers = { Authorization: `Bearer ${sandbox.token}` };
    const answer = await fetch(`${sandbox.url}/contacts`, { method: "POST", headers, body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ code: "parameter_invalid" }] });
  });
});

describe("the log of requests", () => {
  test("holds what came and what was answered, without the token", async () => {
    const bench = await openSandbox();
    await bench.call("POST", "/contacts?a=%20b&c=1", { role: "lead" }, "2.12");
    const [logged] = bench.sandbox.requests;
    expect(logged).toMatchObject({
      method: "POST",
      path: "/contacts?a=%20b&c=1",
      query: { a: " b", c: "1" },
      body: { role: "lead" },
      status: 200,
      apiVersion: "2.12",
      atMs: bench.clock.ms,
      headers: { authorization: "Bearer [hidden]", "content-type": "application/json" },
    });
    expect(JSON.stringify(bench.sandbox.requests)).not.toContain(bench.sandbox.token);
  });

  test("holds refused requests, and text that is no JSON as it came", async () => {
    const { sandbox } = await openSandbox();
    const headers = { Authorization: `Bearer ${sandbox.token}` };
    await fetch(`${sandbox.url}/contacts`, { method: "POST", headers, body: "a=1" });
    expect(sandbox.requests).toMatchObject([{ status: 400, body: "a=1" }]);
  });

  test("keeps the last 5,000, and counts all", async () => {
    const { sandbox, call } = await openSandbox();
    const count = async () => {
      const answer = await fetch(`${sandbox.url}/_sandbox/state`);
      return ((await answer.json()) as { requests: number }).requests;
    };
    await call("GET", "/me?first");
    const [first] = sandbox.requests as [LoggedRequest];
    // As if there had been many.
    sandbox.requests.push(...Array<LoggedRequest>(4999).fill(first));
    await call("GET", "/me?last");
    expect(sandbox.requests).toHaveLength(5000);
    expect(sandbox.requests.at(-1)?.path).toBe("/me?last");
    expect(await count()).toBe(5001);
    sandbox.reset();
    expect([sandbox.requests, await count()]).toEqual([[], 0]);
  });

  test("keeps the beginning of a very long body", async () => {
    const { sandbox, call } = await openSandbox();
    const name = "a".repeat(70_000);
    await call("POST", "/contacts", { role: "lead", name });
    expect(sandbox.requests[0]?.body).toBe(JSON.stringify({ role: "lead", name }).slice(0, 65_536));
    expect([...sandbox.workspace.contacts.listed][0]?.name).toBe(name);
  });
});

describe("a body", () => {
  const mostBytes = 10 * 1024 * 1024;
  const post = (
    { sandbox }: Bench,
    body: string | ReadableStream,
    headers: Record<string, string> = {},
  ) => {
    const Authorization = `Bearer ${sandbox.token}`;
    const init = { method: "POST", headers: { Authorization, ...headers }, body };
    return fetch(`${sandbox.url}/contacts`, { ...init, duplex: "half" });
  };
  /** Sent in pieces, so that nothing says beforehand how long it is; counts those that were taken. */
  const inPieces = (size: number) => {
    const piece = new Uint8Array(1024 * 1024).fill(32);
    const stream = { taken: 0, body: undefined as unknown as ReadableStream };
    stream.body = new ReadableStream({
      pull(controller) {
        if (stream.taken * piece.length >= size) return controller.close();
        stream.taken++;
        controller.enqueue(piece);
      },
    });
    return stream;
  };

  test("of the greatest length is read", async () => {
    const bench = await openSandbox();
    const text = '{"role":"lead"}'.padEnd(mostBytes);
    expect((await post(bench, text)).status).toBe(200);
  });

  test.each(["with its length", "in pieces"])("that is longer is 413: %s", async (how) => {
    const bench = await openSandbox();
    const body = how === "in pieces" ? inPieces(mostBytes + 1).body : " ".repeat(mostBytes + 1);
    const answer = await post(bench, body);
    expect(answer.headers.get("X-RateLimit-Remaining")).toBe("1665");
    expect([answer.status, ((await answer.json()) as Answer["body"]).errors]).toEqual([
      413,
      [
        {
          code: "request_entity_too_large",
          message: "The body of a request must have at most 10485760 bytes: send less at once",
        },
      ],
    ]);
    expect(bench.sandbox.requests).toMatchObject([{ status: 413, body: undefined }]);
    expect(bench.sandbox.workspace.contacts.listed.size).toBe(0);
  });

  test("is not read for a wrong token", async () => {
    const bench = await openSandbox();
    const { body } = inPieces(1);
    const answer = await post(bench, body, { Authorization: "Bearer wrong" });
    expect(answer.status).toBe(401);
    expect(bench.sandbox.requests).toMatchObject([{ status: 401, body: undefined }]);
    // One that never ends is answered as well.
    const endless = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(9)),
    });
    expect((await post(bench, endless, { Authorization: "Bearer wrong" })).status).toBe(401);
  });

  test("that its sender breaks off has done nothing, and nobody is told of a fault", async () => {
    const bench = await openSandbox();
    const { sandbox } = bench;
    const said = vi.spyOn(console, "error");
    onTestFinished(() => said.mockRestore());
    sandbox.faults.add({ kind: "status", status: 500 });
    const { port, host } = new URL(sandbox.url);
    const head = [
      "POST /contacts HTTP/1.1",
      `Host: ${host}`,
      `Authorization: Bearer ${sandbox.token}`,
      "Content-Length: 100",
    ];
    for (const end of ["end", "destroy"] as const) {
      const socket = connect(Number(port), "127.0.0.1");
      const sent = `${head.join("\r\n")}\r\n\r\n{"role":"lead"}`;
      await new Promise<unknown>((resolve) => socket.write(sent, resolve));
      const closed = once(socket, "close");
      socket[end]();
      socket.resume();
      await closed;
    }
    await vi.waitFor(() => expect(sandbox.requests).toHaveLength(2), { timeout: 10_000 });
    expect(sandbox.requests).toMatchObject([
      { status: null, body: undefined },
      { status: null, body: undefined },
    ]);
    expect(said).not.toHaveBeenCalled();
    expect(sandbox.workspace.contacts.listed.size).toBe(0);
    // It has taken no fault that is meant for a whole request.
    expect((await post(bench, '{"role":"lead"}')).status).toBe(500);
    expect((await post(bench, '{"role":"lead"}')).status).toBe(200);
  });
});
