import { describe, expect, test } from "vitest";
import { fillCompanies } from "../stage/crowd";
import { serveJson } from "../stage/serve";
import { holdClock, openWorkbench, type Workbench } from "../stage/workbench";

const noon = "2026-03-10T12:00:00Z";
const minute = 60;

interface Found {
  id: string;
}

const stateOf = ({ instanceState }: Pick<Workbench, "instanceState">) =>
  (instanceState.__prismaticInternal as { polling: Record<string, number> }).polling;
const warnings = (log: string[]) => log.filter((line) => line.startsWith("warn"));

/** Polls a server that gives these records, except those that the test leaves out. */
async function openWith(resourceType: string, count: number) {
  const moveOn = holdClock(noon);
  const served = {
    records: [] as object[],
    pages: [] as [from: number, to: number][],
    requests: 0,
  };
  const listedAs = resourceType === "contacts" ? "data" : resourceType;
  const baseUrl = await serveJson(({ body }) => {
    served.requests += 1;
    const number = Number(body.pagination?.starting_after ?? 0);
    const [from, to] = served.pages[number] ?? [0, 0];
    const next = number < served.pages.length - 1 && { starting_after: `${number + 1}` };
    return {
      type: "list",
      [listedAs]: served.records.slice(from, to),
      total_count: served.records.length,
      pages: {
        page: number + 1,
        per_page: 150,
        total_pages: served.pages.length,
        ...(next && { next }),
      },
    };
  });
  const bench = await openWorkbench({ seed: "empty" }, { baseUrl });
  const poll = () => bench.poll<Found>("pollChangesTrigger", { resourceType });
  await poll();
  moveOn(60 * minute);
  const at = Math.floor(Date.now() / 1000) - minute;
  served.records = Array.from({ length: count }, (_, index) => ({
    id: `r${index}`,
    created_at: at,
    updated_at: at,
  }));
  return { ...bench, moveOn, poll, served };
}

const sound: [number, number][] = [
  [0, 150],
  [150, 300],
];

describe.each(["contacts", "tickets", "conversations"])(
  "a poll of %s whose total contradicts the pages",
  (kind) => {
    const shapes: [string, [number, number][], number][] = [
      ["one page only", [[0, 150]], 150],
      [
        "an empty page with a next page",
        [
          [0, 0],
          [150, 300],
        ],
        150,
      ],
    ];

    test.each(shapes)("reads again: %s", async (_, broken) => {
      const { log, poll, served } = await openWith(kind, 300);
      served.pages = broken;
      const polling = poll();
      while (served.requests < 1 + broken.length) await new Promise((done) => setImmediate(done));
      served.pages = sound;
      expect((await polling).created).toHaveLength(300);
      expect(warnings(log)).toEqual([]);
    });

    test.each(shapes)(
      "keeps the mark, and the next poll delivers the rest: %s",
      async (_, broken, count) => {
        const { log, moveOn, poll, served, ...bench } = await openWith(kind, 300);
        const { mark } = stateOf(bench);
        served.pages = broken;
        const ids = (await poll()).created.map(({ id }) => id);
        expect(ids).toHaveLength(count);
        expect(warnings(log)).toEqual([
          `warn Intercom gave ${count} of 300 ${kind} in 3 readings: ${300 - count} may be missing.`,
        ]);
        expect(stateOf(bench).mark).toBe(mark);
        moveOn(60 * minute);
        served.pages = sound;
        const rest = await poll();
        expect(rest.updated).toEqual([]);
        ids.push(...rest.created.map(({ id }) => id));
        expect([ids.length, new Set(ids).size]).toEqual([300, 300]);
        expect(stateOf(bench).mark).toBeGreaterThan(Number(mark));
      },
    );

    test("moves the mark after three polls in a row with a warning, and keeps its state small", async () => {
      const { log, moveOn, poll, served, ...bench } = await openWith(kind, 300);
      served.pages = [[0, 150]];
      const marks: unknown[] = [];
      for (let step = 0; step < 4; step += 1) {
        await poll();
        marks.push(stateOf(bench).mark);
        moveOn(minute);
      }
      expect(marks[1]).toBe(marks[0]);
      expect(marks[2]).toBe(Date.parse(noon) / 1000 + 62 * minute);
      expect(marks[3]).toBe(marks[2]);
      expect(warnings(log).filter((line) => line.includes("polls in a row:"))).toEqual([
        `warn Intercom gave fewer records than its own count (polls in a row: 3), so we stop reading the same time again. A missing record comes with its next change.`,
      ]);
    });
  },
);

test("a poll of contacts that an empty page cuts in two before the old ones reads again", async () => {
  const { log, poll, served } = await openWith("contacts", 450);
  // Sorted newest first; the last 150 changed long ago, so the pages after them are not read.
  served.records = served.records.map((record, index) =>
    index < 300 ? record : { ...record, created_at: 1000 - index, updated_at: 1000 - index },
  );
  served.pages = [
    [0, 150],
    [0, 0],
    [300, 450],
    [0, 0],
  ];
  const polling = poll();
  while (served.requests < 2) await new Promise((done) => setImmediate(done));
  expect((await polling).created).toHaveLength(150);
  expect(warnings(log)).toEqual([expect.stringContaining("may be missing")]);
});

describe("a poll of companies", () => {
  const companies = (name: string, count: number, at: number) =>
    Array.from({ length: count }, (_, index) => ({
      type: "company",
      id: `${name}${index}`,
      created_at: at,
      updated_at: at,
    }));

  test("whose total is always one too high moves the mark with a warning, and its state stays small", async () => {
    const moveOn = holdClock(noon);
    let data: object[] = [];
    const baseUrl = await serveJson(() => {
      const pages = { type: "pages", page: 1, per_page: 60, total_pages: 1, next: null };
      return { type: "list", data, total_count: data.length + 1, pages };
    });
    const { poll, log, ...bench } = await openWorkbench({ seed: "empty" }, { baseUrl });
    const inputs = { resourceType: "companies" };
    await poll("pollChangesTrigger", inputs);
    const ids: string[] = [];
    const sizes: number[] = [];
    for (let step = 0; step < 30; step += 1) {
      moveOn(10 * minute);
      data = companies(`step-${step}-`, 50, Math.floor(Date.now() / 1000));
      moveOn(10 * minute);
      const { created, updated } = await poll<Found>("pollChangesTrigger", inputs);
      expect(updated).toEqual([]);
      ids.push(...created.map(({ id }) => id));
      sizes.push(JSON.stringify(bench.instanceState).length);
      const lagSeconds = Date.now() / 1000 - Number(stateOf(bench).mark);
      expect(lagSeconds).toBeLessThan(60 * minute + 1);
    }
    expect([ids.length, new Set(ids).size]).toEqual([1500, 1500]);
    expect(Math.max(...sizes)).toBeLessThan(7000);
    expect(warnings(log).filter((line) => line.includes("polls in a row: 3"))).toHaveLength(10);
  });

  test("moves the mark before the state grows too large, and duplicates nothing", async () => {
    const moveOn = holdClock(noon);
    let data: object[] = [];
    const baseUrl = await serveJson(() => {
      const pages = { type: "pages", page: 1, per_page: 60, total_pages: 1, next: null };
      return { type: "list", data, total_count: data.length + 1, pages };
    });
    const { poll, log, ...bench } = await openWorkbench({ seed: "empty" }, { baseUrl });
    const inputs = { resourceType: "companies" };
    await poll("pollChangesTrigger", inputs);
    moveOn(minute);
    data = companies("many-", 12_000, Math.floor(Date.now() / 1000));
    for (const count of [12_000, 0]) {
      moveOn(minute);
      const { created } = await poll<Found>("pollChangesTrigger", inputs);
      expect(created).toHaveLength(count);
      expect(JSON.stringify(bench.instanceState).length).toBeLessThan(200_000);
    }
    expect(warnings(log).join("\n")).toContain("so we stop reading the same time again");
  });

  test.each([60, 100_000])(
    "moves its mark to Intercom's clock, with a cap of %i",
    async (companyListCap) => {
      const moveOn = holdClock(noon);
      const bench = await openWorkbench({ seed: "empty", settings: { companyListCap } });
      fillCompanies(bench.sandbox.workspace, 150);
      const inputs = { resourceType: "companies" };
      for (let step = 0; step < 3; step += 1) {
        await bench.poll("pollChangesTrigger", inputs);
        expect(stateOf(bench).mark).toBe(Date.now() / 1000);
        moveOn(minute);
      }
    },
  );

  test("of more than 10,000 moves the mark if the total is always one too high", async () => {
    const moveOn = holdClock(noon);
    let data: object[] = [];
    const baseUrl = await serveJson(({ url }) => {
      if (url.pathname === "/companies/list") {
        const pages = { page: 1, per_page: 60, total_pages: 169, next: null };
        return { type: "list", data: [], total_count: 10_001 + data.length, pages };
      }
      if (url.searchParams.has("scroll_param")) return undefined;
      const others = companies("old-", 10_000, 1000);
      return { type: "list", data: [...others, ...data], scroll_param: "on" };
    });
    const { poll, log } = await openWorkbench({ seed: "empty" }, { baseUrl });
    const inputs = { resourceType: "companies" };
    await poll("pollChangesTrigger", inputs);
    moveOn(minute);
    data = companies("fresh-", 1, Math.floor(Date.now() / 1000));
    moveOn(minute);
    expect((await poll<Found>("pollChangesTrigger", inputs)).created).toMatchObject([
      { id: "fresh-0" },
    ]);
    expect(warnings(log).join("\n")).toContain("1 may be missing");
  });
});
