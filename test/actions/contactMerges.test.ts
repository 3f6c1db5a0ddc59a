import { describe, expect, test } from "vitest";
import { openWorkbench } from "../stage/workbench";

interface Contact {
  id: string;
  external_id: string;
  merge_history?: object[];
}

/** A user and a lead with the same e-mail; another lead with a different one. */
async function openWithLeads(apiVersion = "2.11") {
  const bench = await openWorkbench({ seed: "empty" }, { apiVersion });
  const { contacts, notes, tags } = bench.sandbox.workspace;
  const user = contacts.create({ role: "user", email: "ada@example.org", externalId: "crm-25" });
  const lead = contacts.create({ role: "lead", email: "ada@example.org" });
  const stranger = contacts.create({ role: "lead", email: "bob@example.org" });
  notes.create(lead, { body: "Asked for a demo." });
  tags.tagContact(lead, tags.findOrCreate("Hot"));
  return { ...bench, userId: user.id, leadId: lead.id, strangerId: stranger.id };
}

describe("merging contacts", () => {
  test("makes the lead part of the user, who gets what the lead had", async () => {
    const { leadId, refusal, run, sandbox, userId } = await openWithLeads();
    expect(await run("mergeContacts", { leadId, userId })).toMatchObject({ id: userId });
    expect(sandbox.requests.at(-1)).toMatchObject({ apiVersion: "2.11" });
    expect(sandbox.requests.at(-1)?.body).toEqual({ from: leadId, into: userId });
    expect(await run("listContactTags", { contactId: userId })).toMatchObject([{ name: "Hot" }]);
    const { data } = await run<{ data: object[] }>("listNotes", { contactId: userId });
    expect(data).toHaveLength(1);
    expect(await refusal("mergeContacts", { leadId, userId })).toMatchObject({ status: 404 });
  });

  test("from 2.16 on takes contacts without a common e-mail only where that is ticked", async () => {
    const { log, refusal, run, sandbox, strangerId: leadId, userId } = await openWithLeads("2.16");
    const error = await refusal("mergeContacts", { leadId, userId });
    expect(error).toMatchObject({ status: 400, code: "invalid_merge" });
    await run("mergeContacts", { leadId, userId, skipDuplicateValidation: "true" });
    expect(sandbox.requests.at(-1)?.body).toEqual({
      from: leadId,
      into: userId,
      skip_duplicate_validation: true,
    });
    expect(log.filter((line) => line.includes("API version"))).toEqual([]);
  });

  test("with an older version asks for the check to be skipped with 2.16, and logs it", async () => {
    const { leadId, log, run, sandbox, userId } = await openWithLeads();
    await run("mergeContacts", { leadId, userId, skipDuplicateValidation: "true" });
    expect(sandbox.requests).toMatchObject([{ apiVersion: "2.16" }]);
    expect(log).toContain(
      "info We send this request with API version 2.16, because 2.11 can't merge the contacts with skip_duplicate_validation.",
    );
  });

  test.each([
    [{ leadId: "" }, '"Lead ID" is empty: fill it in.'],
    [{ userId: " " }, '"User ID" is empty: fill it in.'],
    [
      { skipDuplicateValidation: "yes" },
      '"Skip Duplicate Validation" must be true or false, not "yes".',
    ],
  ])("%j is refused by name, and nothing is sent", async (inputs, sentence) => {
    const { leadId, refusal, sandbox, userId } = await openWithLeads();
    const { message } = await refusal("mergeContacts", { leadId, userId, ...inputs });
    expect(message).toBe(sentence);
    expect(sandbox.requests).toEqual([]);
  });
});

describe("a contact that was merged", () => {
  test.each([
    ["2.15", 404, /User Not Found \(404 not_found, request \w+\)\.$/],
    [
      "2.16",
      410,
      /\(410 contact_merged, request \w+\)\. It was merged into the contact (\w+): use that ID from now on\.$/,
    ],
  ])("is gone in %s, with %i", async (apiVersion, status, words) => {
    const { leadId, refusal, run, userId } = await openWithLeads(apiVersion);
    await run("mergeContacts", { leadId, userId });
    const error = await refusal("getContact", { id: leadId });
    expect(error).toMatchObject({ name: "NotFoundError", status });
    const [, into = userId] = words.exec(error.message) ?? ["", ""];
    expect(into).toBe(userId);
  });

  test("stands in the history of the user, where that is asked for, with 2.16", async () => {
    const { leadId, log, run, sandbox, sent, userId } = await openWithLeads();
    await run("mergeContacts", { leadId, userId });
    expect(await run<Contact>("getContact", { id: userId })).not.toHaveProperty("merge_history");
    const contact = await run<Contact>("getContact", { id: userId, includeMergeHistory: "true" });
    expect(contact.merge_history).toMatchObject([
      { source_contact_id: leadId, source_contact_role: "lead" },
    ]);
    expect(sent().slice(1)).toEqual([
      `GET /contacts/${userId}`,
      `GET /contacts/${userId}?include_merge_history=true`,
    ]);
    expect(sandbox.requests.map(({ apiVersion }) => apiVersion)).toEqual(["2.11", "2.11", "2.16"]);
    expect(log).toContain(
      "info We send this request with API version 2.16, because 2.11 can't get the contact with include_merge_history.",
    );
  });
});
