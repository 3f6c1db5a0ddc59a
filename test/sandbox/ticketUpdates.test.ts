import { describe, expect, test } from "vitest";
import { minute, openSandbox, refusal } from "../judges/answers";

/** A bug report of high priority, a minute old. */
async function reported() {
  const bench = await openSandbox();
  const { sandbox, clock, call } = bench;
  const { contacts, tickets, ticketTypes, admins, teams, companies } = sandbox.workspace;
  const contact = contacts.create({ email: "ada@example.com" });
  const [type] = ticketTypes.rows;
  const options = type?.attributes.find(({ name }) => name === "Priority")?.options ?? [];
  const ticket = tickets.create({
    typeId: type?.id ?? "",
    contact: { id: contact.id },
    values: { Priority: options[2]?.id, "Affected users": 3 },
  });
  clock.forward(minute);
  return {
    ...bench,
    contact,
    companies,
    options,
    admins,
    teams,
    ticket,
    states: ticketTypes.states,
    put: (body: object, version = "2.16") => call("PUT", `/tickets/${ticket.id}`, body, version),
  };
}

type Parts = { part_type: string; author: { type: string } }[];

describe("changing a ticket", () => {
  test("changes the attributes sent, keeps the others, and says so in its parts", async () => {
    const { put, options, clock, ticket } = await reported();
    const createdAt = ticket.createdAt;
    const { body } = await put({ ticket_attributes: { Priority: options[0]?.id, Blocking: true } });
    expect(body.ticket_attributes).toMatchObject({
      Priority: options[0]?.id,
      Blocking: true,
      "Affected users": 3,
    });
    expect([body.created_at, body.updated_at]).toEqual([createdAt, clock.ms / 1000]);
    const parts = body.ticket_parts.ticket_parts.slice(1);
    expect(
      parts.map((part: { updated_attribute_data: object }) => part.updated_attribute_data),
    ).toMatchObject([
      { attribute: { label: "Priority" }, value: { id: options[0]?.id, label: "Low" } },
      { attribute: { label: "Blocking" }, value: { id: "true" } },
    ]);
    expect(body.ticket_parts.total_count).toBe(3);
  });

  test.each([
    [{ Size: 1 }, "Extra attributes provided that are not found on ticket type: Size"],
    [{ Priority: null }, "Missing required ticket attributes"],
    [{ Priority: "High" }, "Attribute 'Priority' must be the id of one of its list items"],
    [{ Blocking: "no" }, "Attribute 'Blocking' must be of type boolean"],
  ])("refuses the attributes %j", async (ticket_attributes, message) => {
    const { put, ticket } = await reported();
    const before = structuredClone(ticket);
    const answer = await put({ ticket_attributes });
    expect(refusal(answer)).toEqual({ status: 400, code: "parameter_invalid", message });
    expect(ticket).toEqual(before);
  });

  test("moves it to a state, called by its category in 2.11 and by its id since", async () => {
    const { put, states } = await reported();
    const old = (await put({ state: "in_progress", ticket_state_id: "1" }, "2.11")).body;
    expect([old.ticket_state, old.open]).toEqual(["in_progress", true]);
    const resolved = (await put({ ticket_state_id: states[3]?.id, state: "nowhere" }, "2.12")).body;
    expect([resolved.ticket_state.category, resolved.open]).toEqual(["resolved", false]);
    const { body } = await put({ ticket_state_id: Number(states[2]?.id) });
    expect([body.ticket_state.category, body.open]).toEqual(["waiting_on_customer", true]);
    expect(body.previous_ticket_state_id).toBe(states[3]?.id);
    expect(body.ticket_parts.ticket_parts.at(-1)).toMatchObject({
      part_type: "ticket_state_updated_by_admin",
      ticket_state: "waiting_on_customer",
      previous_ticket_state: "resolved",
    });
  });

  test("refuses a state that is none, and the one it is in", async () => {
    const { put, states } = await reported();
    expect(refusal(await put({ ticket_state_id: "0" }))).toMatchObject({
      status: 400,
      code: "ticket_state_id_invalid",
    });
    expect(refusal(await put({ state: "submitted" }, "2.11"))).toMatchObject({
      status: 400,
      code: "parameter_invalid",
    });
    expect(refusal(await put({ ticket_state_id: states[0]?.id }))).toMatchObject({
      status: 400,
      message: "Cannot transition ticket to the same state",
    });
  });

  test.each(["2.13", "2.14"])(
    "in %s assigns it where that version has the two ids",
    async (version) => {
      const { put, admins, teams } = await reported();
      const assign = (assignee_id: string | undefined) => {
        const ids = { admin_id: admins.owner.id, assignee_id };
        const right = version === "2.13" ? { assignment: ids } : { ...ids };
        return put(right, version);
      };
      const wrong = { assignee_id: admins.owner.id };
      const ignored = await put(version === "2.13" ? wrong : { assignment: wrong }, version);
      expect(ignored.body.admin_assignee_id).toBe("0");
      const admin = (await assign(admins.rows[1]?.id)).body;
      const team = (await assign(teams.rows[0]?.id)).body;
      expect([admin.admin_assignee_id, admin.team_assignee_id]).toEqual([admins.rows[1]?.id, "0"]);
      expect([team.admin_assignee_id, team.team_assignee_id]).toEqual([
        admins.rows[1]?.id,
        teams.rows[0]?.id,
      ]);
      expect(team.ticket_parts.ticket_parts.at(-1)).toMatchObject({
        part_type: "assignment",
        assigned_to: { type: "team", id: teams.rows[0]?.id },
        author: { type: "admin", id: admins.owner.id },
      });
      const nobody = (await assign("0")).body;
      expect([nobody.admin_assignee_id, nobody.team_assignee_id]).toEqual(["0", "0"]);
    },
  );

  test("refuses an assignee who is nobody, or who has it", async () => {
    const { put, admins } = await reported();
    for (const ids of [{ assignee_id: "1" }, { admin_id: "1" }]) {
      expect(refusal(await put(ids))).toEqual({
        status: 404,
        code: "assignee_not_found",
        message: "Assignee not found",
      });
    }
    await put({ assignee_id: admins.owner.id });
    expect(refusal(await put({ assignee_id: admins.owner.id })).status).toBe(422);
  });

  test("closes it, which unsnoozes it, and opens it again", async () => {
    const { put } = await reported();
    expect((await put({ snoozed_until: 1900000000 })).body.snoozed_until).toBe(1900000000);
    const { body } = await put({ open: false, is_shared: false });
    expect(body).toMatchObject({ open: false, is_shared: false });
    expect(body).not.toHaveProperty("snoozed_until");
    expect((await put({ open: true })).body.open).toBe(true);
  });

  test("gives it a company of its contact's, from 2.12 on, and takes it away", async () => {
    const { put, companies, contact, ticket } = await reported();
    const company = companies.upsert({ companyId: "acme" });
    expect(refusal(await put({ company_id: company.id })).code).toBe("parameter_invalid");
    companies.attach(contact, company);
    await put({ company_id: company.id }, "2.11");
    expect(ticket.companyId).toBeNull();
    await put({ company_id: company.id }, "2.12");
    expect(ticket.companyId).toBe(company.id);
    await put({ company_id: null });
    expect(ticket.companyId).toBeNull();
  });

  test("needs one that is there", async () => {
    const { call } = await reported();
    expect(refusal(await call("PUT", "/tickets/1", {})).code).toBe("ticket_not_found");
  });

  test("is told by the bot where no admin is named", async () => {
    const { put, states } = await reported();
    const { body } = await put({ ticket_state_id: states[1]?.id });
    const authors = (body.ticket_parts.ticket_parts as Parts).map(({ author }) => author.type);
    expect(authors).toEqual(["bot", "bot"]);
  });
});

test("an archived attribute is listed with its type, and is none of its tickets'", async () => {
  const { call, sandbox } = await openSandbox({ seed: "workspace" });
  const { contacts, ticketTypes } = sandbox.workspace;
  const type = ticketTypes.define({
    name: "T",
    description: "",
    icon: "T",
    category: "Customer",
    attributes: [{ name: "Old", dataType: "string", archived: true, required: true }],
  });
  const shown = (await call("GET", `/ticket_types/${type.id}`)).body.ticket_type_attributes.data;
  expect(shown.map((row: { archived: boolean }) => row.archived)).toEqual([false, false, true]);
  const [contact] = contacts.listed;
  const ticket = { ticket_type_id: type.id, contacts: [{ id: contact?.id }] };
  const { body } = await call("POST", "/tickets", ticket);
  expect(Object.keys(body.ticket_attributes)).toEqual(["_default_title_", "_default_description_"]);
  const extra = { ...ticket, ticket_attributes: { Old: "x" } };
  expect(refusal(await call("POST", "/tickets", extra)).message).toContain(
    "not found on ticket type: Old",
  );
});

test("no ticket can be made of an archived type", async () => {
  const { call, sandbox } = await openSandbox({ seed: "workspace" });
  const { contacts, ticketTypes } = sandbox.workspace;
  const archived = ticketTypes.rows.find((row) => row.archived);
  expect(archived?.name).toBe("Feature request");
  const [contact] = contacts.listed;
  const ticket = { ticket_type_id: archived?.id, contacts: [{ id: contact?.id }] };
  expect(refusal(await call("POST", "/tickets", ticket))).toMatchObject({
    status: 400,
    message: "Ticket type is archived",
  });
});
