import { describe, expect, test } from "vitest";
import { companyIdsOf, fillCompanies, openSandbox, refusal } from "../judges/answers";

describe("lists of companies", () => {
  test("leave out companies without contacts, and so does the scroll", async () => {
    const bench = await openSandbox();
    fillCompanies(bench, 2);
    bench.sandbox.workspace.companies.upsert({ companyId: "lonely" });
    for (const [method, path] of [
      ["POST", "/companies/list"],
      ["GET", "/companies"],
      ["GET", "/companies/scroll"],
    ] as const) {
      expect(companyIdsOf((await bench.call(method, path)).body).sort()).toEqual(["c1", "c2"]);
    }
    expect((await bench.call("GET", "/companies?company_id=lonely")).status).toBe(200);
  });

  test("a company enters and leaves the list with its contact", async () => {
    const { call, sandbox } = await openSandbox();
    const { contacts, companies } = sandbox.workspace;
    const contact = contacts.create({ role: "lead" });
    const row = companies.upsert({ companyId: "acme" });
    const listed = async () => (await call("POST", "/companies/list")).body.total_count;
    const path = `/contacts/${contact.id}/companies`;
    const counts = [await listed()];
    await call("POST", path, { id: row.id });
    counts.push(await listed());
    await call("DELETE", `${path}/${row.id}`);
    counts.push(await listed());
    expect(counts).toEqual([0, 1, 0]);
  });

  test("run from the last request to the first, or the other way", async () => {
    const bench = await openSandbox();
    fillCompanies(bench, 3);
    const { companies } = bench.sandbox.workspace;
    const touch = (companyId: string, lastRequestAt: number) =>
      companies.upsert({ companyId, lastRequestAt });
    touch("c2", 2000);
    touch("c3", 1000);
    const list = async (query: string) =>
      companyIdsOf((await bench.call("POST", `/companies/list${query}`)).body);
    expect(await list("")).toEqual(["c2", "c3", "c1"]);
    expect(await list("?order=asc")).toEqual(["c1", "c3", "c2"]);
  });

  test("give 15 by default and 60 at the most, and say the size they used", async () => {
    const bench = await openSandbox();
    fillCompanies(bench, 61);
    for (const [query, size] of [
      ["", 15],
      ["?per_page=20", 20],
      ["?per_page=150", 60],
    ] as const) {
      const { data, pages } = (await bench.call("POST", `/companies/list${query}`)).body;
      expect([data.length, pages.per_page]).toEqual([size, size]);
    }
  });

  test("every page together holds every company once", async () => {
    const bench = await openSandbox();
    const made = fillCompanies(bench, 32);
    const seen: string[] = [];
    for (const page of [1, 2, 3]) {
      const { body } = await bench.call("POST", `/companies/list?page=${page}`);
      expect(body.pages).toMatchObject({ page, total_pages: 3 });
      seen.push(...companyIdsOf(body));
    }
    expect(seen.sort()).toEqual(made.sort());
    expect(companyIdsOf((await bench.call("POST", "/companies/list?page=4")).body)).toEqual([]);
  });

  test.each([
    ["object", { page: 2, per_page: 1 }, null],
    ["url", "URL/companies/list?order=asc&per_page=1&page=2", null],
    ["null", null, null],
    ["absent", undefined, undefined],
  ] as const)("name the next page in the form %s", async (form, first, last) => {
    const bench = await openSandbox({ settings: { companiesNext: form } });
    fillCompanies(bench, 2);
    const next = async (page: number) => {
      const path = `/companies/list?order=asc&per_page=1&page=${page}`;
      const { pages } = (await bench.call("POST", path)).body;
      expect(pages).toMatchObject({ page, total_pages: 2 });
      if (form === "absent") expect(pages).not.toHaveProperty("next");
      return pages.next;
    };
    const url = typeof first === "string" ? first.replace("URL", bench.sandbox.url) : first;
    expect(await next(1)).toEqual(url);
    expect(await next(2)).toEqual(last);
  });

  test("the URL of the next page keeps the filters and gives the next page", async () => {
    const bench = await openSandbox();
    fillCompanies(bench, 3);
    const { companies, tags } = bench.sandbox.workspace;
    const tag = tags.findOrCreate("big");
    for (const id of ["c1", "c3"]) tags.tagCompany(companies.upsert({ companyId: id }), tag);
    const first = (await bench.call("GET", `/companies?tag_id=${tag.id}&per_page=1`)).body;
    const next = new URL(first.pages.next);
    const second = (await bench.call("GET", next.pathname + next.search)).body;
    expect([...companyIdsOf(first), ...companyIdsOf(second)].sort()).toEqual(["c1", "c3"]);
    expect(second.pages.next).toBeNull();
  });

  test("a segment filters, and one bare company answers a name or your id", async () => {
    const { call, sandbox } = await openSandbox({ seed: "workspace" });
    const { segments } = sandbox.workspace;
    const rich = segments.rows.find(({ name }) => name === "Spends 500 or more");
    const { body } = await call("GET", `/companies?segment_id=${rich?.id}&per_page=60`);
    expect(companyIdsOf(body).sort()).toEqual([
      "birchway-clinics",
      "cobalt-freight",
      "fathom-analytics-lab",
      "gannet-airways",
      "juniper-energy",
    ]);
    const named = await call("GET", "/companies?name=Cobalt%20Freight");
    expect(named.body).toMatchObject({ type: "company", company_id: "cobalt-freight" });
    expect((await call("GET", "/companies?tag_id=nothing")).body.data).toEqual([]);
  });

  test("end at ten thousand, with an error that names the scroll", async () => {
    const bench = await openSandbox();
    fillCompanies(bench, 10_001);
    const page = (number: number, size = 50) =>
      bench.call("POST", `/companies/list?per_page=${size}&page=${number}`);
    const last = await page(200);
    expect([last.status, last.body.data.length, last.body.total_count]).toEqual([200, 50, 10_001]);
    for (const beyond of [await page(201), await page(167, 60), await page(9999)]) {
      expect(refusal(beyond)).toEqual({
        status: 400,
        code: "bad_request",
        message: "page limit reached, please use scroll API",
      });
    }
  });

  test("have no page past ten thousand, however few companies there are", async () => {
    const { call } = await openSandbox();
    const page = async (number: number) =>
      (await call("POST", `/companies/list?per_page=50&page=${number}`)).status;
    expect([await page(200), await page(201)]).toEqual([200, 400]);
  });

  test("reach the last of ten thousand with pages that do not divide it", async () => {
    const bench = await openSandbox({ settings: { companyListCap: 100 } });
    fillCompanies(bench, 100);
    expect((await bench.call("POST", "/companies/list?per_page=60&page=2")).body.data).toHaveLength(
      40,
    );
  });
});
