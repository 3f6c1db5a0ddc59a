import { isConnectionError } from "@prismatic-io/spectral";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { host, serveProxy, serveSecurely, trustCertificate } from "./stage/secure";
import { serve } from "./stage/serve";
import { openWorkbench, runClockFast } from "./stage/workbench";
import { useOf } from "./uses/index";

const ada = { email: "ada@example.org", role: "user" };

/** A workspace behind TLS, at another URL than its own. */
async function openAt(baseUrlFor: (url: string) => Promise<string>) {
  runClockFast();
  const bench = await openWorkbench();
  const { connection } = bench;
  const fields = { ...connection.fields, baseUrl: await baseUrlFor(bench.sandbox.url) };
  const inputsOf = (key: string) => useOf(key).inputs(bench.sandbox.workspace);
  const secure = { connection: { ...connection, fields } };
  return {
    ...bench,
    run: <Data>(key: string, inputs = inputsOf(key)) =>
      bench.run<Data>(key, { ...inputs, ...secure }),
    refusal: (key: string, inputs = inputsOf(key)) => bench.refusal(key, { ...inputs, ...secure }),
  };
}

describe("over a proxy", () => {
  /** The proxy answers CONNECT with these first, and connects to the workspace after them. */
  async function openBehindProxy(...answers: string[]) {
    trustCertificate();
    let asked: string[] = [];
    const bench = await openAt(async (url) => {
      const { port } = await serveSecurely(url);
      const proxy = await serveProxy(port, answers);
      ({ asked } = proxy);
      for (const name of ["HTTPS_PROXY", "https_proxy"]) vi.stubEnv(name, proxy.url);
      for (const name of ["NO_PROXY", "no_proxy"]) vi.stubEnv(name, "");
      onTestFinished(() => void vi.unstubAllEnvs());
      return `https://${host}`;
    });
    return { ...bench, asked: () => asked };
  }

  const jsonAnswer = (status: number, data: unknown) => {
    const body = JSON.stringify(data);
    return `HTTP/1.1 ${status} So\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  };

  test("an action does its work where the proxy connects", async () => {
    const { run, sandbox, asked } = await openBehindProxy();
    const { id } = await run<{ id: string }>("createContact");
    expect(sandbox.workspace.contacts.get(id).email).toBe(ada.email);
    expect(asked()).toEqual([`CONNECT ${host}:443 HTTP/1.1`]);
  });

  test.each([201, 302, 401, 403, 404, 407, 409, 429, 500, 502])(
    "the proxy's own %i is not Intercom's answer, and Intercom has done nothing",
    async (status) => {
      const answer = jsonAnswer(status, { type: "contact", id: "5", code: "conflict" });
      const bench = await openBehindProxy(answer);
      const error = await bench.refusal("createContact");
      expect(error.message).toBe(
        `Intercom gave no usable answer when asked to create the contact: the proxy answered ${status} and did not connect to ${host}: check HTTPS_PROXY and NO_PROXY.`,
      );
      expect(error).toMatchObject({ name: "NoAnswerError", status: undefined });
      expect(isConnectionError(error)).toBe(false);
      expect(bench.asked()).toHaveLength(1);
      expect(bench.sandbox.requests).toEqual([]);
    },
  );

  test("the proxy's 404 after its 503 does not count as a deletion", async () => {
    const refusals = [503, 404, 404, 404].map((status) => jsonAnswer(status, {}));
    const bench = await openBehindProxy(...refusals);
    expect(await bench.refusal("deleteContact")).toMatchObject({ name: "NoAnswerError" });
  });

  test("after a proxy's refusal, an idempotent request is retried", async () => {
    const bench = await openBehindProxy(jsonAnswer(429, {}));
    expect(await bench.run("listTags")).toHaveLength(1);
    expect(bench.asked()).toHaveLength(2);
  });

  test("a proxy that connects without TLS gets no token, and its answer does not count", async () => {
    let received = "";
    trustCertificate();
    const bench = await openBehindProxy();
    const { port } = await serveSecurely("http://127.0.0.1:1", [
      (socket) => {
        socket.on("data", (data) => {
          received += data.toString("latin1");
        });
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{"id":"evil"}');
      },
    ]);
    const proxy = await serveProxy(port);
    vi.stubEnv("HTTPS_PROXY", proxy.url);
    vi.stubEnv("https_proxy", proxy.url);
    const { message } = await bench.refusal("createContact");
    expect(message).not.toContain("It may have been done");
    expect(received).not.toContain("Bearer");
    expect(received.length).toBeGreaterThan(0);
  });
});

describe("a request that was never sent does not count", () => {
  const unsent = [
    ["a handshake that is cut", "cut"],
    ["a certificate that nobody vouches for", "stranger"],
    ["an answer without TLS (EPROTO)", "plain"],
  ] as const;

  /** The first connection fails before TLS is complete. */
  async function openAfter(kind: (typeof unsent)[number][1]) {
    if (kind !== "stranger") trustCertificate();
    return openAt(async (url) => {
      const { port } = await serveSecurely(
        url,
        kind === "stranger"
          ? []
          : [
              (socket) =>
                socket.once("data", () => {
                  if (kind === "cut") socket.destroy();
                  else socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
                }),
            ],
      );
      return `https://127.0.0.1:${port}`;
    });
  }

  test.each(unsent)("%s, then a 404: nothing was deleted", async (_name, kind) => {
    const bench = await openAfter(kind);
    const deleting = bench.refusal("deleteContact", { id: "0123456789abcdef01234567" });
    if (kind === "stranger") {
      while (!bench.log.some((line) => line.includes("retry 1"))) await turn();
      trustCertificate();
    }
    expect(await deleting).toMatchObject({ name: "NotFoundError", status: 404 });
    expect(bench.sandbox.requests).toMatchObject([{ method: "DELETE", status: 404 }]);
  });

  test.each(unsent)(
    "%s: the error does not say that Intercom may have done the work",
    async (_name, kind) => {
      const bench = await openAfter(kind);
      const { message } = await bench.refusal("createContact");
      expect(message).toMatch(/^Intercom gave no usable answer when asked to create the contact: /);
      expect(message).not.toContain("It may have been done");
      expect(bench.sandbox.requests).toEqual([]);
    },
  );

  const turn = () => new Promise((resolve) => setImmediate(resolve));
});

describe("Intercom may have done a request that was sent", () => {
  async function openSecure() {
    trustCertificate();
    let connections = () => 0;
    const bench = await openAt(async (url) => {
      const server = await serveSecurely(url);
      connections = server.connections;
      return `https://127.0.0.1:${server.port}`;
    });
    return { ...bench, connections: () => connections() };
  }

  test("over TLS, a delete whose answer was lost has done its work if the retry gets a 404", async () => {
    const bench = await openSecure();
    bench.sandbox.faults.add({ kind: "closed", workDone: true });
    expect(await bench.run("deleteContact")).toMatchObject({ data: { deleted: true } });
    expect(bench.sandbox.requests).toHaveLength(2);
  });

  test("over an open connection, Intercom may have done a create whose answer was lost", async () => {
    const bench = await openSecure();
    await bench.run("listTags");
    bench.sandbox.faults.add({ kind: "closed", workDone: true });
    const { message } = await bench.refusal("createContact");
    expect(message).toContain("Intercom may have done it nevertheless");
    expect(bench.connections()).toBe(1);
  });

  test("over http as well, on a first connection", async () => {
    const bench = await openAt(() =>
      serve((request) => request.resume().once("end", () => request.socket.destroy())),
    );
    const { message } = await bench.refusal("createContact");
    expect(message).toContain("Intercom may have done it nevertheless");
  });
});
