import { describe, expect, test } from "vitest";
import component from "../../src/index";
import { fillCompanies, fillContacts } from "../stage/crowd";
import { openWorkbench, runClockFast } from "../stage/workbench";
import { uses } from "../uses/index";

const keys = Object.keys(component.dataSources);
const picklists = Object.values(component.dataSources)
  .filter(({ dataSourceType }) => dataSourceType === "picklist")
  .map(({ key }) => key);

test.each(picklists)(
  "%s offers the existing records, with no empty label, in at most three requests",
  async (key) => {
    const { pick, sandbox } = await openWorkbench({ seed: "workspace" });
    const entries = await pick(key);
    if (key !== "selectTicket") expect(entries.length).toBeGreaterThan(0);
    expect(entries.filter(({ key, label }) => !key || !label.trim())).toEqual([]);
    expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
    expect(sandbox.requests.length).toBeLessThanOrEqual(3);
  },
);

describe("picking a contact", () => {
  test("shows the newest 150 in one request, however many exist", async () => {
    const { pick, sandbox } = await openWorkbench();
    const made = fillContacts(sandbox.workspace, 400).map(({ id }) => id);
    const entries = await pick("selectContact");
    expect(entries.map(({ key }) => key)).toEqual(made.reverse().slice(0, 150));
    expect(sandbox.requests).toHaveLength(1);
  });

  test("shows contacts with a text in their name, e-mail or phone", async () => {
    const { pick, sandbox } = await openWorkbench();
    const { contacts } = sandbox.workspace;
    const ada = contacts.create({ role: "user", email: "ada@example.org", name: "Ada" });
    contacts.create({ role: "user", email: "bob@example.org", name: "Bob" });
    expect(await pick("selectContact", { searchText: " Ada " })).toEqual([
      { key: ada.id, label: "Ada (ada@example.org)" },
    ]);
  });

  test("a contact without a name shows its e-mail, phone or external ID", async () => {
    const { pick, sandbox } = await openWorkbench();
    const { contacts } = sandbox.workspace;
    contacts.create({ role: "lead", phone: "+3531234567", createdAt: 3 });
    contacts.create({ role: "lead", name: " ", createdAt: 2, email: "ada@example.org" });
    const labels = (await pick("selectContact")).map(({ label }) => label);
    expect(labels).toEqual(["+3531234567", "ada@example.org"]);
  });
});

describe("picking a company", () => {
  test.each([
    ["selectCompany", "id"],
    ["selectCompanyByOwnId", "companyId"],
  ] as const)("%s gives its %s", async (key, name) => {
    const { pick, sandbox } = await openWorkbench();
    const [company] = fillCompanies(sandbox.workspace, 1);
    expect(await pick(key)).toEqual([{ key: company?.[name], label: "Company 0" }]);
  });

  test.each(["company 199", "COMPANY 199", "company-199", "COMPANY-199"])(
    "shows among the newest the company whose name or ID has %s, in any case",
    async (searchText) => {
      const { pick, sandbox } = await openWorkbench();
      const newest = fillCompanies(sandbox.workspace, 200).at(-1);
      const entries = await pick("selectCompany", { searchText });
      expect(entries).toEqual([{ key: newest?.id, label: "Company 199" }]);
    },
  );

  test("shows the company with exactly that name, also when it is not among the newest", async () => {
    const { pick, sandbox } = await openWorkbench();
    const [oldest] = fillCompanies(sandbox.workspace, 200);
    expect(await pick("selectCompany", { searchText: "company 0" })).toEqual([]);
    expect(await pick("selectCompany", { searchText: "Company 0" })).toEqual([
      { key: oldest?.id, label: "Company 0" },
    ]);
    const some = await pick("selectCompany", { searchText: "y 19" });
    expect(some.map(({ label }) => label)).toContain("Company 199");
  });
});

test("an answer that is not a list is an error, not an empty list", async () => {
  const listed = { selectAdmin: "/admins", selectTeam: "/teams", selectSegment: "/segments" };
  const searched = { selectTag: "/tags", selectTicket: "/tickets/search" };
  runClockFast();
  for (const [key, path] of Object.entries({ ...listed, ...searched })) {
    const { pick, sandbox } = await openWorkbench({ seed: "workspace" });
    sandbox.faults.add({ kind: "status", status: 200, body: { ok: true }, path, times: 9 });
    await expect(pick(key)).rejects.toThrow("the answer is not a list");
  }
});

test("a list that Intercom does not page is cut at 150", async () => {
  const { pick, sandbox } = await openWorkbench();
  for (let index = 0; index < 200; index += 1) sandbox.workspace.tags.findOrCreate(`Tag ${index}`);
  expect(await pick("selectTag")).toHaveLength(150);
});

test("an archived ticket type is not offered", async () => {
  const { pick, run, sandbox } = await openWorkbench({ seed: "workspace" });
  const [first] = sandbox.workspace.ticketTypes.rows;
  if (first) first.archived = true;
  const { data } = await run<{ data: { id: string }[] }>("listTicketTypes");
  const offered = (await pick("selectTicketType")).map(({ key }) => key);
  expect(offered).not.toContain(first?.id);
  expect(data.map(({ id }) => id)).toContain(first?.id);
  expect(offered.length).toBeGreaterThan(0);
});

test("a ticket is shown by its title and its number in the inbox", async () => {
  const { pick, sandbox } = await openWorkbench({ seed: "empty" });
  const { contacts, ticketTypes, tickets } = sandbox.workspace;
  const [type] = ticketTypes.rows;
  const priority = type?.attributes.find(({ name }) => name === "Priority")?.options?.[0]?.id;
  const { id } = contacts.create({ role: "user", email: "ada@example.org" });
  const ticket = tickets.create({
    typeId: type?.id ?? "",
    contact: { id },
    values: { _default_title_: "Broken", Priority: priority },
  });
  const shown = [{ key: ticket.id, label: `Broken (#${ticket.inboxNumber})` }];
  expect(await pick("selectTicket")).toEqual(shown);
  expect(await pick("selectTicket", { searchText: "Brok" })).toEqual(shown);
  expect(await pick("selectTicket", { searchText: "whole" })).toEqual([]);
});

describe("picking a conversation", () => {
  async function openWithTwo() {
    const { pick, sandbox } = await openWorkbench();
    const { contacts, conversations } = sandbox.workspace;
    const ada = contacts.create({ role: "user", name: "Ada", email: "ada@example.org" });
    const begin = (body: string, createdAt: number) =>
      conversations.create({ contact: ada, body, createdAt });
    const [older, newer] = [
      begin("Where is <my> order & cap?", 1756735201),
      begin("Hi", 1756735202),
    ];
    return { pick, sandbox, conversations, older, newer };
  }

  test("it is shown by its title, or by who wrote and the first words; the latest first", async () => {
    const { pick, conversations, older, newer } = await openWithTwo();
    const words = { key: older.id, label: `Ada: Where is <my> order & cap? (#${older.id})` };
    expect(await pick("selectConversation")).toEqual([
      { key: newer.id, label: `Ada: Hi (#${newer.id})` },
      words,
    ]);
    conversations.change(older, { title: "Order 17" });
    const [first] = await pick("selectConversation");
    expect(first).toEqual({ key: older.id, label: `Order 17 (#${older.id})` });
  });

  test("it is found by its ID, and by words of its first message", async () => {
    const { pick, older, newer } = await openWithTwo();
    const found = async (searchText: string) =>
      (await pick("selectConversation", { searchText })).map(({ key }) => key);
    expect(await found(newer.id)).toEqual([newer.id]);
    expect(await found("order where")).toEqual([older.id]);
    expect(await found("order whither")).toEqual([]);
  });

  test("a long message is cut, and one without an author or a text has its number", async () => {
    const { pick, sandbox } = await openWithTwo();
    const row = (id: string, source: unknown) => ({ id, updated_at: 1, source });
    const conversations = [row("1", { body: `<p>${"long ".repeat(900)}</p>` }), row("2", null)];
    const body = { type: "conversation.list", conversations };
    sandbox.faults.add({ kind: "status", status: 200, body });
    const cut = `${"long ".repeat(12).trimEnd()}… (#1)`;
    expect((await pick("selectConversation")).map(({ label }) => label)).toEqual([cut, "#2"]);
  });
});

test("every input that names such a thing offers its list", () => {
  const named = Object.values(component.actions).flatMap(({ key, inputs }) =>
    (inputs as { key: string; dataSource?: string }[])
      .filter((input) => /^id$|Id$|_id$/.test(input.key))
      .map((input) => ({ place: `${key}.${input.key}`, dataSource: input.dataSource })),
  );
  const without = named.filter(({ dataSource }) => dataSource === undefined);
  expect(without.map(({ place }) => place).sort()).toEqual(
    Object.entries(uses)
      .flatMap(([key, { withoutPicklist = [] }]) => withoutPicklist.map((id) => `${key}.${id}`))
      .sort(),
  );
  for (const { dataSource } of named) if (dataSource) expect(keys).toContain(dataSource);
});

describe("the value and the label", () => {
  test.each([
    ["selectAdmin", "admins.rows"],
    ["selectBrand", "brands.rows"],
    ["selectTeam", "teams.rows"],
    ["selectSegment", "segments.rows"],
    ["selectTag", "tags.rows"],
    ["selectTicketType", "ticketTypes.rows"],
  ])("%s gives the id and shows the name", async (key, place) => {
    const { pick, sandbox } = await openWorkbench({ seed: "workspace" });
    const { admins, brands, teams, segments, tags, ticketTypes } = sandbox.workspace;
    const rows = {
      "brands.rows": brands.rows,
      "admins.rows": admins.rows,
      "teams.rows": teams.rows,
      "segments.rows": segments.rows,
      "tags.rows": [...tags.rows.values()],
      "ticketTypes.rows": ticketTypes.rows.filter(({ archived }) => !archived),
    }[place];
    const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
    const wanted = rows?.map(({ id, name }) => ({ key: id, label: name })) ?? [];
    expect((await pick(key)).sort(byKey)).toEqual(wanted.sort(byKey));
  });

  test("a record without a name shows the text that people know it by", async () => {
    const { pick, sandbox } = await openWorkbench({ seed: "empty" });
    const { companies, contacts, ticketTypes, tickets } = sandbox.workspace;
    const contact = contacts.create({ role: "user", externalId: "crm-25" });
    companies.attach(contact, companies.upsert({ companyId: "works-1" }));
    const type = ticketTypes.define({
      name: "T",
      description: "",
      icon: "T",
      category: "Customer",
      attributes: [],
    });
    const ticket = tickets.create({ typeId: type.id, contact: { id: contact.id } });
    const label = async (key: string) => (await pick(key))[0]?.label;
    expect(await label("selectContact")).toBe("crm-25");
    expect(await label("selectCompany")).toBe("works-1");
    expect(await label("selectTicket")).toBe(`#${ticket.inboxNumber}`);
  });
});
