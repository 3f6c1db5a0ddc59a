import { describe, expect, test } from "vitest";
import { openWorkbench } from "../workbench";

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

/** The seed's ticket type that asks for an order number and an amount. */
async function openWithRefunds(fields: Record<string, unknown> = {}) {
  const bench = await openWorkbench({ seed: "workspace" }, fields);
  const { data } = await bench.run<{ data: TicketType[] }>("listTicketTypes");
  const ticketTypeId = data.find(({ name }) => name === "Refund")?.id;
  const { companies, contacts } = bench.sandbox.workspace;
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

  test("your company_id goes as it is up to 2.11, and is looked up from 2.12 on", async () => {
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

  test("a company that does not exist makes no ticket", async () => {
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

  test("another company than was asked for makes no ticket", async () => {
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
    [{ contactId: unknownId }, '"Ticket Type ID" must be filled in; it was left empty.'],
    [{ ticketTypeId: "1" }, '"Contact ID" must be filled in; it was left empty.'],
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
      '"Ticket Attributes" must be made of plain values and lists, not {"a":{"b":1}}.',
    ],
  ])("%j is refused by name, and nothing is sent", async (inputs, sentence) => {
    const { refusal, sandbox } = await openWorkbench();
    expect((await refusal("createTicket", inputs)).message).toBe(sentence);
    expect(sandbox.requests).toEqual([]);
  });
});
