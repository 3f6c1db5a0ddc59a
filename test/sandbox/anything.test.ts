import fc from "fast-check";
import { expect, test } from "vitest";
import { coverage } from "../../sandbox/coverage";
import { openSandbox } from "../judges/answers";

/** `ANY_REQUESTS=20000` tries more. */
const numRuns = Number(process.env.ANY_REQUESTS ?? 200);

const oddText = fc.constantFrom(
  "",
  " ",
  "0",
  "-1",
  "1e3",
  "last",
  "zz",
  "__proto__",
  "constructor",
  "%",
  "\u0000",
  "\ud800",
  "/",
  "<p>&",
  "http://[",
  "9".repeat(400),
  "WyIiXQ==",
);
/** What JSON can say and code trips over. `1e308` becomes `1e999`, which is read as Infinity. */
const odd = fc.oneof(
  oddText,
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, 2 ** 53, 8.64e12, 8.65e12, -8.65e12),
  fc.constantFrom<unknown>([], [[]], [null], {}, { toString: null }, [{ toString: null }]),
  fc.jsonValue({ maxDepth: 3 }),
);

interface Known {
  contact: string;
  company: string;
  tag: string;
  admin: string;
  ticketType: string;
  ticketState: string;
}

/** A body for each route that is done, until something odd takes the place of a part of it. */
const bodiesOf = ({ contact, company, tag, admin, ticketType, ticketState }: Known) => {
  const time = 1700000000;
  const person = {
    name: "Ada",
    owner_id: admin,
    signed_up_at: time,
    custom_attributes: { seats: 3, renewal_date: time },
  };
  const account = { name: "Acme", plan: "Pro", size: 3, monthly_spend: 4, custom_attributes: {} };
  const search = (...filters: unknown[]) => ({
    query: { operator: "AND", value: filters },
    sort: { field: "updated_at", order: "ascending" },
    pagination: { per_page: 2, starting_after: null },
  });
  const latest = { field: "created_at", operator: ">", value: 1 };
  const by = (field: string, value: unknown, operator = "=") => ({ field, operator, value });
  const isKnown = by("name", ["Ada"], "NIN");
  const bodies: Record<string, unknown> = {
    "POST /contacts": { ...person, role: "lead", email: "ada@example.com", external_id: "a-1" },
    "PUT /contacts/:id": { ...person, email: "bo@example.com", email_verified: true },
    "POST /contacts/search": search(latest, isKnown, by("tag_id", tag), by("segment_id", "1")),
    "POST /contacts/:id/companies": { id: company },
    "POST /contacts/:id/notes": { body: "Hello", admin_id: admin },
    "POST /events": {
      event_name: "ordered",
      created_at: time,
      id: contact,
      metadata: { article: { url: "https://example.org", value: "Book" }, price: 5 },
    },
    "POST /messages": {
      message_type: "email",
      subject: "Thanks",
      body: "Hello",
      template: "plain",
      from: { type: "admin", id: admin },
      to: [{ type: "user", id: contact }],
      cc: { type: "user", id: contact },
      bcc: [{ type: "user", id: contact }],
      created_at: time,
      create_conversation_without_contact_reply: true,
    },
    "POST /contacts/merge": { from: contact, into: contact, skip_duplicate_validation: true },
    "POST /contacts/:id/tags": { id: tag },
    "POST /companies": { ...account, company_id: "c-1", remote_created_at: time },
    "PUT /companies/:id": account,
    "POST /tags": { name: "VIP", users: [{ id: contact }], companies: [{ company_id: "acme" }] },
    "POST /tickets": {
      ticket_type_id: ticketType,
      contacts: [{ email: "ada@example.com" }],
      ticket_attributes: { _default_title_: "Broken" },
      created_at: time,
      assignment: { admin_assignee_id: admin },
    },
    "PUT /tickets/:id": {
      ticket_attributes: { _default_title_: "Mended" },
      ticket_state_id: ticketState,
      snoozed_until: time,
      admin_id: admin,
      assignee_id: admin,
    },
    "POST /tickets/:id/reply": {
      type: "admin",
      message_type: "note",
      admin_id: admin,
      body: "Hi",
      created_at: time,
      attachment_files: [{ name: "a", content_type: "text/plain", data: "aGk=" }],
      reply_options: [{ text: "Yes", uuid: "0df48b85-9a93-4c66-a167-753eff0baaec" }],
    },
    "POST /articles": {
      title: "Refunds",
      author_id: admin,
      state: "published",
      body_markdown: "# Hi",
      translated_content: { fr: { title: "Bonjour", audience_ids: [1] } },
      scheduled_publish_at: "2030-01-01T00:00:00Z",
    },
    "PUT /articles/:id": { body: "<p>Hi</p>", parent_id: null, audience_ids: [2] },
    "POST /custom_object_instances/:type": {
      external_id: "o-1",
      external_created_at: time,
      custom_attributes: { items: 2, placed_at: { date: "2026-11-02" } },
    },
    "POST /tickets/search": search(latest, by("category", "request"), by("open", true)),
    "POST /conversations": { from: { type: "user", id: contact }, body: "Hello", created_at: time },
    "POST /conversations/search": search(latest, by("source.body", "help"), by("read", false)),
    "POST /conversations/:id/reply": {
      type: "admin",
      message_type: "note",
      admin_id: admin,
      body: "<p>Hi</p>",
      created_at: time,
      attachment_urls: ["https://images.example/cat.png"],
      attachment_files: [{ name: "a.txt", content_type: "text/plain", data: "SGk=" }],
      reply_options: [{ text: "Yes", uuid: "a5e1c524-5ddd-4c3e-9328-6bca5d6e3edb" }],
      skip_notifications: true,
    },
    "POST /conversations/:id/parts": {
      message_type: "assignment",
      type: "admin",
      admin_id: admin,
      assignee_id: admin,
      body: "<p>Hi</p>",
    },
    "POST /conversations/:id/convert": {
      ticket_type_id: ticketType,
      ticket_state_id: ticketState,
      attributes: { _default_title_: "Broken" },
    },
    "PUT /conversations/:id": {
      read: true,
      title: "Hello",
      company_id: company,
      custom_attributes: { Topic: "Billing", order: [] },
    },
    "POST /conversations/:id/customers": {
      admin_id: admin,
      customer: { email: "bo@example.com", customer: { intercom_user_id: contact } },
    },
    "DELETE /conversations/:id/customers/:contactId": { admin_id: admin },
    "POST /conversations/:id/tags": { id: tag, admin_id: admin },
    "DELETE /conversations/:id/tags/:tagId": { admin_id: admin },
  };
  return bodies;
};

/** The ways to all parts of a body. */
function waysInto(body: unknown, way: string[] = []): string[][] {
  const parts = typeof body === "object" && body !== null ? Object.entries(body) : [];
  return [way, ...parts.flatMap(([key, part]) => waysInto(part, [...way, key]))];
}

/** A copy of a body with another value at the end of a way. */
function replaced(body: unknown, [key, ...way]: string[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = structuredClone(body) as Record<string, unknown>;
  copy[key] = replaced(copy[key], way, value);
  return copy;
}

const parameters = fc.dictionary(
  fc.constantFrom(
    ..."page per_page starting_after order name company_id tag_id segment_id model".split(" "),
    ..."scroll_param include_count include_archived include_merge_history display_as".split(" "),
    ..."redirect_uri state type user_id email intercom_user_id before since".split(" "),
  ),
  oddText,
);

test("whatever is asked, the sandbox answers, and never that it failed", async () => {
  const settings = { requestsPerWindow: 1_000_000_000 };
  const { sandbox } = await openSandbox({ seed: "workspace", settings });
  const { contacts, companies, tickets, conversations, articles, ticketTypes, tags, admins } =
    sandbox.workspace;
  const firstOf = ({ rows }: { rows: Map<string, unknown> }) => [...rows.keys()][0] ?? "";
  const known: Known = {
    contact: firstOf(contacts),
    company: firstOf(companies),
    tag: firstOf(tags),
    admin: admins.owner.id,
    ticketType: ticketTypes.rows[0]?.id ?? "",
    ticketState: ticketTypes.states[1]?.id ?? "",
  };
  const ids = [
    ...Object.values(known),
    ...[tickets, conversations, articles].map(firstOf),
    "Order",
    "o-1",
  ];
  const bodies = bodiesOf(known);
  const bare = coverage.map(({ route }) => route).filter((route) => !(route in bodies));
  const request = fc.record({
    route: fc.oneof(fc.constantFrom(...Object.keys(bodies)), fc.constantFrom(...bare)),
    given: fc.array(fc.oneof(fc.constantFrom(...ids), oddText), { minLength: 2, maxLength: 2 }),
    parameters,
    changes: fc.array(fc.tuple(fc.nat(), odd), { maxLength: 2 }),
    version: fc.constantFrom("2.11", "2.13", "2.16"),
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ route, given, parameters, changes, version }) => {
      const [method = "", template = ""] = route.split(" ");
      const left = [...given];
      const path = template.replace(/:\w+/g, () => {
        return encodeURIComponent((left.shift() ?? "").toWellFormed());
      });
      const query = new URLSearchParams({ client_id: sandbox.clientId, ...parameters });
      const body = changes.reduce((sent, [choice, value]) => {
        const ways = waysInto(sent);
        return replaced(sent, ways[choice % ways.length] ?? [], value);
      }, bodies[route]);
      const response = await fetch(`${sandbox.url}${path}?${query}`, {
        method,
        redirect: "manual",
        headers: { Authorization: `Bearer ${sandbox.token}`, "Intercom-Version": version },
        ...(method === "GET" ? {} : { body: JSON.stringify(body)?.replace("1e+308", "1e999") }),
      });
      expect(response.status, await response.text()).toBeLessThan(500);
    }),
    { numRuns },
  );
});
