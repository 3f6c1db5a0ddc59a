import { describe, expect, test } from "vitest";
import {
  type Bench,
  companyIdsOf,
  fillCompanies,
  minute,
  openSandbox,
  refusal,
} from "../judges/answers";

describe("the scroll", () => {
  const lost = { status: 404, code: "not_found", message: "scroll parameter not found" };
  const next = (bench: Bench, param: string) =>
    bench.call("GET", `/companies/scroll?scroll_param=${param}`);

  test("gives a hundred at a time and ends in 404", async () => {
    const bench = await openSandbox();
    const made = fillCompanies(bench, 150);
    const first = (await bench.call("GET", "/companies/scroll")).body;
    const second = (await next(bench, first.scroll_param)).body;
    expect([first.data.length, second.data.length]).toEqual([100, 50]);
    expect([...companyIdsOf(first), ...companyIdsOf(second)].sort()).toEqual(made.sort());
    expect(refusal(await next(bench, first.scroll_param))).toEqual(lost);
    expect((await bench.call("GET", "/companies/scroll")).status).toBe(200);
  });

  test("or in an empty page, where that is the knob", async () => {
    const bench = await openSandbox({ settings: { scrollEnd: "empty" } });
    fillCompanies(bench, 1);
    const { scroll_param } = (await bench.call("GET", "/companies/scroll")).body;
    expect((await next(bench, scroll_param)).body.data).toEqual([]);
    expect(refusal(await next(bench, scroll_param))).toEqual(lost);
  });

  test("there is one at a time", async () => {
    const bench = await openSandbox();
    fillCompanies(bench, 1);
    await bench.call("GET", "/companies/scroll");
    expect(refusal(await bench.call("GET", "/companies/scroll"))).toEqual({
      status: 400,
      code: "scroll_exists",
      message: "scroll already exists for this workspace",
    });
  });

  test("is lost after a minute without use, and makes room for another", async () => {
    const bench = await openSandbox();
    fillCompanies(bench, 250);
    const { scroll_param } = (await bench.call("GET", "/companies/scroll")).body;
    bench.clock.forward(minute - 1);
    expect((await next(bench, scroll_param)).status).toBe(200);
    bench.clock.forward(minute);
    expect(refusal(await next(bench, scroll_param))).toEqual(lost);
    expect((await bench.call("GET", "/companies/scroll")).status).toBe(200);
  });

  test("moves on with every call, so a repeated one misses a page", async () => {
    const bench = await openSandbox();
    fillCompanies(bench, 250);
    const { scroll_param, data } = (await bench.call("GET", "/companies/scroll")).body;
    const second = companyIdsOf((await next(bench, scroll_param)).body);
    const repeated = companyIdsOf((await next(bench, scroll_param)).body);
    expect(second.filter((id) => repeated.includes(id))).toEqual([]);
    expect(data.length + second.length + repeated.length).toBe(250);
  });
});
