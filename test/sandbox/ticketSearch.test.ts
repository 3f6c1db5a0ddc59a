import { describe, expect, test } from "vitest";
import { type Bench, minute, openSandbox, refusal } from "../judges/answers";
import { sdk, sdkVersions } from "../judges/intercomClient";

/** Three tickets, a minute apart: two bugs and a refund. */
async function ticketed(): Promise<Bench> {
  const bench = await openSandbox({ seed: "workspace" });
  const { contacts, admins, teams, tickets, ticketTypes } = bench.sandbox.workspace;
  // A search would find the tickets of the seed too.
  tickets.load({});
  const [ada, bo] = contacts.listed;
  const [bug, refund] = ticketTypes.rows;
  const priority = bug?.attributes.find(({ name }) => name === "Priority")?.options ?? [];
  const make = (typeId = "", contactId = "", values: Record<string, unknown> = {}, more = {}) => {
    tickets.create({ typeId, contact: { id: contactId }, values, ...more });
    bench.clock.forward(minute);
  };
  make(
    bug?.id,
    ada?.id,
    { _default_title_: "One", Priority: priority[2]?.id, "Affected users": 5 },
    { adminId: admins.owner.id },
  );
  make(bug?.id, bo?.id, {
    _default_title_: "Two",
    _default_description_: "It is broken",
    Priority: priority[0]?.id,
    Blocking: true,
    "Occurred at": "2026-03-01T10:00:00Z",
  });
  make(
    refund?.id,
    ada?.id,
    { _default_title_: "Three", "Order number": "A-7", Amount: 12.5 },
    { teamId: teams.rows[0]?.id },
  );
  return bench;
}

const search = ({ call }: Bench, body: object, version = "2.16") =>
  call("POST", "/tickets/search", body, version);

/** The titles found, in the order of the answer. */
async function titles(bench: Bench, query: unknown, more: object = {}, version = "2.16") {
  const { body } = await search(bench, { query, ...more }, version);
  return body.tickets
    .map(({ ticket_attributes: { _default_title_ } }: never) => _default_title_)
    .join(" ");
}

/** The id of an attribute, as a search field. */
function attribute({ sandbox }: Bench, name: string): string {
  const attributes = sandbox.workspace.ticketTypes.rows.flatMap((type) => type.attributes);
  return `ticket_attribute.${attributes.find((row) => row.name === name)?.id}`;
}

const all = { field: "created_at", operator: ">", value: 1 };

describe.each(sdkVersions)("Intercom's client, version %s", (version) => {
  test("searches tickets and changes one", async () => {
    const bench = await ticketed();
    const { tickets } = sdk(bench, version);
    const found = await tickets.search({
      query: { field: "title", operator: "=", value: "Two" },
      pagination: { per_page: 5 },
    });
    expect(found.data.map((ticket) => ticket?.ticket_attributes?._default_title_)).toEqual(["Two"]);
    const ticket_id = found.data[0]?.id ?? "";
    bench.clock.forward(minute);
    const changed = await tickets.update({
      ticket_id,
      ticket_attributes: { _default_title_: "Four" },
    });
    expect(changed?.ticket_attributes?._default_title_).toBe("Four");
    expect(changed?.updated_at).toBe(bench.clock.ms / 1000);
    expect(await tickets.get({ ticket_id })).toEqual(changed);
  });
});

describe("a ticket is found by", () => {
  test.each<[string, string, unknown, string]>([
    ["title", "=", "One", "One"],
    ["title", "^", "T", "Three Two"],
    ["description", "~", "broken", "Two"],
    ["category", "=", "request", "Two One"],
    ["category", "=", "task", "Three"],
    ["category", "IN", ["task", "tracker"], "Three"],
    ["admin_assignee_id", "!=", "0", "One"],
    ["team_assignee_id", "!=", "0", "Three"],
    ["open", "=", true, "Three Two One"],
    ["open", "=", false, ""],
    ["state", "=", "submitted", "Three Two One"],
    ["snoozed_until", "=", null, "Three Two One"],
  ])("%s %s %j: %s", async (field, operator, value, found) => {
    expect(await titles(await ticketed(), { field, operator, value })).toBe(found);
  });

  test.each<[string, string, unknown, string]>([
    ["Affected users", ">", 4, "One"],
    ["Blocking", "=", true, "Two"],
    ["Amount", "<=", 12.5, "Three"],
    ["Order number", "=", "A-7", "Three"],
    ["Occurred at", "=", Date.UTC(2026, 2, 1, 10) / 1000, "Two"],
  ])("its attribute %s %s %j: %s", async (name, operator, value, found) => {
    const bench = await ticketed();
    expect(await titles(bench, { field: attribute(bench, name), operator, value })).toBe(found);
  });

  test("its contact, type, assignee, id and the option of a list", async () => {
    const bench = await ticketed();
    const { contacts, admins, ticketTypes, tickets } = bench.sandbox.workspace;
    const [ada] = contacts.listed;
    const by = (field: string, value: unknown) => titles(bench, { field, operator: "=", value });
    expect(await by("contact_ids", ada?.id)).toBe("Three One");
    expect(await by("ticket_type_id", ticketTypes.rows[1]?.id)).toBe("Three");
    expect(await by("admin_assignee_id", admins.owner.id)).toBe("One");
    expect(await by("teammate_ids", admins.owner.id)).toBe("One");
    expect(await by("id", [...tickets.rows.keys()][1])).toBe("Two");
    const high = ticketTypes.rows[0]?.attributes[2]?.options[2]?.id;
    expect(await by(attribute(bench, "Priority"), high)).toBe("One");
  });

  test("the exact second, with every comparison", async () => {
    const bench = await ticketed();
    const second = bench.clock.ms / 1000 - 120;
    for (const [operator, found] of [
      [">", "Three"],
      [">=", "Three Two"],
      ["=", "Two"],
      ["!=", "Three One"],
      ["<=", "Two One"],
      ["<", "One"],
    ] as const) {
      for (const field of ["created_at", "updated_at"]) {
        expect(await titles(bench, { field, operator, value: second })).toBe(found);
      }
    }
  });

  test.each([
    [{ field: "ticket_state", operator: "=", value: "submitted" }, "invalid_field"],
    [{ field: "ticket_attribute.1", operator: "=", value: "x" }, "invalid_field"],
    [{ field: "created_at", operator: "=", value: "foobar" }, "type_mismatch"],
    [{ field: "open", operator: ">", value: true }, "parameter_invalid"],
    [undefined, "parameter_invalid"],
  ])("nothing where it is asked by %j", async (query, code) => {
    const answer = await search(await openSandbox(), { query });
    expect(refusal(answer)).toMatchObject({ status: 400, code });
  });
});

describe("tickets that are found", () => {
  test("come in the order asked for, in every version", async () => {
    const bench = await ticketed();
    const [first] = bench.sandbox.workspace.tickets.rows.values();
    if (first) bench.sandbox.workspace.tickets.update(first, { isShared: false });
    for (const version of ["2.11", "2.16"]) {
      const by = (field: string, order: string) =>
        titles(bench, all, { sort: { field, order } }, version);
      expect(await by("updated_at", "descending")).toBe("One Three Two");
      expect(await by("updated_at", "ascending")).toBe("Two Three One");
      expect(await by("created_at", "ascending")).toBe("One Two Three");
    }
  });

  test("come newest first where a setting makes the sandbox ignore the order", async () => {
    const bench = await ticketed();
    bench.sandbox.settings.searchSort = "ignored";
    const sort = { field: "created_at", order: "ascending" };
    expect(await titles(bench, all, { sort })).toBe("Three Two One");
  });

  test("come twenty at a time, and 150 at most", async () => {
    const bench = await openSandbox();
    const { contacts, tickets, ticketTypes } = bench.sandbox.workspace;
    const { id } = contacts.create({ role: "lead" });
    const [type] = ticketTypes.rows;
    const Priority = type?.attributes[2]?.options[0]?.id;
    for (let n = 0; n < 160; n++) {
      tickets.create({ typeId: type?.id ?? "", contact: { id }, values: { Priority } });
    }
    const first = (await search(bench, { query: all })).body;
    expect([first.tickets.length, first.total_count, first.pages.total_pages]).toEqual([
      20, 160, 8,
    ]);
    const pagination = { per_page: 500 };
    const most = (await search(bench, { query: all, pagination })).body;
    expect(most.tickets).toHaveLength(150);
    const { starting_after } = most.pages.next;
    const rest = (
      await search(bench, { query: all, pagination: { ...pagination, starting_after } })
    ).body;
    expect(rest.pages).not.toHaveProperty("next");
    const ids = [...most.tickets, ...rest.tickets].map((ticket: { id: string }) => ticket.id);
    expect(new Set(ids).size).toBe(160);
  });

  test("are searchable only after the lag: new tickets and new values", async () => {
    const bench = await ticketed();
    bench.sandbox.settings.indexLagMs = 2 * minute;
    const [contact] = bench.sandbox.workspace.contacts.listed;
    const outage = bench.sandbox.workspace.ticketTypes.rows[2];
    const { body } = await bench.call("POST", "/tickets", {
      ticket_type_id: outage?.id,
      contacts: [{ id: contact?.id }],
      ticket_attributes: { _default_title_: "Four" },
    });
    expect(await titles(bench, all)).toBe("Three Two One");
    bench.clock.forward(2 * minute);
    expect(await titles(bench, all)).toBe("Four Three Two One");
    await bench.call("PUT", `/tickets/${body.id}`, {
      ticket_attributes: { _default_title_: "Five" },
    });
    expect(await titles(bench, all)).toBe("Four Three Two One");
    expect((await bench.call("GET", `/tickets/${body.id}`)).body.ticket_attributes).toMatchObject({
      _default_title_: "Five",
    });
    bench.clock.forward(2 * minute);
    expect(await titles(bench, all)).toBe("Five Three Two One");
  });
});
