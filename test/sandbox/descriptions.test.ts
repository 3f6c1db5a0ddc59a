import { expect, test } from "vitest";
import { coverage } from "../../sandbox/coverage";
import { openSandbox } from "../judges/answers";
import { apiVersions, describeWithOpenApi } from "../judges/openapi";

/** Paths that no description knows: they are the guide's, not the reference's. */
const undescribed = ["GET /oauth", "POST /auth/eagle/token"];

describeWithOpenApi("Intercom's descriptions", () => {
  // `call` holds every answer against the description of the version it asked for.
  test.each(apiVersions)("agree with the answers of every route in %s", async (version) => {
    const { call, sandbox } = await openSandbox({ seed: "workspace" });
    const { workspace } = sandbox;
    const done = new Map<string, number[]>();
    const walk = async (
      route: string,
      ids: string[] = [],
      more: { query?: string; body?: unknown } = {},
    ) => {
      const [method = "", template = ""] = route.split(" ");
      const left = [...ids];
      const path = template.replace(/:\w+/g, () => left.shift() ?? "");
      const { status, body } = await call(method, path + (more.query ?? ""), more.body, version);
      done.set(route, [...(done.get(route) ?? []), status]);
      return body;
    };

    const made = await walk("POST /contacts", [], {
      body: { email: "new@example.com", external_id: "n-1", custom_attributes: { seats: 2 } },
    });
    const contact = made.id as string;
    await walk("POST /contacts", [], { body: { email: "new@example.com" } });
    await walk("POST /contacts", [], { body: { role: "lead", name: "Lead" } });
    await walk("GET /contacts", [], { query: "?per_page=7" });
    const listed = await walk("GET /contacts");
    await walk("GET /contacts", [], {
      query: `?starting_after=${encodeURIComponent(listed.pages.next.starting_after)}`,
    });
    await walk("POST /contacts/search", [], {
      body: { query: { field: "role", operator: "=", value: "user" }, pagination: { per_page: 3 } },
    });
    await walk("POST /contacts/search", [], {
      body: { query: { field: "x", operator: "=", value: 1 } },
    });
    await walk("GET /contacts/:id", [contact]);
    await walk("GET /contacts/:id", ["unknown"]);
    if (version >= "2.13") await walk("GET /contacts/find_by_external_id/:externalId", ["n-1"]);
    await walk("PUT /contacts/:id", [contact], { body: { name: "New", phone: null } });

    const company = await walk("POST /companies", [], {
      body: {
        company_id: "c-1",
        name: "C",
        plan: "Pro",
        size: 3,
        custom_attributes: { is_partner: true },
      },
    });
    await walk("POST /companies", [], { body: { company_id: "c-2" } });
    await walk("POST /companies", [], { body: { shoe: 1 } });
    await walk("POST /contacts/:id/companies", [contact], { body: { id: company.id } });
    await walk("POST /contacts/:id/companies", [contact], { body: {} });
    await walk("GET /contacts/:id/companies", [contact]);
    for (const form of ["object", "url", "null", "absent"] as const) {
      sandbox.settings.companiesNext = form;
      await walk("GET /companies", [], { query: "?per_page=3" });
      await walk("POST /companies/list", [], { query: "?per_page=3" });
    }
    await walk("POST /companies/list", [], { query: "?page=9999" });
    await walk("GET /companies", [], { query: "?company_id=c-1" });
    await walk("GET /companies", [], { query: "?name=nobody" });
    const scroll = await walk("GET /companies/scroll");
    await walk("GET /companies/scroll", [], { query: `?scroll_param=${scroll.scroll_param}` });
    await walk("GET /companies/:id", [company.id]);
    await walk("PUT /companies/:id", [company.id], { body: { name: "D" } });
    await walk("GET /companies/:id/contacts", [company.id]);

    const tag = await walk("POST /tags", [], {
      body: { name: "walked", companies: [{ company_id: "c-1" }] },
    });
    await walk("POST /tags", [], { body: { name: "walked", users: [{ id: "unknown" }] } });
    await walk("POST /tags", [], { body: {} });
    await walk("GET /tags");
    await walk("GET /tags/:id", [tag.id]);
    await walk("POST /contacts/:id/tags", [contact], { body: { id: tag.id } });
    await walk("GET /contacts/:id/tags", [contact]);
    await walk("GET /companies/:id", [company.id]);
    await walk("GET /contacts/:id", [contact]);
    await walk("DELETE /contacts/:id/tags/:tagId", [contact, tag.id]);
    await walk("DELETE /tags/:id", [tag.id]);
    await walk("DELETE /tags/:id", [tag.id]);

    const { data: types } = await walk("GET /ticket_types");
    await walk("GET /ticket_types/:id", [types[0].id]);
    const refund = types.find(({ name }: { name: string }) => name === "Refund");
    const ticket = await walk("POST /tickets", [], {
      body: {
        ticket_type_id: refund.id,
        contacts: [{ id: contact }],
        ticket_attributes: { _default_title_: "Back", "Order number": "7", Amount: 12.5 },
      },
    });
    await walk("POST /tickets", [], {
      body: { ticket_type_id: refund.id, contacts: [{ id: contact }] },
    });
    await walk("GET /tickets/:id", [ticket.id]);
    await walk("GET /tickets/:id", ["unknown"]);

    await walk("PUT /tickets/:id", [ticket.id], {
      body: {
        ticket_attributes: { Amount: 13 },
        snoozed_until: 1900000000,
        ...(version < "2.12"
          ? { state: "in_progress" }
          : { ticket_state_id: workspace.ticketTypes.states[1]?.id }),
        ...(version < "2.14"
          ? { assignment: { assignee_id: workspace.admins.owner.id } }
          : { assignee_id: workspace.teams.rows[0]?.id }),
      },
    });
    await walk("PUT /tickets/:id", [ticket.id], { body: { open: "no" } });
    await walk("POST /tickets/search", [], {
      body: { query: { field: "created_at", operator: ">", value: 1 } },
    });
    await walk("POST /tickets/search", [], {
      body: { query: { field: "ticket_state", operator: "=", value: "submitted" } },
    });

    const message = await walk("POST /conversations", [], {
      body: { from: { type: "user", id: contact }, body: "Hello" },
    });
    await walk("POST /conversations", [], { body: { body: "Hello" } });
    const conversation = message.conversation_id as string;
    const owner = workspace.admins.owner.id;
    for (const body of [
      { message_type: "comment", type: "admin", admin_id: owner, body: "Hi" },
      { message_type: "note", type: "admin", admin_id: owner, body: "<p>Hm</p>" },
      { message_type: "comment", type: "user", intercom_user_id: contact, body: "Thanks" },
      { message_type: "comment", type: "bot", body: "Beep" },
    ]) {
      await walk("POST /conversations/:id/reply", [conversation], { body });
    }
    await walk("GET /conversations/:id", [conversation]);
    await walk("GET /conversations/:id", ["unknown"]);
    await walk("GET /conversations", [], { query: "?per_page=2" });
    await walk("GET /conversations");
    await walk("POST /conversations/search", [], {
      body: { query: { field: "open", operator: "=", value: true } },
    });

    const note = await walk("POST /contacts/:id/notes", [contact], {
      body: { body: "Hello", admin_id: owner },
    });
    await walk("POST /contacts/:id/notes", [contact], { body: { body: "Hello", admin_id: "1" } });
    await walk("GET /contacts/:id/notes", [contact]);
    await walk("GET /contacts/:id/notes", [contact], { query: "?page=1&per_page=1" });
    await walk("GET /notes/:id", [note.id]);
    await walk("GET /notes/:id", ["unknown"]);
    for (const created_at of [1, Math.floor(Date.now() / 1000)]) {
      const event = { event_name: "ordered", created_at, id: contact };
      await walk("POST /events", [], { body: { ...event, metadata: { price: 5 } } });
    }
    await walk("POST /events", [], { body: { event_name: "ordered" } });
    const theirs = `?type=user&intercom_user_id=${contact}`;
    for (const query of [theirs, `${theirs}&per_page=1`, `${theirs}&summary=true`, ""]) {
      await walk("GET /events", [], { query });
    }
    const lead = await walk("POST /contacts", [], {
      body: { role: "lead", email: "new@example.com" },
    });
    const merge = { from: lead.id, into: contact };
    await walk("POST /contacts/merge", [], { query: "?include_merge_history=true", body: merge });
    await walk("POST /contacts/merge", [], { body: merge });
    await walk("GET /contacts/:id", [lead.id]);
    await walk("GET /contacts/:id", [contact]);

    await walk("GET /contacts/:id/segments", [contact]);
    await walk("GET /companies/:id/segments", [company.id]);
    await walk("GET /segments");
    await walk("GET /segments", [], { query: "?include_count=true" });
    await walk("GET /teams");
    await walk("GET /teams/:id", [workspace.teams.rows[0]?.id ?? ""]);
    await walk("GET /teams/:id", ["unknown"]);
    for (const query of ["", "?model=contact", "?model=company&include_archived=true"]) {
      await walk("GET /data_attributes", [], { query });
    }
    await walk("GET /data_attributes", [], { query: "?model=conversation" });
    await walk("GET /segments/:id", [workspace.segments.rows[0]?.id ?? ""]);
    await walk("GET /me");
    await walk("GET /admins");
    await walk("GET /admins/:id", [workspace.admins.owner.id]);
    await walk("GET /admins/:id", ["unknown"]);

    await walk("DELETE /contacts/:id/companies/:companyId", [contact, company.id]);
    await walk("DELETE /companies/:id", [company.id]);
    await walk("DELETE /companies/:id", [company.id]);
    await walk("POST /contacts/:id/archive", [contact]);
    await walk("POST /contacts/:id/unarchive", [contact]);
    await walk("DELETE /contacts/:id", [contact]);

    const expected = coverage
      .map(({ route }) => route)
      .filter((route) => !undescribed.includes(route))
      .filter((route) => version >= "2.13" || !route.includes("find_by_external_id"));
    const isDone = (status: number) => status === 200 || status === 202;
    const walked = [...done].filter(([, statuses]) => statuses.some(isDone));
    expect(walked.map(([route]) => route).sort()).toEqual(expected.sort());
  });
});
