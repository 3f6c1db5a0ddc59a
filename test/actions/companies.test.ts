import { describe, expect, test } from "vitest";
import { fillCompanies } from "../stage/crowd";
import { openWorkbench, runClockFast } from "../stage/workbench";

interface Company {
  id: string;
  company_id: string;
  name: string;
}

interface List {
  data: Company[];
  total_count: number;
  pages: { page: number; next: { starting_after: string } | null };
}

const works = { company_id: "works-1", name: "Works", remote_created_at: "1394531169" };
const idsOf = ({ data }: List) => data.map(({ id }) => id);
const newestFirst = (rows: { id: string }[]) => rows.map(({ id }) => id).reverse();

describe("creating a company", () => {
  test("the required inputs are enough to create a company", async () => {
    const { run, sandbox } = await openWorkbench();
    expect(await run("createCompany", works)).toMatchObject({
      type: "company",
      company_id: "works-1",
      name: "Works",
      remote_created_at: 1394531169,
    });
    expect(sandbox.requests.at(-1)?.body).toEqual({ ...works, remote_created_at: 1394531169 });
  });

  test("every field that is filled in arrives, numbers as numbers", async () => {
    const { run, sandbox } = await openWorkbench();
    const { id } = await run<Company>("createCompany", {
      ...works,
      industry: "Manufacturing",
      monthly_spend: "49",
      plan: "Gold",
      size: "85",
      website: "https://example.org",
      customAttributes: '{"crm_stage": "won"}',
    });
    expect(sandbox.workspace.companies.rows.get(id)).toMatchObject({
      industry: "Manufacturing",
      monthlySpend: 49,
      plan: { name: "Gold" },
      size: 85,
      website: "https://example.org",
      customAttributes: { crm_stage: "won" },
    });
  });

  test("zero is sent, because it is not a blank", async () => {
    const { run, sandbox } = await openWorkbench();
    await run("createCompany", { ...works, monthly_spend: 0, size: "0" });
    expect(sandbox.requests.at(-1)?.body).toMatchObject({ monthly_spend: 0, size: 0 });
  });

  test("a company that exists is updated", async () => {
    const { run, sandbox } = await openWorkbench();
    const first = await run<Company>("createCompany", works);
    const second = await run<Company>("createCompany", { ...works, name: "Iron Works" });
    expect(second.id).toBe(first.id);
    expect(sandbox.workspace.companies.rows.size).toBe(1);
  });

  test("null in Additional Fields clears a field, and too large a number is refused there too", async () => {
    const { refusal, run, sandbox } = await openWorkbench();
    const nothing = '{"monthly_spend": null, "size": null}';
    // Intercom's answer to a spend of null is unknown. The test checks only that we send the null.
    await run("createCompany", { ...works, additionalFields: nothing }).catch(() => undefined);
    expect(sandbox.requests.at(-1)?.body).toMatchObject({ monthly_spend: null, size: null });
    const additionalFields = { monthly_spend: 3_000_000_000 };
    expect((await refusal("createCompany", { ...works, additionalFields })).message).toBe(
      '"monthly_spend" must be a number up to 2147483647, not 3000000000.',
    );
    expect(sandbox.requests).toHaveLength(1);
  });

  test.each([
    ["49.95", 49],
    ["-49.95", -49],
  ])("the fraction of a monthly spend of %s is cut, and the log says so", async (given, whole) => {
    const { log, run, sandbox } = await openWorkbench();
    await run("createCompany", { ...works, monthly_spend: given });
    expect(sandbox.requests.at(-1)?.body).toMatchObject({ monthly_spend: whole });
    expect(log).toContain(
      `warn We cut monthly spend ${given} to ${whole}, because Intercom stores whole numbers only.`,
    );
  });

  test.each(["input", "additional field"])(
    "a monthly spend may be 2147483647 as an %s, and not more",
    async (way) => {
      const { run, refusal, sandbox } = await openWorkbench();
      const spend = (amount: number) =>
        way === "input"
          ? { monthly_spend: amount }
          : { additionalFields: { monthly_spend: amount } };
      await run("createCompany", { ...works, ...spend(2_147_483_647) });
      expect(sandbox.requests).toMatchObject([{ body: { monthly_spend: 2_147_483_647 } }]);
      for (const above of [2_147_483_647.5, 2_147_483_648]) {
        const { message } = await refusal("createCompany", { ...works, ...spend(above) });
        expect(message).toMatch(
          /^"(Monthly Spend|monthly_spend)" must be a number up to 2147483647, not 214748364/,
        );
      }
      expect(sandbox.requests).toHaveLength(1);
    },
  );

  test.each([
    [{ ...works, company_id: "" }, '"Company ID" is empty: fill it in.'],
    [{ ...works, name: "" }, '"Name" is empty: fill it in.'],
    [{ ...works, remote_created_at: "" }, '"Remote Created At" is empty: fill it in.'],
    [{ ...works, size: "8.5" }, '"Size" must be a whole number, not "8.5".'],
    [{ ...works, size: "-5" }, '"Size" must be a whole number from 0 to 2147483647, not "-5".'],
    [
      { ...works, size: "2147483648" },
      '"Size" must be a whole number from 0 to 2147483647, not "2147483648".',
    ],
    [{ ...works, size: "many" }, '"Size" must be a whole number, not "many".'],
    [
      { ...works, monthly_spend: "much" },
      '"Monthly Spend" must be a number up to 2147483647, not "much".',
    ],
    [
      { ...works, monthly_spend: "2147483648" },
      '"Monthly Spend" must be a number up to 2147483647, not "2147483648".',
    ],
    [
      { ...works, monthly_spend: "-2147483648" },
      '"Monthly Spend" must be a number up to 2147483647, not "-2147483648".',
    ],
    [
      { ...works, customAttributes: '{"crm": {"stage": "won"}}' },
      '"Custom Attributes" must be an object of text, numbers, true, false and null, not {"crm":{"stage":"won"}}.',
    ],
  ])("%j is refused by name, and nothing is sent", async (inputs, sentence) => {
    const { refusal, sandbox } = await openWorkbench();
    expect((await refusal("createCompany", inputs)).message).toBe(sentence);
    expect(sandbox.requests).toEqual([]);
  });
});

describe("updating a company", () => {
  test("an empty input leaves the field unchanged", async () => {
    const { run, sandbox } = await openWorkbench();
    const { id } = await run<Company>("createCompany", { ...works, size: "85", plan: "Gold" });
    await run("updateCompany", { company_id: "works-1", name: "Iron Works", size: "", plan: null });
    expect(sandbox.requests.at(-1)?.body).toEqual({ company_id: "works-1", name: "Iron Works" });
    expect(sandbox.workspace.companies.rows.get(id)).toMatchObject({
      name: "Iron Works",
      size: 85,
      plan: { name: "Gold" },
    });
  });

  test("an unknown company is an error, and no company is created", async () => {
    const { refusal, sandbox, sent } = await openWorkbench();
    const error = await refusal("updateCompany", { company_id: "nobody", name: "Works" });
    expect(error).toMatchObject({ status: 404, code: "company_not_found" });
    expect(error.message).toMatch(/^Intercom refused to update the company: /);
    expect(sent()).toEqual(["GET /companies?company_id=nobody"]);
    expect(sandbox.workspace.companies.rows.size).toBe(0);
  });

  test("additional fields can't lead the update to another company", async () => {
    const { run, sandbox } = await openWorkbench();
    await run("createCompany", works);
    await run("updateCompany", {
      company_id: "works-1",
      additionalFields: { company_id: "works-2", name: "Iron Works" },
    });
    expect([...sandbox.workspace.companies.rows.values()]).toMatchObject([
      { companyId: "works-1", name: "Iron Works" },
    ]);
  });
});

describe("updating a company by Intercom's ID", () => {
  async function openWithWorks(apiVersion = "2.11") {
    const bench = await openWorkbench({ seed: "empty" }, { apiVersion });
    const { companies } = bench.sandbox.workspace;
    const { id } = companies.upsert({ companyId: "works-1", name: "Works" });
    return { ...bench, id, companies };
  }

  test("takes the path of that ID, with 2.14 at least, and logs it", async () => {
    const { companies, id, log, run, sandbox, sent } = await openWithWorks();
    const additionalFields = { company_id: "works-2" };
    await run("updateCompany", { company_id: id, name: "Iron Works", additionalFields });
    expect(sent()).toEqual([`GET /companies?company_id=${id}`, `PUT /companies/${id}`]);
    expect(sandbox.requests.at(-1)).toMatchObject({ apiVersion: "2.14" });
    expect(sandbox.requests.at(-1)?.body).toEqual({ name: "Iron Works" });
    expect(log).toContain(
      "info We send this request with API version 2.14, because 2.11 can't update the company with Intercom's ID.",
    );
    expect([...companies.rows.values()]).toMatchObject([{ id, companyId: "works-1" }]);
  });

  test.each([
    [{ remote_created_at: "2014-03-11" }, { remote_created_at: 1394496000 }],
    [{ updateLastRequestAt: "true" }, { update_last_request_at: true }],
    [{}, {}],
  ])("with %j, which that path does not take, finds your ID first", async (inputs, sent) => {
    const { companies, id, run, sandbox } = await openWithWorks();
    await run("updateCompany", { company_id: id, ...inputs });
    const body = { company_id: "works-1", ...sent };
    expect(sandbox.requests.at(-1)).toMatchObject({ method: "POST", path: "/companies" });
    expect(sandbox.requests.at(-1)?.body).toEqual(body);
    expect(companies.rows.size).toBe(1);
  });

  test("changes the company that has it as its company_id, where one has", async () => {
    const { companies, id, run, sent } = await openWithWorks();
    companies.upsert({ companyId: id, name: "Twin" });
    await run("updateCompany", { company_id: id, name: "Iron Works" });
    expect(sent().at(-1)).toBe("POST /companies");
    expect([...companies.rows.values()].map(({ name }) => name)).toEqual(["Works", "Iron Works"]);
  });

  test("is an error where no company has it, and none is made", async () => {
    const { companies, refusal } = await openWithWorks();
    const company_id = "0123456789abcdef01234567";
    const error = await refusal("updateCompany", { company_id, name: "Iron Works" });
    expect(error).toMatchObject({ name: "NotFoundError", code: "company_not_found" });
    expect(companies.rows.size).toBe(1);
  });
});

describe("a company that was seen", () => {
  test.each(["createCompany", "updateCompany"])("is marked so by %s, with 2.16", async (key) => {
    const { log, run, sandbox } = await openWorkbench();
    const { companies } = sandbox.workspace;
    const { id } = companies.upsert({ companyId: "works-1", name: "Works" });
    await run(key, { ...works, updateLastRequestAt: "false" });
    expect(sandbox.requests.at(-1)?.body).not.toHaveProperty("update_last_request_at");
    await run(key, { ...works, updateLastRequestAt: "true" });
    expect(sandbox.requests.at(-1)).toMatchObject({
      apiVersion: "2.16",
      body: { update_last_request_at: true },
    });
    expect(companies.rows.get(id)?.lastRequestAt).toBeGreaterThan(0);
    expect(log.filter((line) => line.includes("with update_last_request_at."))).toHaveLength(1);
  });
});

describe("getting and deleting a company", () => {
  test.each(["id", "company_id"] as const)("a company is got by its %s", async (name) => {
    const { run } = await openWorkbench();
    const company = await run<Company>("createCompany", works);
    expect(await run("getCompany", { id: company[name] })).toMatchObject({ id: company.id });
  });

  test.each(["id", "company_id"] as const)("a company is deleted by its %s", async (name) => {
    const { run, sandbox } = await openWorkbench();
    const company = await run<Company>("createCompany", works);
    expect(await run("deleteCompany", { id: company[name] })).toEqual({
      id: company.id,
      object: "company",
      deleted: true,
    });
    expect(sandbox.workspace.companies.rows.size).toBe(0);
  });

  test("Intercom's id costs one request, your id at most two more", async () => {
    const { run, sandbox, sent } = await openWorkbench();
    const { id } = await run<Company>("createCompany", works);
    sandbox.requests.length = 0;
    await run("getCompany", { id });
    expect(sent()).toEqual([`GET /companies/${id}`]);
    sandbox.requests.length = 0;
    await run("getCompany", { id: "works-1" });
    expect(sent()).toEqual(["GET /companies/works-1", "GET /companies?company_id=works-1"]);
  });

  test("rows that are not companies hide no company", async () => {
    const { run, sandbox } = await openWorkbench();
    const works = { type: "company", id: "1", company_id: "works-1", name: "Works" };
    const list = { type: "list", data: [null, 5, {}, works], total_count: 1 };
    sandbox.faults.add({ path: "/companies", kind: "status", status: 200, body: list });
    expect(await run("getCompany", { id: "works-1" })).toMatchObject({ id: "1" });
    sandbox.faults.add({ path: "/companies", kind: "status", status: 200, body: list });
    const { data } = await run<List>("listCompanies", { companyName: "Works" });
    expect(data).toEqual([{}, works]);
  });

  test("an answer to a filter by tag must be a list", async () => {
    runClockFast();
    const { refusal, sandbox } = await openWorkbench();
    sandbox.faults.add({ kind: "status", status: 200, body: { ok: true }, times: 9 });
    const { message } = await refusal("listCompanies", { tagId: "1" });
    expect(message).toContain("the answer is not a list");
  });

  test("where the answer is a list, the action takes the company with your company_id, not the first", async () => {
    const { run, sandbox, sent } = await openWorkbench();
    const { companies } = sandbox.workspace;
    const data = ["other", "works-1"].map((companyId) => {
      const { id } = companies.upsert({ companyId, name: companyId });
      return { type: "company", id, company_id: companyId, name: companyId };
    });
    const list = { type: "list", data, total_count: 2 };
    sandbox.faults.add({ path: "/companies", kind: "status", status: 200, body: list });
    expect(await run("getCompany", { id: "works-1" })).toMatchObject({ company_id: "works-1" });
    sandbox.faults.add({ path: "/companies", kind: "status", status: 200, body: list });
    expect(await run("deleteCompany", { id: "works-1" })).toMatchObject({ id: data[1]?.id });
    expect([...companies.rows.values()]).toMatchObject([{ companyId: "other" }]);
    expect(sent().at(-1)).toBe(`DELETE /companies/${data[1]?.id}`);
  });

  test.each(["getCompany", "deleteCompany", "updateCompany"])(
    "an empty list as the answer tells %s that no company has your company_id",
    async (key) => {
      const { refusal, sandbox } = await openWorkbench();
      const none = { type: "list", data: [], total_count: 0 };
      sandbox.faults.add({ path: "/companies", kind: "status", status: 200, body: none });
      const error = await refusal(key, { id: "works-1", company_id: "works-1" });
      expect(error).toMatchObject({ name: "NotFoundError", code: "company_not_found" });
      expect(error.message).not.toContain("others");
    },
  );

  test.each<[string, (company: Company) => unknown]>([
    ["bare", (company) => company],
    ["in a list", (company) => ({ type: "list", data: [company], total_count: 1 })],
  ])("another company than was asked for, %s, is not updated", async (_name, asAnswer) => {
    const { refusal, run, sandbox, sent } = await openWorkbench();
    const other = await run<Company>("createCompany", works);
    sandbox.requests.length = 0;
    const body = asAnswer(other);
    sandbox.faults.add({ path: "/companies", kind: "status", status: 200, body });
    const error = await refusal("updateCompany", { company_id: "works-2", name: "Works" });
    expect(error).toMatchObject({ name: "NotFoundError" });
    expect(error.message).toBe(
      "Intercom refused to update the company: the answer holds only other companies.",
    );
    expect(sent()).toEqual(["GET /companies?company_id=works-2"]);
  });

  test.each(["getCompany", "deleteCompany"])(
    "%s says that no company has either id",
    async (key) => {
      const { refusal } = await openWorkbench();
      expect(await refusal(key, { id: "nobody" })).toMatchObject({
        status: 404,
        code: "company_not_found",
      });
    },
  );

  test.each(["scroll", "list", "scroll.json"])(
    "%s, which is one of Intercom's own paths, counts only as your company_id",
    async (word) => {
      const { refusal, run, sandbox, sent } = await openWorkbench();
      const { companies, contacts } = sandbox.workspace;
      const contact = contacts.create({ role: "user", email: "ada@example.org" });
      const ofContact = { id: contact.id, companyId: word };
      for (const [key, inputs] of [
        ["getCompany", { id: word }],
        ["attachCompany", ofContact],
        ["detachCompany", ofContact],
        ["deleteCompany", { id: word }],
      ] as const) {
        sandbox.requests.length = 0;
        expect(await refusal(key, inputs)).toMatchObject({ code: "company_not_found" });
        expect(sent()).toEqual([`GET /companies?company_id=${word}`]);
      }
      const company = companies.upsert({ companyId: word, name: "Scroll & Sons" });
      sandbox.requests.length = 0;
      expect(await run("getCompany", { id: word })).toMatchObject({ id: company.id });
      expect(await run("attachCompany", ofContact)).toMatchObject({ id: company.id });
      expect(await run("detachCompany", ofContact)).toMatchObject({ id: company.id });
      expect(await run("deleteCompany", { id: word })).toMatchObject({ id: company.id });
      expect(sent().filter((line) => line.includes(`/companies/${word}`))).toEqual([]);
    },
  );

  test("an id can't reach another path, nor turn a get into a list", async () => {
    const { refusal, sandbox, sent } = await openWorkbench();
    await refusal("getCompany", { id: "../contacts/1" });
    expect(sent()[0]).toBe("GET /companies/..%2Fcontacts%2F1");
    sandbox.requests.length = 0;
    expect((await refusal("getCompany", { id: " " })).message).toBe(
      '"Company ID" is empty: fill it in.',
    );
    expect(sandbox.requests).toEqual([]);
  });
});

describe("listing companies", () => {
  test("counts as text are read, and a count that is not a number ends the list", async () => {
    const { run, sandbox } = await openWorkbench();
    const data = [{ type: "company", id: "1" }];
    for (const [total, next] of [
      ["40", { page: 2, per_page: 15, starting_after: "15" }],
      ["many", null],
      [{}, null],
    ]) {
      const pages = { type: "pages", page: "1", per_page: "15", total_pages: "1" };
      const body = { type: "list", data, total_count: total, pages };
      sandbox.faults.add({ kind: "status", status: 200, body });
      expect(await run("listCompanies")).toMatchObject({ data, pages: { next } });
    }
  });

  test("each page gives the cursor that Starting After takes", async () => {
    const { run, sandbox } = await openWorkbench();
    const made = newestFirst(fillCompanies(sandbox.workspace, 35));
    const walked: string[] = [];
    for (let startingAfter: string | undefined; ; ) {
      const list = await run<List>("listCompanies", { startingAfter });
      walked.push(...idsOf(list));
      startingAfter = list.pages.next?.starting_after;
      if (!startingAfter) break;
    }
    expect(walked).toEqual(made);
    expect(sandbox.requests).toHaveLength(3);
  });

  test("the request has the order", async () => {
    const { run, sandbox } = await openWorkbench();
    const made = fillCompanies(sandbox.workspace, 5).map(({ id }) => id);
    expect(idsOf(await run<List>("listCompanies", { order: "asc" }))).toEqual(made);
    expect(idsOf(await run<List>("listCompanies", { order: "desc" }))).toEqual(made.reverse());
  });

  test("without an order, the newest come first", async () => {
    const { run, sandbox } = await openWorkbench();
    const made = newestFirst(fillCompanies(sandbox.workspace, 5));
    for (const order of ["", undefined, null]) {
      for (const fetchAll of ["false", "true"]) {
        expect(idsOf(await run<List>("listCompanies", { order, fetchAll }))).toEqual(made);
      }
    }
  });

  test("a company that moves to the next page during the read comes once", async () => {
    const { run, sandbox } = await openWorkbench();
    const pages = [
      ["1", "2"],
      ["2", "3"],
    ];
    for (const [index, ids] of pages.entries()) {
      const data = ids.map((id) => ({ type: "company", id }));
      const about = { page: index + 1, per_page: 2, total_pages: 2 };
      const body = { type: "list", data, total_count: 3, pages: about };
      sandbox.faults.add({ kind: "status", status: 200, body });
    }
    const list = await run<List>("listCompanies", { fetchAll: true });
    expect(idsOf(list)).toEqual(["1", "2", "3"]);
    expect(list.total_count).toBe(3);
    expect(sandbox.requests).toHaveLength(2);
  });

  test.each(["object", "url", "null", "absent"] as const)(
    "Fetch All reads 1,237 companies in 21 requests where the next page is given as %s",
    async (companiesNext) => {
      const { run, sandbox } = await openWorkbench({ seed: "empty", settings: { companiesNext } });
      const made = newestFirst(fillCompanies(sandbox.workspace, 1237));
      const list = await run<List>("listCompanies", { fetchAll: "true" });
      expect(idsOf(list)).toEqual(made);
      expect(list).toMatchObject({ total_count: 1237, pages: { next: null } });
      expect(sandbox.requests).toHaveLength(21);
    },
  );

  test("Fetch All trusts what the answer says about its own size", async () => {
    const { run, sandbox } = await openWorkbench({
      seed: "empty",
      settings: { companiesPerPageMax: 50 },
    });
    const made = newestFirst(fillCompanies(sandbox.workspace, 130));
    expect(idsOf(await run<List>("listCompanies", { fetchAll: true }))).toEqual(made);
    expect(sandbox.requests).toHaveLength(3);
  });

  test.each([
    [15, 60],
    [60, 60],
    [100, 60],
    [15, 50],
    [60, 50],
  ])(
    "Fetch All continues where a page of %i ended, if Intercom gives at most %i",
    async (perPage, most) => {
      const { run, sandbox } = await openWorkbench({
        seed: "empty",
        settings: { companiesPerPageMax: most },
      });
      const made = newestFirst(fillCompanies(sandbox.workspace, 200));
      const first = await run<List>("listCompanies", { perPage: String(perPage) });
      const startingAfter = first.pages.next?.starting_after;
      const rest = await run<List>("listCompanies", { fetchAll: true, startingAfter });
      expect([...idsOf(first), ...idsOf(rest)]).toEqual(made);
    },
  );

  test("pages continue where Intercom gives fewer companies than we asked for", async () => {
    const { run, sandbox } = await openWorkbench({
      seed: "empty",
      settings: { companiesPerPageMax: 50 },
    });
    const made = newestFirst(fillCompanies(sandbox.workspace, 130));
    const walked: string[] = [];
    for (let startingAfter: string | undefined; ; ) {
      const list = await run<List>("listCompanies", { perPage: "100", startingAfter });
      walked.push(...idsOf(list));
      startingAfter = list.pages.next?.starting_after;
      if (!startingAfter) break;
    }
    expect(walked).toEqual(made);
  });

  test("a numbered page is the same page that the cursors lead to", async () => {
    const { run, sandbox } = await openWorkbench();
    const made = newestFirst(fillCompanies(sandbox.workspace, 35));
    expect(idsOf(await run<List>("listCompanies", { page: "2" }))).toEqual(made.slice(15, 30));
    const after = { page: "2", startingAfter: "30" };
    expect(idsOf(await run<List>("listCompanies", after))).toEqual(made.slice(30));
  });

  test("a company that is deleted during the read hides no other", async () => {
    const { run, sandbox } = await openWorkbench({ seed: "empty", settings: { latencyMs: 5 } });
    const { workspace } = sandbox;
    const rows = fillCompanies(workspace, 130);
    const gone = rows.at(-1);
    const reading = run<List>("listCompanies", { fetchAll: true });
    while (sandbox.requests[0]?.status !== 200)
      await new Promise((resolve) => setTimeout(resolve, 1));
    if (gone) workspace.companies.delete(gone);
    const given = new Set(idsOf(await reading));
    expect(rows.slice(0, -1).filter(({ id }) => !given.has(id))).toEqual([]);
  });

  test.each([
    ["no pages", {}],
    ["pages that are null", { pages: null }],
    ["no count of pages", { pages: { page: 1, total_pages: null } }],
  ])("a list that ends too early, with %s, is an error", async (_name, pages) => {
    const { refusal, sandbox } = await openWorkbench();
    const body = { type: "list", data: [{ id: "1" }], total_count: 1237, ...pages };
    sandbox.faults.add({ kind: "status", status: 200, body });
    expect((await refusal("listCompanies", { fetchAll: true })).message).toBe(
      "Intercom gave no next page after page 1, so we can't read the rest.",
    );
  });

  test("a tag filter is kept on every page", async () => {
    const { run, sandbox } = await openWorkbench();
    const { workspace } = sandbox;
    const tag = workspace.tags.findOrCreate("VIP");
    const tagged = fillCompanies(workspace, 250).filter((_, index) => index % 2 === 0);
    for (const company of tagged) workspace.tags.tagCompany(company, tag);
    const list = await run<List>("listCompanies", { fetchAll: true, tagId: tag.id });
    expect(idsOf(list)).toEqual(newestFirst(tagged));
    expect(sandbox.requests).toHaveLength(3);
    for (const { query } of sandbox.requests) expect(query).toMatchObject({ tag_id: tag.id });
  });

  test("Fetch All by a tag reads times in any form, and sorts companies without a time as the oldest", async () => {
    const { run, sandbox } = await openWorkbench();
    const times = [undefined, 1_700_000_000, "2025-11-02T10:00:00Z", "1710000000", "soon"];
    const data = times.map((last_request_at, index) => ({ id: `${index}`, last_request_at }));
    sandbox.faults.add({ kind: "status", status: 200, body: { type: "list", data } });
    const list = await run<List>("listCompanies", { fetchAll: true, tagId: "1" });
    expect(list.data.map(({ id }) => id)).toEqual(["2", "3", "1", "0", "4"]);
  });

  test.each(["asc", "desc"])("Fetch All by a tag keeps the order %s", async (order) => {
    const { run, sandbox } = await openWorkbench();
    const { workspace } = sandbox;
    const tag = workspace.tags.findOrCreate("VIP");
    const tagged = fillCompanies(workspace, 130).filter((_, index) => index % 2 === 0);
    for (const company of tagged) workspace.tags.tagCompany(company, tag);
    const list = await run<List>("listCompanies", { fetchAll: true, tagId: tag.id, order });
    const made = order === "asc" ? tagged.map(({ id }) => id) : newestFirst(tagged);
    expect(idsOf(list)).toEqual(made);
  });

  test("a filter by segment lists the companies of the segment", async () => {
    const { run, sandbox } = await openWorkbench({ seed: "workspace" });
    const { companies, segments } = sandbox.workspace;
    const segment = segments.rows.find(({ rule }) => rule.of === "company");
    const wanted = [...companies.rows.values()].filter((company) =>
      segments.ofCompany(company).some(({ id }) => id === segment?.id),
    );
    expect(wanted.length).toBeGreaterThan(0);
    const list = await run<List>("listCompanies", { segmentId: segment?.id });
    expect(idsOf(list).sort()).toEqual(wanted.map(({ id }) => id).sort());
  });

  test.each([
    ["companyId", "company-3"],
    ["companyName", "Company 3"],
  ])(
    "a filter by %s, for which Intercom gives no list, gives a list of one company or of none",
    async (key, value) => {
      const { run, sandbox } = await openWorkbench();
      const [, , , third] = fillCompanies(sandbox.workspace, 5);
      for (const fetchAll of ["false", "true"]) {
        expect(await run("listCompanies", { [key]: value, fetchAll })).toMatchObject({
          data: [{ id: third?.id }],
          total_count: 1,
          pages: { next: null },
        });
        expect(await run("listCompanies", { [key]: "nobody", fetchAll })).toMatchObject({
          data: [],
          total_count: 0,
          pages: { next: null },
        });
      }
    },
  );

  test.each([
    ["companyId", "company-1"],
    ["companyName", "Company 1"],
  ])(
    "a filter by %s, for which Intercom's description has a list, gives that list",
    async (key, value) => {
      const { run, sandbox } = await openWorkbench();
      const [, wanted] = fillCompanies(sandbox.workspace, 2);
      const data = [
        { type: "company", id: wanted?.id, company_id: "company-1", name: "Company 1" },
      ];
      const pages = { type: "pages", page: 1, per_page: 15, total_pages: 1 };
      const body = { type: "list", data, total_count: 1, pages };
      for (const fetchAll of ["false", "true"]) {
        sandbox.faults.add({ kind: "status", status: 200, body });
        expect(await run("listCompanies", { [key]: value, fetchAll })).toMatchObject({
          data: [{ id: wanted?.id }],
          total_count: 1,
          pages: { next: null },
        });
      }
    },
  );

  test.each([
    [
      { companyId: "1", tagId: "2" },
      '"Company ID" and "Tag ID" can\'t be used together, because Intercom filters by one of them: empty the others.',
    ],
    [{ startingAfter: "next" }, '"Starting After Cursor" must be a whole number, not "next".'],
    [{ perPage: "151" }, '"Per Page" must be a whole number from 1 to 150, not "151".'],
    [
      { tagId: "1", order: "asc" },
      '"Order" can\'t be asc with "Tag ID" or "Segment ID", because Intercom does not sort those lists: tick "Fetch All", or choose desc.',
    ],
  ])("%j is refused by name, and nothing is sent", async (inputs, sentence) => {
    const { refusal, sandbox } = await openWorkbench();
    expect((await refusal("listCompanies", inputs)).message).toBe(sentence);
    expect(sandbox.requests).toEqual([]);
  });
});

describe("more than 10,000 companies", () => {
  test.each(["404", "empty"] as const)(
    "Fetch All reads 10,450 by a scroll that ends in %s",
    async (scrollEnd) => {
      const { run, sandbox, sent } = await openWorkbench({
        seed: "empty",
        settings: { scrollEnd },
      });
      const made = newestFirst(fillCompanies(sandbox.workspace, 10_450));
      const list = await run<List>("listCompanies", { fetchAll: true });
      expect(idsOf(list)).toEqual(made);
      expect(sent()[0]).toMatch(/^POST \/companies\/list/);
      expect(sent()).toHaveLength(1 + 105 + 1);
    },
  );

  test("Fetch All starts at Starting After there too, also after the last page", async () => {
    for (const [startingAfter, companyListCap] of [
      ["75", 100],
      ["150", 100],
    ] as const) {
      const { run, sandbox } = await openWorkbench({ seed: "empty", settings: { companyListCap } });
      const made = newestFirst(fillCompanies(sandbox.workspace, 450));
      const rest = await run<List>("listCompanies", { fetchAll: true, startingAfter });
      expect(idsOf(rest)).toEqual(made.slice(Number(startingAfter)));
    }
  });

  test("a filter by segment holds there too", async () => {
    const { run, sandbox, sent } = await openWorkbench({
      seed: "empty",
      settings: { companyListCap: 100 },
    });
    const { companies, segments } = sandbox.workspace;
    const segment = { id: "5f1b2c3d", name: "Large", createdAt: 0, updatedAt: 0 };
    segments.rows.push({ ...segment, rule: { of: "company", monthlySpendFrom: 1000 } });
    const wanted = fillCompanies(sandbox.workspace, 300).slice(100, 250);
    for (const company of wanted) companies.update(company, { monthlySpend: 1000 });
    const list = await run<List>("listCompanies", { fetchAll: true, segmentId: segment.id });
    expect(idsOf(list)).toEqual(newestFirst(wanted));
    expect(sent().at(-1)).toMatch(/^GET \/companies\/scroll/);
  });

  test("in the scroll, Fetch All by a tag skips companies whose tags we can't read", async () => {
    const { run, sandbox } = await openWorkbench();
    const answer = (path: string, body: object) =>
      sandbox.faults.add({ kind: "status", status: 200, path, body });
    const odd = [{}, { tags: null }, { tags: [] }, { tags: {} }, { tags: { tags: [null, {}] } }];
    const tagged = { tags: { tags: [{ id: "7" }] } };
    const rows = [...odd, ...Array.from({ length: 10_001 }, () => tagged)];
    const data = rows.map((row, at) => ({ id: String(at), ...row }));
    answer("/companies", { type: "list", data: [], total_count: 10_001 });
    answer("/companies/scroll", { type: "list", data });
    const inputs = { fetchAll: "true", tagId: "7" };
    expect((await run<List>("listCompanies", inputs)).data).toHaveLength(10_001);
  });

  test("a filter and an order hold there too", async () => {
    const { run, sandbox } = await openWorkbench({
      seed: "empty",
      settings: { companyListCap: 100 },
    });
    const { workspace } = sandbox;
    const tag = workspace.tags.findOrCreate("VIP");
    const tagged = fillCompanies(workspace, 300).slice(0, 150);
    for (const company of tagged) workspace.tags.tagCompany(company, tag);
    const list = await run<List>("listCompanies", { fetchAll: true, tagId: tag.id, order: "asc" });
    expect(idsOf(list)).toEqual(tagged.map(({ id }) => id));
  });
});
