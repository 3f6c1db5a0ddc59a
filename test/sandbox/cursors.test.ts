import { describe, expect, test } from "vitest";
import { type Answer, type Bench, minute, openSandbox, refusal } from "../judges/answers";

const everything = { field: "created_at", operator: ">", value: 0 };

/** Asks for one page; of each walk there are two. */
type Walk = (bench: Bench, startingAfter?: string) => Promise<Answer>;

const list =
  (pathOf: (bench: Bench) => string): Walk =>
  (bench, startingAfter) => {
    const cursor = startingAfter ? `&starting_after=${encodeURIComponent(startingAfter)}` : "";
    return bench.call("GET", `${pathOf(bench)}?per_page=1${cursor}`);
  };

const search =
  (path: string, sort: unknown, query: unknown = everything): Walk =>
  ({ call }, starting_after) =>
    call("POST", path, { query, sort, pagination: { per_page: 1, starting_after } });

const companyContacts = (at: number) =>
  list(({ sandbox }) => {
    const rows = [...sandbox.workspace.companies.rows.values()];
    return `/companies/${rows[at]?.id}/contacts`;
  });

const newest = { field: "created_at", order: "descending" };
const walks: Record<string, Walk> = {
  "the list of contacts": list(() => "/contacts"),
  "the list of conversations": list(() => "/conversations"),
  "the contacts of a company": companyContacts(0),
  "the contacts of another company": companyContacts(1),
  "a search of contacts": search("/contacts/search", newest),
  "a search of contacts, oldest first": search("/contacts/search", {
    field: "created_at",
    order: "ascending",
  }),
  "a search of contacts by another field": search("/contacts/search", {
    field: "updated_at",
    order: "descending",
  }),
  "a search of other contacts": search("/contacts/search", newest, {
    field: "role",
    operator: "=",
    value: "user",
  }),
  "a search of tickets": search("/tickets/search", newest),
  "a search of conversations": search("/conversations/search", newest),
};

/** Two of everything that can be walked. */
async function filled(): Promise<Bench> {
  const bench = await openSandbox();
  const { contacts, companies, conversations, tickets, ticketTypes } = bench.sandbox.workspace;
  const type = ticketTypes.define({
    name: "Plain",
    description: "",
    icon: "🎟️",
    category: "Customer",
    attributes: [],
  });
  const both = ["c1", "c2"].map((companyId) => companies.upsert({ companyId }));
  for (const externalId of ["a-1", "a-2"]) {
    const contact = contacts.create({ externalId });
    for (const company of both) companies.attach(contact, company);
    conversations.create({ contact, body: "Hello" });
    tickets.create({ typeId: type.id, contact: { id: contact.id } });
    bench.clock.forward(minute);
  }
  return bench;
}

const cursorOf = ({ body }: Answer): string => body.pages.next.starting_after;
const refused = { status: 400, code: "client_error" };

describe("a cursor", () => {
  test.each(Object.entries(walks))("of %s leads on there, and nowhere else", async (name, walk) => {
    const bench = await filled();
    const cursor = cursorOf(await walk(bench));
    const { body } = await walk(bench, cursor);
    expect([body.pages.page, "next" in body.pages]).toEqual([2, false]);
    for (const [otherName, other] of Object.entries(walks)) {
      if (otherName === name) continue;
      expect(refusal(await other(bench, cursor)), otherName).toMatchObject(refused);
    }
  });

  test.each([0, 1, 2])("whose part %i was changed is refused", async (part) => {
    const bench = await filled();
    const walk = walks["the list of contacts"] as Walk;
    const parts = JSON.parse(Buffer.from(cursorOf(await walk(bench)), "base64").toString());
    parts[part] = typeof parts[part] === "number" ? parts[part] + 1 : "68b4e2c05f1d9a3700000000";
    const changed = Buffer.from(JSON.stringify(parts)).toString("base64");
    expect(refusal(await walk(bench, changed))).toMatchObject(refused);
  });

  test("of a search leads on where the same query is written in another order", async () => {
    const bench = await filled();
    const cursor = cursorOf(await search("/contacts/search", newest)(bench));
    const { field, operator, value } = everything;
    const reordered = search("/contacts/search", newest, { value, operator, field });
    expect((await reordered(bench, cursor)).body.pages.page).toBe(2);
  });

  test("leads on after a search that is sorted by a field of several values", async () => {
    const bench = await filled();
    const walk = search("/tickets/search", { field: "contact_ids", order: "ascending" });
    const first = await walk(bench);
    const second = await walk(bench, cursorOf(first));
    const contactOf = ({ body }: Answer) => body.tickets[0].contacts.contacts[0].external_id;
    expect([contactOf(first), contactOf(second)]).toEqual(["a-1", "a-2"]);
  });
});
