import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { Fault } from "../../sandbox/index";
import { openWorkbench, runClockFast } from "../stage/workbench";

const tokenOfSandbox = /dG9r[\w+/=]{20,}/;

describe("the token", () => {
  test("is in no log line and no error if the user put the token into a URL", async () => {
    const bench = await openWorkbench();
    const { token } = bench.sandbox;
    const url = `/nope?token=${token}`;
    const error = await bench.refusal("rawRequest", { method: "GET", url, debugRequest: true });
    expect(`${error.message}\n${bench.log.join("\n")}`).not.toContain(token);
    expect(bench.log.join("\n")).toContain("[secret]");
  });

  const faults: Fault[] = [
    {
      kind: "status",
      status: 400,
      body: { type: "error.list", errors: [{ code: "x", message: "TOKEN" }] },
    },
    { kind: "status", status: 500, body: "TOKEN", times: 4 },
    { kind: "tokenRevoked" },
    { kind: "closed", times: 4 },
    { kind: "hang", times: 4 },
    { kind: "status", status: 302, headers: { location: "https://example.org/TOKEN" } },
  ];

  test.each(faults)("is in no log line and no error after $kind $status", async (fault) => {
    runClockFast();
    const bench = await openWorkbench();
    const { token } = bench.sandbox;
    bench.sandbox.faults.add(JSON.parse(JSON.stringify(fault).replaceAll("TOKEN", token)));
    const error = await bench.refusal("listTags");
    const emitted = [
      inspect(error, { depth: 20, showHidden: true }),
      JSON.stringify(error),
      ...bench.log,
    ];
    expect(token).toMatch(tokenOfSandbox);
    expect(emitted.join("\n")).not.toContain(token);
    expect(bench.log.length).toBeGreaterThan(0);
  });
});
