import { describe, expect, test } from "vitest";
import { openWorkbench } from "../stage/workbench";

interface Found {
  data: { id: string; created_at: number }[];
  total_count: number;
  pages: { next?: { starting_after: string } | null };
}

/** Four tickets, ten seconds apart, found from the first on. */
async function openWithTickets(fields: Record<string, unknown> = {}) {
  const bench = await openWorkbench({ seed: "empty" }, fields);
  const { admins, contacts, teams, tickets, ticketTypes } = bench.sandbox.workspace;
  const define = (name: string, category: "Customer" | "Back-office") =>
    ticketTypes.define({ name, description: "", icon: "T", category, attributes: [] }).id;
  const types = [define("Refund", "Customer"), define("Fault", "Back-office")];
  const people = ["ada", "bob"].map((externalId) => contacts.create({ role: "user", externalId }));
  const rows = [0, 1, 2, 3].map((at) =>
    tickets.create({
      typeId: types[at % 2] ?? "",
      contact: { id: people[at < 2 ? 0 : 1]?.id ?? "" },
      createdAt: 1_700_000_000 + 10 * at,
    }),
  );
  const [first, second] = rows;
  if (!first || !second) throw new Error("too few rows");
  tickets.change(first, { stateId: ticketTypes.states[1]?.id, adminId: admins.owner.id });
  tickets.change(second, { isOpen: false, teamId: teams.rows[0]?.id });
  const search = async (inputs: object) => {
    const { data } = await bench.run<Found>("searchTickets", { ...inputs });
    return data.map(({ id }) => rows.findIndex((row) => row.id === id)).sort();
  };
  return { ...bench, rows, types, people, search };
}

describe("searching tickets", () => {
  test("each field finds those that have its value, and no other", async () => {
    const { search, sandbox, types, people } = await openWithTickets();
    const { admins, teams } = sandbox.workspace;
    const [typeId] = types;
    expect(await search({ ticketTypeId: typeId })).toEqual([0, 2]);
    expect(await search({ category: "task" })).toEqual([1, 3]);
    expect(await search({ state: "in_progress" })).toEqual([0]);
    expect(await search({ open: "false" })).toEqual([1]);
    expect(await search({ open: "true" })).toEqual([0, 2, 3]);
    expect(await search({ contactId: people[1]?.id })).toEqual([2, 3]);
    expect(await search({ adminAssigneeId: admins.owner.id })).toEqual([0]);
    expect(await search({ adminAssigneeId: "0" })).toEqual([1, 2, 3]);
    expect(await search({ teamAssigneeId: teams.rows[0]?.id })).toEqual([1]);
    expect(await search({ category: "request", contactId: people[0]?.id })).toEqual([0]);
  });

  test("times match to the second: from a time on, and before another", async () => {
    const { search, rows, sandbox } = await openWithTickets();
    const createdAfter = "2023-11-14T22:13:30Z";
    expect(await search({ createdAfter })).toEqual([1, 2, 3]);
    expect(await search({ createdAfter, createdBefore: "1700000030" })).toEqual([1, 2]);
    expect(await search({ updatedBefore: "1700000021" })).toEqual([2]);
    expect(await search({ updatedAfter: String(rows[0]?.updatedAt) })).toEqual([0, 1]);
    expect(sandbox.requests[0]?.body).toEqual({
      query: { field: "created_at", operator: ">", value: 1_700_000_009 },
    });
  });

  test("a ticket of the second before is dropped, and not counted", async () => {
    const { run, sandbox } = await openWithTickets();
    const ticket = (id: string, created_at: number) => ({ id, created_at, updated_at: 5 });
    const tickets = [ticket("1", 10), ticket("2", 9)];
    const body = { type: "ticket.list", tickets, total_count: 2 };
    sandbox.faults.add({ kind: "status", status: 200, body });
    expect(await run("searchTickets", { createdAfter: "10" })).toMatchObject({
      data: [{ id: "1" }],
      total_count: 1,
    });
  });

  test("a ticket whose time is missing is no reason to drop it", async () => {
    const { run, sandbox } = await openWithTickets();
    const tickets = [
      { id: "1", created_at: 10 },
      { id: "2", created_at: 10, updated_at: null },
    ];
    const body = { type: "ticket.list", tickets, total_count: 2 };
    sandbox.faults.add({ kind: "status", status: 200, body });
    expect(await run("searchTickets", { createdAfter: "10" })).toMatchObject({ data: tickets });
  });

  test("a page leads on by its cursor, and Fetch All reads them all", async () => {
    const { run, rows } = await openWithTickets();
    const jsonQuery = { field: "created_at", operator: ">", value: 0 };
    const first = await run<Found>("searchTickets", { jsonQuery, perPage: "3" });
    expect([first.data.length, first.total_count]).toEqual([3, 4]);
    const startingAfter = first.pages.next?.starting_after;
    const next = await run<Found>("searchTickets", { jsonQuery, perPage: "3", startingAfter });
    const ids = [...first.data, ...next.data].map(({ id }) => id);
    expect(ids.sort()).toEqual(rows.map(({ id }) => id).sort());
    const all = await run<Found>("searchTickets", { jsonQuery, fetchAll: "true" });
    expect([all.data.length, all.total_count, all.pages.next]).toEqual([4, 4, null]);
    const rest = { query: jsonQuery, pagination: { starting_after: startingAfter } };
    const last = await run<Found>("searchTickets", { jsonQuery: rest, fetchAll: "true" });
    expect(last.data.map(({ id }) => id)).toEqual(next.data.map(({ id }) => id));
  });

  test("a query of one's own stands instead of the fields", async () => {
    const { search, sandbox, rows } = await openWithTickets();
    const jsonQuery = `{"field": "id", "operator": "=", "value": "${rows[3]?.id}"}`;
    expect(await search({ jsonQuery, open: "false", createdBefore: "5" })).toEqual([3]);
    expect(sandbox.requests[0]?.body).toEqual({ query: JSON.parse(jsonQuery) });
  });

  test.each([
    [
      {},
      '"Ticket Type ID", "Category", "State", "Open", "Contact ID", "Admin Assignee ID", "Team Assignee ID", "Created After", "Created Before", "Updated After", "Updated Before" and "JSON Query" are all empty: fill in one of them.',
    ],
    [
      { state: "done" },
      '"State" must be one of submitted, in_progress, waiting_on_customer, resolved, not "done".',
    ],
    [
      { jsonQuery: { field: "open", operator: ">", value: true } },
      '"JSON Query" asks for "open", whose operator must be one of = != IN NIN, not ">".',
    ],
    [
      { jsonQuery: { field: "created_at", operator: ">", value: "yesterday" } },
      '"JSON Query" asks for "created_at", whose value must be a time in Unix seconds, not "yesterday".',
    ],
  ])("%j is refused by name, and nothing is sent", async (inputs, sentence) => {
    const { refusal, sandbox } = await openWorkbench();
    expect((await refusal("searchTickets", inputs)).message).toBe(sentence);
    expect(sandbox.requests).toEqual([]);
  });
});
