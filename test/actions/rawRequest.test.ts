import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { runInNewContext } from "node:vm";
import { testing } from "@prismatic-io/spectral";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import component from "../../src/index";
import { openWorkbench, runClockFast } from "../stage/workbench";

/** A server that keeps the bytes that it gets. */
async function listen() {
  const bodies: Buffer[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer(async (request, response) => {
    headers.push(request.headers);
    bodies.push(Buffer.concat(await request.toArray()));
    response.end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, bodies, headers };
}

/** An object that holds itself. */
function circular(): object {
  const value: Record<string, unknown> = {};
  value.self = value;
  return value;
}

const get = (url: string) => ({ method: "GET", url });

describe("a raw request", () => {
  test("reaches any path, with query, headers and a body in JSON", async () => {
    const { run, sandbox } = await openWorkbench();
    const tag = await run<{ name: string }>("rawRequest", {
      method: "POST",
      url: "/tags?from=url",
      queryParams: [
        { key: "page", value: "2" },
        { key: "page", value: "3" },
        { key: "", value: "" },
      ],
      headers: [{ key: "X-Trace", value: "17" }],
      data: '{"name": "VIP"}',
    });
    expect(tag).toMatchObject({ name: "VIP" });
    expect(sandbox.requests).toMatchObject([
      {
        path: "/tags?from=url&page=2&page=3",
        body: { name: "VIP" },
        headers: {
          "content-type": "application/json",
          "x-trace": "17",
          "intercom-version": "2.11",
        },
      },
    ]);
  });

  test.each(["tags", "/tags"])("the path %s is below the connection's host", async (url) => {
    const { run, sent } = await openWorkbench();
    await run("rawRequest", get(url));
    expect(sent()).toEqual(["GET /tags"]);
  });

  test("an absolute URL on the connection's host is accepted", async () => {
    const { run, sandbox, sent } = await openWorkbench();
    await run("rawRequest", get(`${sandbox.url}/tags`));
    expect(sent()).toEqual(["GET /tags"]);
  });

  test.each([
    "https://example.org/tags",
    "https://api.intercom.io.example.org/tags",
    "https://api.intercom.io@example.org/tags",
    "https://user:secret@api.intercom.io/tags",
    "https://api.intercom.io:8443/tags",
    "http://api.intercom.io/tags",
    "//example.org/tags",
    "\\\\example.org/tags",
    "ftp://api.intercom.io/tags",
    "javascript:alert(1)",
  ])("%s is refused, because the token would go there", async (url) => {
    const { refusal, sandbox } = await openWorkbench();
    const { message } = await refusal("rawRequest", get(url));
    expect(message).toMatch(/^"URL" must be a path such as \/contacts, or a URL on /);
    expect(message).toContain("https://api.eu.intercom.io");
    expect(sandbox.requests).toEqual([]);
  });

  test("the user's headers win, and all rows of one name arrive", async () => {
    const { run, sandbox } = await openWorkbench();
    await run("rawRequest", {
      ...get("/tags"),
      headers: [
        { key: "Intercom-Version", value: "2.16" },
        { key: "Cookie", value: "a=1" },
        { key: "cookie", value: "b=2" },
        { key: "X-Trace", value: "17" },
        { key: "x-trace", value: "18" },
        { key: "User-Agent", value: "me" },
        { key: "Accept", value: "*/*" },
      ],
    });
    expect(sandbox.requests).toMatchObject([{ apiVersion: "2.16", status: 200 }]);
    expect(sandbox.requests[0]?.headers).toMatchObject({
      cookie: "a=1; b=2",
      "x-trace": "17, 18",
      "user-agent": "me",
      accept: "*/*",
    });
  });

  test.each([
    "Authorization",
    "AUTHORIZATION ",
    "Proxy-Authorization",
    "Host",
    "Content-Length",
    "Transfer-Encoding",
    "Connection",
    "Keep-Alive",
    "Proxy-Connection",
    "TE",
    "Trailer",
    "Upgrade",
    "Expect",
  ])("the header %s is refused by name, and nothing is sent", async (key) => {
    const { refusal, sandbox } = await openWorkbench();
    const headers = [{ key, value: "other" }];
    expect((await refusal("rawRequest", { ...get("/tags"), headers })).message).toBe(
      `"Header" can't set ${key.trim().toLowerCase()}, because the connection and the rest of the request decide its value. Remove the row.`,
    );
    expect(sandbox.requests).toEqual([]);
  });

  test("form and file data are sent as multipart", async () => {
    const { refusal, sandbox } = await openWorkbench();
    await refusal("rawRequest", {
      method: "POST",
      url: "/no/such/path",
      formData: [{ key: "title", value: "Broken" }],
      fileData: [{ key: "upload", value: Buffer.from("a,b") }],
      fileDataFileNames: [{ key: "upload", value: "table.csv" }],
    });
    const [request] = sandbox.requests;
    expect(request?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(request?.body).toMatch(/name="title"\r\n\r\nBroken\r\n/);
    expect(request?.body).toMatch(/name="upload"; filename="table.csv"\r\n[\s\S]*\r\n\r\na,b\r\n/);
  });

  test("values that are not text are sent as a person would write them, and rows without a value are left out", async () => {
    const { run, sandbox } = await openWorkbench();
    await run("rawRequest", {
      ...get("/tags"),
      queryParams: [
        { key: "at", value: new Date(0) },
        { key: "filter", value: { a: 1 } },
        { key: "none", value: null },
        { key: "missing" },
      ],
      headers: [
        { key: "X-None", value: undefined },
        { key: "Intercom-Version", value: "" },
      ],
    });
    expect(sandbox.requests[0]?.query).toEqual({
      at: "1970-01-01T00:00:00.000Z",
      filter: '{"a":1}',
    });
    expect(sandbox.requests[0]?.headers).not.toHaveProperty("x-none");
    expect(sandbox.requests[0]?.apiVersion).toBe("2.11");
  });

  describe("bytes are sent unchanged", () => {
    /** Bytes that are not UTF-8, with line breaks of every kind. */
    const bytes = Buffer.from([0x89, 0x50, 0x0d, 0x0a, 0x1a, 0x0a, 0x0d, 0x00, 0xff, 0xfe, 0x80]);
    const list = JSON.stringify([...bytes]);

    /** Posts to a server that keeps what it gets. */
    async function openPost() {
      const { port, bodies, headers } = await listen();
      const { connection, run } = await openWorkbench();
      const fields = { ...connection.fields, baseUrl: `http://127.0.0.1:${port}` };
      const usual = { connection: { ...connection, fields }, method: "POST", url: "/x" };
      return async (inputs: object) => {
        await run("rawRequest", { ...usual, responseType: "text", ...inputs });
        return { body: bodies.pop() ?? Buffer.alloc(0), type: headers.pop()?.["content-type"] };
      };
    }

    const sharedBuffer = () => {
      const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
      shared.set(bytes);
      return shared.buffer;
    };
    const within = new Uint8Array([1, 2, ...bytes, 3]);
    const forms: Record<string, () => unknown> = {
      "a Buffer": () => bytes,
      "a Uint8Array": () => new Uint8Array(bytes),
      "a Uint8Array within a buffer": () => within.subarray(2, -1),
      "an Int8Array": () => new Int8Array(bytes),
      "a DataView within a buffer": () => new DataView(within.buffer, 2, bytes.length),
      "an ArrayBuffer": () => new Uint8Array(bytes).buffer,
      "a SharedArrayBuffer": sharedBuffer,
      "the JSON of a Buffer": () => JSON.parse(JSON.stringify(bytes)),
      "a Uint8Array of another realm": () => runInNewContext(`new Uint8Array(${list})`),
      "an ArrayBuffer of another realm": () => runInNewContext(`new Uint8Array(${list}).buffer`),
      "the JSON of a Buffer of another realm": () =>
        runInNewContext(`({ type: "Buffer", data: ${list} })`),
    };

    /** The bytes between the blank line after a part's head and the next boundary. */
    function partsOf(body: Buffer, type: string | undefined) {
      const [, boundary] = /boundary=(.+)$/.exec(type ?? "") ?? [];
      const pieces = body.toString("latin1").split(`--${boundary}`).slice(1, -1);
      return pieces.map((piece) => {
        const end = piece.indexOf("\r\n\r\n");
        const value = Buffer.from(piece.slice(end + 4, -2), "latin1");
        return { head: piece.slice(2, end), value };
      });
    }

    test.each(Object.keys(forms))("from %s", async (name) => {
      const post = await openPost();
      const value = forms[name]?.();
      expect(await post({ data: value })).toEqual({
        body: bytes,
        type: "application/octet-stream",
      });
      const payload = { data: value, contentType: "image/png" };
      expect(await post({ data: payload })).toEqual({ body: bytes, type: "image/png" });
      const { body, type } = await post({
        formData: [
          { key: "a", value },
          { key: "b", value: payload },
        ],
        fileData: [
          { key: "c", value },
          { key: "d", value: payload },
        ],
      });
      const disposition = (key: string) =>
        `Content-Disposition: form-data; name="${key}"; filename="${key}"`;
      expect(partsOf(body, type)).toEqual([
        { head: disposition("a"), value: bytes },
        { head: `${disposition("b")}\r\nContent-Type: image/png`, value: bytes },
        { head: `${disposition("c")}\r\nContent-Type: application/octet-stream`, value: bytes },
        { head: `${disposition("d")}\r\nContent-Type: image/png`, value: bytes },
      ]);
    });

    test("and so is text, with its line breaks", async () => {
      const post = await openPost();
      const text = "a\nb\rc\r\né👩‍💻\0";
      expect((await post({ data: text })).body).toEqual(Buffer.from(text));
      const { body, type } = await post({
        formData: [
          { key: "a", value: text },
          { key: 'b"\r\n', value: Buffer.from(text) },
        ],
        fileData: [
          { key: "c", value: text },
          { key: "d", value: { data: text, contentType: "text/csv" } },
        ],
      });
      expect(partsOf(body, type).map(({ value }) => value.toString())).toEqual(Array(4).fill(text));
      expect(partsOf(body, type).map(({ head }) => head)).toEqual([
        'Content-Disposition: form-data; name="a"',
        'Content-Disposition: form-data; name="b%22%0D%0A"',
        'Content-Disposition: form-data; name="c"; filename="c"\r\nContent-Type: text/plain',
        'Content-Disposition: form-data; name="d"; filename="d"\r\nContent-Type: text/csv',
      ]);
    });

    test("of any length and kind", async () => {
      const post = await openPost();
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (given) => {
          const { body, type } = await post({ formData: [{ key: "a", value: given }] });
          expect(partsOf(body, type)[0]?.value).toEqual(Buffer.from(given));
        }),
        { numRuns: 50 },
      );
    });

    test("each file of a key has the name in the same place", async () => {
      const post = await openPost();
      const file = (key: string, value: unknown) => ({ key, value });
      const { body, type } = await post({
        fileData: [file("a", "1"), file("b", "2"), file("a", ""), file("a", "3"), file("a", "4")],
        fileDataFileNames: [
          file("a", "first"),
          file("a", "of the empty one"),
          file("b", "other"),
          file("a", ""),
          file("a", "last"),
        ],
      });
      const named = partsOf(body, type).map(({ head, value }) => [
        /filename="([^"]*)"/.exec(head)?.[1],
        value.toString(),
      ]);
      expect(named).toEqual([
        ["first", "1"],
        ["other", "2"],
        ["a", "3"],
        ["last", "4"],
      ]);
    });

    test.each<[string, () => unknown]>([
      ["bytes within an object", () => ({ attachment: new Uint8Array(bytes) })],
      ["a Buffer within a list", () => [bytes]],
      ["an ArrayBuffer deep within", () => ({ a: [{ b: new Uint8Array(bytes).buffer }] })],
      ["a Map", () => new Map([["a", 1]])],
      ["a Blob", () => new Blob([bytes])],
      ["what has itself inside", circular],
      ["a big integer within an object", () => ({ id: 1n })],
      ["a function", () => () => 1],
      ["a symbol", () => Symbol("x")],
      ["text that is not well-formed", () => "a\ud800b"],
    ])("and %s is refused, because it can't", async (_name, make) => {
      const { refusal, sandbox } = await openWorkbench();
      const rows = [{ key: "a", value: make() }];
      for (const [label, inputs] of Object.entries({
        Data: { data: make() },
        "Form Data": { formData: rows },
        "File Data": { fileData: rows },
        "Query Parameter": { queryParams: rows },
        Header: { headers: rows },
      })) {
        const post = { method: "POST", url: "/tags", ...inputs };
        expect((await refusal("rawRequest", post)).message).toContain(
          `"${label}" must be well-formed text, a value that JSON can hold, bytes, or a file { data, contentType } with bytes, not `,
        );
      }
      expect(sandbox.requests).toEqual([]);
    });

    test("a file's type that is not one line of text is refused by name", async () => {
      const { refusal, sandbox } = await openWorkbench();
      const data = { data: bytes, contentType: "image/png\r\nX-A: 1" };
      expect((await refusal("rawRequest", { method: "POST", url: "/tags", data })).message).toBe(
        '"Data" must be a file whose contentType is text in one line, not "image/png\\r\\nX-A: 1".',
      );
      expect(sandbox.requests).toEqual([]);
    });

    test("a form keeps its boundary whatever Content-Type says, and refuses another type", async () => {
      const post = await openPost();
      const formData = [{ key: "a", value: "1" }];
      const header = (value: string) => [{ key: "Content-Type", value }];
      for (const value of ["multipart/form-data", "Multipart/Form-Data; boundary=mine"]) {
        const { body, type } = await post({ formData, headers: header(value) });
        expect(partsOf(body, type).map(({ value }) => value.toString())).toEqual(["1"]);
      }
      const { refusal } = await openWorkbench();
      const json = { ...get("/tags"), formData, headers: header("application/json") };
      expect((await refusal("rawRequest", json)).message).toMatch(
        /^"Header" can't set content-type where "Form Data" or "File Data" is filled in/,
      );
    });
  });

  test("a binary answer comes with its type", async () => {
    const { connection } = await openWorkbench();
    const harness = testing.createHarness(component);
    const inputs = { connection, ...get("/tags"), responseType: "arraybuffer" };
    const logger = { debug: () => undefined };
    expect(await harness.action("rawRequest", inputs, { logger } as never)).toMatchObject({
      data: expect.any(Buffer),
      contentType: "application/json; charset=utf-8",
    });
  });

  test("text and binary answers come unchanged", async () => {
    const { run } = await openWorkbench();
    await run("createTag", { name: "VIP" });
    const text = await run<string>("rawRequest", { ...get("/tags"), responseType: "text" });
    const binary = await run<Buffer>("rawRequest", {
      ...get("/tags"),
      responseType: "arraybuffer",
    });
    expect(JSON.parse(text)).toMatchObject({ data: [{ name: "VIP" }] });
    expect(binary).toBeInstanceOf(Buffer);
    expect(binary.toString()).toBe(text);
  });

  test("a refusal quotes Intercom, whatever Response Type says", async () => {
    for (const responseType of ["json", "text", "arraybuffer"]) {
      const { refusal, sandbox } = await openWorkbench();
      const error = await refusal("rawRequest", { ...get("/tags/nope"), responseType });
      expect(error).toMatchObject({ status: 404, code: "not_found" });
      expect(error.message).toContain(`Intercom refused to GET ${sandbox.url}/tags/nope: `);
    }
  });

  test("Debug Request logs this one request, without the token", async () => {
    const { log, run, sandbox } = await openWorkbench();
    await run("rawRequest", {
      method: "POST",
      url: "/tags",
      data: '{"name":"VIP"}',
      headers: [{ key: "X-Trace", value: "17" }],
      debugRequest: "true",
    });
    const logged = log.join("\n");
    expect(logged).toContain('"x-trace":"17"');
    expect(logged).toContain('{\\"name\\":\\"VIP\\"}');
    expect(logged).not.toContain(sandbox.token);
    expect(logged.toLowerCase()).not.toContain("bearer");
  });

  test("Debug Request hides the values of headers that may be secret", async () => {
    const { log, run } = await openWorkbench();
    const names = ["Cookie", "X-Api-Key", "X-Auth", "X-Hub-Signature", "X-Session", "My-Password"];
    const headers = names.map((key) => ({ key, value: "s3cr3t" }));
    await run("rawRequest", { ...get("/tags"), headers, debugRequest: "true" });
    expect(log.join("\n")).toContain('"cookie":"[hidden]"');
    expect(log.join("\n")).not.toContain("s3cr3t");
  });

  test("Debug Request logs the keys of a form, and not its values", async () => {
    const { log, refusal } = await openWorkbench();
    await refusal("rawRequest", {
      method: "POST",
      url: "/nowhere",
      formData: [{ key: "title", value: "Broken" }],
      fileData: [{ key: "upload", value: Buffer.from("a,b") }],
      debugRequest: true,
    });
    expect(log.join("\n")).toContain('"body":["title","upload"]');
    expect(log.join("\n")).not.toContain("Broken");
  });

  test("Debug Request logs the first 10,000 characters of a text body, and the size of a binary one", async () => {
    const { log, refusal } = await openWorkbench();
    const post = { method: "POST", url: "/nowhere", debugRequest: true };
    await refusal("rawRequest", { ...post, data: `${"x".repeat(9_999)}yz` });
    expect(log.join("\n")).toContain(`"${"x".repeat(9_999)}…"`);
    await refusal("rawRequest", { ...post, data: Buffer.from([1, 2, 3]) });
    expect(log.join("\n")).toContain('"body":"3 bytes"');
  });

  test.each([
    [{ url: "/tags" }, '"Method" is empty: fill it in.'],
    [{ method: "GET" }, '"URL" is empty: fill it in.'],
    [
      { ...get("/tags"), queryParams: ["page"] },
      '"Query Parameter" must be a list of keys and values, and row 1 is text.',
    ],
    [
      { ...get("/tags"), formData: '{"a": 1}' },
      '"Form Data" must be a list of keys and values, not text.',
    ],
    [
      {
        ...get("/tags"),
        headers: [
          { key: "", value: "" },
          { key: " ", value: "Bearer x" },
        ],
      },
      '"Header" must be a list of keys and values, and row 2 has no key.',
    ],
    [
      { ...get("/tags"), queryParams: [{ key: { a: 1 }, value: "1" }] },
      '"Query Parameter" must be a list of keys and values, and row 1 has an object as its key.',
    ],
    [
      get("/tags\\1"),
      expect.stringMatching(/^"URL" must be a path such as .*; not "\/tags\\\\1"\.$/),
    ],
    [
      { ...get("/tags"), maxRetries: "-1" },
      '"Max Retry Count" must be a whole number from 0 to 100, not "-1".',
    ],
    [{ ...get("/tags"), timeout: "soon" }, '"Timeout" must be a whole number, not "soon".'],
    [
      { ...get("/tags"), headers: [{ key: "X-A", value: "1\r\nX-B: 2" }] },
      '"Header" can\'t send line breaks, control characters or characters beyond Latin-1, and the value of "X-A" has some: remove them.',
    ],
    [
      { ...get("/tags"), headers: [{ key: "X-A", value: "a → b" }] },
      '"Header" can\'t send line breaks, control characters or characters beyond Latin-1, and the value of "X-A" has some: remove them.',
    ],
    [
      { ...get("/tags"), headers: [{ key: "X A", value: "1" }] },
      '"Header" must have a header\'s name for each key, such as X-Trace; key 1 is not a valid name.',
    ],
    [
      { method: "POST", url: "/tags", data: "{}", formData: [{ key: "a", value: "1" }] },
      '"Data" can\'t be sent together with "Form Data" or "File Data": empty one of them.',
    ],
  ])("%j is refused by name, and nothing is sent", async (inputs, sentence) => {
    const { refusal, sandbox } = await openWorkbench();
    expect((await refusal("rawRequest", inputs)).message).toEqual(sentence);
    expect(sandbox.requests).toEqual([]);
  });

  test("a method that is not on the list is refused", async () => {
    const { refusal, sandbox } = await openWorkbench();
    const { message } = await refusal("rawRequest", { method: "FETCH", url: "/tags" });
    expect(message).toMatch(/^"Method" must be one of DELETE, GET, .*PUT.*, not "FETCH"\.$/);
    expect(sandbox.requests).toEqual([]);
  });
});

describe("retrying a raw request", () => {
  test("is off by default", async () => {
    const { refusal, sandbox } = await openWorkbench();
    sandbox.faults.add({ kind: "status", status: 500 });
    expect(await refusal("rawRequest", get("/tags"))).toMatchObject({ status: 500 });
    expect(sandbox.requests).toHaveLength(1);
  });

  test("is done as often as Max Retry Count says, after a 500 or no answer", async () => {
    const { run, sandbox } = await openWorkbench();
    sandbox.faults.add({ kind: "status", status: 500 });
    sandbox.faults.add({ kind: "closed" });
    await run("rawRequest", { ...get("/tags"), maxRetries: "2" });
    expect(sandbox.requests).toHaveLength(3);
  });

  test.each(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])(
    "of a %s is done, because the method is idempotent",
    async (method) => {
      const { refusal, sandbox } = await openWorkbench();
      sandbox.faults.add({ kind: "status", status: 500, times: 3 });
      await refusal("rawRequest", { method, url: "/nowhere", maxRetries: "2" });
      expect(sandbox.requests).toHaveLength(3);
    },
  );

  test.each(["POST", "PATCH", "LINK", "UNLINK", "PURGE"])(
    "of a %s is not done, because Intercom may have done the work",
    async (method) => {
      const { refusal, sandbox } = await openWorkbench();
      sandbox.faults.add({ kind: "status", status: 500 });
      await refusal("rawRequest", { method, url: "/nowhere", maxRetries: "2" });
      expect(sandbox.requests).toHaveLength(1);
    },
  );

  test.each(["POST", "PUT", "PATCH", "DELETE", "LINK"])(
    "of a %s is left to the user, and the error says that Intercom may have done the work",
    async (method) => {
      const { refusal, sandbox } = await openWorkbench();
      sandbox.faults.add({ kind: "closed" });
      expect((await refusal("rawRequest", { method, url: "/nowhere" })).message).toMatch(
        /Intercom may have done it nevertheless: check in Intercom before you send it again\.$/,
      );
    },
  );

  test.each(["GET", "HEAD", "OPTIONS"])("of a %s leaves nothing in doubt", async (method) => {
    const { refusal, sandbox } = await openWorkbench();
    sandbox.faults.add({ kind: "closed" });
    const { message } = await refusal("rawRequest", { method, url: "/nowhere" });
    expect(message).toContain("gave no usable answer");
    expect(message).not.toContain("It may have been done");
  });

  test("of a POST is done only with Retry On All Errors, because Intercom may have done the work", async () => {
    const post = { method: "POST", url: "/contacts", data: '{"role":"lead"}', maxRetries: "2" };
    const { refusal, run, sandbox } = await openWorkbench();
    sandbox.faults.add({ kind: "closed" });
    expect((await refusal("rawRequest", post)).message).toContain(
      "Intercom may have done it nevertheless",
    );
    expect(sandbox.requests).toHaveLength(1);
    sandbox.faults.add({ kind: "closed" });
    await run("rawRequest", { ...post, retryAllErrors: "true" });
    expect(sandbox.requests).toHaveLength(3);
  });

  test("of a refusal is done only with Retry On All Errors", async () => {
    const { refusal, sandbox } = await openWorkbench();
    await refusal("rawRequest", { ...get("/nope"), maxRetries: "2" });
    expect(sandbox.requests).toHaveLength(1);
    await refusal("rawRequest", { ...get("/nope"), maxRetries: "2", retryAllErrors: true });
    expect(sandbox.requests).toHaveLength(4);
  });

  test("waits for Retry Delay, or doubles with Use Exponential Backoff", async () => {
    runClockFast();
    const { log, run, sandbox } = await openWorkbench();
    const waits = () => log.splice(0).flatMap((line) => /Waiting ([\d.]+) s/.exec(line)?.[1] ?? []);
    sandbox.faults.add({ kind: "status", status: 500, times: 2 });
    await run("rawRequest", { ...get("/tags"), maxRetries: "2", retryDelayMS: "3000" });
    expect(waits()).toEqual(["3.0", "3.0"]);
    sandbox.faults.add({ kind: "status", status: 500, times: 2 });
    await run("rawRequest", { ...get("/tags"), maxRetries: "2", useExponentialBackoff: "true" });
    const [first, second] = waits().map(Number);
    expect(first).toBeGreaterThanOrEqual(0.5);
    expect(second).toBeGreaterThanOrEqual(1);
  });

  test.each(["GET", "POST", "PUT", "PATCH", "DELETE"])(
    "after a 429 a %s waits for the limit to be lifted, whatever Max Retry Count says",
    async (method) => {
      runClockFast();
      const { refusal, sandbox } = await openWorkbench();
      sandbox.faults.add({ kind: "rateLimited", resetInSeconds: 5 });
      await refusal("rawRequest", { method, url: "/nowhere" });
      expect(sandbox.requests.map(({ status }) => status)).toEqual([429, 404]);
    },
  );

  test("ends after 30 s where no Timeout is given", async () => {
    runClockFast();
    const { refusal, sandbox } = await openWorkbench();
    for (const timeout of [undefined, "", "0"]) {
      sandbox.faults.add({ kind: "hang" });
      const { message } = await refusal("rawRequest", { ...get("/tags"), timeout });
      expect(message).toContain("no answer within 30 s");
    }
  });

  test("ends at the Timeout", async () => {
    const { refusal, sandbox } = await openWorkbench();
    sandbox.faults.add({ kind: "hang" });
    const { message } = await refusal("rawRequest", { ...get("/tags"), timeout: "50" });
    expect(message).toContain("no answer within 0.05 s");
  });
});
