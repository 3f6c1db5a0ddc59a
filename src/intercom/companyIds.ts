import type { Company } from "../schemas/companies";
import { NotFoundError } from "./wire/errors";
import { isOwnPath } from "./wire/path";

/** A company has two ids: Intercom's own, and yours, which is its `company_id`. */

/** Intercom's own ids; UUIDs are in its description (OpenAPI 2.11, deleteCompany). */
export const formOfIntercomsId = /^(?:[\da-f]{24}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;

/**
 * Whether the id can only be yours. `scroll` is such an id: sent as Intercom's, it would open the
 * workspace's scroll.
 */
export const isYoursAlone = (id: string): boolean => isOwnPath("/companies/", id);

export const unknownCompany = "company_not_found";

export const isUnknownCompany = (error: unknown): error is NotFoundError =>
  error instanceof NotFoundError && error.code === unknownCompany;

/** The error of an unknown company. @throws any other error. */
export function unlessUnknown(error: unknown): NotFoundError {
  if (isUnknownCompany(error)) return error;
  throw error;
}

/**
 * Runs `use` with the id unchanged, which is right for Intercom's own id and costs no request. If
 * Intercom does not know the company, we look the id up as your `company_id`.
 *
 * @param getByCompanyId finds a company by your id.
 * @param whenGone gives the result if an earlier try has done the work.
 * @throws NotFoundError where an earlier try may have changed one company, and the id is the
 * `company_id` of another company, which we must not change too.
 */
export const eitherIdOf =
  (getByCompanyId: (id: string) => Promise<Company>) =>
  async <Result>(
    id: string,
    use: (id: string, isIntercoms: boolean) => Promise<Result>,
    whenGone?: (id: string) => Result,
  ) => {
    if (isYoursAlone(id)) return use((await getByCompanyId(id)).id, true);
    try {
      return await use(id, false);
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      const isGone = error.mayBeDone && whenGone !== undefined;
      if (!isUnknownCompany(error) && !isGone) throw error;
      const company = await getByCompanyId(id).catch(unlessUnknown);
      if (company instanceof NotFoundError) {
        if (isGone) return whenGone(id);
        throw error;
      }
      if (error.mayBeDone && formOfIntercomsId.test(id)) {
        throw new NotFoundError(
          `${error.message} An earlier try may have done it nevertheless. Another company has this ID as its company_id, and we left that company unchanged. If you mean that company, give its own ID, ${company.id}.`,
          error,
        );
      }
      return use(company.id, true);
    }
  };
