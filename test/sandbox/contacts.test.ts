import { describe, expect, test } from "vitest";
import { day, openSandbox, refusal } from "../judges/answers";
import { sdk, sdkVersions } from "../judges/intercomClient";

const ada = { role: "user", email: "ada@example.com", external_id: "a-1", name: "Ada" };

describe.each(sdkVersions)("Intercom's client, version %s", (version) => {
  test("creates, finds, updates, lists, searches, archives and deletes contacts", async () => {
    const bench = await openSandbox();
    const { contacts } = sdk(bench, version);
    const created = await contacts.create({ email: "ada@example.com", name: "Ada" });
    const id = created.id ?? "";
    expect(created).toMatchObject({ role: "user", email: "ada@example.com", name: "Ada" });

    expect(await contacts.find({ contact_id: id })).toMatchObject({ id, name: "Ada" });
    const updated = await contacts.update({ contact_id: id, phone: "+1555", external_id: "a-1" });
    expect(updated).toMatchObject({ name: "Ada", phone: "+1555", external_id: "a-1" });
    if (version >= "2.13") {
      const found = await contacts.showContactByExternalId({ external_id: "a-1" });
      expect(found.id).toBe(id);
    }

    await contacts.create({ email: "bo@example.com" });
    const listed = [];
    for await (const contact of await contacts.list({ per_page: 1 })) listed.push(contact.email);
    expect(listed).toEqual(["bo@example.com", "ada@example.com"]);
    const found = [];
    const query = { field: "email", operator: "$", value: "@example.com" } as const;
    const pages = await contacts.search({ query, pagination: { per_page: 1 } });
    for await (const contact of pages) found.push(contact.email);
    expect(found).toEqual(["bo@example.com", "ada@example.com"]);

    expect(await contacts.archive({ contact_id: id })).toMatchObject({ id, archived: true });
    expect(await contacts.unarchive({ contact_id: id })).toMatchObject({ id, archived: false });
    expect(await contacts.delete({ contact_id: id })).toMatchObject({ id, deleted: true });
    expect(bench.sandbox.workspace.contacts.listed.size).toBe(1);
  });

  test("tags contacts and attaches them to companies", async () => {
    const bench = await openSandbox();
    const { contacts, companies, tags } = sdk(bench, version);
    const { workspace } = bench.sandbox;
    const contact_id = workspace.contacts.create({ email: "ada@example.com" }).id;
    const company = workspace.companies.upsert({ companyId: "acme", name: "Acme" });
    const tag = workspace.tags.findOrCreate("VIP");

    await tags.tagContact({ contact_id, id: tag.id });
    expect(await contacts.listAttachedTags({ contact_id })).toMatchObject({
      data: [{ id: tag.id, name: "VIP", applied_by: { type: "admin" } }],
    });
    await tags.untagContact({ contact_id, tag_id: tag.id });
    expect(workspace.contacts.get(contact_id).tags).toEqual([]);

    const attached = await companies.attachContact({ contact_id, id: company.id });
    expect(attached).toMatchObject({ company_id: "acme", user_count: 1 });
    // Its paginator looks for "companies", where the API says "data": so no walk through the pages.
    const { response } = await contacts.listAttachedCompanies({ contact_id });
    expect(response).toMatchObject({ data: [{ id: company.id }], total_count: 1 });
    const detached = await companies.detachContact({ contact_id, company_id: company.id });
    expect(detached).toMatchObject({ company_id: "acme", user_count: 0 });
  });
});

describe("the life of a contact", () => {
  test("an archived contact is not found, listed or searched, until it is unarchived", async () => {
    const { call } = await openSandbox();
    const { id } = (await call("POST", "/contacts", ada)).body;
    const visible = async () => {
      const query = { field: "email", operator: "=", value: ada.email };
      return [
        (await call("GET", `/contacts/${id}`)).status,
        (await call("GET", "/contacts/find_by_external_id/a-1")).status,
        (await call("GET", "/contacts")).body.total_count,
        (await call("POST", "/contacts/search", { query })).body.total_count,
      ];
    };
    expect(await visible()).toEqual([200, 200, 1, 1]);
    await call("POST", `/contacts/${id}/archive`);
    expect(await visible()).toEqual([404, 404, 0, 0]);
    await call("POST", `/contacts/${id}/unarchive`);
    expect(await visible()).toEqual([200, 200, 1, 1]);
  });

  test("an archived contact blocks a new one with its e-mail, and is named in the refusal", async () => {
    const { call } = await openSandbox();
    const { id } = (await call("POST", "/contacts", ada)).body;
    await call("POST", `/contacts/${id}/archive`);
    expect(refusal(await call("POST", "/contacts", { email: "ADA@example.com" }))).toEqual({
      status: 409,
      code: "conflict",
      message: `An archived contact matching those details already exists with id=${id}`,
    });
  });

  test("a living user with the same external id or e-mail is named in the refusal", async () => {
    const { call } = await openSandbox();
    const { id } = (await call("POST", "/contacts", ada)).body;
    for (const body of [{ external_id: "a-1" }, { email: "ada@example.com", external_id: "b" }]) {
      expect(refusal(await call("POST", "/contacts", body))).toEqual({
        status: 409,
        code: "conflict",
        message: `A contact matching those details already exists with id=${id}`,
      });
    }
    const other = (await call("POST", "/contacts", { email: "bo@example.com" })).body;
    const update = await call("PUT", `/contacts/${other.id}`, { email: "ada@example.com" });
    expect(refusal(update)).toMatchObject({ status: 409, code: "conflict" });
  });

  test("a deleted user's identity stays taken for a week, and cannot be restored", async () => {
    const { call, clock } = await openSandbox();
    const { id } = (await call("POST", "/contacts", ada)).body;
    expect((await call("DELETE", `/contacts/${id}`)).body).toEqual({
      type: "contact",
      id,
      external_id: "a-1",
      deleted: true,
    });
    expect((await call("GET", `/contacts/${id}`)).status).toBe(404);
    expect((await call("DELETE", `/contacts/${id}`)).status).toBe(404);
    expect(refusal(await call("POST", `/contacts/${id}/unarchive`)).code).toBe("not_restorable");
    clock.forward(7 * day - 1);
    expect(refusal(await call("POST", "/contacts", ada)).message).toContain("An archived contact");
    clock.forward(1);
    expect((await call("POST", "/contacts", ada)).status).toBe(200);
  });

  test("an archived contact can be deleted for good", async () => {
    const { call, sandbox } = await openSandbox();
    const { id } = (await call("POST", "/contacts", ada)).body;
    await call("POST", `/contacts/${id}/archive`);
    expect((await call("DELETE", `/contacts/${id}`)).status).toBe(200);
    expect(sandbox.workspace.contacts.rows.get(id)?.state).toBe("deleted");
  });

  test("unarchiving a contact that is not archived changes nothing", async () => {
    const { call } = await openSandbox();
    const { id } = (await call("POST", "/contacts", ada)).body;
    expect((await call("POST", `/contacts/${id}/unarchive`)).body.archived).toBe(false);
  });
});

describe("leads", () => {
  test("several leads may share an e-mail, and do not block a user", async () => {
    const { call } = await openSandbox();
    const lead = { role: "lead", email: "ada@example.com" };
    for (const body of [lead, lead, ada]) {
      expect((await call("POST", "/contacts", body)).status).toBe(200);
    }
    expect((await call("GET", "/contacts")).body.total_count).toBe(3);
  });

  test("a lead's external id is Intercom's own, whatever was sent", async () => {
    const { call } = await openSandbox();
    const sent = { role: "lead", external_id: "mine" };
    const { id, external_id } = (await call("POST", "/contacts", sent)).body;
    expect(external_id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const updated = await call("PUT", `/contacts/${id}`, { external_id: "mine" });
    expect(updated.body.external_id).toBe(external_id);
  });

  test("a lead can become a user and then has an external id of yours", async () => {
    const { call } = await openSandbox();
    const { id } = (await call("POST", "/contacts", { role: "lead" })).body;
    const { body } = await call("PUT", `/contacts/${id}`, { role: "user", external_id: "mine" });
    expect(body).toMatchObject({ role: "user", external_id: "mine" });
  });

  test("a user cannot become a lead", async () => {
    const { call } = await openSandbox();
    const { id } = (await call("POST", "/contacts", ada)).body;
    expect(refusal(await call("PUT", `/contacts/${id}`, { role: "lead" }))).toMatchObject({
      status: 400,
      code: "client_error",
      message: "Contact with user role can't be converted to a lead",
    });
  });
});

describe("what a contact holds", () => {
  test("fields that an update does not send stay, and null clears", async () => {
    const { call, clock } = await openSandbox();
    const { id } = (await call("POST", "/contacts", { ...ada, phone: "+1555" })).body;
    clock.forward(5000);
    const { body } = await call("PUT", `/contacts/${id}`, { phone: null });
    expect(body).toMatchObject({ name: "Ada", phone: null, external_id: "a-1" });
    expect(body.updated_at).toBe(body.created_at + 5);
  });

  test("custom attributes are merged, null clears one, and unknown names are refused", async () => {
    const { call } = await openSandbox();
    const first = { ...ada, custom_attributes: { seats: 3, job_title: "Poet" } };
    const { id } = (await call("POST", "/contacts", first)).body;
    const update = (custom_attributes: unknown) =>
      call("PUT", `/contacts/${id}`, { custom_attributes });
    const { body } = await update({ beta_tester: false, job_title: null });
    expect(body.custom_attributes).toEqual({ seats: 3, beta_tester: false });
    for (const bad of [{ shoe: 42 }, { seats: "3" }, { "Preferred channel": "fax" }]) {
      expect(refusal(await update(bad))).toMatchObject({ status: 400, code: "parameter_invalid" });
    }
  });

  test("the owner must be an admin of the workspace", async () => {
    const { call, sandbox } = await openSandbox();
    const [admin] = sandbox.workspace.admins.rows;
    const owned = await call("POST", "/contacts", { ...ada, owner_id: admin?.id });
    expect(owned.body.owner_id).toBe(admin?.id);
    expect(refusal(await call("POST", "/contacts", { role: "lead", owner_id: "1" }))).toMatchObject(
      {
        status: 400,
        code: "parameter_invalid",
        message: "The owner specified is not a member of the workspace",
      },
    );
  });

  test("the owner is a number before 2.16 and text from then on", async () => {
    const { call, sandbox } = await openSandbox();
    const ownerId = sandbox.workspace.admins.rows[0]?.id ?? "";
    const { id } = sandbox.workspace.contacts.create({ role: "lead", ownerId });
    const ownerIn = async (version: string) =>
      (await call("GET", `/contacts/${id}`, undefined, version)).body.owner_id;
    expect(await ownerIn("2.15")).toBe(Number(ownerId));
    expect(await ownerIn("2.16")).toBe(ownerId);
  });

  test("a contact shows ten of its tags and says that there are more", async () => {
    const { call, sandbox } = await openSandbox();
    const { contacts, tags, companies } = sandbox.workspace;
    const row = contacts.create({ role: "lead" });
    for (let n = 1; n <= 11; n++) {
      tags.tagContact(row, tags.findOrCreate(`tag ${n}`));
      if (n <= 10) companies.attach(row, companies.upsert({ companyId: `c${n}` }));
    }
    const { body } = await call("GET", `/contacts/${row.id}`);
    expect(body.tags).toMatchObject({ total_count: 11, has_more: true });
    expect(body.tags.data).toHaveLength(10);
    expect(body.companies).toMatchObject({ total_count: 10, has_more: false });
    expect((await call("GET", `/contacts/${row.id}/tags`)).body.data).toHaveLength(11);
  });

  test.each([
    [{ name: "Nobody" }, "A user must have an email or an external_id"],
    [{ role: "user" }, "A user must have an email or an external_id"],
    [{ role: "boss" }, "role must be user or lead"],
    [{ email: "" }, "Email is invalid"],
    [{ external_id: "" }, "external_id can't be blank"],
    [{ external_id: " ", email: "a@b.c" }, "external_id can't be blank"],
  ])("creating %j is refused", async (body, message) => {
    const { call } = await openSandbox();
    const answer = await call("POST", "/contacts", body);
    expect(refusal(answer)).toMatchObject({ status: 400, code: "parameter_invalid", message });
  });

  test("an update cannot take an external id away by a blank", async () => {
    const { call } = await openSandbox();
    const { id } = (await call("POST", "/contacts", { external_id: "a-1" })).body;
    const answer = await call("PUT", `/contacts/${id}`, { external_id: "" });
    expect(refusal(answer)).toMatchObject({ status: 400, code: "parameter_invalid" });
    expect((await call("GET", `/contacts/${id}`)).body.external_id).toBe("a-1");
  });

  test("email_verified needs the e-mail beside it, from 2.16 on", async () => {
    const { call } = await openSandbox();
    const body = { role: "lead", email_verified: true };
    expect((await call("POST", "/contacts", body, "2.16")).status).toBe(400);
    expect((await call("POST", "/contacts", { ...body, email: "a@b.c" }, "2.16")).status).toBe(200);
    expect((await call("POST", "/contacts", body, "2.15")).status).toBe(200);
  });

  test("the merge history is shown for users who ask for it, from 2.16 on", async () => {
    const { call } = await openSandbox();
    const { id } = (await call("POST", "/contacts", ada)).body;
    const path = `/contacts/${id}?include_merge_history=true`;
    const asked = await call("GET", path);
    expect(asked.body.merge_history).toEqual([]);
    expect((await call("GET", `/contacts/${id}`)).body).not.toHaveProperty("merge_history");
  });
});

describe("the list of contacts", () => {
  test("walks by cursor over all of them, newest first, ten at a time", async () => {
    const { call, sandbox, clock } = await openSandbox();
    const made: string[] = [];
    for (let n = 0; n < 23; n++) {
      made.unshift(sandbox.workspace.contacts.create({ role: "lead" }).id);
      if (n % 3 === 0) clock.forward(1000);
    }
    const seen: string[] = [];
    let path = "/contacts";
    for (const size of [10, 10, 3]) {
      const { body } = await call("GET", path);
      expect(body.data).toHaveLength(size);
      expect(body).toMatchObject({ total_count: 23, pages: { per_page: 10, total_pages: 3 } });
      seen.push(...body.data.map(({ id }: { id: string }) => id));
      const after = body.pages.next?.starting_after;
      if (size === 3) expect(body.pages).not.toHaveProperty("next");
      path = `/contacts?starting_after=${encodeURIComponent(after)}`;
    }
    expect(seen).toEqual(made);
  });

  test("names no next page after one that is just full", async () => {
    const { call, sandbox } = await openSandbox();
    for (const _ of [1, 2]) sandbox.workspace.contacts.create({ role: "lead" });
    const { body } = await call("GET", "/contacts?per_page=2");
    expect(body.data).toHaveLength(2);
    expect(body.pages).not.toHaveProperty("next");
  });

  test("a contact deleted between two pages costs no other its place", async () => {
    const { call, sandbox } = await openSandbox();
    const { contacts } = sandbox.workspace;
    const ids = [1, 2, 3, 4].map(() => contacts.create({ role: "lead" }).id).reverse();
    const first = (await call("GET", "/contacts?per_page=2")).body;
    contacts.delete(ids[1] ?? "");
    const after = encodeURIComponent(first.pages.next.starting_after);
    const second = (await call("GET", `/contacts?per_page=2&starting_after=${after}`)).body;
    expect(second.data.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2));
  });

  test("takes no notice of page and order", async () => {
    const { sandbox } = await openSandbox();
    const [, newest] = [1, 2].map(() => sandbox.workspace.contacts.create({ role: "lead" }).id);
    const headers = { Authorization: `Bearer ${sandbox.token}` };
    const answer = await fetch(`${sandbox.url}/contacts?page=2&per_page=1&order=asc`, { headers });
    expect(await answer.json()).toMatchObject({ data: [{ id: newest }], pages: { page: 1 } });
  });

  test("is what a get with a blank id becomes", async () => {
    const { sandbox } = await openSandbox();
    const headers = { Authorization: `Bearer ${sandbox.token}` };
    const answer = await fetch(`${sandbox.url}/contacts/`, { headers });
    expect(await answer.json()).toMatchObject({ type: "list", total_count: 0 });
  });

  test("gives 150 at the most, and says so", async () => {
    const { call } = await openSandbox();
    expect((await call("GET", "/contacts?per_page=500")).body.pages.per_page).toBe(150);
    expect(refusal(await call("GET", "/contacts?per_page=few")).code).toBe("parameter_invalid");
  });

  test.each([
    "nonsense",
    Buffer.from("[1]").toString("base64"),
    Buffer.from('[1,"a",1]').toString("base64"),
    Buffer.from('[ 1,"a",2]').toString("base64"),
  ])("a cursor that was tampered with is refused: %s", async (cursor) => {
    const { call } = await openSandbox();
    const answer = await call("GET", `/contacts?starting_after=${encodeURIComponent(cursor)}`);
    expect(refusal(answer)).toMatchObject({
      status: 400,
      code: "client_error",
      message: expect.stringContaining("Invalid starting_after param."),
    });
  });
});

test("finding by external id is not there before 2.13", async () => {
  const { call, sandbox } = await openSandbox();
  await call("POST", "/contacts", ada);
  const old = await fetch(`${sandbox.url}/contacts/find_by_external_id/a-1`, {
    headers: { Authorization: `Bearer ${sandbox.token}`, "Intercom-Version": "2.12" },
  });
  expect(refusal({ status: old.status, headers: old.headers, body: await old.json() })).toEqual({
    status: 400,
    code: "intercom_version_invalid",
    message: "Requested resource is not available in current API version.",
  });
  expect((await call("GET", "/contacts/find_by_external_id/a-1", undefined, "2.13")).status).toBe(
    200,
  );
});
