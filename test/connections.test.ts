import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { type Connection, isConnectionError } from "@prismatic-io/spectral";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import component from "../src/index";
import { apiHosts } from "../src/intercom/wire/hosts";
import { openWorkbench, type Workbench } from "./stage/workbench";

const keyOf = (label: string) => component.connections.find((each) => each.label === label)?.key;

/** The refusal of a URL on a wrong host lists the allowed hosts, the connection's host first. */
const whereTo = async (refusal: Workbench["refusal"], connection: Connection) =>
  (await refusal("rawRequest", { connection, method: "GET", url: "https://example.net" })).message;

describe("connecting", () => {
  test("requests have the access token and the API version", async () => {
    const { run, sandbox } = await openWorkbench({ seed: "empty" }, { apiVersion: "2.14" });
    await run("listTags");
    expect(sandbox.requests).toMatchObject([{ status: 200, apiVersion: "2.14" }]);
  });

  test("requests have the token of an OAuth connection", async () => {
    const { run, sandbox } = await openWorkbench();
    const connection: Connection = {
      key: keyOf("Intercom") ?? "",
      configVarKey: "Intercom connection",
      fields: { clientId: "1", clientSecret: "2", baseUrl: sandbox.url },
      token: { access_token: ` ${sandbox.token}\n`, token_type: "Bearer" },
    };
    expect(await run("listTags", { connection })).toEqual([]);
  });

  test("a connection without region and version works, with 2.11", async () => {
    const { connection, run, sandbox } = await openWorkbench();
    const { accessToken, baseUrl } = connection.fields;
    await run("listTags", { connection: { ...connection, fields: { accessToken, baseUrl } } });
    expect(sandbox.requests).toMatchObject([{ status: 200, apiVersion: "2.11" }]);
  });

  test("a base URL may have a path and end in a slash", async () => {
    const { connection, refusal, sandbox, sent } = await openWorkbench();
    const fields = { ...connection.fields, baseUrl: `${sandbox.url}/proxy/` };
    await refusal("listTags", { connection: { ...connection, fields } });
    expect(sent()).toEqual(["GET /proxy/tags"]);
  });

  test.each([
    ["", "https://api.intercom.io"],
    ["eu.", "https://api.eu.intercom.io"],
    ["au.", "https://api.au.intercom.io"],
    ["EU", "https://api.eu.intercom.io"],
  ])("the region %j means %s", async (region, host) => {
    const { connection, refusal } = await openWorkbench();
    const fields = { ...connection.fields, baseUrl: "", region };
    const message = await whereTo(refusal, { ...connection, fields });
    expect(message).toContain(`a URL on ${host}`);
    expect(Object.values(apiHosts)).toContain(host);
  });

  test("a base URL wins over the region", async () => {
    const { connection, run, sent } = await openWorkbench();
    for (const region of ["eu.", "au.", "EU"]) {
      const fields = { ...connection.fields, region };
      await run("listTags", { connection: { ...connection, fields } });
    }
    expect(sent()).toEqual(["GET /tags", "GET /tags", "GET /tags"]);
  });

  test.each([
    "http://localhost:4000",
    "http://127.0.0.1:4000",
    "http://127.255.0.9:4000",
    "http://[::1]:4000",
    "https://example.org",
  ])("the base URL may be %s", async (baseUrl) => {
    const { connection, refusal } = await openWorkbench();
    const message = await whereTo(refusal, {
      ...connection,
      fields: { ...connection.fields, baseUrl },
    });
    expect(message).toContain(`a URL on ${baseUrl}, `);
  });
});

/** Passes bytes on to a port of this machine, and counts who has connected. */
async function countConnections(port: number) {
  const open = new Set<Socket>();
  let count = 0;
  const server = createServer((client) => {
    count += 1;
    const upstream = connect(port, "127.0.0.1");
    // We restore the sandbox's own host, because the sandbox answers under no other.
    client.on("data", (sent) => {
      upstream.write(sent.toString("latin1").replace(`:${ownPort}\r\n`, `:${port}\r\n`), "latin1");
    });
    client.on("end", () => upstream.end());
    upstream.pipe(client);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on("error", () => socket.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const { port: ownPort } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${ownPort}`, connections: () => count };
}

test("the actions of a run share one connection, which is kept alive", async () => {
  const { connection, run, sandbox } = await openWorkbench();
  const { baseUrl, connections } = await countConnections(Number(new URL(sandbox.url).port));
  const through = { ...connection, fields: { ...connection.fields, baseUrl } };
  for (let times = 0; times < 10; times += 1) await run("listTags", { connection: through });
  expect(sandbox.requests).toHaveLength(10);
  expect(connections()).toBe(1);
});

describe("a proxy that the environment names", () => {
  /**
   * A proxy for every request of this test. Returns the request lines that it gets: `GET http://…`.
   */
  async function useProxy() {
    const asked: string[] = [];
    const proxy = createHttpServer(({ method, url }, response) => {
      asked.push(`${method} ${url}`);
      response.writeHead(403).end();
    });
    proxy.on("connect", ({ method, url }, socket) => {
      asked.push(`${method} ${url}`);
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"]) {
      vi.stubEnv(name, url);
      vi.stubEnv(name.toLowerCase(), url);
    }
    vi.stubEnv("NO_PROXY", "");
    vi.stubEnv("no_proxy", "");
    onTestFinished(() => {
      vi.unstubAllEnvs();
      proxy.closeAllConnections();
      proxy.close();
    });
    return asked;
  }

  test.each(["127.0.0.1", "localhost"])("gets nothing of what is for %s", async (host) => {
    const { connection, run, sandbox, sent } = await openWorkbench();
    const asked = await useProxy();
    const baseUrl = sandbox.url.replace("127.0.0.1", host);
    const fields = { ...connection.fields, baseUrl };
    await run("listTags", { connection: { ...connection, fields } });
    expect(sent()).toEqual(["GET /tags"]);
    expect(asked).toEqual([]);
  });

  test.each(Object.values(apiHosts))(
    "carries requests to %s, whatever the region",
    async (host) => {
      const { connection, refusal } = await openWorkbench();
      const asked = await useProxy();
      await refusal("rawRequest", {
        connection,
        method: "GET",
        url: `${host}/tags`,
        timeout: "2000",
      });
      expect(asked).toEqual([`CONNECT ${new URL(host).hostname}:443`]);
    },
  );
});

describe("a connection that can't be used", () => {
  test.each<[string, Partial<Connection>, RegExp]>([
    [
      "of another kind",
      { key: "slack" },
      /^The connection must be "Intercom" or "Intercom Access Token", not "slack"\.$/,
    ],
    [
      "with no token yet",
      { key: keyOf("Intercom"), token: undefined },
      /^The Intercom connection has no token: connect to Intercom/,
    ],
    [
      "with a blank access token",
      { fields: { accessToken: " " } },
      /^"Access Token" is empty: copy it from/,
    ],
    [
      "with a line break in the token",
      { fields: { accessToken: "abc\r\ndef" } },
      /^The token holds characters that no token has/,
    ],
    [
      "with an unknown region",
      { fields: { accessToken: "abc", region: "Mars" } },
      /^"Region" must be United States, Europe or Australia, not "mars"\.$/,
    ],
    [
      "with an unknown version",
      { fields: { accessToken: "abc", apiVersion: "2.1" } },
      /^"API Version" must be one of 2\.11, .*, 2\.16, not "2\.1"\.$/,
    ],
    [
      "with plain HTTP",
      { fields: { accessToken: "abc", baseUrl: "http://example.org" } },
      /^"Base URL" must be an https URL/,
    ],
    [
      "with a look-alike of this machine",
      { fields: { accessToken: "abc", baseUrl: "http://localhost.example.org" } },
      /^"Base URL" must be an https URL/,
    ],
    [
      "with a look-alike of this machine's address",
      { fields: { accessToken: "abc", baseUrl: "http://127.0.0.1.example.org" } },
      /^"Base URL" must be an https URL/,
    ],
    [
      "with a query in its URL",
      { fields: { accessToken: "abc", baseUrl: "https://example.org/?a=1" } },
      /^"Base URL" must be an https URL without user, query and fragment/,
    ],
    [
      "with a fragment in its URL",
      { fields: { accessToken: "abc", baseUrl: "https://example.org/#a" } },
      /^"Base URL" must be an https URL without user, query and fragment/,
    ],
    [
      "with a user in its URL",
      { fields: { accessToken: "abc", baseUrl: "https://me:secret@api.intercom.io" } },
      /^"Base URL" must be an https URL(?!.*secret)/,
    ],
    [
      "with a base URL that is not a URL",
      { fields: { accessToken: "abc", baseUrl: "intercom" } },
      /^"Base URL" must be an https URL .*, not the given text\.$/,
    ],
  ])("%s is a connection error that says what is missing", async (_name, changes, sentence) => {
    const { connection, refusal, sandbox } = await openWorkbench();
    const error = await refusal("listTags", { connection: { ...connection, ...changes } });
    expect(isConnectionError(error)).toBe(true);
    expect(error.message).toMatch(sentence);
    expect(sandbox.requests).toEqual([]);
  });

  test.each(["region", "apiVersion"])("a long value of %s is quoted in short", async (field) => {
    const { connection, refusal } = await openWorkbench();
    const fields = { ...connection.fields, baseUrl: "", [field]: "x".repeat(50_000) };
    const { message } = await refusal("listTags", { connection: { ...connection, fields } });
    expect(message).toMatch(/, not "x{78}…\.$/);
  });

  test("the error holds no credential", async () => {
    const { connection, refusal, sandbox } = await openWorkbench();
    sandbox.faults.add({ kind: "tokenRevoked" });
    const fields = { ...connection.fields, clientSecret: "the client secret" };
    const error = await refusal("listTags", { connection: { ...connection, fields } });
    expect(JSON.stringify(error)).not.toContain(sandbox.token);
    expect(JSON.stringify(error)).not.toContain("the client secret");
    expect(JSON.stringify(error)).toContain("Intercom connection");
  });

  test("an access token that Intercom does not know is a connection error too", async () => {
    const { connection, refusal } = await openWorkbench();
    const fields = { ...connection.fields, accessToken: "wrong" };
    const error = await refusal("listTags", { connection: { ...connection, fields } });
    expect(isConnectionError(error)).toBe(true);
    expect(error.message).toMatch(/Access Token Invalid \(401 unauthorized/);
  });
});
