import { describe, expect, test } from "vitest";
import type { Workspace } from "../../sandbox/index";
import { batchesOf } from "../stage/batches";
import { fillCompanies, fillContacts } from "../stage/crowd";
import { manyContacts } from "../stage/manyContacts";
import { serve } from "../stage/serve";
import { holdClock, openWorkbench, runClockFast } from "../stage/workbench";

interface Row {
  id: string;
  name: string | null;
}

const noon = "2026-03-10T12:00:00Z";
const minute = 60;
const hour = 3600;
const ofContacts = { resourceType: "contacts" };
const ofCompanies = { resourceType: "companies" };

const make = ({ contacts }: Workspace, name: string) =>
  contacts.create({ role: "user", email: `${name}@example.org`, name });
const change = ({ contacts }: Workspace, id: string, name: string) =>
  contacts.update(contacts.get(id), { name });
const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id).sort();
const namesOf = (rows: Row[]) => rows.map(({ name }) => name);

describe("a poll in batches", () => {
  test("the first poll sets the mark, and later polls deliver each change once", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    const { workspace } = bench.sandbox;
    const { poll } = batchesOf(bench);
    const old = make(workspace, "old");
    moveOn(hour);
    expect(await poll(ofContacts)).toMatchObject({ items: [], resultType: "polled_no_changes" });
    moveOn(minute);
    make(workspace, "fresh");
    change(workspace, old.id, "old, changed");
    moveOn(minute);
    const { items, resultType } = await poll<Row>(ofContacts);
    expect(namesOf(items)).toEqual(["fresh", "old, changed"]);
    expect(resultType).toBe("completed");
    expect(await poll(ofContacts)).toMatchObject({ items: [], resultType: "polled_no_changes" });
  });

  test.each([
    ["showNewRecords", "old, changed"],
    ["showUpdatedRecords", "fresh"],
  ])("without %s, the other records come", async (input, name) => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    const { workspace } = bench.sandbox;
    const { poll } = batchesOf(bench);
    const old = make(workspace, "old");
    moveOn(hour);
    await poll(ofContacts);
    make(workspace, "fresh");
    change(workspace, old.id, "old, changed");
    moveOn(minute);
    expect(namesOf((await poll<Row>({ ...ofContacts, [input]: "false" })).items)).toEqual([name]);
  });

  test("many changes come page by page, and the cursor stays small", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    const { workspace } = bench.sandbox;
    const { poll, state } = batchesOf(bench);
    const made = fillContacts(workspace, 1000);
    moveOn(hour);
    await poll(ofContacts);
    moveOn(minute);
    for (const { id } of made) change(workspace, id, "changed");
    moveOn(minute);
    bench.sandbox.requests.length = 0;
    const { pages, items } = await poll<Row>(ofContacts);
    expect(pages.map(({ length }) => length)).toEqual([150, 150, 150, 150, 150, 150, 100]);
    expect(idsOf(items)).toEqual(idsOf(made));
    // The pages, and page 1 again.
    expect(bench.sandbox.requests).toHaveLength(8);
    expect(state()).not.toHaveProperty("__prismaticInternal.polling.walk");
  });

  test("a poll that fails goes on where it stopped, and nothing comes twice", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    const { workspace, faults } = bench.sandbox;
    const { poll } = batchesOf(bench);
    const made = fillContacts(workspace, 1000);
    moveOn(hour);
    await poll(ofContacts);
    moveOn(minute);
    for (const { id } of made) change(workspace, id, "changed");
    moveOn(minute);
    faults.add({ kind: "status", status: 403, skip: 3 });
    const first = await poll<Row>(ofContacts);
    expect([first.items.length, first.error?.message]).toEqual([
      450,
      expect.stringContaining("Intercom refused to search the contacts"),
    ]);
    moveOn(hour);
    bench.sandbox.requests.length = 0;
    const second = await poll<Row>(ofContacts);
    expect(second.pages.map(({ length }) => length)).toEqual([150, 150, 150, 100]);
    expect(second.items).toHaveLength(550);
    expect(idsOf([...first.items, ...second.items])).toEqual(idsOf(made));
  });

  test("a cursor that Intercom takes no longer begins the poll anew, with a warning", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    const { workspace, faults } = bench.sandbox;
    const { poll } = batchesOf(bench);
    const made = fillContacts(workspace, 400);
    moveOn(hour);
    await poll(ofContacts);
    moveOn(minute);
    for (const { id } of made) change(workspace, id, "changed");
    moveOn(minute);
    faults.add({ kind: "status", status: 403, skip: 1 });
    const first = await poll<Row>(ofContacts);
    moveOn(minute);
    faults.add({ kind: "status", status: 400, message: "Invalid starting_after param" });
    const second = await poll<Row>(ofContacts);
    expect(idsOf([...first.items, ...second.items])).toEqual(idsOf(made));
    expect(bench.log.join("\n")).toContain(
      "warn We read from the first page again: Intercom refused to search the contacts",
    );
  });

  test("a page that claims to be the last is read again", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    const { workspace, faults } = bench.sandbox;
    const { sync } = batchesOf(bench);
    const made = fillContacts(workspace, 400);
    moveOn(hour);
    const body = { type: "list", data: [], total_count: 400, pages: { page: 2, total_pages: 3 } };
    faults.add({ kind: "status", status: 200, body, skip: 1 });
    expect(idsOf((await sync<Row>(ofContacts)).items)).toEqual(idsOf(made));
  });

  test.each([
    ["no cursor", { page: 1, total_pages: 3, next: { page: 2 } }],
    ["the same cursor twice", { page: 2, total_pages: 3, next: { starting_after: "same" } }],
  ])("a page that announces more and gives %s is an error", async (words, pages) => {
    holdClock(noon);
    const bench = await openWorkbench();
    const body = { type: "list", data: [{ id: "1" }], total_count: 400, pages };
    bench.sandbox.faults.add({ kind: "status", status: 200, body, times: 9 });
    const { error } = await batchesOf(bench).sync(ofContacts);
    expect(error?.message).toContain(`Intercom gave ${words}`);
  });
});

describe("the initial sync", () => {
  test("delivers every contact, a page per invocation, with one request per page", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    const made = fillContacts(bench.sandbox.workspace, 1000);
    moveOn(hour);
    const { pages, items } = await batchesOf(bench).sync<Row>(ofContacts);
    expect(pages).toHaveLength(7);
    expect(bench.sent()).toEqual(Array(7).fill("POST /contacts/search"));
    expect(idsOf(items)).toEqual(idsOf(made));
  });

  test("loses and doubles nothing where every 25th request fails, with one request more for each failure", async () => {
    runClockFast();
    const bench = await openWorkbench();
    const { answer, asked, pages: pagesNeeded } = manyContacts({ count: 15_000, failEvery: 25 });
    const url = await serve(answer);
    const fields = { ...bench.connection.fields, baseUrl: url };
    const connection = { ...bench.connection, fields };
    const { sync, state } = batchesOf(bench, { connection });
    const { items, pages, error } = await sync<Row>(ofContacts);
    expect(error).toBeUndefined();
    expect(JSON.stringify(state()).length).toBeLessThan(300);
    expect(pages).toHaveLength(pagesNeeded);
    expect(asked).toEqual({ requests: pagesNeeded + asked.failed, failed: 4 });
    expect(new Set(items.map(({ id }) => id)).size).toBe(15_000);
    expect(items).toHaveLength(15_000);
  });

  test("loses and doubles nothing, with failures, and changes between the pages", async () => {
    const bench = await openWorkbench({ seed: "empty", settings: { requestsPerWindow: 1e6 } });
    runClockFast();
    const { workspace, faults } = bench.sandbox;
    const made = fillContacts(workspace, 3000);
    for (const [skip, kind] of [
      [2, "closed"],
      [7, "cut"],
      [11, "html"],
      [16, "empty"],
    ] as const) {
      faults.add({ kind, skip });
    }
    const between = (page: number) => {
      make(workspace, `created-${page}`);
      const moved = made[page * 37];
      if (moved) change(workspace, moved.id, "changed meanwhile");
    };
    const { items, error } = await batchesOf(bench, { between }).sync<Row>(ofContacts);
    expect(error).toBeUndefined();
    const given = items.map(({ id }) => id);
    expect(new Set(given).size).toBe(given.length);
    expect(given).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
  });

  test("the first poll after it delivers what changed since it began, and not what it gave", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    const { workspace } = bench.sandbox;
    const made = fillContacts(workspace, 400);
    moveOn(minute);
    let isSync = true;
    const between = (page: number) => {
      moveOn(minute);
      if (page > 1 || !isSync) return;
      isSync = false;
      // One was delivered already, the other comes first with its new state.
      for (const at of [0, 399]) change(workspace, made[at]?.id ?? "", `changed-${at}`);
      make(workspace, "created meanwhile");
      moveOn(minute);
    };
    const { sync, poll } = batchesOf(bench, { between });
    expect((await sync<Row>(ofContacts)).items.map(({ id }) => id)).toEqual(
      expect.arrayContaining(made.map(({ id }) => id)),
    );
    moveOn(minute);
    // The sync gave the others with their newest state.
    expect(namesOf((await poll<Row>(ofContacts)).items)).toEqual(["changed-0"]);
    expect((await poll<Row>(ofContacts)).items).toEqual([]);
  });

  test("a contact that the search finds only after the sync comes with a poll", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench({
      seed: "empty",
      settings: { indexLagMs: 5 * minute * 1000 },
    });
    const { sync, poll } = batchesOf(bench);
    make(bench.sandbox.workspace, "late");
    moveOn(minute);
    expect((await sync(ofContacts)).items).toEqual([]);
    moveOn(10 * minute);
    expect(namesOf((await poll<Row>(ofContacts)).items)).toEqual(["late"]);
  });

  test("a sync that runs again leaves the mark of the polls", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    const { sync, poll } = batchesOf(bench);
    await poll(ofContacts);
    moveOn(hour);
    make(bench.sandbox.workspace, "before Since");
    moveOn(hour);
    make(bench.sandbox.workspace, "after Since");
    moveOn(minute);
    const since = "2026-03-10T13:30:00Z";
    expect(namesOf((await sync<Row>({ ...ofContacts, since })).items)).toEqual(["after Since"]);
    expect(namesOf((await poll<Row>(ofContacts)).items)).toEqual(["before Since"]);
  });

  test.each(["America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"])(
    "in %s, Since is the first second that counts",
    async (timeZone) => {
      const moveOn = holdClock(noon);
      const bench = await openWorkbench({ seed: "empty", settings: { timeZone } });
      for (const name of ["before", "at", "after"]) {
        moveOn(1);
        make(bench.sandbox.workspace, name);
      }
      const { items } = await batchesOf(bench).sync<Row>({
        ...ofContacts,
        since: "2026-03-10T12:00:02Z",
      });
      expect(namesOf(items).sort()).toEqual(["after", "at"]);
    },
  );

  test("a Since that is no time is refused before anything is sent", async () => {
    const bench = await openWorkbench();
    const { error } = await batchesOf(bench).sync({ ...ofContacts, since: "yesterday" });
    expect(error?.message).toMatch(/^"Since" must be .*"yesterday"/);
    expect(bench.sent()).toEqual([]);
  });
});

describe("the initial sync of companies", () => {
  test("up to 10,000 come in one page, with numbered pages", async () => {
    const bench = await openWorkbench();
    const made = fillCompanies(bench.sandbox.workspace, 200);
    const { pages } = await batchesOf(bench).sync<Row>(ofCompanies);
    expect(pages.map(idsOf)).toEqual([idsOf(made)]);
    expect(bench.sent().filter((line) => line.includes("scroll"))).toEqual([]);
  });

  test("beyond 10,000 they come in parts of a scroll, and again from the start where Intercom forgot it", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench({ seed: "empty", settings: { requestsPerWindow: 1e6 } });
    const made = fillCompanies(bench.sandbox.workspace, 10_050);
    moveOn(hour);
    const between = (page: number) => page === 2 && moveOn(2 * minute);
    const { pages, items } = await batchesOf(bench, { between }).sync<Row>(ofCompanies);
    expect(pages.slice(0, 2).map(({ length }) => length)).toEqual([2000, 2000]);
    expect(idsOf([...new Map(items.map((item) => [item.id, item])).values()])).toEqual(idsOf(made));
    expect(items.length).toBeLessThanOrEqual(10_050 + 4000);
    expect(bench.log.join("\n")).toMatch(
      /^warn The scroll over the companies broke, .*4000 of 10050/m,
    );
  });
});
