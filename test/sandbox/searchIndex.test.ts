import { describe, expect, test } from "vitest";
import { minute, namesFound, openSandbox } from "../judges/answers";

describe("the index", () => {
  const settings = { indexLagMs: 3 * minute };
  const byName = (value: string) => ({ field: "name", operator: "=", value });

  test("does not hold a new contact before the lag is over", async () => {
    const bench = await openSandbox({ settings });
    await bench.call("POST", "/contacts", { role: "lead", name: "Ada" });
    expect(await namesFound(bench, byName("Ada"))).toBe("");
    bench.clock.forward(3 * minute - 1);
    expect(await namesFound(bench, byName("Ada"))).toBe("");
    bench.clock.forward(1);
    expect(await namesFound(bench, byName("Ada"))).toBe("Ada");
    expect((await bench.call("GET", "/contacts")).body.total_count).toBe(1);
  });

  test("shows a changed contact as it was, change after change", async () => {
    const bench = await openSandbox({ settings });
    const { id } = (await bench.call("POST", "/contacts", { role: "lead", name: "one" })).body;
    bench.clock.forward(3 * minute);
    await bench.call("PUT", `/contacts/${id}`, { name: "two" });
    bench.clock.forward(minute);
    await bench.call("PUT", `/contacts/${id}`, { name: "three" });
    const seen = async () => {
      const anybody = { field: "role", operator: "=", value: "lead" };
      return [await namesFound(bench, anybody), await namesFound(bench, byName("three"))];
    };
    expect(await seen()).toEqual(["one", ""]);
    bench.clock.forward(2 * minute);
    expect(await seen()).toEqual(["two", ""]);
    bench.clock.forward(minute);
    expect(await seen()).toEqual(["three", "three"]);
  });

  test("forgets an archived contact at once", async () => {
    const bench = await openSandbox();
    const { id } = (await bench.call("POST", "/contacts", { role: "lead", name: "Ada" })).body;
    bench.sandbox.settings.indexLagMs = minute;
    await bench.call("POST", `/contacts/${id}/archive`);
    expect(await namesFound(bench, byName("Ada"))).toBe("");
  });

  test("holds what a seed brought from the start", async () => {
    const bench = await openSandbox({ seed: "workspace", settings });
    expect(await namesFound(bench, byName("Ada Moreno"))).toBe("Ada Moreno");
  });
});
