import { BadRequestError, NotFoundError } from "./errors";
import type { Http } from "./http";
import { byNumber, collect, hasNextPage, type List, type Order, wholeList } from "./pages";
import { path } from "./path";
import { scrollCompanies } from "./scroll";

/** All times are Unix seconds. What was never set is absent. */
export interface Company {
  type: "company";
  /** 24 hex digits, Intercom's own. */
  id: string;
  /** Yours; it can't be changed. */
  company_id: string;
  app_id?: string;
  name: string;
  remote_created_at: number;
  created_at: number;
  updated_at: number;
  last_request_at?: number | null;
  /** A whole number, cut from what was sent. */
  monthly_spend: number;
  session_count: number;
  user_count: number;
  size?: number;
  website?: string;
  industry?: string;
  tags?: { type: "tag.list"; tags: { id: string; name: string }[] };
  segments?: { type: "segment.list"; segments: { id: string }[] };
  /** An object, where the name alone is sent. Empty where there is none. */
  plan?: { type?: "plan"; id?: string; name?: string } | string;
  custom_attributes: Record<string, unknown>;
  [key: string]: unknown;
}

/** What can be written. What is undefined stays as it is. */
export interface CompanyFields {
  name?: string;
  /** The name of the plan. */
  plan?: string;
  size?: number;
  website?: string;
  industry?: string;
  /** Unix seconds. */
  remote_created_at?: number;
  monthly_spend?: number;
  custom_attributes?: Record<string, unknown>;
  [key: string]: unknown;
}

export interface DeletedCompany {
  id: string;
  object: "company";
  /** Intercom gives true; the catalogue page shows it as text. */
  deleted: true | "true";
}

/** Intercom takes one of these at a time. */
export type CompanyFilter =
  | { company_id: string }
  | { name: string }
  | { tag_id: string }
  | { segment_id: string };

/** The largest page of companies; what is above is cut to it by some versions (PostHog, estuary). */
const largestPage = 60;
/** Where numbered pages end, with 400 `bad_request` (OpenAPI 2.16, listAllCompanies). */
const mostByNumber = 10_000;

const list = { permission: "Read and list users and companies" };
const readOne = { permission: "Read one user and one company" };
const write = { permission: "Write users and companies" };

export const companies = (http: Http) => {
  const getById = (id: string) =>
    http.send<Company>({
      ...readOne,
      purpose: "get the company",
      method: "GET",
      path: path`/companies/${id}`,
    });

  /**
   * By a name or your `company_id` Intercom gives one bare company, or 404. Its description has a
   * list instead, so that is taken too.
   */
  async function findBy(filter: CompanyFilter, purpose: string): Promise<Company[]> {
    const answer = await http.send<Company | List<Company>>({
      ...list,
      purpose,
      method: "GET",
      path: path`/companies`,
      query: { ...filter },
    });
    return isList(answer) ? answer.data : [answer];
  }

  /** @throws NotFoundError where no company has this `company_id`. */
  async function getByCompanyId(
    companyId: string,
    purpose = "find the company by your company_id",
  ) {
    const found = await findBy({ company_id: companyId }, purpose);
    const company = found.find(({ company_id }) => company_id === companyId);
    if (company) return company;
    throw new NotFoundError(
      `Intercom refused to ${purpose}: it gave others than the one asked for.`,
    );
  }

  /**
   * Runs `use` with the id as it is, which is right for Intercom's own and costs nothing. Only where
   * Intercom knows no such company, it is taken for your `company_id`.
   */
  async function withEitherId<Result>(id: string, use: (id: string) => Promise<Result>) {
    try {
      return await use(id);
    } catch (error) {
      if (!isUnknownCompany(error)) throw error;
      const company = await getByCompanyId(id).catch((failure: unknown) => {
        throw isUnknownCompany(failure) ? error : failure;
      });
      return use(company.id);
    }
  }

  const remove = (id: string): Promise<DeletedCompany> =>
    http.send({
      ...write,
      purpose: "delete the company",
      method: "DELETE",
      path: path`/companies/${id}`,
      // Gone, unless it was never there under this id because it is yours.
      whenGone: () =>
        getByCompanyId(id).then(
          (company) => remove(company.id),
          (error: unknown) => {
            if (isUnknownCompany(error)) return { id, object: "company", deleted: true };
            throw error;
          },
        ),
    });

  const upsert = (purpose: string, companyId: string, fields: CompanyFields) =>
    http.send<Company>({
      ...write,
      purpose,
      method: "POST",
      path: path`/companies`,
      body: { ...cutMonthlySpend(http, fields), company_id: companyId },
      isRepeatable: true,
    });

  const readPage = (
    page: number,
    perPage: number,
    order: Order,
    filter?: CompanyFilter,
  ): Promise<List<Company>> =>
    filter
      ? http.send({
          ...list,
          purpose: "list the companies",
          method: "GET",
          path: path`/companies`,
          query: { ...filter, page, per_page: perPage },
        })
      : http.send({
          ...list,
          purpose: "list the companies",
          method: "POST",
          path: path`/companies/list`,
          query: { page, per_page: perPage, order },
          isRepeatable: true,
        });

  return {
    get: (id: string) =>
      getById(id).catch((error: unknown) => {
        if (!isUnknownCompany(error)) throw error;
        return getByCompanyId(id, "get the company");
      }),

    getByCompanyId,

    /** Makes the company, or updates the one that has this `company_id`. */
    create: (companyId: string, fields: CompanyFields) =>
      upsert("create the company", companyId, fields),

    /** @throws NotFoundError where no company has this `company_id`; none is made. */
    update: async (companyId: string, fields: CompanyFields) => {
      await getByCompanyId(companyId, "update the company");
      return upsert("update the company", companyId, fields);
    },

    /** Takes Intercom's id or yours. The contacts stay, without the company. */
    delete: (id: string) => withEitherId(id, remove),

    /** Takes Intercom's id or yours for the company, Intercom's for the contact. */
    attachToContact: (contactId: string, id: string) =>
      withEitherId(id, (id) =>
        http.send<Company>({
          ...write,
          purpose: "attach the company to the contact",
          method: "POST",
          path: path`/contacts/${contactId}/companies`,
          body: { id },
          isRepeatable: true,
        }),
      ),

    /** Takes Intercom's id or yours for the company, Intercom's for the contact. */
    detachFromContact: (contactId: string, id: string) =>
      withEitherId(id, (id) =>
        http.send<Company>({
          ...write,
          purpose: "detach the company from the contact",
          method: "DELETE",
          path: path`/contacts/${contactId}/companies/${id}`,
          whenGone: () => getById(id),
        }),
      ),

    /**
     * One page. Companies without contacts are in no list. `pages.next.starting_after` is the number
     * of the next page, as text.
     */
    list: async (request: {
      page: number;
      perPage: number;
      order: Order;
      filter?: CompanyFilter;
    }): Promise<List<Company>> => {
      const { page, perPage, order, filter } = request;
      if (filter && isForOne(filter)) return listOne(filter);
      const answer = await readPage(page, perPage, order, filter);
      const next = hasNextPage(answer, page)
        ? { page: page + 1, per_page: perPage, starting_after: String(page + 1) }
        : null;
      return { ...answer, pages: { ...answer.pages, next } };
    },

    /**
     * Every company after the first `skip`. Above 10,000, where Intercom's pages end, by the scroll,
     * put in order and filtered here.
     */
    listAll: async (request: {
      skip: number;
      order: Order;
      filter?: CompanyFilter;
    }): Promise<List<Company>> => {
      const { skip, order, filter } = request;
      if (filter && isForOne(filter)) return listOne(filter);
      const askedPage = pageHolding(skip, largestPage);
      const asked = await readPage(askedPage, largestPage, order, filter);
      if ((asked.total_count ?? 0) > mostByNumber) return scrollAll(request, asked.total_count);
      const perPage = asked.pages?.per_page ?? largestPage;
      const firstPage = pageHolding(skip, perPage);
      const pages = byNumber(
        async (page) => (page === askedPage ? asked : readPage(page, perPage, order, filter)),
        firstPage,
      );
      try {
        const read = await collect(pages, http.log);
        return wholeList(
          (filter ? byLastRequest(read, order) : read).slice(skip - (firstPage - 1) * perPage),
        );
      } catch (error) {
        if (isPageLimit(error)) return scrollAll(request, asked.total_count);
        throw error;
      }
    },
  };

  async function listOne(filter: CompanyFilter): Promise<List<Company>> {
    const found = findBy(filter, "list the companies").catch((error: unknown) => {
      if (isUnknownCompany(error)) return [];
      throw error;
    });
    return wholeList(await found);
  }

  async function scrollAll(
    { skip, order, filter }: { skip: number; order: Order; filter?: CompanyFilter },
    total?: number | null,
  ): Promise<List<Company>> {
    const matching = (read: Company[]) => read.filter((company) => matches(company, filter));
    const read = await scrollCompanies(http, (read) => matching(read).length >= (total ?? 0));
    return wholeList(byLastRequest(matching(read), order).slice(skip));
  }
};

/** The number of the page that holds what comes after the first `skip`. */
const pageHolding = (skip: number, perPage: number): number => Math.floor(skip / perPage) + 1;

const isList = (answer: Company | List<Company>): answer is List<Company> => answer.type === "list";

const isForOne = (filter: CompanyFilter): boolean => "company_id" in filter || "name" in filter;

function matches({ tags, segments }: Company, filter?: CompanyFilter): boolean {
  if (filter === undefined) return true;
  if ("tag_id" in filter) return tags?.tags.some(({ id }) => id === filter.tag_id) ?? false;
  if ("segment_id" in filter) {
    return segments?.segments.some(({ id }) => id === filter.segment_id) ?? false;
  }
  return false;
}

/** The order that Intercom lists companies in. */
function byLastRequest(companies: Company[], order: Order): Company[] {
  const sign = order === "asc" ? 1 : -1;
  const time = ({ last_request_at }: Company) => last_request_at ?? 0;
  return companies.toSorted((a, b) => sign * (time(a) - time(b)));
}

const isUnknownCompany = (error: unknown): boolean =>
  error instanceof NotFoundError && error.code === "company_not_found";

const isPageLimit = (error: unknown): boolean =>
  error instanceof BadRequestError && /page limit reached/i.test(error.message);

/** Intercom keeps whole numbers, and says nothing when it cuts. */
function cutMonthlySpend({ log }: Http, fields: CompanyFields): CompanyFields {
  const { monthly_spend } = fields;
  if (monthly_spend === undefined || Number.isInteger(monthly_spend)) return fields;
  const whole = Math.trunc(monthly_spend);
  log.warn(`Monthly spend ${monthly_spend} was cut to ${whole}: Intercom keeps whole numbers.`);
  return { ...fields, monthly_spend: whole };
}
