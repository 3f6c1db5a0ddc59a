import type { Company, DeletedCompany } from "../schemas/companies";
import {
  eitherIdOf,
  formOfIntercomsId,
  isUnknownCompany,
  isYoursAlone,
  unknownCompany,
  unlessUnknown,
} from "./companyIds";
import { InvalidInputError, NotFoundError } from "./wire/errors";
import type { Http, Request } from "./wire/http";
import { toJson } from "./wire/json";
import { type List, type Order, wholeList } from "./wire/pages";
import { path } from "./wire/path";
import type { ScrollPage } from "./wire/scroll";
import { needOf } from "./wire/versions";

/** The fields that Intercom accepts. An undefined field keeps its value in Intercom. */
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
  /** Whether the company was active just now; from 2.16 on. */
  update_last_request_at?: boolean;
  custom_attributes?: Record<string, unknown>;
  [key: string]: unknown;
}

/** Intercom accepts one filter per request. */
export type CompanyFilter =
  | { company_id: string }
  | { name: string }
  | { tag_id: string }
  | { segment_id: string };

export interface CompanyPage {
  page: number;
  perPage: number;
  order: Order;
  filter?: CompanyFilter;
}

const list = { permission: "Read and list users and companies" } as const;
const readOne = { permission: "Read one user and one company" } as const;
const write = { permission: "Write users and companies" } as const;

export const companies = (http: Http) => {
  const getById = (id: string) =>
    http.send<Company>({
      ...readOne,
      purpose: "get the company",
      method: "GET",
      path: path`/companies/${id}`,
    });

  /** @throws NotFoundError where no company has this `company_id`. */
  async function getByCompanyId(
    companyId: string,
    purpose = "find the company by your company_id",
  ) {
    const { data } = await findBy({ company_id: companyId }, purpose);
    const company = data.find(({ company_id }) => company_id === companyId);
    if (company) return company;
    const isNone = data.length === 0;
    throw new NotFoundError(
      `Intercom refused to ${purpose}: ${isNone ? "no company has this company_id" : "the answer holds only other companies"}.`,
      { code: isNone ? unknownCompany : undefined },
    );
  }

  const withEitherId = eitherIdOf(getByCompanyId);

  const remove = (id: string, isIntercoms: boolean): Promise<DeletedCompany> =>
    http.send({
      ...write,
      purpose: "delete the company",
      method: "DELETE",
      path: path`/companies/${id}`,
      says: { deleted: true },
      whenGone: isIntercoms ? () => deletedCompany(id) : undefined,
    });

  const upsert = (purpose: string, companyId: string, fields: CompanyFields) =>
    http.send<Company>({
      ...write,
      ...needOf(fields, { update_last_request_at: "2.16" }),
      purpose,
      method: "POST",
      path: path`/companies`,
      body: { ...cutMonthlySpend(http, fields), company_id: companyId },
      isRepeatable: true,
    });

  /** PUT takes Intercom's id and fewer fields. POST takes your id. */
  async function updateById(purpose: string, id: string, fields: CompanyFields): Promise<Company> {
    const { remote_created_at, update_last_request_at, ...others } = fields;
    const isForPost = [remote_created_at, update_last_request_at].some(
      (each) => each !== undefined,
    );
    const body = { ...cutMonthlySpend(http, others), company_id: undefined };
    if (isForPost || toJson(body) === "{}") {
      return upsert(purpose, (await getById(id)).company_id, fields);
    }
    // Intercom describes the body from 2.14 on (update_company_request).
    return http.send({
      ...write,
      purpose,
      method: "PUT",
      path: path`/companies/${id}`,
      body,
      since: "2.14",
      neededBy: "Intercom's ID",
    });
  }

  /**
   * By a name or your `company_id`, Intercom answers with one company, not in a list, or with 404.
   * Intercom's description has a list instead, so we read both.
   */
  async function findBy(
    filter: CompanyFilter,
    purpose: string,
    rest: Partial<Request> = {},
  ): Promise<List<Company>> {
    const answer = await http.send<Company | List<Company>>({
      ...list,
      ...rest,
      purpose,
      method: "GET",
      path: path`/companies`,
      query: { ...filter, ...rest.query },
      listedAs: "data",
      mayBeOne: isForOne(filter),
    });
    return "data" in answer && Array.isArray(answer.data)
      ? (answer as List<Company>)
      : wholeList([answer as Company]);
  }

  /** One numbered page. Intercom leaves companies without contacts out of every list. */
  async function readPage(
    { page, perPage, order, filter }: CompanyPage,
    signal?: AbortSignal,
  ): Promise<List<Company>> {
    const purpose = "list the companies";
    if (filter === undefined) {
      return http.send({
        ...list,
        purpose,
        method: "POST",
        path: path`/companies/list`,
        query: { page, per_page: perPage, order },
        listedAs: "data",
        isRepeatable: true,
        signal,
      });
    }
    const isFirstOfOne = isForOne(filter) && page === 1;
    const query = isFirstOfOne ? {} : { page, per_page: perPage };
    return findBy(filter, purpose, { query, signal }).catch((error: unknown) => {
      if (isUnknownCompany(error)) return wholeList<Company>([]);
      throw error;
    });
  }

  return {
    get: async (id: string) => {
      const purpose = "get the company";
      if (isYoursAlone(id)) return getByCompanyId(id, purpose);
      return getById(id).catch((error: unknown) => {
        if (!isUnknownCompany(error)) throw error;
        return getByCompanyId(id, purpose);
      });
    },

    getByCompanyId,
    withEitherId,

    /** Runs `use` with Intercom's id of a company that is given by Intercom's id or by yours. */
    withIntercomsId: <Result>(id: string, use: (id: string) => Promise<Result>): Promise<Result> =>
      formOfIntercomsId.test(id)
        ? withEitherId(id, use)
        : getByCompanyId(id).then((company) => use(company.id)),

    /** Creates the company, or updates the one that has this `company_id`. */
    create: (companyId: string, fields: CompanyFields, purpose = "create the company") =>
      upsert(purpose, companyId, fields),

    /**
     * Takes your `company_id`, or else Intercom's id.
     *
     * @throws NotFoundError where no company has this id; we create none.
     */
    update: async (id: string, fields: CompanyFields) => {
      const purpose = "update the company";
      const unknown = await getByCompanyId(id, purpose).then(() => undefined, unlessUnknown);
      if (unknown === undefined) return upsert(purpose, id, fields);
      if (!formOfIntercomsId.test(id)) throw unknown;
      return updateById(purpose, id, fields);
    },

    /** Takes Intercom's id or yours. The company's contacts are not deleted. */
    delete: (id: string) => withEitherId(id, remove, deletedCompany),

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
          // We return the company, which still exists. Where the company is gone too, we can't tell
          // whether an earlier try detached it.
          whenGone: () =>
            getById(id).catch((error: unknown) => {
              if (!isUnknownCompany(error)) throw error;
              throw new NotFoundError(error.message, { ...error, mayBeDone: true });
            }),
        }),
      ),

    readPage,

    /**
     * `GET /companies/scroll` (OpenAPI 2.16, scrollOverAllCompanies): gives every company, a hundred at
     * a time, also in workspaces that are too large for numbered pages.
     */
    scrollPage: (scrollParam?: string) =>
      http.send<ScrollPage<Company>>({
        ...list,
        purpose: "read all companies",
        method: "GET",
        path: path`/companies/scroll`,
        query: { scroll_param: scrollParam },
        listedAs: "data",
        isRepeatable: false,
      }),
  };
};

/** Whether at most one company can match. */
export const isForOne = (filter: CompanyFilter | undefined): boolean =>
  filter !== undefined && ("company_id" in filter || "name" in filter);

/**
 * Intercom can't sort a list by tag or segment: it comes newest first. A list of one needs no
 * order.
 */
export const canBeInOrder = (order: Order, filter: CompanyFilter | undefined): boolean =>
  order === "desc" || !filter || isForOne(filter);

const deletedCompany = (id: string): DeletedCompany => ({ id, object: "company", deleted: true });

/** Intercom stores whole numbers up to this one, and cuts other numbers silently. */
export const mostMonthlySpend = 2_147_483_647;

function cutMonthlySpend({ log }: Http, fields: CompanyFields): CompanyFields {
  const { monthly_spend } = fields;
  if (typeof monthly_spend !== "number") return fields;
  if (monthly_spend > mostMonthlySpend) {
    throw new InvalidInputError(
      `"monthly_spend" must be a number up to ${mostMonthlySpend}, not ${monthly_spend}.`,
    );
  }
  const whole = Math.trunc(monthly_spend);
  if (whole === monthly_spend) return fields;
  log.warn(
    `We cut monthly spend ${monthly_spend} to ${whole}, because Intercom stores whole numbers only.`,
  );
  return { ...fields, monthly_spend: whole };
}
