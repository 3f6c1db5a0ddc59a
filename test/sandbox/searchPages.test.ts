import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { searchContacts } from "../../sandbox/search/contacts";
import { defaultSettings } from "../../sandbox/settings";
import type { ContactRow } from "../../sandbox/store/contacts";
import { Workspace } from "../../sandbox/store/workspace";
import { type Answer, type Bench, minute, openSandbox } from "../judges/answers";

const rowCount = 900;
const perPage = 30;

type Kind = "contacts" | "tickets" | "conversations";

/** Rows of a kind, two in each second. */
function fill({ sandbox, clock }: Bench, kind: Kind) {
  const { contacts, tickets, ticketTypes, conversations } = sandbox.workspace;
  const author = contacts.create({ role: "lead" });
  const type = ticketTypes.define({
    name: "Plain",
    description: "",
    icon: "🎟️",
    category: "Customer",
    attributes: [],
  });
  for (let n = kind === "contacts" ? 1 : 0; n < rowCount; n++) {
    clock.forward(500);
    if (kind === "contacts") contacts.create({ role: "lead" });
    else if (kind === "tickets") tickets.create({ typeId: type.id, contact: { id: author.id } });
    else conversations.create({ contact: author, body: "Hello" });
  }
  return [...sandbox.workspace[kind].rows.values()];
}

/** Counts how often anybody reads what decides a row's place, from now on. */
function countReads(rows: { id: string; createdAt: number; updatedAt: number }[]) {
  const count = { reads: 0 };
  for (const row of rows) {
    for (const key of ["id", "createdAt", "updatedAt"] as const) {
      let value: unknown = row[key];
      Object.defineProperty(row, key, {
        enumerable: true,
        get() {
          count.reads++;
          return value;
        },
        set(next) {
          value = next;
        },
      });
    }
  }
  return count;
}

/** Walks to the end; gives the ids found, and what each page cost. */
async function walk(
  count: { reads: number },
  readPage: (startingAfter: string | undefined) => Promise<Answer>,
  between: () => void = () => {},
) {
  const ids: string[] = [];
  const costs: number[] = [];
  let startingAfter: string | undefined;
  do {
    count.reads = 0;
    const { body } = await readPage(startingAfter);
    costs.push(count.reads);
    const rows = body.data ?? body.tickets ?? body.conversations;
    ids.push(...rows.map(({ id }: { id: string }) => id));
    startingAfter = body.pages.next?.starting_after;
    between();
  } while (startingAfter);
  return { ids, costs };
}

/** Every page but the first, which works out the answer, looks at its own rows and few others. */
function expectEven([, ...costs]: number[]) {
  expect(costs.length).toBeGreaterThan(20);
  expect(Math.max(...costs)).toBeLessThan(rowCount / 2);
  expect(costs.at(-1)).toBeLessThan(1.5 * (costs[0] ?? 0));
}

const query = { field: "created_at", operator: ">", value: 0 };
const search =
  ({ call }: Bench, kind: Kind, sort: unknown) =>
  (starting_after?: string) =>
    call("POST", `/${kind}/search`, {
      query,
      sort,
      pagination: { per_page: perPage, ...(starting_after ? { starting_after } : {}) },
    });

describe("the last page of a walk costs as little as the second", () => {
  test.each<[Kind, string, string]>([
    ["contacts", "created_at", "ascending"],
    ["contacts", "updated_at", "descending"],
    ["contacts", "id", "ascending"],
    ["tickets", "created_at", "descending"],
    ["tickets", "updated_at", "ascending"],
    ["conversations", "updated_at", "ascending"],
    ["conversations", "id", "descending"],
  ])("through %s by %s, %s", async (kind, field, order) => {
    const bench = await openSandbox();
    const count = countReads(fill(bench, kind));
    const { ids, costs } = await walk(count, search(bench, kind, { field, order }));
    expect(new Set(ids).size).toBe(rowCount);
    expectEven(costs);
  });

  test("though rows are written between two pages", async () => {
    const bench = await openSandbox();
    const [first, ...rest] = fill(bench, "contacts") as ContactRow[];
    const count = countReads(rest);
    const { contacts } = bench.sandbox.workspace;
    const sort = { field: "created_at", order: "ascending" };
    const { ids, costs } = await walk(count, search(bench, "contacts", sort), () => {
      if (first) contacts.update(first, { name: `${count.reads}` });
    });
    expect(new Set(ids).size).toBe(rowCount);
    expectEven(costs);
  });

  test("though the index lags behind", async () => {
    const bench = await openSandbox();
    const rows = fill(bench, "contacts") as ContactRow[];
    bench.sandbox.settings.indexLagMs = minute;
    for (const row of rows.slice(0, 9))
      bench.sandbox.workspace.contacts.update(row, { name: "Late" });
    const count = countReads(rows);
    const sort = { field: "updated_at", order: "ascending" };
    const { ids, costs } = await walk(count, search(bench, "contacts", sort));
    expect(new Set(ids).size).toBe(rowCount);
    expectEven(costs);
  });

  test("through the contacts of a company", async () => {
    const bench = await openSandbox();
    const { companies } = bench.sandbox.workspace;
    const rows = fill(bench, "contacts") as ContactRow[];
    const company = companies.upsert({ companyId: "c1", name: "C 1" });
    for (const row of rows) companies.attach(row, company);
    const count = countReads(rows);
    const { ids, costs } = await walk(count, (after) => {
      const cursor = after ? `&starting_after=${encodeURIComponent(after)}` : "";
      const path = `/companies/${company.id}/contacts?per_page=${perPage}${cursor}`;
      return bench.call("GET", path);
    });
    expect(new Set(ids).size).toBe(rowCount);
    expectEven(costs);
  });
});

describe("a search that was made before", () => {
  const searches = [
    [{ field: "role", operator: "=", value: "user" }, "updated_at"],
    [{ field: "name", operator: "!=", value: "a" }, "name"],
    [{ field: "created_at", operator: ">", value: 0 }, "created_at"],
  ] as const;
  const names = fc.constantFrom("a", "b", "c");
  const position = fc.nat({ max: 5 });
  const act = fc.oneof(
    fc.record({ what: fc.constant("create" as const), name: names, role: roles() }),
    fc.record({ what: fc.constant("update" as const), name: names, position }),
    fc.record({ what: fc.constant("archive" as const), position }),
    fc.record({ what: fc.constant("wait" as const), seconds: fc.nat({ max: 90 }) }),
  );

  function roles() {
    return fc.constantFrom("user" as const, "lead" as const);
  }

  test.each([0, minute])("finds what a first search would, with a lag of %i ms", (indexLagMs) => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        let nowMs = Date.UTC(2026, 2, 3);
        const settings = { ...defaultSettings, indexLagMs };
        const workspace = new Workspace(() => nowMs, settings);
        const { contacts } = workspace;
        /** What each write left behind, oldest first. */
        const written: { atMs: number; row: ContactRow }[] = [];
        const made: ContactRow[] = [];
        const expected = ([{ field, value }, sortField]: (typeof searches)[number]) => {
          const keyOf = (row: ContactRow) =>
            sortField === "name"
              ? (row.name ?? "")
              : sortField === "updated_at"
                ? row.updatedAt
                : row.createdAt;
          return made
            .filter(({ state }) => state === "active")
            .flatMap(({ id }) => {
              const views = written.filter((view) => view.row.id === id);
              return views.filter(({ atMs }) => atMs + indexLagMs <= nowMs).slice(-1);
            })
            .map(({ row }) => row)
            .filter((row) => {
              if (field === "role") return row.role === value;
              return field === "name" ? row.name !== value : true;
            })
            .sort((a, b) => {
              const [one, two] = [keyOf(a), keyOf(b)];
              if (one !== two) return one < two ? 1 : -1;
              return a.id < b.id ? 1 : -1;
            })
            .map(({ id, name }) => `${id} ${name}`);
        };
        for (const each of acts) {
          const row = "position" in each ? made[each.position] : undefined;
          if (each.what === "create") {
            const { name, role } = each;
            made.push(contacts.create({ name, role, externalId: `e${made.length}` }));
          } else if (each.what === "update" && row?.state === "active") {
            contacts.update(row, { name: each.name });
          } else if (each.what === "archive" && row?.state === "active") contacts.archive(row);
          else if (each.what === "wait") nowMs += each.seconds * 1000;
          const changed = each.what === "create" ? made.at(-1) : row;
          if (changed) written.push({ atMs: nowMs, row: { ...changed } });
          for (const one of searches) {
            const [query, field] = one;
            const body = { query, sort: { field, order: "descending" } };
            const { rows, total } = searchContacts(body, workspace, "2.16");
            expect(rows.map(({ id, name }) => `${id} ${name}`)).toEqual(expected(one));
            expect(total).toBe(rows.length);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
