import { describe, expect, test } from "vitest";
import { type Bench, openSandbox, refusal } from "../judges/answers";
import { sdk, sdkVersions } from "../judges/intercomClient";

const email = "ada@example.com";

/** A user and a lead with the same e-mail, and a company, a tag and a note of the lead. */
function makeTwins({ sandbox }: Bench) {
  const { companies, contacts, notes, tags } = sandbox.workspace;
  const user = contacts.create({ email, externalId: "a-1" });
  const lead = contacts.create({ role: "lead", email: email.toUpperCase() });
  const company = companies.upsert({ companyId: "acme" });
  companies.attach(lead, company);
  const tag = tags.findOrCreate("VIP");
  tags.tagContact(lead, tag);
  const note = notes.create(lead, { body: "Met at the fair" });
  return { user, lead, company, tag, note };
}

const merge = ({ call }: Bench, body: unknown, version?: string) =>
  call("POST", "/contacts/merge", body, version);

describe.each(sdkVersions)("Intercom's client, version %s", (version) => {
  test("merges a lead into a user", async () => {
    const bench = await openSandbox();
    const { user, lead } = makeTwins(bench);
    const { contacts } = sdk(bench, version);
    expect(await contacts.mergeLeadInUser({ from: lead.id, into: user.id })).toMatchObject({
      id: user.id,
      role: "user",
    });
    const gone = await contacts.find({ contact_id: lead.id }).catch((error: unknown) => error);
    expect(gone).toMatchObject({ statusCode: 404 });
  });
});

describe("merging a lead into a user", () => {
  test("gives the user the lead's tags, companies and notes, and leaves the lead nowhere", async () => {
    const bench = await openSandbox();
    const { call } = bench;
    const { user, lead, company, tag, note } = makeTwins(bench);
    const { body } = await merge(bench, { from: lead.id, into: user.id });
    expect(body).toMatchObject({
      id: user.id,
      external_id: "a-1",
      tags: { data: [{ id: tag.id }] },
      companies: { data: [{ id: company.id }] },
      notes: { data: [{ id: note.id, url: `/notes/${note.id}` }] },
    });
    const contacts = (await call("GET", `/companies/${company.id}/contacts`)).body;
    expect(contacts.data.map(({ id }: { id: string }) => id)).toEqual([user.id]);
    expect((await call("GET", `/notes/${note.id}`)).body.contact.id).toBe(user.id);
    expect((await call("GET", "/contacts")).body.total_count).toBe(1);
    const query = { field: "tag_id", operator: "=", value: tag.id };
    const found = (await call("POST", "/contacts/search", { query })).body;
    expect(found.data.map(({ id }: { id: string }) => id)).toEqual([user.id]);
  });

  test("gives the user the lead's conversations and tickets, and what the lead said in them", async () => {
    const bench = await openSandbox();
    const { call } = bench;
    const { user, lead } = makeTwins(bench);
    const from = { type: "lead", id: lead.id };
    const begun = (await call("POST", "/conversations", { from, body: "Hello" })).body;
    const path = `/conversations/${begun.conversation_id}`;
    const said = { type: "user", intercom_user_id: lead.id, message_type: "comment", body: "Hm" };
    await call("POST", `${path}/reply`, said);
    const { tickets, ticketTypes } = bench.sandbox.workspace;
    const [type] = ticketTypes.rows;
    const low = type?.attributes.find(({ name }) => name === "Priority")?.options[0]?.id;
    const values = { _default_title_: "Broken", Priority: low };
    const contact = { id: lead.id };
    const ticket = tickets.create({ typeId: type?.id ?? "", contact, values });
    await merge(bench, { from: lead.id, into: user.id });
    const conversation = (await call("GET", path)).body;
    const author = { type: "user", id: user.id };
    expect(conversation).toMatchObject({
      contacts: { contacts: [{ id: user.id }] },
      source: { author },
      conversation_parts: { conversation_parts: [{ author }] },
    });
    const { contacts } = (await call("GET", `/tickets/${ticket.id}`)).body;
    expect(contacts.contacts[0].id).toBe(user.id);
  });

  test("makes the lead unknown until 2.15, and from 2.16 on a lead that is gone to the user", async () => {
    const bench = await openSandbox();
    const { call } = bench;
    const { user, lead } = makeTwins(bench);
    await merge(bench, { from: lead.id, into: user.id });
    const byExternalId = `/contacts/find_by_external_id/${lead.externalId}`;
    for (const path of [`/contacts/${lead.id}`, byExternalId]) {
      expect(refusal(await call("GET", path, undefined, "2.15"))).toEqual({
        status: 404,
        code: "not_found",
        message: "User Not Found",
      });
      const answer = await call("GET", path, undefined, "2.16");
      expect(refusal(answer)).toEqual({
        status: 410,
        code: "contact_merged",
        message: "This contact has been merged. See the 'Link' header for the canonical contact.",
      });
      expect(answer.headers.get("Link")).toBe(`</contacts/${user.id}>; rel="canonical"`);
    }
  });

  test.each([
    ["PUT", ""],
    ["DELETE", ""],
    ["POST", "/archive"],
    ["POST", "/unarchive"],
    ["GET", "/notes"],
  ])("leaves nothing of the lead that %s …%s could find", async (method, path) => {
    const bench = await openSandbox();
    const { user, lead } = makeTwins(bench);
    await merge(bench, { from: lead.id, into: user.id });
    const body = method === "PUT" ? { name: "Ada" } : undefined;
    expect((await bench.call(method, `/contacts/${lead.id}${path}`, body)).status).toBe(404);
  });

  test("is in the user's merge history", async () => {
    const bench = await openSandbox();
    const { user, lead } = makeTwins(bench);
    const entry = {
      type: "merge_history",
      source_contact_id: lead.id,
      source_contact_role: "lead",
      merged_at: bench.clock.ms / 1000,
    };
    const history = "?include_merge_history=true";
    const ids = { from: lead.id, into: user.id };
    const merged = await bench.call("POST", `/contacts/merge${history}`, ids);
    expect(merged.body.merge_history).toEqual([entry]);
    const { body } = await bench.call("GET", `/contacts/${user.id}${history}`);
    expect(body.merge_history).toEqual([entry]);
  });

  test("wants a common e-mail or phone from 2.16 on, if it may look", async () => {
    const bench = await openSandbox();
    const { contacts } = bench.sandbox.workspace;
    const user = contacts.create({ email, phone: "+15551" });
    const ids = () => ({ from: contacts.create({ role: "lead" }).id, into: user.id });
    const strangers = ids();
    expect(refusal(await merge(bench, strangers))).toEqual({
      status: 400,
      code: "invalid_merge",
      message:
        "Contacts can only be merged when they are duplicates (matching email or phone). Pass skip_duplicate_validation=true to override this check.",
    });
    const skip = { skip_duplicate_validation: true };
    expect((await merge(bench, { ...strangers, ...skip })).status).toBe(200);
    expect((await merge(bench, ids(), "2.15")).status).toBe(200);
    const phoned = contacts.create({ role: "lead", phone: "+15551" });
    expect((await merge(bench, { from: phoned.id, into: user.id })).status).toBe(200);
  });

  test.each([
    ["from is no lead", { from: "user", into: "user" }, 400, "parameter_invalid"],
    ["into is no user", { from: "lead", into: "lead" }, 400, "parameter_invalid"],
    ["from is unknown", { from: "x", into: "user" }, 404, "not_found"],
    ["from is missing", { into: "user" }, 400, "parameter_not_found"],
    ["into is missing", { from: "lead" }, 400, "parameter_not_found"],
  ])("is refused where %s", async (_, given, status, code) => {
    const bench = await openSandbox();
    const { user, lead } = makeTwins(bench);
    const ids: Record<string, string> = { user: user.id, lead: lead.id };
    const body = Object.fromEntries(
      Object.entries(given).map(([key, name]) => [key, ids[name] ?? name]),
    );
    expect(refusal(await merge(bench, body))).toMatchObject({ status, code });
    expect(lead.state).toBe("active");
  });
});
