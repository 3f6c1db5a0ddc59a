import { describe, expect, test } from "vitest";
import { openWorkbench } from "../stage/workbench";

interface TicketType {
  id: string;
  name: string;
}

const refund = {
  _default_title_: "Broken",
  _default_description_: "It does not start.",
  "Order number": "A-17",
  Amount: 12.5,
};
const unknownId = "0123456789abcdef01234567";

/** The seed's ticket type that requires an order number and an amount. */
async function openWithRefunds(fields: Record<string, unknown> = {}) {
  const bench = await openWorkbench({ seed: "workspace" }, fields);
  const { data } = await bench.run<{ data: TicketType[] }>("listTicketTypes");
  const ticketTypeId = data.find(({ name }) => name === "Refund")?.id;
  const { companies, contacts, tickets } = bench.sandbox.workspace;
  // The seed's own would be counted too.
  tickets.load({});
  const contact = contacts.create({ role: "user", email: "ada@example.org", externalId: "25" });
  const company = companies.upsert({ companyId: "works-1", name: "Works" });
  companies.attach(contact, company);
  bench.sandbox.requests.length = 0;
  return { ...bench, contact, company, ticketTypeId };
}

describe("ticket types", () => {
  test("they are listed with their attributes", async () => {
    const { run, sandbox } = await openWorkbench({ seed: "workspace" });
    const list = await run<{ type: string; data: TicketType[] }>("listTicketTypes");
    expect(list.type).toBe("list");
    expect(list.data).toHaveLength(sandbox.workspace.ticketTypes.rows.length);
    expect(list.data[0]).toMatchObject({
      type: "ticket_type",
      ticket_type_attributes: {
        data: expect.arrayContaining([expect.objectContaining({ name: "_default_title_" })]),
      },
    });
  });
});

describe("getting a ticket", () => {
  test("a ticket is got by its id, with its parts", async () => {
    const { run, ticketTypeId, contact } = await openWithRefunds();
    const inputs = { ticketTypeId, contactId: contact.id, ticketAttributes: refund };
    const { id } = await run<{ id: string }>("createTicket", inputs);
    const ticket = await run<object>("getTicket", { ticketId: ` ${id} ` });
    expect(ticket).toMatchObject({ id, ticket_attributes: refund });
    expect(ticket).not.toHaveProperty("ticket_parts.has_more");
  });

  test("a ticket with more than 500 parts says that it has more", async () => {
    const { run, log, sandbox, ticketTypeId, contact } = await openWithRefunds();
    const inputs = { ticketTypeId, contactId: contact.id, ticketAttributes: refund };
    const { id } = await run<{ id: string }>("createTicket", inputs);
    const row = sandbox.workspace.tickets.get(id);
    const [part] = row.parts;
    if (part) row.parts = Array.from({ length: 503 }, (_, at) => ({ ...part, id: `${at}` }));
    const { ticket_parts: parts } = await run<{ ticket_parts: object }>("getTicket", {
      ticketId: id,
    });
    expect(parts).toMatchObject({ has_more: true, total_count: 503 });
    expect(log).toContain("warn Intercom gave the ticket without 3 of its parts.");
  });

  test("the number that the inbox shows is not an id", async () => {
    const { refusal } = await openWithRefunds();
    const error = await refusal("getTicket", { ticketId: "35" });
    expect(error).toMatchObject({ name: "NotFoundError", status: 404 });
  });
});

describe("creating a ticket", () => {
  test("its attributes arrive, as text and as a value", async () => {
    const { run, sandbox, ticketTypeId, contact } = await openWithRefunds();
    for (const ticketAttributes of [refund, JSON.stringify(refund)]) {
      const ticket = await run<{ id: string }>("createTicket", {
        ticketTypeId,
        contactId: contact.id,
        ticketAttributes,
      });
      expect(ticket).toMatchObject({ type: "ticket", ticket_attributes: refund });
      expect(sandbox.workspace.tickets.get(ticket.id)).toMatchObject({ contactId: contact.id });
    }
    expect(sandbox.requests[0]?.body).toEqual({
      ticket_type_id: ticketTypeId,
      contacts: [{ id: contact.id }],
      ticket_attributes: refund,
    });
  });

  test("custom attributes are ticket attributes too, and additional fields come last", async () => {
    const { run, sandbox, ticketTypeId, contact } = await openWithRefunds();
    await run("createTicket", {
      ticketTypeId,
      contactId: contact.id,
      ticketAttributes: { ...refund, Amount: 1 },
      customAttributes: { Amount: 12.5 },
      additionalFields: '{"created_at": 1571069751}',
    });
    expect(sandbox.requests[0]?.body).toMatchObject({
      ticket_attributes: refund,
      created_at: 1571069751,
    });
  });

  test.each([
    ["an id", "id", (contact: { id: string }) => contact.id],
    ["an e-mail", "email", () => "ada@example.org"],
    ["an external id", "external_id", () => "25"],
  ])("the contact may be named by %s", async (_name, key, nameOf) => {
    const { run, sandbox, ticketTypeId, contact } = await openWithRefunds();
    const contactId = nameOf(contact);
    const ticket = await run<{ id: string }>("createTicket", {
      ticketTypeId,
      contactId,
      ticketAttributes: refund,
    });
    expect(sandbox.requests[0]?.body).toMatchObject({ contacts: [{ [key]: contactId }] });
    expect(sandbox.workspace.tickets.get(ticket.id)).toMatchObject({ contactId: contact.id });
  });

  test.each([
    ["0123456789ABCDEF01234567", "id"],
    ["0123456789abcdef0123456", "external_id"],
    ["0123456789abcdef012345678", "external_id"],
    ["0123456789abcdefg1234567", "external_id"],
  ])("the contact %s is sent as its %s", async (contactId, key) => {
    const { refusal, sandbox, ticketTypeId } = await openWithRefunds();
    await refusal("createTicket", { ticketTypeId, contactId, ticketAttributes: refund });
    expect(sandbox.requests[0]?.body).toMatchObject({ contacts: [{ [key]: contactId }] });
  });

  test("an unknown e-mail makes a contact", async () => {
    const { run, sandbox, ticketTypeId } = await openWithRefunds();
    await run("createTicket", {
      ticketTypeId,
      contactId: "new@example.org",
      ticketAttributes: refund,
    });
    expect(sandbox.workspace.contacts.findByEmail("new@example.org")).toBeDefined();
  });

  test("24 hex digits that are not one of Intercom's ids are tried as an external id", async () => {
    const { run, sandbox, sent, ticketTypeId } = await openWithRefunds();
    const { id } = sandbox.workspace.contacts.create({ role: "user", externalId: unknownId });
    const inputs = { ticketTypeId, contactId: unknownId, ticketAttributes: refund };
    const ticket = await run<{ id: string }>("createTicket", inputs);
    expect(sandbox.workspace.tickets.get(ticket.id)).toMatchObject({ contactId: id });
    expect(sent()).toEqual(["POST /tickets", "POST /tickets"]);
    expect(sandbox.requests.map(({ body }) => (body as { contacts: unknown }).contacts)).toEqual([
      [{ id: unknownId }],
      [{ external_id: unknownId }],
    ]);
    expect(sandbox.workspace.tickets.rows.size).toBe(1);
  });

  test("24 hex digits that name no contact are an error, and nothing is created", async () => {
    const { refusal, sandbox, sent, ticketTypeId } = await openWithRefunds();
    const inputs = { ticketTypeId, contactId: unknownId, ticketAttributes: refund };
    const error = await refusal("createTicket", inputs);
    expect(error).toMatchObject({ name: "NotFoundError", status: 404, code: "not_found" });
    expect(error.message).toMatch(/^Intercom refused to create the ticket: User Not Found \(/);
    expect(sent()).toEqual(["POST /tickets", "POST /tickets"]);
    expect(sandbox.workspace.tickets.rows.size).toBe(0);
  });

  const refused = (status: number, code: string, message: string) => ({
    kind: "status" as const,
    status,
    body: { type: "error.list", request_id: null, errors: [{ code, message }] },
  });

  test.each([
    [404, "not_found", "Contact not found"],
    [400, "data_invalid", "Contact not found or could not be created"],
  ])("the words of %d %s, %s, say that the contact is unknown", async (status, code, message) => {
    const { run, sandbox, sent, ticketTypeId } = await openWithRefunds();
    sandbox.workspace.contacts.create({ role: "user", externalId: unknownId });
    sandbox.faults.add(refused(status, code, message));
    await run("createTicket", { ticketTypeId, contactId: unknownId, ticketAttributes: refund });
    expect(sent()).toEqual(["POST /tickets", "POST /tickets"]);
  });

  test.each([
    ["another thing is unknown", refused(404, "not_found", "Ticket type not found")],
    ["a proxy knows no such page", { kind: "html" as const, status: 404 }],
    ["Intercom failed", refused(503, "service_unavailable", "Contact not found")],
    ["no answer came", { kind: "closed" as const }],
  ])("a ticket is sent once where %s", async (_name, fault) => {
    const { refusal, sandbox, sent, ticketTypeId } = await openWithRefunds();
    sandbox.workspace.contacts.create({ role: "user", externalId: unknownId });
    sandbox.faults.add(fault);
    await refusal("createTicket", { ticketTypeId, contactId: unknownId });
    expect(sent()).toEqual(["POST /tickets"]);
  });

  test("a contact from Additional Fields is not looked up by another name", async () => {
    const { refusal, sent, ticketTypeId } = await openWithRefunds();
    const additionalFields = { contacts: [{ id: unknownId }] };
    const inputs = { ticketTypeId, contactId: unknownId, ticketAttributes: refund };
    await refusal("createTicket", { ...inputs, additionalFields });
    expect(sent()).toEqual(["POST /tickets"]);
  });

  test("your company_id is sent unchanged up to 2.11, and is looked up since 2.12", async () => {
    for (const apiVersion of ["2.11", "2.12", "2.16"]) {
      const { run, sandbox, sent, ticketTypeId, contact, company } = await openWithRefunds({
        apiVersion,
      });
      const ticket = await run<{ id: string }>("createTicket", {
        ticketTypeId,
        contactId: contact.id,
        companyId: "works-1",
        ticketAttributes: refund,
      });
      expect(sandbox.workspace.tickets.get(ticket.id)).toMatchObject({ companyId: company.id });
      expect(sent()).toEqual(
        apiVersion === "2.11"
          ? ["POST /tickets"]
          : ["GET /companies?company_id=works-1", "POST /tickets"],
      );
    }
  });

  test("with an unknown company, no ticket is created", async () => {
    const { refusal, sandbox, ticketTypeId, contact } = await openWithRefunds({
      apiVersion: "2.14",
    });
    const error = await refusal("createTicket", {
      ticketTypeId,
      contactId: contact.id,
      companyId: "nobody",
      ticketAttributes: refund,
    });
    expect(error).toMatchObject({ status: 404, code: "company_not_found" });
    expect(error.message).toMatch(/^Intercom refused to find the company by your company_id: /);
    expect(sandbox.workspace.tickets.rows.size).toBe(0);
  });

  test("where the answer is another company, no ticket is created", async () => {
    const { refusal, sandbox, sent, ticketTypeId, contact } = await openWithRefunds({
      apiVersion: "2.14",
    });
    const body = { type: "company", id: "1", company_id: "works-2", name: "Works" };
    sandbox.faults.add({ kind: "status", status: 200, body });
    const inputs = { ticketTypeId, contactId: contact.id, ticketAttributes: refund };
    const error = await refusal("createTicket", { ...inputs, companyId: "works-1" });
    expect(error).toMatchObject({ name: "NotFoundError" });
    expect(sent()).toEqual(["GET /companies?company_id=works-1"]);
  });

  test("required attributes that are missing are named by Intercom", async () => {
    const { refusal, ticketTypeId, contact } = await openWithRefunds();
    const { message } = await refusal("createTicket", { ticketTypeId, contactId: contact.id });
    expect(message).toMatch(
      /^Intercom refused to create the ticket: Missing required ticket attributes \(400 parameter_invalid, request \w{20}\)\.$/,
    );
  });

  test.each([
    [{ contactId: unknownId }, '"Ticket Type ID" is empty: fill it in.'],
    [{ ticketTypeId: "1" }, '"Contact ID" is empty: fill it in.'],
    [
      { ticketTypeId: "1", contactId: unknownId, ticketAttributes: "title: Broken" },
      '"Ticket Attributes" must be valid JSON, not "title: Broken".',
    ],
    [
      { ticketTypeId: "1", contactId: unknownId, ticketAttributes: ["Broken"] },
      '"Ticket Attributes" must be a JSON object, not ["Broken"].',
    ],
    [
      { ticketTypeId: "1", contactId: unknownId, ticketAttributes: { a: { b: 1 } } },
      '"Ticket Attributes" must be an object of text, numbers, true, false, null and lists, not {"a":{"b":1}}.',
    ],
  ])("%j is refused by name, and nothing is sent", async (inputs, sentence) => {
    const { refusal, sandbox } = await openWorkbench();
    expect((await refusal("createTicket", inputs)).message).toBe(sentence);
    expect(sandbox.requests).toEqual([]);
  });
});

describe("a list attribute that was given a label", () => {
  /** A workspace whose ticket type has two lists, and the inputs of a ticket of that type. */
  async function openWithLists(fields: Record<string, unknown> = {}) {
    const bench = await openWorkbench({ seed: "empty" }, fields);
    const { contacts, ticketTypes } = bench.sandbox.workspace;
    const type = ticketTypes.define({
      name: "Fault",
      description: "",
      icon: "🐛",
      category: "Customer",
      attributes: [
        { name: "Priority", dataType: "list", options: ["Low", "High"] },
        {
          name: "Place",
          dataType: "list",
          options: Array.from({ length: 15 }, (_, at) => `P${at}`),
        },
        { name: "Users", dataType: "integer" },
      ],
    });
    const contact = contacts.create({ role: "user", email: "ada@example.org" });
    const idOf = (name: string, label: string) =>
      type.attributes
        .find((attribute) => attribute.name === name)
        ?.options.find((option) => option.label === label)?.id;
    const create = (ticketAttributes: unknown, more: Record<string, unknown> = {}) =>
      bench.refusal("createTicket", {
        ticketTypeId: type.id,
        contactId: contact.id,
        ticketAttributes,
        ...more,
      });
    return { ...bench, type, idOf, create };
  }

  test("is refused with the ids of its labels, by one more request", async () => {
    const { create, idOf, sandbox, sent } = await openWithLists();
    const error = await create({ _default_title_: "Broken", Priority: "High" });
    expect(error).toMatchObject({
      name: "BadRequestError",
      status: 400,
      code: "parameter_invalid",
    });
    expect(error.message).toMatch(
      /^Intercom refused to create the ticket: .* \w{20}\)\. "Priority"/,
    );
    expect(error.message).toContain(
      `"Priority" takes the ID of an option, not "High": "High" is ${idOf("Priority", "High")}, "Low" is ${idOf("Priority", "Low")}.`,
    );
    expect(sent()).toEqual(["POST /tickets", "GET /ticket_types"]);
    expect(sandbox.workspace.tickets.rows.size).toBe(0);
  });

  test("is the only one named; a long list of options is cut, and begins with the best match", async () => {
    const { create, idOf } = await openWithLists();
    const { message } = await create({ Priority: idOf("Priority", "Low"), Place: "p13" });
    expect(message).toContain(
      `"Place" takes the ID of an option, not "p13": "P13" is ${idOf("Place", "P13")}, "P0" is ${idOf("Place", "P0")}, `,
    );
    expect(message).toMatch(/"P8" is [\w-]+ and 5 more\.$/);
    expect(message).not.toContain('"Priority" takes');
  });

  test("is named in Custom Attributes, in Additional Fields, and in a list", async () => {
    const { create } = await openWithLists();
    const labelled = { Priority: ["Low"] };
    for (const error of [
      await create({}, { customAttributes: labelled }),
      await create({}, { additionalFields: { ticket_attributes: labelled } }),
    ]) {
      expect(error.message).toContain('"Priority" takes the ID of an option, not ["Low"]: ');
    }
  });

  test("is refused in Intercom's words alone where we can't read the options", async () => {
    const { create, sandbox, sent } = await openWithLists();
    sandbox.faults.add({ kind: "status", status: 403, path: "/ticket_types" });
    const error = await create({ Priority: "High" });
    expect(error).toMatchObject({ name: "BadRequestError", status: 400 });
    expect(error.message).toMatch(/list items \(400 parameter_invalid, request \w{20}\)\.$/);
    expect(sent()).toEqual(["POST /tickets", "GET /ticket_types"]);
  });

  test("sends no more requests after other refusals", async () => {
    const { create, sent } = await openWithLists();
    expect((await create({ Users: 1.5 })).message).toMatch(/\w{20}\)\.$/);
    expect(sent()).toEqual(["POST /tickets"]);
  });

  test("is the only thing that is explained", async () => {
    const { create, idOf } = await openWithLists();
    const { message } = await create({ Priority: idOf("Priority", "Low"), Users: "many" });
    expect(message).toMatch(/must be of type integer \(400 parameter_invalid, request \w{20}\)\.$/);
  });
});
