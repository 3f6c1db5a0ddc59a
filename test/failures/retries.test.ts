import { describe, expect, test } from "vitest";
import type { Fault } from "../../sandbox/index";
import { openUse } from "../stage/openUse";
import { openWorkbench, pausesOf, runClockFast } from "../stage/workbench";
import { uses } from "../uses/index";

const sentOnce = Object.keys(uses).filter((key) => uses[key]?.isSentOnce);

const passing: [string, Fault][] = [
  ["408", { kind: "status", status: 408 }],
  ["500", { kind: "status", status: 500 }],
  ["502 with a page of HTML", { kind: "html", status: 502 }],
  ["503", { kind: "status", status: 503 }],
  ["504", { kind: "status", status: 504 }],
  // Statuses of proxies and content networks.
  ["501", { kind: "status", status: 501 }],
  ["507", { kind: "status", status: 507 }],
  ["520 with a page of HTML", { kind: "html", status: 520, workDone: true }],
  ["530", { kind: "status", status: 530 }],
  ["599", { kind: "status", status: 599 }],
  ["a connection closed before the answer", { kind: "closed" }],
  ["a connection closed before the answer, the work done", { kind: "closed", workDone: true }],
  ["a connection cut in the answer", { kind: "cut" }],
  ["no answer within 30 s", { kind: "hang" }],
  ["200 with a page of HTML", { kind: "html", status: 200 }],
];

describe.each(passing)("%s", (_name, fault) => {
  test.each(["listTags", "createCompany", "attachTag", "updateContact", "searchContacts"])(
    "%s is retried and succeeds",
    async (key) => {
      runClockFast();
      const bench = await openUse(key);
      bench.sandbox.faults.add({ ...fault, times: 3 });
      await bench.run(key, bench.inputs);
      expect(bench.sandbox.requests).toHaveLength(4);
    },
  );

  test.each(sentOnce)(
    "%s is not retried, and the error says that Intercom may have done the work",
    async (key) => {
      runClockFast();
      const bench = await openUse(key);
      bench.sandbox.faults.add(fault);
      const { message } = await bench.refusal(key, bench.inputs);
      expect(message).toMatch(/^Intercom (failed|gave no usable answer when asked) to \w+ the /);
      expect(message).toMatch(
        /Intercom may have done it nevertheless: check in Intercom before you send it again\.$/,
      );
      expect(bench.sandbox.requests).toHaveLength(1);
    },
  );
});

describe("a raw request", () => {
  test.each([408, 507, 520, 599])("that only reads is retried after %i", async (status) => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "status", status });
    await bench.run("rawRequest", { method: "GET", url: "/tags", maxRetries: 1 });
    expect(bench.sandbox.requests).toHaveLength(2);
  });

  test.each([408, 507, 520, 599])(
    "that writes says after %i that Intercom may have done the work",
    async (status) => {
      const bench = await openWorkbench();
      bench.sandbox.faults.add({ kind: "status", status });
      const error = await bench.refusal("rawRequest", { method: "POST", url: "/x", maxRetries: 1 });
      expect(error.message).toMatch(
        /^Intercom failed to POST .+ Intercom may have done it nevertheless/,
      );
      expect(error).toMatchObject({ name: "ServerError", mayBeDone: true });
      expect(bench.sandbox.requests).toHaveLength(1);
    },
  );

  test("that is refused at its second try may have done its work at the first", async () => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "status", status: 502 });
    bench.sandbox.faults.add({ kind: "status", status: 409, code: "conflict", message: "Taken" });
    const inputs = { method: "POST", url: "/x", maxRetries: 1, retryAllErrors: true };
    expect((await bench.refusal("rawRequest", inputs)).message).toMatch(
      /Taken \(409 conflict, .+\)\. Intercom may have done it nevertheless/,
    );
  });
});

describe("a temporary failure", () => {
  test("the waits double from half a second, with jitter on top", async () => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "status", status: 500, times: 3 });
    await bench.run("listTags");
    const [first = 0, second = 0, third = 0, ...more] = pausesOf(bench);
    expect(more).toEqual([]);
    for (const [given, least] of [
      [first, 0.5],
      [second, 1],
      [third, 2],
    ] as const) {
      expect(given).toBeGreaterThanOrEqual(least);
      expect(given).toBeLessThanOrEqual(least * 1.25);
    }
  });

  test("the waits differ, so that clients that failed together don't retry together", async () => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "status", status: 500, times: 24 });
    for (let times = 0; times < 6; times += 1) await bench.refusal("listTags");
    const thirds = pausesOf(bench).filter((_, index) => index % 3 === 2);
    expect(thirds).toHaveLength(6);
    expect(new Set(thirds).size).toBeGreaterThan(1);
  });

  test("the wait is as long as Retry-After says, if that is longer", async () => {
    runClockFast();
    const bench = await openWorkbench();
    for (const after of ["7", "0", new Date(Date.now() - 5000).toUTCString()]) {
      bench.sandbox.faults.add({ kind: "status", status: 503, headers: { "retry-after": after } });
    }
    await bench.run("listTags");
    const [first, second, third] = pausesOf(bench);
    expect(first).toBe(7);
    expect(second).toBeGreaterThanOrEqual(1);
    expect(second).toBeLessThanOrEqual(1.3);
    expect(third).toBeGreaterThanOrEqual(2);
    expect(third).toBeLessThanOrEqual(2.5);
  });

  test("after three retries, the error quotes Intercom and names the request", async () => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({
      kind: "status",
      status: 503,
      code: "service_unavailable",
      times: 4,
    });
    const error = await bench.refusal("listTags");
    expect(error).toMatchObject({ name: "ServerError", status: 503, code: "service_unavailable" });
    expect(error.message).toMatch(
      /^Intercom failed to list the tags: .+ \(503 service_unavailable, request \w{20}\)\.$/,
    );
    expect(bench.sandbox.requests).toHaveLength(4);
  });
});
