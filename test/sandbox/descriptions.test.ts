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

    const [subscription] = (await walk("GET /subscription_types")).data;
    const chosen = { id: subscription.id, consent_type: subscription.consent_type };
    const ofContact = "/contacts/:id/subscriptions";
    await walk(`POST ${ofContact}`, [contact], { body: chosen });
    await walk(`GET ${ofContact}`, [contact]);
    await walk("GET /contacts/:id", [contact]);
    await walk(`DELETE ${ofContact}/:subscriptionId`, [contact, subscription.id]);
    await walk(`DELETE ${ofContact}/:subscriptionId`, [contact, subscription.id]);

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
    const admin_id = workspace.admins.owner.id;
    const attachment_urls = ["https://example.com/photo.png"];
    for (const body of [
      { message_type: "comment", type: "admin", admin_id, body: "Hi", attachment_urls },
      { message_type: "note", type: "admin", admin_id, body: "<p>Hm</p>" },
      {
        message_type: "quick_reply",
        type: "admin",
        admin_id,
        reply_options: [{ text: "Yes", uuid: "0df48b85-9a93-4c66-a167-753eff0baaec" }],
      },
      { message_type: "comment", type: "user", intercom_user_id: contact, body: "Thanks" },
    ]) {
      await walk("POST /tickets/:id/reply", [ticket.id], { body });
    }
    await walk("POST /tickets/:id/reply", ["unknown"], { body: {} });
    if (version >= "2.12") await walk("GET /ticket_states");

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
    for (const body of [
      { message_type: "close", type: "admin", admin_id: owner, body: "Goodbye" },
      { message_type: "assignment", type: "admin", admin_id: owner, assignee_id: owner },
      { message_type: "assignment", type: "admin", admin_id: owner, assignee_id: "0" },
      { message_type: "snoozed", admin_id: owner, snoozed_until: 1900000000 },
      { message_type: "open", admin_id: owner },
      { message_type: "open" },
    ]) {
      await walk("POST /conversations/:id/parts", [conversation], { body });
    }
    const bug = types.find(({ name }: { name: string }) => name === "Bug report");
    const [priority] = workspace.ticketTypes
      .get(bug.id)
      .attributes.flatMap(({ options }) => options);
    await walk("POST /conversations/:id/convert", [conversation], {
      body: { ticket_type_id: refund.id },
    });
    await walk("POST /conversations/:id/convert", [conversation], {
      body: { ticket_type_id: bug.id, attributes: { Priority: priority?.id } },
    });
    await walk("PUT /conversations/:id", [conversation], {
      body: {
        read: true,
        title: "Hello",
        company_id: company.id,
        custom_attributes: { Topic: "Billing" },
      },
    });
    await walk("POST /conversations/:id/customers", [conversation], {
      body: { admin_id: owner, customer: { email: "third@example.com" } },
    });
    await walk("DELETE /conversations/:id/customers/:contactId", [conversation, contact], {
      body: { admin_id: owner },
    });
    const { id: tagOfConversation } = await walk("POST /tags", [], { body: { name: "walked" } });
    await walk("POST /conversations/:id/tags", [conversation], {
      body: { id: tagOfConversation, admin_id: owner },
    });
    await walk("POST /conversations/:id/tags", ["unknown"], { body: { id: "1" } });
    await walk("GET /conversations/:id", [conversation]);
    await walk("DELETE /conversations/:id/tags/:tagId", [conversation, tagOfConversation], {
      body: { admin_id: owner },
    });
    await walk("GET /conversations/:id", [conversation]);
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
    const sent = {
      message_type: "inapp",
      body: "heyy",
      from: { type: "admin", id: owner },
      to: { type: "user", id: contact },
    };
    const more = { subject: "heyy", create_conversation_without_contact_reply: true };
    for (const body of [sent, { ...sent, ...more }, { ...sent, body: null }]) {
      await walk("POST /messages", [], { body });
    }
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
    const collections = await walk("GET /help_center/collections", [], { query: "?per_page=2" });
    await walk("GET /help_center/collections/:id", [collections.data[0].id]);
    const centers = await walk("GET /help_center/help_centers");
    await walk("GET /help_center/help_centers/:id", [centers.data[0].id]);
    await walk("GET /help_center/help_centers/:id", ["1"]);
    await walk("GET /articles", [], { query: "?per_page=2" });
    const article = await walk("POST /articles", [], {
      body: {
        title: "Thanks for everything",
        description: "Description of the Article",
        body: "Body of the Article",
        author_id: Number(owner),
        state: "published",
        parent_id: Number(collections.data[0].id),
        parent_type: "collection",
        translated_content: {
          fr: { title: "Merci pour tout", author_id: Number(owner), state: "published" },
        },
      },
    });
    await walk("POST /articles", [], { body: { title: "Thanks for everything" } });
    await walk("GET /articles/search", [], { query: "?phrase=thanks&highlight=true" });
    await walk("GET /articles/:id", [article.id]);
    await walk("GET /articles/:id", ["1"]);
    await walk("PUT /articles/:id", [article.id], { body: { state: "draft" } });
    await walk("DELETE /articles/:id", [article.id]);
    await walk("DELETE /articles/:id", [article.id]);

    if (version >= "2.16") {
      await walk("GET /audiences");
      await walk("GET /audiences", [], { query: "?page=2&per_page=1" });
    }
    if (version >= "2.13") {
      const route = "/custom_object_instances/:type";
      const instance = {
        external_id: "o-1",
        external_created_at: 1392036272,
        custom_attributes: { order_number: "ORDER-12345", total_amount: 99.99 },
      };
      const { id } = await walk(`POST ${route}`, ["Order"], { body: instance });
      await walk(`POST ${route}`, ["Planet"], { body: instance });
      await walk(`GET ${route}`, ["Order"], { query: "?external_id=o-1" });
      if (version >= "2.16") await walk(`GET ${route}`, ["Order"], { query: "?per_page=1" });
      await walk(`GET ${route}/:id`, ["Order", id]);
      await walk(`GET ${route}/:id`, ["Order", "1"]);
      await walk(`DELETE ${route}/:id`, ["Order", id]);
      await walk(`POST ${route}`, ["Order"], { body: instance });
      await walk(`DELETE ${route}`, ["Order"], { query: "?external_id=o-1" });
    }

    await walk("GET /segments");
    await walk("GET /segments", [], { query: "?include_count=true" });
    await walk("GET /teams");
    await walk("GET /teams/:id", [workspace.teams.rows[0]?.id ?? ""]);
    await walk("GET /teams/:id", ["unknown"]);
    for (const query of ["", "?model=contact", "?model=company&include_archived=true"]) {
      await walk("GET /data_attributes", [], { query });
    }
    await walk("GET /data_attributes", [], { query: "?model=conversation" });
    if (version >= "2.15") await walk("GET /brands");
    if (version >= "2.16") await walk("GET /conversations/attributes");
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
      .filter((route) => version >= "2.13" || !/find_by_external_id|custom_object/.test(route))
      .filter((route) => version >= "2.15" || route !== "GET /brands")
      .filter((route) => version >= "2.16" || route !== "GET /conversations/attributes")
      .filter((route) => version >= "2.16" || route !== "GET /audiences")
      .filter((route) => version >= "2.12" || route !== "GET /ticket_states");
    const isDone = (status: number) => status === 200 || status === 202;
    const walked = [...done].filter(([, statuses]) => statuses.some(isDone));
    expect(walked.map(([route]) => route).sort()).toEqual(expected.sort());
  });
});
