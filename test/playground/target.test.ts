import { describe, expect, test, vi } from "vitest";
import { askSandbox } from "../../playground/control";
import { withTarget } from "../../playground/target";
import { serve } from "../stage/serve";
import { openWorkbench } from "../stage/workbench";

/**
 * Whether the server at a URL counts as a sandbox, in which commands change records without asking.
 */
async function isTakenForSandbox(url: string): Promise<boolean> {
  const environment = { INTERCOM_BASE_URL: url, INTERCOM_ACCESS_TOKEN: "abc" };
  let isTaken = false;
  await withTarget(environment, async ({ sandbox }) => {
    isTaken = sandbox !== undefined;
  });
  return isTaken;
}

describe("a target is a sandbox", () => {
  test("if its header says so", async () => {
    const { sandbox } = await openWorkbench();
    expect(await isTakenForSandbox(sandbox.url)).toBe(true);
    expect(sandbox.requests).toEqual([]);
  });

  test.each([
    ["{}", {}],
    ['{"contacts":40}', {}],
    ['{"sandbox":"intercom"}', {}],
    ['{"sandbox":"intercom"}', { "X-Sandbox": "another" }],
  ])("and not where JSON is all that comes: %s %j", async (body, headers) => {
    const url = await serve((_, response) =>
      response.writeHead(200, { "Content-Type": "application/json", ...headers }).end(body),
    );
    expect(await isTakenForSandbox(url)).toBe(false);
  });

  test("and not behind a redirect", async () => {
    const { sandbox } = await openWorkbench();
    const asked: unknown[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url);
      response.writeHead(307, {
        Location: `${sandbox.url}${request.url}`,
        "X-Sandbox": "intercom",
      });
      response.end();
    });
    expect(await isTakenForSandbox(url)).toBe(false);
    expect(asked).toHaveLength(1);
  });

  test("and not if a sandbox refuses to answer", async () => {
    const { sandbox } = await openWorkbench();
    // A proxy that keeps the request's host name.
    const url = await serve(async (request, response) => {
      const headers = { Origin: "https://a.example" };
      const answer = await fetch(`${sandbox.url}${request.url}`, { headers });
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end();
    });
    expect(await isTakenForSandbox(url)).toBe(false);
  });

  test("and an answer that never ends is not read", async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.write("{");
    });
    expect(await isTakenForSandbox(url)).toBe(false);
  });

  test("and the wait for an answer ends after five seconds", async () => {
    const timeout = vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
      expect(ms).toBe(5000);
      return AbortSignal.abort(new DOMException("", "TimeoutError"));
    });
    const url = await serve(() => {});
    await expect(isTakenForSandbox(url)).rejects.toThrow(
      `Nothing answers at ${url} within 5 seconds: is npm run sandbox still running?`,
    );
    timeout.mockRestore();
  });
});

test.each([
  [200, "{}", {}],
  [200, "<html>", {}],
  [307, "", { Location: "/elsewhere", "X-Sandbox": "another" }],
])(
  "a sandbox is gone when another server answers in its place: %i %s %j",
  async (status, body, headers) => {
    const url = await serve((_, response) => response.writeHead(status, headers).end(body));
    await expect(askSandbox(url, "state")).rejects.toThrow(
      `The sandbox at ${url} is gone: another server answers there.`,
    );
  },
);
