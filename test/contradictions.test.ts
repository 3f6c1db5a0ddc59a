import { describe, expect, test } from "vitest";
import { serveJson } from "./stage/serve";
import { openWorkbench } from "./stage/workbench";

interface List {
  data: { id: string; name?: string }[];
  total_count: number;
  missing_count?: number;
}

const total = 400;
const people = Array.from({ length: total }, (_, index) => ({
  type: "contact",
  id: `c${index}`,
  created_at: 2000 - index,
  updated_at: 2000 - index,
}));
const idsOf = ({ data }: Pick<List, "data">) => data.map(({ id }) => id);
const warnings = (log: string[]) => log.filter((line) => line.startsWith("warn"));

interface Page {
  data: object[];
  total_count?: number;
}

/** The pages of a list; the cursor to the next page is its number. */
const asPages = (pages: Page[]) =>
  pages.map(({ data, total_count = total }, index) => ({
    type: "list",
    data,
    total_count,
    pages: {
      type: "pages",
      page: index + 1,
      per_page: 150,
      // The count of pages must be consistent, because only the total contradicts the pages.
      total_pages: pages.length,
      ...(index < pages.length - 1 && { next: { starting_after: `after-${index + 1}` } }),
    },
  }));

const slices = (...bounds: [from: number, to: number][]): Page[] =>
  bounds.map(([from, to]) => ({ data: people.slice(from, to) }));

const sound = slices([0, 150], [150, 300], [300, 400]);

/** A server of contacts that gives one list per reading, and the last list again after that. */
async function openWith(...readings: Page[][]) {
  const sent: string[] = [];
  let reading = -1;
  const baseUrl = await serveJson(({ url, body }) => {
    const cursor = url.searchParams.get("starting_after") ?? body.pagination?.starting_after;
    sent.push(cursor ?? "from the start");
    const number = Number(cursor?.replace("after-", "") ?? 0);
    if (number === 0) reading += 1;
    return asPages(readings[Math.min(Math.max(reading, 0), readings.length - 1)] ?? [])[number];
  });
  const bench = await openWorkbench({ seed: "empty" }, { baseUrl });
  const countReadings = () => sent.filter((cursor) => cursor === "from the start").length;
  return { ...bench, requests: sent, countReadings };
}

const shapes: [string, Page[], number][] = [
  ["an empty page with a next page", slices([0, 150], [0, 0], [300, 400]), 250],
  ["a second page that claims to be the last", slices([0, 150], [150, 300]), 300],
  ["one page only", slices([0, 150]), 150],
];

describe.each(["desc", "asc"])(
  "Fetch All of contacts, %s, whose total contradicts the pages",
  (order) => {
    const fetchAll = { fetchAll: true, order };

    test.each(shapes)("reads again after %s, and gives all", async (_, broken) => {
      const { run, log, countReadings } = await openWith(broken, sound);
      const list = await run<List>("listContacts", fetchAll);
      expect(idsOf(list).sort()).toEqual(idsOf({ data: people }).sort());
      expect(list.total_count).toBe(400);
      expect(list).not.toHaveProperty("missing_count");
      expect([warnings(log), countReadings()]).toEqual([[], 2]);
    });

    test.each(shapes)(
      "says in the log and in the result how many records are missing after %s in each reading",
      async (_, broken, count) => {
        const { run, log, countReadings } = await openWith(broken);
        const list = await run<List>("listContacts", fetchAll);
        expect(list.data).toHaveLength(count);
        expect(list).toMatchObject({ total_count: 400, missing_count: 400 - count });
        expect(warnings(log)).toEqual([
          `warn Intercom gave ${count} of 400 contacts in 3 readings: ${400 - count} may be missing.`,
        ]);
        expect(countReadings()).toBe(3);
      },
    );

    test("reads a total that comes as text", async () => {
      const pages = slices([0, 150]).map((page) => ({ ...page, total_count: "400" as never }));
      const { run } = await openWith(pages);
      expect(await run<List>("listContacts", fetchAll)).toMatchObject({ missing_count: 250 });
    });

    test("gives the records of all readings", async () => {
      const { run, log } = await openWith(
        slices([0, 150], [0, 0], [300, 400]),
        slices([150, 300]),
        slices([0, 150]),
      );
      const list = await run<List>("listContacts", fetchAll);
      expect(new Set(idsOf(list)).size).toBe(400);
      expect(list).not.toHaveProperty("missing_count");
      expect(warnings(log)).toEqual([]);
    });

    test.each([
      ["shrinks, because a contact was deleted", 399, slices([0, 150], [150, 299], [300, 400])],
      ["grows, because a contact was created", 401, sound],
    ])("believes a total that %s", async (_, newTotal, [first, ...rest]) => {
      const changed = rest.map((page) => ({ ...page, total_count: newTotal }));
      const { run, log, requests } = await openWith([first as Page, ...changed]);
      const list = await run<List>("listContacts", fetchAll);
      expect(list.data).toHaveLength(Math.min(newTotal, 400));
      expect(list).not.toHaveProperty("missing_count");
      expect([warnings(log), requests.length]).toEqual([[], 3]);
    });

    test("does not compare the total with the rest of the list after a cursor", async () => {
      const { run, log, requests } = await openWith(sound);
      const list = await run<List>("listContacts", { ...fetchAll, startingAfter: "after-1" });
      expect(idsOf(list)).toEqual(idsOf({ data: people.slice(150) }));
      expect(list).toMatchObject({ total_count: 250 });
      expect([warnings(log), requests.length]).toEqual([[], 2]);
    });

    test("says after a cursor how many records an empty page with a next page may leave out", async () => {
      const { run, log, requests } = await openWith(slices([0, 150], [0, 0], [300, 400]));
      const list = await run<List>("listContacts", { ...fetchAll, startingAfter: "after-1" });
      expect(list).toMatchObject({ total_count: 250, missing_count: 150 });
      expect(list.data).toHaveLength(100);
      expect(warnings(log)).toEqual([expect.stringContaining("150 may be missing")]);
      expect(requests).toHaveLength(6);
    });
  },
);

describe("a page of contacts", () => {
  test.each([
    ["the last by its own word", "1", slices([0, 150]), 150],
    ["behind the last by their word", "3", slices([0, 150], [150, 300]), 0],
  ])("that is %s, against the total, is read again", async (_, page, broken, count) => {
    const { run, log, countReadings } = await openWith(broken, sound);
    const inputs = { page, perPage: "150" };
    expect((await run<List>("listContacts", inputs)).data.length).toBeGreaterThan(0);
    expect([warnings(log), countReadings()]).toEqual([[], 2]);
    const always = await openWith(broken);
    const list = await always.run<List>("listContacts", inputs);
    expect(list.data).toHaveLength(count);
    expect(list.missing_count).toBeGreaterThan(0);
    expect(warnings(always.log)).toEqual([expect.stringContaining("may be missing")]);
    expect(always.countReadings()).toBe(3);
  });
});

test.each(["many", {}, -1])("a page of contacts whose total is %j is read once", async (total) => {
  const data = [{ type: "contact", id: "1" }];
  const body = { type: "list", data, total_count: total, pages: { page: 1, total_pages: 1 } };
  const baseUrl = await serveJson(() => body);
  const { run, log } = await openWorkbench({ seed: "empty" }, { baseUrl });
  expect(await run("listContacts")).toEqual(body);
  expect(log).toHaveLength(1);
});

test("a page of contacts after the last one is empty if a contact was created during the read", async () => {
  const [first, ...rest] = sound;
  const grown = rest.map((page) => ({ ...page, total_count: 401 }));
  const { run, log, countReadings } = await openWith([first as Page, ...grown]);
  const list = await run<List>("listContacts", { page: "4", perPage: "150" });
  expect(list).not.toHaveProperty("missing_count");
  expect([list.data, warnings(log), countReadings()]).toEqual([[], [], 1]);
});

describe("a duplicate", () => {
  const older = { type: "contact", id: "twice", name: "older", updated_at: 1000 };
  const newer = { ...older, name: "newer", updated_at: 2000 };

  test.each([
    ["the newer one first", [newer, older]],
    ["the older one first", [older, newer]],
    ["the newer one with its time as text", [{ ...newer, updated_at: "2000" }, older]],
  ])("is given once by Fetch All, as the newer one: %s", async (_, [first, second]) => {
    for (const pages of [
      [{ data: [first, second] }],
      [{ data: [first] }, { data: [second] }],
    ] as Page[][]) {
      const { run } = await openWith(pages.map((page) => ({ ...page, total_count: 1 })));
      const list = await run<List>("listContacts", { fetchAll: true });
      expect(list.data.map(({ name }) => name)).toEqual(["newer"]);
    }
  });
});

describe("Fetch All of companies whose total contradicts the pages", () => {
  const firms = Array.from({ length: 120 }, (_, index) => ({ type: "company", id: `f${index}` }));

  test("says in the log and in the result what may be missing", async () => {
    const baseUrl = await serveJson(({ url }) => {
      const page = Number(url.searchParams.get("page"));
      const data = firms.slice((page - 1) * 60, page * 60);
      const pages = { type: "pages", page, per_page: 60, total_pages: 2, next: null };
      return { type: "list", data, total_count: 121, pages };
    });
    const { run, log } = await openWorkbench({ seed: "empty" }, { baseUrl });
    const list = await run<List>("listCompanies", { fetchAll: true });
    expect(list.data).toHaveLength(120);
    expect(list).toMatchObject({ total_count: 121, missing_count: 1 });
    expect(warnings(log)).toEqual([
      "warn Intercom gave 120 of 121 companies in 3 readings: 1 may be missing.",
    ]);
  });

  test("says so of a scroll too, if it ends too early each time", async () => {
    const total_count = 10_121;
    const baseUrl = await serveJson(({ url }) => {
      if (url.pathname === "/companies/list") {
        return { type: "list", data: [], total_count, pages: { page: 1, total_pages: 169 } };
      }
      if (url.searchParams.has("scroll_param")) return undefined;
      return { type: "list", data: firms, scroll_param: "on" };
    });
    const { run, log } = await openWorkbench({ seed: "empty" }, { baseUrl });
    const list = await run<List>("listCompanies", { fetchAll: true });
    expect(list.data).toHaveLength(120);
    expect(list).toMatchObject({ total_count, missing_count: 10_001 });
    expect(warnings(log).at(-1)).toBe(
      "warn Intercom gave 120 of 10121 companies in 4 readings: 10001 may be missing.",
    );
  });
});

test("a page of companies has a next page where the total says that there are more", async () => {
  const data = Array.from({ length: 15 }, (_, index) => ({ type: "company", id: `f${index}` }));
  const pages = { type: "pages", page: 1, per_page: 15, total_pages: 1, next: null };
  const baseUrl = await serveJson(() => ({ type: "list", data, total_count: 40, pages }));
  const { run } = await openWorkbench({ seed: "empty" }, { baseUrl });
  expect(await run("listCompanies", {})).toMatchObject({
    pages: { next: { page: 2, starting_after: "15" } },
  });
});

test("Fetch All of a numbered list is read again while its total contradicts it, and then says so", async () => {
  let readings = 0;
  const baseUrl = await serveJson(() => {
    readings += 1;
    return {
      type: "list",
      data: [{ type: "note", id: "1", created_at: 1, body: "Paid", author: null, contact: null }],
      total_count: 3,
      pages: { type: "pages", page: 1, per_page: 150, total_pages: 1, next: null },
    };
  });
  const { log, run } = await openWorkbench({ seed: "empty" }, { baseUrl });
  const list = await run<List>("listNotes", { contactId: "c1", fetchAll: "true" });
  expect(list).toMatchObject({ data: [{ id: "1" }], total_count: 3, missing_count: 2 });
  expect(readings).toBe(3);
  expect(warnings(log)).toEqual([expect.stringContaining("1 of 3 notes")]);
});
