import { describe, expect, test } from "vitest";
import { fillCompanies, fillContacts } from "./crowd";
import { openWorkbench, runClockFast } from "./workbench";

interface List {
  data: { id: string }[];
}

const idsOf = ({ data }: List) => data.map(({ id }) => id);

describe("Fetch All of numbered pages", () => {
  test("reads several at a time, and gives them in order", async () => {
    const { run, sandbox } = await openWorkbench({ seed: "empty", settings: { latencyMs: 30 } });
    const made = fillCompanies(sandbox.workspace, 1237).map(({ id }) => id);
    const startedAtMs = performance.now();
    expect(idsOf(await run<List>("listCompanies", { fetchAll: true, order: "asc" }))).toEqual(made);
    const sequentialMs = 21 * 30;
    expect(performance.now() - startedAtMs).toBeLessThan(sequentialMs);
    expect(sandbox.requests).toHaveLength(21);
  });

  test("waits for the next window rather than run into the rate limit", async () => {
    runClockFast();
    const { log, run, sandbox } = await openWorkbench({
      seed: "empty",
      settings: { requestsPerWindow: 10, latencyMs: 1 },
    });
    const made = fillCompanies(sandbox.workspace, 1237).map(({ id }) => id);
    expect(idsOf(await run<List>("listCompanies", { fetchAll: true, order: "asc" }))).toEqual(made);
    expect(sandbox.requests.map(({ status }) => status)).not.toContain(429);
    expect(log.join("\n")).toContain("Intercom's window has room for few more requests.");
  });

  test("fails as a whole where one page fails, and leaves nothing under way", async () => {
    const { refusal, sandbox } = await openWorkbench();
    fillCompanies(sandbox.workspace, 1237);
    sandbox.faults.add({ kind: "status", status: 400, message: "No", skip: 9 });
    expect((await refusal("listCompanies", { fetchAll: true })).message).toContain(": No (400");
    const sent = sandbox.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sandbox.requests).toHaveLength(sent);
    expect(sent).toBeLessThan(21);
  });
});

describe("Fetch All by cursor", () => {
  test("waits for the next window rather than run into the rate limit", async () => {
    runClockFast();
    const { run, sandbox } = await openWorkbench({
      seed: "empty",
      settings: { requestsPerWindow: 4 },
    });
    const made = fillContacts(sandbox.workspace, 1237).map(({ id }) => id);
    expect(idsOf(await run<List>("listContacts", { fetchAll: true }))).toEqual(made.reverse());
    expect(sandbox.requests.map(({ status }) => status)).not.toContain(429);
  });
});
