import { isConnectionError } from "@prismatic-io/spectral";
import { describe, expect, test } from "vitest";
import type { Fault } from "../../sandbox/index";
import { fillCompanies } from "../stage/crowd";
import { openWorkbench, pausesOf, runClockFast } from "../stage/workbench";

describe("the scroll over more than 10,000 companies", () => {
  const large = { seed: "empty" as const, settings: { companyListCap: 100 } };

  /**
   * A workspace above the limit that this test sets for the sandbox, so that few companies are
   * enough.
   */
  async function openLarge() {
    runClockFast();
    const bench = await openWorkbench(large);
    const ids = fillCompanies(bench.sandbox.workspace, 450).map(({ id }) => id);
    const scrolls = () =>
      bench.sandbox.requests.filter(({ path }) => path.startsWith("/companies/scroll"));
    const readAll = async () => {
      const list = await bench.run<{ data: { id: string }[] }>("listCompanies", { fetchAll: true });
      return list.data.map(({ id }) => id).reverse();
    };
    return { ...bench, ids, readAll, scrolls };
  }

  test.each<[string, Fault]>([
    ["a 500", { kind: "status", status: 500 }],
    ["a lost answer, whose page the next call would skip", { kind: "closed", workDone: true }],
    ["a cut answer", { kind: "cut" }],
  ])("starts again after %s, and loses nothing", async (_name, fault) => {
    const { ids, readAll, sandbox, scrolls } = await openLarge();
    sandbox.faults.add({ ...fault, path: "/companies/scroll", skip: 2 });
    expect(await readAll()).toEqual(ids);
    // We don't retry the call, because each call moves the scroll on. The next call starts a new
    // scroll.
    const [, , broken, next] = scrolls();
    expect(broken).toMatchObject({ query: { scroll_param: expect.any(String) } });
    expect(next?.query).not.toHaveProperty("scroll_param");
  });

  test("waits for another scroll to end", async () => {
    const { ids, log, readAll, sandbox } = await openLarge();
    await fetch(`${sandbox.url}/companies/scroll`, {
      headers: { authorization: `Bearer ${sandbox.token}` },
    });
    expect(await readAll()).toEqual(ids);
    expect(log.join("\n")).toContain("Another scroll over the companies is open.");
  });

  test("waits five times for another scroll to end, and then says so", async () => {
    const bench = await openLarge();
    bench.sandbox.faults.add({
      path: "/companies/scroll",
      kind: "status",
      status: 400,
      code: "scroll_exists",
      message: "scroll already exists for this workspace",
      // More waits than any run allows.
      times: 50,
    });
    await expect(bench.readAll()).rejects.toThrow("Another program is reading all companies");
    expect(pausesOf(bench)).toEqual([15, 15, 15, 15, 15]);
    expect(bench.scrolls()).toHaveLength(6);
  });

  test("that Intercom closed half-way does not count as complete", async () => {
    const { ids, readAll, sandbox } = await openLarge();
    sandbox.faults.add({
      path: "/companies/scroll",
      skip: 2,
      kind: "rateLimited",
      resetInSeconds: 90,
      times: 2,
    });
    expect(await readAll()).toEqual(ids);
  });

  test("counts again where a company is deleted meanwhile", async () => {
    const { ids, readAll, sandbox } = await openLarge();
    const { companies } = sandbox.workspace;
    sandbox.faults.add({ path: "/companies/scroll", kind: "status", status: 500 });
    const reading = readAll();
    while (sandbox.requests.length < 2) await new Promise((resolve) => setImmediate(resolve));
    const first = companies.rows.get(ids[0] ?? "");
    if (first) companies.delete(first);
    expect(await reading).toEqual(ids.slice(1));
  });

  test.each([
    ["no way on", { type: "list", data: [], scroll_param: null }],
    ["nothing", { type: "list", data: [], scroll_param: "x" }],
  ])("that ends with %s before it is whole is an error", async (_name, body) => {
    const { readAll, sandbox } = await openLarge();
    sandbox.faults.add({
      path: "/companies/scroll",
      kind: "status",
      status: 200,
      body,
      times: Number.POSITIVE_INFINITY,
    });
    await expect(readAll()).rejects.toThrow(
      "Intercom ended the scroll over the companies after 0, before all were read.",
    );
  });

  test("that breaks four times is an error, not a shorter list", async () => {
    const { readAll, sandbox, scrolls } = await openLarge();
    sandbox.faults.add({
      path: "/companies/scroll",
      kind: "status",
      status: 500,
      times: Number.POSITIVE_INFINITY,
    });
    await expect(readAll()).rejects.toMatchObject({ name: "ServerError", status: 500 });
    expect(scrolls()).toHaveLength(4);
  });
});

describe("a Fetch All that stops half-way", () => {
  test("reports the failure at once, while other pages hang", async () => {
    const bench = await openWorkbench();
    fillCompanies(bench.sandbox.workspace, 1000);
    bench.sandbox.faults.add({ kind: "tokenRevoked", skip: 1 });
    bench.sandbox.faults.add({ kind: "hang", times: Number.POSITIVE_INFINITY, skip: 1 });
    const startedAtMs = performance.now();
    expect(isConnectionError(await bench.refusal("listCompanies", { fetchAll: true }))).toBe(true);
    expect(performance.now() - startedAtMs).toBeLessThan(5000);
  });

  test.each(["listContacts", "listCompanies"])(
    "%s fails, and returns no shorter list",
    async (key) => {
      runClockFast();
      const bench = await openWorkbench();
      fillCompanies(bench.sandbox.workspace, 4000);
      bench.sandbox.faults.add({
        kind: "status",
        status: 500,
        skip: 1,
        times: Number.POSITIVE_INFINITY,
      });
      expect(await bench.refusal(key, { fetchAll: "true" })).toMatchObject({ status: 500 });
    },
  );
});
