import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { testing } from "@prismatic-io/spectral";
import { describe, expect, onTestFinished, test } from "vitest";
import component from "../../src/index";
import { openWorkbench, runClockFast } from "../workbench";

/** A server that keeps the bytes it was sent. */
async function listen() {
  const bodies: Buffer[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(Buffer.concat(await request.toArray()));
    response.end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, bodies };
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

  test("an absolute URL on the connection's host is taken", async () => {
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

  test("a header given by the user wins, save Authorization", async () => {
    const { run, sandbox } = await openWorkbench();
    await run("rawRequest", {
      ...get("/tags"),
      headers: [
        { key: "Intercom-Version", value: "2.16" },
        { key: "authorization", value: "Bearer other" },
      ],
    });
    expect(sandbox.requests).toMatchObject([{ apiVersion: "2.16", status: 200 }]);
  });

  test("form and file data leave as multipart", async () => {
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

  test("values that are no text go out as a person would write them, and rows without a value do not", async () => {
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

  test("bytes leave as they are, in Data and in a form", async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x41]);
    const { port, bodies } = await listen();
    const { connection, run } = await openWorkbench();
    const fields = { ...connection.fields, baseUrl: `http://127.0.0.1:${port}` };
    const post = {
      connection: { ...connection, fields },
      method: "POST",
      url: "/x",
      responseType: "text",
    };
    for (const data of [bytes, new Uint8Array(bytes), { data: bytes, contentType: "image/png" }]) {
      await run("rawRequest", { ...post, data });
      expect(bodies.pop()).toEqual(bytes);
    }
    await run("rawRequest", { ...post, formData: [{ key: "a", value: bytes }] });
    expect(bodies.pop()?.includes(bytes)).toBe(true);
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

  test("text and binary answers come as they are", async () => {
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

  test("what Intercom refuses is said in its words, in whatever form was asked for", async () => {
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

  test("Debug Request logs the keys of a form, and not what is in it", async () => {
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

  test("Debug Request logs the first 10,000 characters of a body, and how many bytes there are", async () => {
    const { log, refusal } = await openWorkbench();
    const post = { method: "POST", url: "/nowhere", debugRequest: true };
    await refusal("rawRequest", { ...post, data: `${"x".repeat(9_999)}yz` });
    expect(log.join("\n")).toContain(`"${"x".repeat(9_999)}y`);
    expect(log.join("\n")).not.toContain("yz");
    await refusal("rawRequest", { ...post, data: Buffer.from([1, 2, 3]) });
    expect(log.join("\n")).toContain('"body":"3 bytes"');
  });

  test.each([
    [{ url: "/tags" }, '"Method" must be filled in; it was left empty.'],
    [{ method: "GET" }, '"URL" must be filled in; it was left empty.'],
    [
      { ...get("/tags"), queryParams: ["page"] },
      '"Query Parameter" must be a list of keys and values, not "page".',
    ],
    [
      { ...get("/tags"), headers: [{ key: "Content-Length", value: "3" }] },
      '"Header" must be another than host, content-length, transfer-encoding, connection, which follow from the rest, not "Content-Length".',
    ],
    [
      { ...get("/tags"), maxRetries: "-1" },
      '"Max Retry Count" must be a whole number from 0 to 100, not "-1".',
    ],
    [{ ...get("/tags"), timeout: "soon" }, '"Timeout" must be a whole number, not "soon".'],
    [
      { ...get("/tags"), headers: [{ key: "X-A", value: "1\r\nX-B: 2" }] },
      '"Header" must hold no line breaks or other control characters, as the value of "X-A" does.',
    ],
    [
      { ...get("/tags"), headers: [{ key: "X A", value: "1" }] },
      '"Header" must be named by a header\'s name, not "X A".',
    ],
    [
      { ...get("/tags"), headers: [{ key: "Host", value: "example.org" }] },
      '"Header" must be another than host, content-length, transfer-encoding, connection, which follow from the rest, not "Host".',
    ],
    [
      { method: "POST", url: "/tags", data: "{}", formData: [{ key: "a", value: "1" }] },
      '"Data" can\'t be sent together with "Form Data" or "File Data": empty one of them.',
    ],
  ])("%j is refused by name, and nothing is sent", async (inputs, sentence) => {
    const { refusal, sandbox } = await openWorkbench();
    expect((await refusal("rawRequest", inputs)).message).toBe(sentence);
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
  test("is not done where nothing is said of it", async () => {
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
    "of a %s is done, since it does no harm",
    async (method) => {
      const { refusal, sandbox } = await openWorkbench();
      sandbox.faults.add({ kind: "status", status: 500, times: 3 });
      await refusal("rawRequest", { method, url: "/nowhere", maxRetries: "2" });
      expect(sandbox.requests).toHaveLength(3);
    },
  );

  test.each(["POST", "PATCH", "LINK", "UNLINK", "PURGE"])(
    "of a %s is not done, since it may have been done",
    async (method) => {
      const { refusal, sandbox } = await openWorkbench();
      sandbox.faults.add({ kind: "status", status: 500 });
      await refusal("rawRequest", { method, url: "/nowhere", maxRetries: "2" });
      expect(sandbox.requests).toHaveLength(1);
    },
  );

  test.each(["POST", "PUT", "PATCH", "DELETE", "LINK"])(
    "of a %s is left to the user, who is told that it may have been done",
    async (method) => {
      const { refusal, sandbox } = await openWorkbench();
      sandbox.faults.add({ kind: "closed" });
      expect((await refusal("rawRequest", { method, url: "/nowhere" })).message).toMatch(
        /It may have been done all the same: look before you send it again\.$/,
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

  test("of a POST is done only with Retry On All Errors, since it may have been done", async () => {
    const post = { method: "POST", url: "/contacts", data: '{"role":"lead"}', maxRetries: "2" };
    const { refusal, run, sandbox } = await openWorkbench();
    sandbox.faults.add({ kind: "closed" });
    expect((await refusal("rawRequest", post)).message).toContain(
      "It may have been done all the same",
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
