import { describe, expect, onTestFinished, test, vi } from "vitest";
import { fillCompanies, fillContacts } from "./stage/crowd";
import { openWorkbench } from "./stage/workbench";

interface List {
  data: { id: string }[];
}

const idsOf = ({ data }: List) => data.map(({ id }) => id);

async function until(isSo: () => boolean) {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * Makes pauses cost nothing, for one test. The clock stands still while a request is open. With a
 * running clock, the state of a window would depend on the machine's load.
 */
function runClockInPauses(log: string[]) {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  let isOver = false;
  onTestFinished(() => {
    isOver = true;
    vi.useRealTimers();
  });
  let passed = 0;
  const pauses = () => log.filter((line) => / Waiting [\d.]+ s\.$/.test(line)).length;
  void (async () => {
    for (;;) {
      // Every open request has a timer of its own for the time-out.
      await until(() => isOver || (pauses() > passed && vi.getTimerCount() === 1));
      if (isOver) return;
      passed += 1;
      await vi.advanceTimersToNextTimerAsync();
    }
  })();
}

describe("Fetch All of numbered pages", () => {
  test("reads several pages at a time, and gives them in order", async () => {
    // The clock stands still, so no request gets its answer, and all requests so far are open
    // together.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const { run, sandbox } = await openWorkbench({ seed: "empty", settings: { latencyMs: 30 } });
    const made = fillCompanies(sandbox.workspace, 1237).map(({ id }) => id);
    const reading = run<List>("listCompanies", { fetchAll: true, order: "asc" });
    const underWay = () => sandbox.requests.filter(({ status }) => status === null).length;
    await until(() => underWay() === 1);
    await vi.advanceTimersByTimeAsync(30);
    await until(() => underWay() === 6);
    sandbox.settings.latencyMs = 0;
    await vi.advanceTimersByTimeAsync(30);
    expect(idsOf(await reading)).toEqual(made);
    expect(sandbox.requests).toHaveLength(21);
  });

  test("waits for the next window rather than run into the rate limit", async () => {
    const { log, run, sandbox } = await openWorkbench({
      seed: "empty",
      settings: { requestsPerWindow: 10 },
    });
    runClockInPauses(log);
    const made = fillCompanies(sandbox.workspace, 1237).map(({ id }) => id);
    expect(idsOf(await run<List>("listCompanies", { fetchAll: true, order: "asc" }))).toEqual(made);
    expect(sandbox.requests.map(({ status }) => status)).not.toContain(429);
    expect(log.join("\n")).toContain("Intercom's rate limit window is almost used up.");
  });

  test("fails as a whole if one page fails, and leaves no request open", async () => {
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
    const { log, run, sandbox } = await openWorkbench({
      seed: "empty",
      settings: { requestsPerWindow: 4 },
    });
    runClockInPauses(log);
    const made = fillContacts(sandbox.workspace, 1237).map(({ id }) => id);
    expect(idsOf(await run<List>("listContacts", { fetchAll: true }))).toEqual(made.reverse());
    expect(sandbox.requests.map(({ status }) => status)).not.toContain(429);
  });
});
