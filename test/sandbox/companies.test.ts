import { describe, expect, test } from "vitest";
import { fillCompanies, openSandbox, refusal } from "../judges/answers";
import { sdk, sdkVersions } from "../judges/intercomClient";

describe.each(sdkVersions)("Intercom's client, version %s", (version) => {
  test("creates, finds, updates and deletes companies", async () => {
    const bench = await openSandbox();
    const { companies } = sdk(bench, version);
    const { id } = await companies.createOrUpdate({ company_id: "acme", name: "Acme", size: 8 });
    const again = await companies.createOrUpdate({ company_id: "acme", plan: "Pro" });
    expect(again).toMatchObject({ id, name: "Acme", size: 8, plan: { type: "plan", name: "Pro" } });
    expect(await companies.find({ company_id: id })).toMatchObject({ company_id: "acme" });
    const updated = await companies.update({ company_id: id, body: { website: "acme.example" } });
    expect(updated).toMatchObject({ name: "Acme", website: "acme.example" });
    expect(await companies.retrieve({ company_id: "acme" })).toMatchObject({ type: "company", id });
    expect(await companies.retrieve({ name: "Acme" })).toMatchObject({ type: "company", id });
    const deleted = await companies.delete({ company_id: id });
    expect(deleted).toEqual({ id, object: "company", deleted: true });
    expect(bench.sandbox.workspace.companies.rows.size).toBe(0);
  });

  test("lists companies, their contacts, and scrolls over them", async () => {
    const bench = await openSandbox({ settings: { scrollEnd: "empty" } });
    fillCompanies(bench, 130);
    const { companies } = sdk(bench, version);
    const { data, total_count } = (await companies.list({ per_page: 60 })).response;
    expect([data?.length, total_count]).toEqual([60, 130]);
    const company_id = data?.[0]?.id ?? "";
    expect(await companies.listAttachedContacts({ company_id })).toMatchObject({ total_count: 1 });

    const pages = await companies.scroll();
    const seen = pages.data.map((company) => company.company_id);
    const next = await pages.getNextPage();
    seen.push(...next.data.map((company) => company.company_id));
    expect(new Set(seen).size).toBe(130);
  });

  test("walks with its paginator until a page is empty", async () => {
    const bench = await openSandbox();
    fillCompanies(bench, 32);
    const seen = [];
    for await (const company of await sdk(bench, version).companies.list()) seen.push(company.id);
    expect(seen).toHaveLength(32);
  });
});

describe("a company", () => {
  test("is found by your id and updated, or else created", async () => {
    const { call, sandbox } = await openSandbox();
    const first = (await call("POST", "/companies", { company_id: "acme", name: "Acme" })).body;
    const second = (await call("POST", "/companies", { company_id: "acme", size: 9 })).body;
    expect(second).toMatchObject({ id: first.id, name: "Acme", size: 9 });
    expect(sandbox.workspace.companies.rows.size).toBe(1);
  });

  test("does not say what nobody has set", async () => {
    const { call } = await openSandbox();
    const { body } = await call("POST", "/companies", { company_id: "acme" });
    for (const key of ["size", "website", "industry", "last_request_at"]) {
      expect(body).not.toHaveProperty(key);
    }
    expect(body.plan).toEqual({});
  });

  test("forgets again what is set to null", async () => {
    const { call } = await openSandbox();
    const set = { company_id: "acme", name: "Acme", size: 5, website: "a.example", plan: "Pro" };
    await call("POST", "/companies", set);
    const cleared = { company_id: "acme", size: null, website: null, plan: null };
    const { body } = await call("POST", "/companies", cleared);
    expect(body).toMatchObject({ name: "Acme", plan: {} });
    for (const key of ["size", "website"]) expect(body).not.toHaveProperty(key);
  });

  test("keeps the whole part of its monthly spend", async () => {
    const { call } = await openSandbox();
    const spend = async (monthly_spend: unknown) =>
      call("POST", "/companies", { company_id: "acme", monthly_spend });
    expect((await spend(99.9)).body.monthly_spend).toBe(99);
    expect((await spend(2147483647)).body.monthly_spend).toBe(2147483647);
    for (const bad of [2147483648, -2147483648, "99"]) {
      expect(refusal(await spend(bad))).toMatchObject({ status: 400, code: "parameter_invalid" });
    }
  });

  test.each([
    ["POST", "/companies", { company_id: "acme", shoe: 1 }, "shoe"],
    ["PUT", "/companies/ID", { company_id: "other" }, "company_id"],
    ["PUT", "/companies/ID", { remote_created_at: 1 }, "remote_created_at"],
  ])("refuses a key that is no parameter: %s %s %j", async (method, path, body, key) => {
    const { call } = await openSandbox();
    const { id } = (await call("POST", "/companies", { company_id: "acme" })).body;
    expect(refusal(await call(method, path.replace("ID", id), body))).toEqual({
      status: 400,
      code: "bad_request",
      message: `bad '${key}' parameter`,
    });
  });

  test("takes update_last_request_at from 2.16 on", async () => {
    const { call, clock } = await openSandbox();
    const body = { company_id: "acme", update_last_request_at: true };
    expect(refusal(await call("POST", "/companies", body, "2.15")).code).toBe("bad_request");
    const answer = await call("POST", "/companies", body, "2.16");
    expect(answer.body.last_request_at).toBe(clock.ms / 1000);
  });

  test("counts its active contacts", async () => {
    const { call, sandbox } = await openSandbox();
    const { contacts, companies } = sandbox.workspace;
    const row = companies.upsert({ companyId: "acme" });
    const [a, b] = [contacts.create({ role: "lead" }), contacts.create({ role: "lead" })];
    for (const contact of [a, b]) companies.attach(contact, row);
    const count = async () => (await call("GET", `/companies/${row.id}`)).body.user_count;
    expect(await count()).toBe(2);
    await call("POST", `/contacts/${a.id}/archive`);
    expect(await count()).toBe(1);
    await call("POST", `/contacts/${a.id}/unarchive`);
    expect(await count()).toBe(2);
    await call("DELETE", `/contacts/${b.id}`);
    expect(await count()).toBe(1);
  });

  test("leaves its contacts behind when it is deleted", async () => {
    const { call, sandbox } = await openSandbox();
    const { contacts, companies } = sandbox.workspace;
    const contact = contacts.create({ role: "lead" });
    const row = companies.upsert({ companyId: "acme" });
    companies.attach(contact, row);
    await call("DELETE", `/companies/${row.id}`);
    expect((await call("GET", `/contacts/${contact.id}`)).body.companies.total_count).toBe(0);
    for (const [method, path] of [
      ["GET", `/companies/${row.id}`],
      ["DELETE", `/companies/${row.id}`],
      ["GET", "/companies?company_id=acme"],
    ] as const) {
      expect(refusal(await call(method, path))).toEqual({
        status: 404,
        code: "company_not_found",
        message: "Company Not Found",
      });
    }
  });

  test.each([
    ["unarchived", "POST", "/unarchive"],
    ["deleted", "DELETE", ""],
  ])("leaves its archived contacts behind, which can be %s", async (_, method, path) => {
    const { call, sandbox } = await openSandbox();
    const { contacts, companies } = sandbox.workspace;
    const contact = contacts.create({ role: "lead" });
    const row = companies.upsert({ companyId: "acme" });
    companies.attach(contact, row);
    await call("POST", `/contacts/${contact.id}/archive`);
    await call("DELETE", `/companies/${row.id}`);
    expect((await call(method, `/contacts/${contact.id}${path}`)).status).toBe(200);
    expect(contact.companyIds).toEqual([]);
  });

  test("is not found by your id where Intercom's is wanted", async () => {
    const { call } = await openSandbox();
    await call("POST", "/companies", { company_id: "acme" });
    expect((await call("GET", "/companies/acme")).status).toBe(404);
  });
});

describe("a contact and its companies", () => {
  test("attaching names the company by Intercom's id alone", async () => {
    const { call, sandbox } = await openSandbox();
    const contact = sandbox.workspace.contacts.create({ role: "lead" });
    const path = `/contacts/${contact.id}/companies`;
    const { id } = sandbox.workspace.companies.upsert({ companyId: "acme" });
    expect((await call("POST", path, { id })).body).toMatchObject({ id, user_count: 1 });
    expect((await call("POST", path, { id })).body.user_count).toBe(1);
    expect(refusal(await call("POST", path, { id: "acme" })).code).toBe("company_not_found");
    expect(refusal(await call("POST", path, {}))).toEqual({
      status: 400,
      code: "parameter_not_found",
      message: "company not specified",
    });
    expect(refusal(await call("POST", "/contacts/unknown/companies", { id })).code).toBe(
      "not_found",
    );
  });

  test("detaching what is not attached finds nothing", async () => {
    const { call, sandbox } = await openSandbox();
    const contact = sandbox.workspace.contacts.create({ role: "lead" });
    const { id } = sandbox.workspace.companies.upsert({ companyId: "acme" });
    const answer = await call("DELETE", `/contacts/${contact.id}/companies/${id}`);
    expect(refusal(answer).code).toBe("company_not_found");
  });

  test("a contact can have a thousand companies and not one more", async () => {
    const bench = await openSandbox();
    fillCompanies(bench, 1000);
    const [contact] = bench.sandbox.workspace.contacts.rows.keys();
    const { id } = bench.sandbox.workspace.companies.upsert({ companyId: "one more" });
    expect(refusal(await bench.call("POST", `/contacts/${contact}/companies`, { id }))).toEqual({
      status: 400,
      code: "contact_company_limit_exceeded",
      message: "Contact has reached the maximum of 1000 company associations",
    });
  });
});

describe("the contacts of a company", () => {
  test("are paged by number and by cursor, newest first", async () => {
    const { call, sandbox } = await openSandbox();
    const { contacts, companies } = sandbox.workspace;
    const row = companies.upsert({ companyId: "acme" });
    const ids = [1, 2, 3].map(() => {
      const contact = contacts.create({ role: "lead" });
      companies.attach(contact, row);
      return contact.id;
    });
    const path = `/companies/${row.id}/contacts?per_page=2`;
    const first = (await call("GET", path)).body;
    const after = encodeURIComponent(first.pages.next.starting_after);
    const byCursor = (await call("GET", `${path}&starting_after=${after}`)).body;
    const byNumber = (await call("GET", `${path}&page=2`)).body;
    const seen = [...first.data, ...byCursor.data].map(({ id }) => id);
    expect(seen).toEqual(ids.reverse());
    expect(byNumber.data).toEqual(byCursor.data);
  });
});
