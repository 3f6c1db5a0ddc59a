import { describe, expect, test } from "vitest";
import component from "../../src/index";
import { openUse } from "../stage/openUse";
import { openWorkbench, pausesOf, runClockFast } from "../stage/workbench";

const actions = Object.keys(component.actions).filter((key) => key !== "rawRequest");

describe("429", () => {
  test.each(actions)("%s waits for the next window, then continues", async (key) => {
    runClockFast();
    const bench = await openUse(key);
    bench.sandbox.faults.add({ kind: "rateLimited", resetInSeconds: 7 });
    const startedAtMs = Date.now();
    await bench.run(key, bench.inputs);
    expect(Date.now() - startedAtMs).toBeGreaterThanOrEqual(6000);
    expect(pausesOf(bench)).toHaveLength(1);
  });

  test("a wrong clock does no harm: the wait follows Intercom's clock", async () => {
    runClockFast();
    const bench = await openWorkbench({ seed: "empty", now: () => Date.now() + 3_600_000 });
    bench.sandbox.faults.add({ kind: "rateLimited", resetInSeconds: 7 });
    await bench.run("listTags");
    expect(pausesOf(bench)[0]).toBeGreaterThanOrEqual(6);
    expect(pausesOf(bench)[0]).toBeLessThanOrEqual(8);
  });

  test("after a 429 in a window that seems over, we wait as long as Retry-After says", async () => {
    runClockFast();
    const bench = await openWorkbench();
    const over = { "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) - 3) };
    bench.sandbox.faults.add({ kind: "status", status: 429, headers: over });
    bench.sandbox.faults.add({
      kind: "status",
      status: 429,
      headers: { ...over, "retry-after": "7" },
    });
    await bench.run("listTags");
    expect(pausesOf(bench)).toEqual([1, 7]);
  });

  test("without headers about the end, the wait is one window of ten seconds", async () => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "rateLimited" });
    await bench.run("listTags");
    expect(pausesOf(bench)).toEqual([10]);
  });

  test("Retry-After decides where X-RateLimit-Reset is missing", async () => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "status", status: 429, headers: { "retry-after": "4" } });
    await bench.run("listTags");
    expect(pausesOf(bench)).toEqual([4]);
  });

  test("no wait is longer than a minute", async () => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "rateLimited", resetInSeconds: 600, times: 2 });
    await bench.run("listTags");
    expect(pausesOf(bench)).toEqual([60, 60]);
  });

  test("after five waits it is an error that says so", async () => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "rateLimited", resetInSeconds: 1, times: 6 });
    const error = await bench.refusal("createTag", { name: "VIP" });
    expect(error).toMatchObject({
      name: "RateLimitError",
      status: 429,
      code: "rate_limit_exceeded",
    });
    expect(error.message).toMatch(/^Intercom refused to create the tag: Exceeded rate limit of /);
    expect(bench.sandbox.requests).toHaveLength(6);
  });
});
