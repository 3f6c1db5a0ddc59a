import { describe, expect, test } from "vitest";
import type { Ticket } from "../../src/schemas/tickets";
import { openWorkbench, runClockFast } from "../stage/workbench";

interface Request {
  body?: unknown;
  apiVersion: string;
}

/** A ticket of a contact with a company, and what changes it. */
async function openWithTicket(apiVersion = "2.11") {
  const bench = await openWorkbench({ seed: "empty" }, { apiVersion });
  const { admins, companies, contacts, teams, tickets, ticketTypes } = bench.sandbox.workspace;
  const contact = contacts.create({ role: "user", email: "ada@example.org" });
  const company = companies.upsert({ companyId: "works-1", name: "Works" });
  companies.attach(contact, company);
  const type = ticketTypes.define({
    name: "Fault",
    description: "",
    icon: "F",
    category: "Customer",
    attributes: [{ name: "Priority", dataType: "list", options: ["Low", "High"] }],
  });
  const ticket = tickets.create({ typeId: type.id, contact: { id: contact.id } });
  const [submitted, inProgress, waiting, resolved] = ticketTypes.states.map(({ id }) => id);
  const [owner, other] = admins.rows;
  const update = (inputs: object) =>
    bench.run<Ticket>("updateTicket", { ticketId: ticket.id, ...inputs });
  const refusal = (inputs: object) =>
    bench.refusal("updateTicket", { ticketId: ticket.id, ...inputs });
  const states = { submitted, inProgress, waiting, resolved };
  /** What the last request was. */
  const last = (): Request => bench.sandbox.requests.at(-1) ?? { apiVersion: "" };
  return { ...bench, ticket, company, type, teams, states, owner, other, update, refusal, last };
}

describe("updating a ticket", () => {
  test("changes what is filled in, and leaves the rest", async () => {
    const { update, ticket, last, type } = await openWithTicket();
    const low = type.attributes.at(-1)?.options[0]?.id;
    const answer = await update({ ticketAttributes: { _default_title_: "Broken", Priority: low } });
    expect(answer.ticket_attributes).toMatchObject({ _default_title_: "Broken", Priority: low });
    expect(ticket).toMatchObject({ isOpen: true, isShared: true, snoozedUntil: null });
    expect(last().body).toEqual({
      ticket_attributes: { _default_title_: "Broken", Priority: low },
    });
    await update({ open: "false", isShared: "false" });
    expect(ticket).toMatchObject({ isOpen: false, isShared: false });
    await update({ snoozedUntil: "2030-01-01", skipNotifications: "true" });
    expect(ticket).toMatchObject({ isOpen: true, snoozedUntil: 1_893_456_000 });
    expect(last()).toMatchObject({ apiVersion: "2.13", body: { skip_notifications: true } });
  });

  test("goes to a state by its ID, and in 2.11 by its category too", async () => {
    const { update, ticket, states, last } = await openWithTicket();
    await update({ ticketStateId: "waiting_on_customer" });
    expect(ticket.stateId).toBe(states.waiting);
    expect(last()).toEqual(
      expect.objectContaining({ apiVersion: "2.11", body: { state: "waiting_on_customer" } }),
    );
    await update({ ticketStateId: states.resolved });
    expect(ticket).toMatchObject({ stateId: states.resolved, isOpen: false });
    expect(last()).toMatchObject({
      apiVersion: "2.12",
      body: { ticket_state_id: states.resolved },
    });
  });

  test.each(["2.12", "2.16"])("refuses a category from %s on, by name", async (apiVersion) => {
    const { refusal, sandbox } = await openWithTicket(apiVersion);
    expect((await refusal({ ticketStateId: "resolved" })).message).toBe(
      '"Ticket State ID" must be the ID of a state from API version 2.12 on, not "resolved": List Ticket States gives the IDs.',
    );
    expect(sandbox.requests).toEqual([]);
  });

  test("refuses a category where another input needs 2.12", async () => {
    const { refusal } = await openWithTicket();
    const inputs = { ticketStateId: "resolved", skipNotifications: "true" };
    expect((await refusal(inputs)).message).toContain('"Ticket State ID" must be the ID');
  });

  test.each([
    ["2.11", { assignment: { admin_id: "5017601", assignee_id: "5017602" } }],
    ["2.13", { assignment: { admin_id: "5017601", assignee_id: "5017602" } }],
    ["2.14", { admin_id: 5_017_601, assignee_id: "5017602" }],
    ["2.16", { admin_id: 5_017_601, assignee_id: "5017602" }],
  ])("assigns as %s has it, by the token's own admin", async (apiVersion, body) => {
    const { update, ticket, sent, last } = await openWithTicket(apiVersion);
    await update({ assigneeId: "5017602" });
    expect(sent()).toEqual(["GET /me", `PUT /tickets/${ticket.id}`]);
    expect(last().body).toEqual(body);
    expect(ticket.adminId).toBe("5017602");
    expect(ticket.parts.at(-1)).toMatchObject({ type: "assignment", adminId: "5017601" });
  });

  test("assigns to a team, and to nobody, in the name of the admin who is given", async () => {
    const { update, ticket, teams, sent } = await openWithTicket("2.14");
    await update({ assigneeId: teams.rows[0]?.id, adminId: "5017603" });
    expect(ticket.teamId).toBe(teams.rows[0]?.id);
    expect(ticket.parts.at(-1)).toMatchObject({ type: "assignment", adminId: "5017603" });
    await update({ assigneeId: "0", adminId: "5017603" });
    expect(ticket).toMatchObject({ adminId: null, teamId: null });
    expect(sent()).not.toContain("GET /me");
  });

  test("takes a company by Intercom's ID and by yours, and takes it away", async () => {
    const { update, ticket, company, sent } = await openWithTicket("2.12");
    const path = `PUT /tickets/${ticket.id}`;
    await update({ companyId: company.id });
    expect([ticket.companyId, sent()]).toEqual([company.id, [path]]);
    await update({ additionalFields: { company_id: null } });
    expect(ticket.companyId).toBeNull();
    await update({ companyId: "works-1" });
    expect(ticket.companyId).toBe(company.id);
    expect(sent().slice(2)).toEqual(["GET /companies?company_id=works-1", path]);
  });

  test("names the options where a list attribute is given a label", async () => {
    const { refusal, type, ticket, sent } = await openWithTicket();
    const error = await refusal({ ticketAttributes: { Priority: "high" } });
    const [low, high] = type.attributes.at(-1)?.options ?? [];
    expect(error).toMatchObject({ name: "BadRequestError", status: 400 });
    expect(error.message).toContain(
      `"Priority" takes the ID of an option, not "high": "High" is ${high?.id}, "Low" is ${low?.id}.`,
    );
    expect(sent()).toEqual([`PUT /tickets/${ticket.id}`, `GET /tickets/${ticket.id}`]);
  });

  test("says that the ticket is in that state already, or with that assignee", async () => {
    const { refusal, update, states, sent } = await openWithTicket("2.14");
    const inState = await refusal({ ticketStateId: states.submitted, adminId: "5017601" });
    expect(inState.message).toMatch(
      /^Intercom refused to update the ticket: Cannot transition ticket to the same state \(400 /,
    );
    await update({ assigneeId: "5017602", adminId: "5017601" });
    const assigned = await refusal({ assigneeId: "5017602", adminId: "5017601" });
    expect(assigned).toMatchObject({ status: 422 });
    expect(sent().filter((line) => line.startsWith("GET"))).toEqual([]);
  });

  test("has done its work where a lost answer lets it be told so", async () => {
    runClockFast();
    const { update, sandbox, states, ticket } = await openWithTicket();
    sandbox.faults.add({ method: "PUT", kind: "closed", workDone: true });
    const ticketAttributes = { _default_title_: "Broken" };
    const answer = await update({ ticketStateId: states.inProgress, ticketAttributes });
    // In the form of 2.12, with which the update is sent.
    const ticket_state = { id: states.inProgress, category: "in_progress" };
    expect(answer).toMatchObject({ id: ticket.id, ticket_state });
    expect(sandbox.requests.map(({ status }) => status)).toEqual([null, 400, 200]);
  });

  test("has not done its work where the ticket is another than was asked for", async () => {
    runClockFast();
    const { refusal, sandbox, states, ticket } = await openWithTicket();
    sandbox.faults.add({ method: "PUT", kind: "closed" });
    const error = await refusal({ ticketStateId: states.submitted, open: "false" });
    expect(error.message).toContain("Cannot transition ticket to the same state");
    expect(ticket.isOpen).toBe(true);
  });

  test.each([
    ["the assignee", { assigneeId: "5017602" }],
    ["the snooze", { snoozedUntil: "2039-10-14" }],
    ["the company", { companyId: "works-1" }],
    ["a field that we don't know", { additionalFields: { linked_objects: [] } }],
  ])("has not done its work where %s is another", async (_what, inputs) => {
    runClockFast();
    const { refusal, sandbox, states } = await openWithTicket("2.12");
    sandbox.faults.add({ method: "PUT", kind: "closed" });
    const error = await refusal({ ticketStateId: states.submitted, adminId: "5017601", ...inputs });
    expect(error.message).toContain("Cannot transition ticket to the same state");
  });

  test.each(["2.12", "2.14", "2.16"])(
    "has done all of its work where a lost answer lets it be told so, with %s",
    async (apiVersion) => {
      runClockFast();
      const { update, sandbox, states, ticket } = await openWithTicket(apiVersion);
      sandbox.faults.add({ method: "PUT", kind: "closed", workDone: true });
      const answer = await update({
        ticketStateId: states.inProgress,
        assigneeId: "5017602",
        adminId: "5017601",
        snoozedUntil: "2039-10-14",
        skipNotifications: "true",
      });
      expect(answer.id).toBe(ticket.id);
      expect(ticket).toMatchObject({ adminId: "5017602", snoozedUntil: 2_202_163_200 });
      expect(sandbox.requests.map(({ status }) => status)).toEqual([null, 422, 200]);
    },
  );

  test("says that parts are missing", async () => {
    const { update, ticket, log } = await openWithTicket();
    const [part] = ticket.parts;
    if (part) ticket.parts = Array.from({ length: 502 }, (_, at) => ({ ...part, id: `${at}` }));
    const { ticket_parts: parts } = await update({ isShared: "false" });
    expect(parts).toMatchObject({ has_more: true, total_count: 502 });
    expect(log.filter((line) => line.includes("without 2 of its parts"))).toHaveLength(1);
  });

  test.each([
    [
      {},
      '"Ticket Attributes", "Ticket State ID", "Open", "Snoozed Until", "Shared", "Assignee ID", "Company ID" and "Additional Fields" are all empty: fill in one of them.',
    ],
    [{ open: "closed" }, '"Open" must be true or false, not "closed".'],
    [{ adminId: "Ada", open: "true" }, '"Admin ID" must be a whole number, not "Ada".'],
    [
      { snoozedUntil: "tomorrow" },
      '"Snoozed Until" must be Unix seconds or an ISO 8601 date, not "tomorrow".',
    ],
  ])("%j is refused by name, and nothing is sent", async (inputs, sentence) => {
    const { refusal, sandbox } = await openWithTicket();
    expect((await refusal(inputs)).message).toBe(sentence);
    expect(sandbox.requests).toEqual([]);
  });
});

describe("creating a ticket with the newer fields", () => {
  test("assigns it, links a conversation, and notifies nobody", async () => {
    const { run, sandbox, sent, type } = await openWithTicket();
    const { conversations, contacts, ticketTypes, tickets } = sandbox.workspace;
    const contact = contacts.findByEmail("ada@example.org");
    if (!contact) throw new Error("no contact");
    const fault = ticketTypes.define({ ...type, category: "Back-office", attributes: [] });
    const conversation = conversations.create({ contact, body: "It broke." });
    const { id } = await run<Ticket>("createTicket", {
      ticketTypeId: fault.id,
      contactId: contact.id,
      companyId: "works-1",
      adminAssigneeId: "5017602",
      teamAssigneeId: "3401",
      conversationId: conversation.id,
      createdAt: "2024-01-01",
      skipNotifications: "true",
    });
    expect(tickets.get(id)).toMatchObject({
      adminId: "5017602",
      teamId: "3401",
      linkedIds: [conversation.id],
      createdAt: 1_704_067_200,
    });
    // Sent with 2.14, it takes Intercom's ID of the company.
    expect(sent()).toEqual(["GET /companies?company_id=works-1", "POST /tickets"]);
    expect(sandbox.requests.at(-1)).toMatchObject({
      apiVersion: "2.14",
      body: {
        assignment: { admin_assignee_id: "5017602", team_assignee_id: "3401" },
        conversation_to_link_id: conversation.id,
        skip_notifications: true,
      },
    });
  });

  test.each([
    [{ createdAt: "2024-01-01" }, "2.11"],
    [{ skipNotifications: "true" }, "2.13"],
    [{ teamAssigneeId: "3401" }, "2.14"],
  ])("%j is sent with %s", async (inputs, apiVersion) => {
    const { run, type, sandbox, last } = await openWithTicket();
    const [contact] = sandbox.workspace.contacts.rows.values();
    await run("createTicket", { ticketTypeId: type.id, contactId: contact?.id, ...inputs });
    expect(last().apiVersion).toBe(apiVersion);
  });
});
