import type { UpsertedCompany } from "../schemas/companies";
import type { CompanyFields, companies as companiesOf } from "./companies";
import { unlessUnknown } from "./companyIds";
import { noting } from "./wire/errors";

export const companyUpserts = (companies: ReturnType<typeof companiesOf>) => ({
  /**
   * Creates the company, or updates the one that has this `company_id`. Intercom does not say which
   * of them it did, so we ask first. Then attaches the contact, by Intercom's id.
   */
  upsert: async (
    companyId: string,
    fields: CompanyFields,
    contactId?: string,
  ): Promise<UpsertedCompany> => {
    const outcome = await companies.getByCompanyId(companyId).then(
      () => "updated" as const,
      (error: unknown) => unlessUnknown(error) && ("created" as const),
    );
    const company = await companies.create(companyId, fields, "write the company");
    if (contactId === undefined) return { outcome, company };
    const attached = await companies
      .attachToContact(contactId, company.id)
      .catch(noting(`The company ${companyId} was ${outcome} before that.`));
    return { outcome, company: attached };
  },
});
