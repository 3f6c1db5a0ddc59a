import { describe, expect, test } from "vitest";
import { holdClock, openWorkbench, type Workbench } from "../stage/workbench";

const noon = "2026-03-10T12:00:00Z";
const minute = 60;

interface Found {
  id: string;
  name: string;
}

const listedAs = {
  contacts: "data",
  tickets: "tickets",
  conversations: "conversations",
  companies: "data",
};
type Kind = keyof typeof listedAs;
const kinds = Object.keys(listedAs) as Kind[];

/** Polls one kind of records; Intercom's answer has these records. */
async function openWith(resourceType: Kind = "contacts") {
  const moveOn = holdClock(noon);
  const bench = await openWorkbench();
  const poll = () => bench.poll<Found>("pollChangesTrigger", { resourceType });
  const answer = (records: object[], more: object = {}) => {
    const pages = { type: "pages", page: 1, per_page: 150, total_pages: 1 };
    const body = {
      type: "list",
      [listedAs[resourceType]]: records,
      total_count: records.length,
      pages,
      ...more,
    };
    bench.sandbox.faults.add({ kind: "status", status: 200, body });
  };
  await poll();
  moveOn(60 * minute);
  const now = () => Math.floor(Date.now() / 1000);
  return { ...bench, moveOn, answer, poll, now };
}

const stateOf = ({ instanceState }: Pick<Workbench, "instanceState">) =>
  (instanceState.__prismaticInternal as { polling: Record<string, number> }).polling;
const warnings = (log: string[]) => log.filter((line) => line.startsWith("warn"));
const namesOf = (found: Found[]) => found.map(({ name }) => name);

test.each([
  ["on two pages", false],
  ["on one page", true],
])("of a duplicate record %s, the newer one is delivered, in either order", async (_, isOnOne) => {
  for (const isNewerFirst of [true, false]) {
    const { answer, poll, now } = await openWith();
    const older = { id: "1", name: "older", created_at: now() - 90, updated_at: now() - 90 };
    const newer = { ...older, name: "newer", updated_at: now() - 60 };
    const both = isNewerFirst ? [newer, older] : [older, newer];
    const next = { starting_after: "next" };
    if (isOnOne) answer(both, { total_count: 1 });
    else {
      answer(both.slice(0, 1), { total_count: 1, pages: { page: 1, total_pages: 2, next } });
      answer(both.slice(1), { total_count: 1, pages: { page: 2, total_pages: 2 } });
      answer([]);
    }
    expect(namesOf((await poll()).created)).toEqual(["newer"]);
  }
});

describe.each(kinds)("a record of %s", (kind) => {
  const at = Date.parse(noon) / 1000 + 58 * minute;
  const iso = new Date(at * 1000).toISOString();

  test.each([
    ["digits as text", String(at)],
    ["milliseconds", at * 1000],
    ["milliseconds as text", String(at * 1000)],
    ["a fraction", at + 0.5],
    ["a date", iso],
    ["a date without a zone", iso.replace(/\.000Z$/, "")],
    ["a date as Ruby prints it", iso.replace("T", " ").replace(".000Z", " UTC")],
  ])("whose times are %s comes once, as Intercom gave it", async (_, time) => {
    const { answer, log, moveOn, now, poll, ...bench } = await openWith(kind);
    const record = { id: "1", name: "fresh", created_at: time, updated_at: time };
    answer([record]);
    expect(await poll()).toMatchObject({ created: [record], updated: [] });
    moveOn(minute);
    answer([record]);
    expect((await poll()).resultType).toBe("polled_no_changes");
    expect(warnings(log)).toEqual([]);
    expect(stateOf(bench).mark).toBe(now());
    expect(stateOf(bench).delivered).toEqual({ 1: at });
  });

  test.each([
    ["missing", undefined],
    ["null", null],
    ["no time", "yesterday"],
    ["an object", { seconds: at }],
    ["years ahead", 4_102_444_800],
    ["below 0", -1],
  ])(
    "with %s as the time of change comes once with a warning, and again when that value changes",
    async (_, time) => {
      const { answer, log, moveOn, now, poll, ...bench } = await openWith(kind);
      const changedAt = time === undefined ? {} : { updated_at: time };
      const old = { id: "odd-1", name: "old", created_at: at - 86_400, ...changedAt };
      const fresh = { ...old, id: "odd-2", name: "fresh", created_at: at };
      answer([old, fresh]);
      expect(await poll()).toMatchObject({ created: [fresh], updated: [old] });
      expect(warnings(log)).toEqual([
        'warn We can\'t read "updated_at" of odd-1, odd-2: we deliver each now, and again when that value changes.',
      ]);
      for (let step = 0; step < 3; step += 1) {
        moveOn(20 * minute);
        answer([old, fresh]);
        expect((await poll()).resultType).toBe("polled_no_changes");
      }
      expect(warnings(log)).toHaveLength(1);
      expect(stateOf(bench).mark).toBe(now());
      const changed = { ...old, name: "changed", updated_at: now() - minute };
      answer([changed, fresh]);
      expect(await poll()).toMatchObject({ created: [], updated: [changed] });
      moveOn(minute);
      answer([changed, fresh]);
      expect((await poll()).resultType).toBe("polled_no_changes");
    },
  );

  test("with an unreadable time of creation comes as updated, with a warning", async () => {
    const { answer, log, poll } = await openWith(kind);
    const record = { id: "odd", name: "odd", created_at: "yesterday", updated_at: at };
    answer([record]);
    expect(await poll()).toMatchObject({ created: [], updated: [record] });
    expect(warnings(log)).toEqual([
      'warn We can\'t read "created_at" of odd: we deliver each as updated.',
    ]);
  });
});

test("digits as text don't move the mark beyond Intercom's clock, however many records have them", async () => {
  const { answer, moveOn, now, poll, ...bench } = await openWith("companies");
  const records = Array.from({ length: 5200 }, (_, index) => {
    const at = String(now() - 100 - (index % 50));
    return { id: `c${index}`, name: `c${index}`, created_at: at, updated_at: at };
  });
  answer(records);
  expect((await poll()).created).toHaveLength(5200);
  moveOn(minute);
  answer([]);
  await poll();
  const { since, mark, lookedFrom } = stateOf(bench);
  expect(Math.max(Number(since), Number(mark), Number(lookedFrom))).toBe(now());
  const later = { id: "later", name: "later", created_at: now(), updated_at: now() };
  moveOn(minute);
  answer([later]);
  expect(namesOf((await poll()).created)).toEqual(["later"]);
});

test.each([
  ["the component before this one", () => ({ lastPolledAt: "2531-01-01T00:00:00.000Z" })],
  [
    "this one",
    () => {
      const mark = Date.parse("2531-01-01") / 1000;
      return { since: mark, mark, lookedFrom: mark, delivered: {}, restless: [] };
    },
  ],
])("a mark beyond today that %s left is logged, and the poll starts anew", async (_, left) => {
  const { answer, log, moveOn, now, poll, ...bench } = await openWith();
  bench.instanceState.__prismaticInternal = { polling: left() };
  expect((await poll()).resultType).toBe("polled_no_changes");
  expect(warnings(log)).toEqual([
    expect.stringContaining("We can't read the state of the last poll"),
  ]);
  expect(stateOf(bench).mark).toBe(now());
});

test("times that version 0.1.0 left as text don't move the mark beyond Intercom's clock", async () => {
  const { answer, moveOn, now, poll, ...bench } = await openWith("companies");
  const mark = now() - minute;
  const delivered = Object.fromEntries(
    Array.from({ length: 5200 }, (_, index) => [`c${index}`, String(mark - (index % 50))]),
  );
  const state = { since: mark - 60 * minute, mark, lookedFrom: mark, delivered, restless: [] };
  bench.instanceState.__prismaticInternal = { polling: state };
  answer([]);
  await poll();
  expect(Number(stateOf(bench).since)).toBeLessThan(now());
});

test("the state for records without a time stays small", async () => {
  const { answer, moveOn, poll, ...bench } = await openWith("companies");
  const records = (from: number) =>
    Array.from({ length: 6000 }, (_, index) => ({ id: `c${from + index}`, name: "odd" }));
  for (const from of [0, 3000, 6000]) {
    moveOn(minute);
    answer(records(from));
    await poll();
    expect(JSON.stringify(bench.instanceState).length).toBeLessThan(200_000);
  }
});
