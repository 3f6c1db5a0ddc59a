import { type Context, Hono } from "hono";
import { atLeast } from "../apiVersion";
import { formatCompany } from "../format/companies";
import { formatContact } from "../format/contacts";
import { formatSegment } from "../format/segments";
import {
  cursorPages,
  decodeCursor,
  numberedList,
  positionAfter,
  queryPageSize,
} from "../http/pages";
import {
  type Body,
  type Env,
  flag,
  isText,
  object,
  orNull,
  type Reader,
  type Readers,
  readBody,
  readFields,
  text,
  timestamp,
  wholeNumber,
} from "../http/request";
import type { CompanyChanges, CompanyRow } from "../store/companies";
import { companyNotFound, parameterInvalid, Refusal } from "../store/refusal";
import type { Workspace } from "../store/workspace";

export const companyCoverage = {
  "POST /companies": "Notes of a company.",
  "GET /companies": "full",
  "POST /companies/list": "full",
  "GET /companies/scroll": "The 500 after a network failure: add it as a fault.",
  "GET /companies/:id": "full",
  "PUT /companies/:id": "full",
  "DELETE /companies/:id": "The delay: the real one deletes in the background.",
  "GET /companies/:id/contacts": "full",
  "GET /companies/:id/segments": "full",
  "GET /contacts/:id/companies": "full",
  "POST /contacts/:id/companies": "full",
  "DELETE /contacts/:id/companies/:companyId": "full",
};

/** Fractions are cut, and there is a highest value (OpenAPI 2.16, createOrUpdateCompany). */
const monthlySpend: Reader<number> = (value, key) => {
  const whole = typeof value === "number" ? Math.trunc(value) : Number.NaN;
  if (!(Math.abs(whole) <= 2147483647)) {
    throw parameterInvalid(`${key} must be a number up to 2147483647`, key);
  }
  return whole;
};

const updateReaders: Readers<CompanyChanges> = {
  name: ["name", text],
  plan: ["plan", orNull(text)],
  size: ["size", orNull(wholeNumber)],
  website: ["website", orNull(text)],
  industry: ["industry", orNull(text)],
  monthly_spend: ["monthlySpend", monthlySpend],
  custom_attributes: ["customAttributes", (value, key) => orNull(object)(value, key) ?? {}],
};

const upsertReaders: Readers<CompanyChanges> = {
  company_id: ["companyId", text],
  remote_created_at: ["remoteCreatedAt", timestamp],
  ...updateReaders,
};

/** A key that is no parameter is refused (OpenAPI 2.16, createOrUpdateCompany). */
function readChanges(body: Body, readers: Readers<CompanyChanges>): CompanyChanges {
  const unknown = Object.keys(body).find((key) => !Object.hasOwn(readers, key));
  if (unknown) throw new Refusal(400, "bad_request", `bad '${unknown}' parameter`);
  return readFields(body, readers);
}

export function companyRoutes(workspace: Workspace) {
  const { companies, contacts, settings } = workspace;
  const routes = new Hono<Env>();
  const format = (row: CompanyRow) => formatCompany(row, workspace);

  routes.post("/companies", async (c) => {
    const { update_last_request_at: touch, ...body } = await readBody(c);
    if (touch !== undefined && !atLeast(c.get("version"), "2.16")) {
      throw new Refusal(400, "bad_request", "bad 'update_last_request_at' parameter");
    }
    const changes = readChanges(body, upsertReaders);
    const { companyId } = changes;
    if (!companyId) throw new Refusal(400, "parameter_not_found", "company_id not specified");
    if (touch !== undefined && flag(touch, "update_last_request_at")) {
      changes.lastRequestAt = workspace.nowSeconds();
    }
    return c.json(format(companies.upsert({ ...changes, companyId })));
  });

  /** One page of a list with numbered pages. */
  const page = (
    c: Context<Env>,
    rows: { size: number; slice(from: number, to: number): CompanyRow[] },
  ) => {
    const number = queryPageSize(c, "page", 1, Number.MAX_SAFE_INTEGER);
    const perPage = queryPageSize(c, "per_page", 15, settings.companiesPerPageMax);
    const from = (number - 1) * perPage;
    const cap = settings.companyListCap;
    if (from >= cap || Math.min(from + perPage, rows.size) > cap) {
      throw new Refusal(400, "bad_request", "page limit reached, please use scroll API");
    }
    const next = from + perPage < rows.size ? nextPage(c, number + 1, perPage) : null;
    const form = settings.companiesNext;
    return c.json({
      type: "list",
      data: rows.slice(from, from + perPage).map(format),
      pages: {
        type: "pages",
        ...(form === "absent" ? {} : { next: form === "null" ? null : next }),
        page: number,
        per_page: perPage,
        total_pages: Math.ceil(rows.size / perPage),
      },
      total_count: rows.size,
    });
  };

  const nextPage = (c: Context<Env>, number: number, perPage: number) => {
    if (settings.companiesNext === "object") return { page: number, per_page: perPage };
    const url = new URL(c.req.url);
    url.searchParams.set("page", String(number));
    url.searchParams.set("per_page", String(perPage));
    return url.href;
  };

  const listed = (order: "ascending" | "descending") => ({
    size: companies.listed.size,
    slice: (from: number, to: number) => companies.listed.slice(from, to, order),
  });

  routes.post("/companies/list", (c) => {
    const order = c.req.query("order") ?? "desc";
    if (order !== "asc" && order !== "desc") {
      throw parameterInvalid("order must be asc or desc", "order");
    }
    return page(c, listed(order === "asc" ? "ascending" : "descending"));
  });

  routes.get("/companies", (c) => {
    const { company_id: companyId, name, tag_id: tagId, segment_id: segmentId } = c.req.query();
    if (companyId !== undefined || name !== undefined) {
      // One company, not in a list. The description has a list, but clients report one company.
      const row =
        companyId !== undefined
          ? companies.findByCompanyId(companyId)
          : companies.findByName(name ?? "");
      if (!row) throw companyNotFound();
      return c.json(format(row));
    }
    if (tagId === undefined && segmentId === undefined) return page(c, listed("descending"));
    const rows = [...companies.listed.descending()].filter(
      (row) =>
        (tagId === undefined || row.tagIds.includes(tagId)) &&
        (segmentId === undefined ||
          workspace.segments.ofCompany(row).some(({ id }) => id === segmentId)),
    );
    return page(c, { size: rows.length, slice: (from, to) => rows.slice(from, to) });
  });

  routes.get("/companies/scroll", (c) => {
    const { param, rows } = workspace.companyScroll.next(c.req.query("scroll_param"));
    return c.json({
      type: "list",
      data: rows.map(format),
      pages: null,
      total_count: null,
      scroll_param: param,
    });
  });

  routes.get("/companies/:id", (c) => c.json(format(companies.get(c.req.param("id")))));

  routes.put("/companies/:id", async (c) => {
    const row = companies.get(c.req.param("id"));
    const changes = readChanges(await readBody(c), updateReaders);
    return c.json(format(companies.update(row, changes)));
  });

  routes.delete("/companies/:id", (c) => {
    const row = companies.get(c.req.param("id"));
    companies.delete(row);
    return c.json({ id: row.id, object: "company", deleted: true });
  });

  // Pages by number and by cursor: a live answer had `next: {page, starting_after}` (intercom-node
  // issue 489).
  routes.get("/companies/:id/contacts", (c) => {
    const company = companies.get(c.req.param("id"));
    const rows = companies.contactsOf(company);
    const walk = `companies/${company.id}/contacts`;
    const perPage = queryPageSize(c, "per_page", 50, 150);
    const after = c.req.query("starting_after");
    const cursor = after === undefined ? undefined : decodeCursor(after, walk);
    const number = cursor?.page ?? queryPageSize(c, "page", 1, Number.MAX_SAFE_INTEGER);
    const from = cursor ? positionAfter(rows, cursor) : (number - 1) * perPage;
    const shown = rows.slice(from, from + perPage, "descending");
    const last = from + perPage < rows.size ? shown.at(-1) : undefined;
    return c.json({
      type: "list",
      data: shown.map((row) => formatContact(row, workspace, c.get("version"))),
      total_count: rows.size,
      pages: cursorPages(
        { walk, page: number, perPage, total: rows.size },
        last && { key: last.createdAt * 1000, id: last.id },
      ),
    });
  });

  routes.get("/companies/:id/segments", (c) => {
    const company = companies.get(c.req.param("id"));
    return c.json({ type: "list", data: workspace.segments.ofCompany(company).map(formatSegment) });
  });

  routes.get("/contacts/:id/companies", (c) => {
    const contact = contacts.get(c.req.param("id"));
    const rows = contact.companyIds.map((id) => companies.get(id));
    const listed = { size: rows.length, slice: (from: number, to: number) => rows.slice(from, to) };
    return c.json(numberedList(c, listed, format));
  });

  routes.post("/contacts/:id/companies", async (c) => {
    const contact = contacts.get(c.req.param("id"));
    const { id } = await readBody(c);
    // Wording of OpenAPI 2.16, attachContactToACompany.
    if (!isText(id) || id === "") {
      throw new Refusal(400, "parameter_not_found", "company not specified");
    }
    const company = companies.get(id);
    companies.attach(contact, company);
    return c.json(format(company));
  });

  routes.delete("/contacts/:id/companies/:companyId", (c) => {
    const contact = contacts.get(c.req.param("id"));
    const company = companies.get(c.req.param("companyId"));
    companies.detach(contact, company);
    return c.json(format(company));
  });

  return routes;
}
