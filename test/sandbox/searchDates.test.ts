import { describe, expect, test } from "vitest";
import { compileQuery } from "../../sandbox/search/query";
import { namesFound, openSandbox } from "../judges/answers";

describe("a date", () => {
  /** Contacts made at these instants, and which of them a filter finds. */
  async function made(timeZone: string, times: Record<string, string>) {
    const bench = await openSandbox({ settings: { timeZone } });
    const { contacts } = bench.sandbox.workspace;
    for (const [name, time] of Object.entries(times)) {
      contacts.create({ role: "lead", name, createdAt: Date.parse(time) / 1000 });
    }
    return (operator: string, time: string) =>
      namesFound(bench, { field: "created_at", operator, value: Date.parse(time) / 1000 });
  }

  test("is matched by the whole day of the workspace, not of UTC", async () => {
    const found = await made("America/New_York", {
      lastSecond: "2026-01-10T04:59:59Z",
      midnight: "2026-01-10T05:00:00Z",
      evening: "2026-01-11T04:59:59Z",
      nextDay: "2026-01-11T05:00:00Z",
    });
    const noon = "2026-01-10T17:00:00Z";
    expect(await found("=", noon)).toBe("evening midnight");
    expect(await found(">", noon)).toBe("nextDay");
    expect(await found("<", noon)).toBe("lastSecond");
  });

  test("greater than the first second of a day leaves out the rest of that day", async () => {
    const found = await made("UTC", {
      later: "2026-01-10T23:59:59Z",
      next: "2026-01-11T00:00:00Z",
    });
    expect(await found(">", "2026-01-10T00:00:00Z")).toBe("next");
  });

  test("has 23 hours on the day the clocks go forward, and 25 when they go back", async () => {
    const spring = await made("America/New_York", {
      before: "2026-03-08T04:59:59Z",
      first: "2026-03-08T05:00:00Z",
      last: "2026-03-09T03:59:59Z",
      after: "2026-03-09T04:00:00Z",
    });
    expect(await spring("=", "2026-03-08T18:00:00Z")).toBe("first last");
    expect(await spring("<", "2026-03-08T18:00:00Z")).toBe("before");
    expect(await spring(">", "2026-03-08T06:00:00Z")).toBe("after");
    const autumn = await made("America/New_York", {
      before: "2026-11-01T03:59:59Z",
      first: "2026-11-01T04:00:00Z",
      last: "2026-11-02T04:59:59Z",
      after: "2026-11-02T05:00:00Z",
    });
    expect(await autumn("=", "2026-11-01T12:00:00Z")).toBe("first last");
    expect(await autumn(">", "2026-11-01T12:00:00Z")).toBe("after");
  });

  test("begins an hour late where midnight does not exist", async () => {
    // In Beirut, 29 March 2026 begins at one o'clock: 28 March 22:00 UTC.
    const found = await made("Asia/Beirut", {
      last: "2026-03-28T21:59:59Z",
      first: "2026-03-28T22:00:00Z",
    });
    expect(await found("=", "2026-03-29T10:00:00Z")).toBe("first");
    expect(await found("=", "2026-03-28T10:00:00Z")).toBe("last");
  });

  test("may come as text, and custom dates go by the day too", async () => {
    const bench = await openSandbox({ settings: { timeZone: "UTC" } });
    const { contacts } = bench.sandbox.workspace;
    const renewal_date = Date.parse("2026-05-01T20:00:00Z") / 1000;
    contacts.create({ role: "lead", name: "Ada", customAttributes: { renewal_date } });
    contacts.create({ role: "lead", name: "Bo" });
    const value = String(Date.parse("2026-05-01T03:00:00Z") / 1000);
    const field = "custom_attributes.renewal_date";
    expect(await namesFound(bench, { field, operator: "=", value })).toBe("Ada");
    expect(await namesFound(bench, { field, operator: "=", value: null })).toBe("Bo");
  });

  test("is matched to the second where the language says so, as for tickets", () => {
    const at = (operator: string, value: number) =>
      compileQuery<{ at: number }>(
        { field: "created_at", operator, value },
        { field: () => ({ type: "date", of: (row) => row.at }), dates: { by: "second" } },
      );
    expect(at("=", 100)({ at: 100 })).toBe(true);
    expect(at("=", 100)({ at: 101 })).toBe(false);
    expect(at(">", 100)({ at: 101 })).toBe(true);
    expect(at("<=", 100)({ at: 100 })).toBe(true);
    expect(at(">=", 100)({ at: 99 })).toBe(false);
    expect(at("!=", 100)({ at: 99 })).toBe(true);
  });
});
