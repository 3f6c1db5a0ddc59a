import { describe, expect, test } from "vitest";
import { fillContacts } from "../stage/crowd";
import { openWorkbench } from "../stage/workbench";

interface List {
  data: { id: string }[];
  total_count: number;
  pages: { page: number; next?: { starting_after: string } | null };
}

const idsOf = ({ data }: List) => data.map(({ id }) => id);
const newestFirst = (rows: { id: string }[]) => rows.map(({ id }) => id).reverse();

/** A company with as many contacts, and the first of them with as many companies. */
async function openWithCompanies(contactCount: number, companyCount = 1) {
  const bench = await openWorkbench();
  const { companies } = bench.sandbox.workspace;
  const people = fillContacts(bench.sandbox.workspace, contactCount);
  const works = Array.from({ length: companyCount }, (_, n) =>
    companies.upsert({ companyId: `works-${n}`, name: `Works ${n}` }),
  );
  const [company] = works;
  const [contact] = people;
  if (!company || !contact) throw new Error("nobody is there");
  for (const each of people) companies.attach(each, company);
  for (const each of works) companies.attach(contact, each);
  return { ...bench, company, contact, people, works };
}

describe("getting a contact by its external ID", () => {
  test("gives the user that has it, also one that no search finds yet", async () => {
    const { log, run, sandbox, sent } = await openWorkbench();
    const { contacts } = sandbox.workspace;
    const user = contacts.create({ role: "user", externalId: "crm/25" });
    expect(await run("getContactByExternalId", { externalId: " crm/25 " })).toMatchObject({
      id: user.id,
      external_id: "crm/25",
    });
    expect(sent()).toEqual(["GET /contacts/find_by_external_id/crm%2F25"]);
    expect(sandbox.requests).toMatchObject([{ apiVersion: "2.13" }]);
    expect(log).toContain(
      "info We send this request with API version 2.13, because 2.11 can't get the contact by its external ID.",
    );
  });

  test("is an error where no user has it", async () => {
    const { refusal } = await openWorkbench({ seed: "empty" }, { apiVersion: "2.14" });
    const error = await refusal("getContactByExternalId", { externalId: "crm-25" });
    expect(error).toMatchObject({ name: "NotFoundError", status: 404 });
  });

  test("is refused without one", async () => {
    const { refusal, sandbox } = await openWorkbench();
    expect((await refusal("getContactByExternalId", { externalId: " " })).message).toBe(
      '"External ID" is empty: fill it in.',
    );
    expect(sandbox.requests).toEqual([]);
  });
});

test("the tags of a contact are all listed, beyond the ten that it shows", async () => {
  const { contact, run, sandbox } = await openWithCompanies(1);
  const { tags } = sandbox.workspace;
  const names = Array.from({ length: 12 }, (_, n) => `Tag ${n}`);
  for (const name of names) tags.tagContact(contact, tags.findOrCreate(name));
  const listed = await run<{ name: string }[]>("listContactTags", { contactId: contact.id });
  expect(listed.map(({ name }) => name)).toEqual(names);
});

describe("the companies of a contact", () => {
  test("are listed page by page, and all with Fetch All", async () => {
    const { contact, run, works } = await openWithCompanies(1, 12);
    const contactId = contact.id;
    const all = await run<List>("listContactCompanies", { contactId, fetchAll: "true" });
    expect(idsOf(all).sort()).toEqual(works.map(({ id }) => id).sort());
    expect(all).toMatchObject({ total_count: 12, pages: { page: 1 } });
    const pages = ["1", "2", "3"].map((page) =>
      run<List>("listContactCompanies", { contactId, page, perPage: "8" }),
    );
    const found = (await Promise.all(pages)).map(idsOf);
    expect(found.map(({ length }) => length)).toEqual([8, 4, 0]);
    expect(found.flat().sort()).toEqual(idsOf(all).sort());
  });
});

describe("the contacts of a company", () => {
  test("are listed by number and by cursor", async () => {
    const { company, people, run } = await openWithCompanies(5);
    const list = (inputs: object) =>
      run<List>("listCompanyContacts", { companyId: company.id, perPage: "2", ...inputs });
    const first = await list({});
    const startingAfter = first.pages.next?.starting_after;
    const found = [first, await list({ startingAfter }), await list({ page: "3" })].map(idsOf);
    expect(found.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(found.flat()).toEqual(newestFirst(people));
  });

  test.each(["id", "companyId"] as const)("Fetch All gives all of them, by its %s", async (key) => {
    const { company, people, run, sent } = await openWithCompanies(151);
    const inputs = { companyId: company[key], fetchAll: "true" };
    const list = await run<List>("listCompanyContacts", inputs);
    expect(idsOf(list)).toEqual(newestFirst(people));
    expect(list.total_count).toBe(151);
    const path = `GET /companies/${company.id}/contacts?per_page=150`;
    expect(sent().slice(-2)).toEqual([path, expect.stringContaining(`${path}&starting_after=`)]);
  });

  test("Fetch All begins at a cursor, and goes by number where Intercom gives no cursor", async () => {
    const { company, people, run, sandbox } = await openWithCompanies(3);
    const companyId = company.id;
    const { pages, data } = await run<List>("listCompanyContacts", { companyId, perPage: "1" });
    const startingAfter = pages.next?.starting_after;
    const inputs = { companyId, fetchAll: "true" };
    const rest = await run<List>("listCompanyContacts", { ...inputs, startingAfter });
    expect(idsOf(rest)).toEqual(newestFirst(people).slice(1));
    // As the example of 2.11 has it: pages, and no way to the next.
    const body = { type: "list", data, pages: { page: 1, per_page: 1, total_pages: 2 } };
    sandbox.faults.add({ kind: "status", status: 200, body });
    const second = { ...body, data: [{ ...data[0], id: "2" }], pages: { ...body.pages, page: 2 } };
    sandbox.faults.add({ kind: "status", status: 200, body: second });
    expect(idsOf(await run<List>("listCompanyContacts", inputs))).toEqual([data[0]?.id, "2"]);
    expect(sandbox.requests.at(-1)?.path).toContain("per_page=150");
    expect(sandbox.requests.at(-1)?.path).toContain("page=2");
  });

  test("are an error for an unknown company", async () => {
    const { refusal } = await openWithCompanies(1);
    expect(await refusal("listCompanyContacts", { companyId: "nobody" })).toMatchObject({
      name: "NotFoundError",
      code: "company_not_found",
    });
  });
});
