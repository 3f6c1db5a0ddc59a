import { describe, expect, test } from "vitest";
import { type Bench, openSandbox, refusal } from "../judges/answers";
import { sdk, sdkVersions } from "../judges/intercomClient";

/** A bug report with its one required attribute, for a contact of the workspace. */
function bugReport({ sandbox }: Bench) {
  const { contacts, ticketTypes } = sandbox.workspace;
  const type = ticketTypes.rows.find(({ name }) => name === "Bug report");
  const priority = type?.attributes.find(({ name }) => name === "Priority");
  const contact = contacts.create({ email: "ada@example.com", externalId: "a-1" });
  return {
    contact,
    high: priority?.options.find(({ label }) => label === "High")?.id ?? "",
    body: (attributes: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
      ticket_type_id: type?.id,
      contacts: [{ id: contact.id }],
      ticket_attributes: { Priority: priority?.options[0]?.id, ...attributes },
      ...more,
    }),
  };
}

describe.each(sdkVersions)("Intercom's client, version %s", (version) => {
  test("lists and finds ticket types, creates and finds tickets", async () => {
    const bench = await openSandbox({ seed: "workspace" });
    const { tickets, ticketTypes } = sdk(bench, version);
    const types = await ticketTypes.list();
    expect(types.data?.map((type) => type?.name)).toEqual([
      "Bug report",
      "Refund",
      "Outage",
      "Feature request",
    ]);
    expect(types.data?.map((type) => type?.archived)).toEqual([false, false, false, true]);
    const outage = types.data?.[2];
    expect(await ticketTypes.get({ ticket_type_id: outage?.id ?? "" })).toEqual(outage);
    // Its types have no ticket_attributes, so a type that requires none.
    const { contact } = bugReport(bench);
    const ticket = await tickets.create({
      ticket_type_id: outage?.id ?? "",
      contacts: [{ id: contact.id }],
    });
    expect(ticket).toMatchObject({ type: "ticket", category: "Tracker", ticket_id: "13" });
    expect(await tickets.get({ ticket_id: ticket?.id ?? "" })).toEqual(ticket);
  });
});

describe("creating a ticket", () => {
  test("keeps every attribute, and null where nothing was given", async () => {
    const bench = await openSandbox();
    const { body, high } = bugReport(bench);
    const given = {
      _default_title_: "Broken",
      Priority: high,
      "Affected users": 3,
      Blocking: false,
    };
    const { id, ticket_attributes } = (await bench.call("POST", "/tickets", body(given))).body;
    expect(ticket_attributes).toEqual({
      ...given,
      _default_description_: null,
      "Occurred at": null,
    });
    const found = (await bench.call("GET", `/tickets/${id}`)).body;
    expect(found.ticket_attributes).toEqual(ticket_attributes);
  });

  test.each([
    [{ Priority: undefined }, "Missing required ticket attributes"],
    [{ Priority: "" }, "Missing required ticket attributes"],
    [
      { Size: 1, Color: 2 },
      "Extra attributes provided that are not found on ticket type: Size, Color",
    ],
    [{ Priority: "High" }, "Attribute 'Priority' must be the id of one of its list items"],
    [{ "Affected users": "3" }, "Attribute 'Affected users' must be of type integer"],
    [{ "Affected users": 1.5 }, "Attribute 'Affected users' must be of type integer"],
    [{ Blocking: "yes" }, "Attribute 'Blocking' must be of type boolean"],
    [{ "Occurred at": "soon" }, "Attribute 'Occurred at' must be of type datetime"],
    [{ "Occurred at": 1767225600000 }, "Attribute 'Occurred at' must be of type datetime"],
    [{ _default_title_: 7 }, "Attribute '_default_title_' must be of type string"],
  ])("refuses the attributes %j", async (attributes, message) => {
    const bench = await openSandbox();
    const answer = await bench.call("POST", "/tickets", bugReport(bench).body(attributes));
    expect(refusal(answer)).toEqual({ status: 400, code: "parameter_invalid", message });
    expect(bench.sandbox.workspace.tickets.rows.size).toBe(0);
  });

  test.each([{ external_id: "a-1" }, { email: "ADA@example.com" }])(
    "knows its contact by %j",
    async (contact) => {
      const bench = await openSandbox();
      const report = bugReport(bench);
      const answer = await bench.call("POST", "/tickets", report.body({}, { contacts: [contact] }));
      expect(answer.body.contacts).toEqual({
        type: "contact.list",
        contacts: [{ type: "contact", id: report.contact.id, external_id: "a-1" }],
      });
    },
  );

  test("makes a contact of an e-mail that nobody has, once the rest is right", async () => {
    const bench = await openSandbox();
    const { body } = bugReport(bench);
    const { contacts } = bench.sandbox.workspace;
    const stranger = { contacts: [{ email: "new@example.com" }] };
    await bench.call("POST", "/tickets", body({ Size: 1 }, stranger));
    expect(contacts.findByEmail("new@example.com")).toBeUndefined();
    const answer = await bench.call("POST", "/tickets", body({}, stranger));
    expect(answer.body.contacts.contacts[0].id).toBe(contacts.findByEmail("new@example.com")?.id);
  });

  test.each([
    [{ contacts: [{ id: "nobody" }] }, 404, "not_found"],
    [{ contacts: [{ external_id: "nobody" }] }, 404, "not_found"],
    [{ contacts: [] }, 400, "parameter_invalid"],
    [{ contacts: undefined }, 400, "parameter_invalid"],
    [{ contacts: [{ email: "a@b.c" }, { email: "d@e.f" }] }, 400, "parameter_invalid"],
    [{ contacts: [{ email: "ada" }] }, 400, "parameter_invalid"],
    [{ contacts: [{ email: "" }] }, 400, "parameter_invalid"],
    [{ contacts: [{ email: 7 }] }, 400, "parameter_invalid"],
    [{ ticket_type_id: undefined }, 400, "parameter_not_found"],
    [{ ticket_type_id: "1" }, 404, "not_found"],
    [{ company_id: "nobody" }, 404, "company_not_found"],
    [{ assignment: { admin_assignee_id: "1" } }, 404, "assignee_not_found"],
  ])("refuses %j", async (more, status, code) => {
    const bench = await openSandbox();
    const answer = await bench.call("POST", "/tickets", bugReport(bench).body({}, more));
    expect(refusal(answer)).toMatchObject({ status, code });
    expect(bench.sandbox.workspace.tickets.rows.size).toBe(0);
  });

  test.each(["2.11", "2.12", "2.16"])(
    "in %s takes the company by the id of that version",
    async (version) => {
      const bench = await openSandbox();
      const { body, contact } = bugReport(bench);
      const { companies, tickets } = bench.sandbox.workspace;
      const company = companies.upsert({ companyId: "acme" });
      const create = (company_id: string) =>
        bench.call("POST", "/tickets", body({}, { company_id }), version);
      const [right, wrong] = version === "2.11" ? ["acme", company.id] : [company.id, "acme"];
      // The company must be the contact's.
      expect(refusal(await create(right))).toMatchObject({
        status: 400,
        code: "parameter_invalid",
      });
      companies.attach(contact, company);
      expect(refusal(await create(wrong)).code).toBe("company_not_found");
      const { id } = (await create(right)).body;
      expect(tickets.get(id).companyId).toBe(company.id);
    },
  );

  test("can be given another time of creation", async () => {
    const bench = await openSandbox();
    const { body } = bugReport(bench);
    const created = async (more: object) =>
      (await bench.call("POST", "/tickets", body({}, { ...more }))).body.created_at;
    expect(await created({ created_at: 1700000000 })).toBe(1700000000);
    expect(await created({})).toBe(bench.clock.ms / 1000);
  });

  test("numbers tickets for the inbox apart from their ids", async () => {
    const bench = await openSandbox();
    const { body } = bugReport(bench);
    const first = (await bench.call("POST", "/tickets", body())).body;
    const second = (await bench.call("POST", "/tickets", body())).body;
    expect([first.ticket_id, second.ticket_id]).toEqual(["1", "2"]);
    expect(first.id).not.toBe("1");
    expect(refusal(await bench.call("GET", "/tickets/1"))).toEqual({
      status: 404,
      code: "ticket_not_found",
      message: "Ticket not found",
    });
  });
});

describe("a ticket, by version", () => {
  const inVersion = async (version: string, assignment?: object) => {
    const bench = await openSandbox();
    const { body } = bugReport(bench);
    const admin = bench.sandbox.workspace.admins.owner.id;
    const assign = assignment ?? { admin_assignee_id: admin };
    const answer = await bench.call("POST", "/tickets", body({}, { assignment: assign }), version);
    return { ...answer, admin };
  };

  test("its state is text in 2.11 and an object from 2.12 on", async () => {
    expect((await inVersion("2.11")).body).toMatchObject({
      ticket_state: "submitted",
      ticket_state_internal_label: "Submitted",
      ticket_state_external_label: "Submitted",
    });
    const { body } = await inVersion("2.12");
    expect(body.ticket_state).toMatchObject({ type: "ticket_state", category: "submitted" });
    expect(body).not.toHaveProperty("ticket_state_internal_label");
  });

  test("can be assigned from 2.14 on; assignees are text until 2.15 and numbers since", async () => {
    expect((await inVersion("2.13")).body.admin_assignee_id).toBe("0");
    const old = await inVersion("2.15");
    expect([old.body.admin_assignee_id, old.body.team_assignee_id]).toEqual([old.admin, "0"]);
    const now = await inVersion("2.16");
    expect([now.body.admin_assignee_id, now.body.team_assignee_id]).toEqual([Number(now.admin), 0]);
  });

  test("its first part is the bot's, who was called Operator in 2.11", async () => {
    const author = async (version: string) =>
      (await inVersion(version)).body.ticket_parts.ticket_parts[0].author.name;
    expect([await author("2.11"), await author("2.12")]).toEqual(["Operator", "Fin"]);
  });

  test("ticket types list their states from 2.12 on", async () => {
    const { call } = await openSandbox();
    const [old] = (await call("GET", "/ticket_types", undefined, "2.11")).body.data;
    const [now] = (await call("GET", "/ticket_types", undefined, "2.12")).body.data;
    expect(old).not.toHaveProperty("ticket_states");
    const categories = now.ticket_states.data.map(({ category }: { category: string }) => category);
    expect(categories).toEqual(["submitted", "in_progress", "waiting_on_customer", "resolved"]);
  });
});
