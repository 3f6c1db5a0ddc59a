import type { Workspace } from "../../sandbox/index";
import { makeContact } from "./contacts";
import { manyRows, type Use, type Variant } from "./use";

/** The `company_id` of the company that `makeCompany` makes. */
export const ownCompanyId = "smithy";

export const makeCompany = ({ companies }: Workspace) =>
  companies.upsert({ companyId: ownCompanyId, name: "Smithy" });

/** A company with a contact, because Intercom's lists leave out the others. */
export function makeCompanyOfContact(workspace: Workspace) {
  const [contact, company] = [makeContact(workspace), makeCompany(workspace)];
  workspace.companies.attach(contact, company);
  return { contact, company };
}

const optionalFields = {
  industry: "Manufacturing",
  monthly_spend: "49.5",
  plan: "Gold",
  size: "85",
  website: "https://example.org",
  updateLastRequestAt: "true",
  customAttributes: '{"crm_stage": "won"}',
};

const { updateLastRequestAt: _, ...upsertFields } = optionalFields;

const list = "Read and list users and companies";
const readOne = "Read one user and one company";
const write = "Write users and companies";

/** Intercom refuses your id, so the action finds the company by it and writes again. */
const writtenByYourId = (inputs: Variant["inputs"]): Variant => ({
  how: "by your `company_id`",
  inputs,
  permissions: [write, list, write],
  fewest: 2,
  why: "Intercom takes only its own id here, so one request must find the company",
});

/** More companies than Intercom's limit of 10,000 for numbered pages. */
const tooManyForNumbers = 10_500;

export const companies: Record<string, Use> = {
  createCompany: {
    inputs: () => ({ company_id: "works-1", name: "Works", remote_created_at: "1394531169" }),
    more: optionalFields,
    permissions: [write],
    // This input is the id of a new company.
    withoutPicklist: ["company_id"],
  },
  updateCompany: {
    inputs: (workspace) => ({
      company_id: makeCompany(workspace).companyId,
      name: "Smithy & Sons",
    }),
    more: { ...optionalFields, name: "Smithy & Sons", remote_created_at: "2014-03-11" },
    permissions: [list, write],
    fewest: 2,
    why: "the write alone would create a missing company",
  },
  listCompanyContacts: {
    inputs: (workspace) => ({ companyId: makeCompanyOfContact(workspace).company.id }),
    more: { page: "2", perPage: "10" },
    permissions: [list],
    givesList: true,
    variants: [
      {
        how: "by your `company_id`",
        inputs: { companyId: ownCompanyId },
        permissions: [list, list, list],
        fewest: 2,
        why: "Intercom takes only its own id here, so one request must find the company",
      },
      { how: "*Fetch All*", inputs: { fetchAll: "true" }, permissions: [list] },
    ],
  },
  getCompany: {
    inputs: (workspace) => ({ id: makeCompany(workspace).id }),
    permissions: [readOne],
    variants: [
      {
        how: "by your `company_id`",
        inputs: { id: ownCompanyId },
        permissions: [readOne, list],
        fewest: 1,
        why: "Intercom finds a company by either id, on two paths",
      },
    ],
  },
  listCompanies: {
    inputs: (workspace) => {
      makeCompanyOfContact(workspace);
      return {};
    },
    more: { order: "asc", perPage: "30", page: "2" },
    permissions: [list],
    givesList: true,
    variants: [
      {
        how: "by your `company_id`",
        inputs: { companyId: ownCompanyId },
        permissions: [list],
      },
      {
        how: "page 3 of 15 a page",
        inputs: { page: "3", perPage: "15" },
        holding: { companies: manyRows },
        fewest: 1,
      },
      {
        how: `*Fetch All*, ${manyRows} companies`,
        inputs: { fetchAll: "true" },
        holding: { companies: manyRows },
        fewest: Math.ceil(manyRows / 60),
        why: "60 a page",
      },
      {
        how: `*Fetch All*, ${tooManyForNumbers} companies`,
        inputs: { fetchAll: "true" },
        holding: { companies: tooManyForNumbers },
        fewest: 1 + tooManyForNumbers / 100 + 1,
        why: "one request shows that there are too many companies for numbered pages; the scroll, 100 a page; and the end of the scroll, or else Intercom refuses the next scroll for a minute",
      },
    ],
  },
  deleteCompany: {
    inputs: (workspace) => ({ id: makeCompany(workspace).id }),
    permissions: [write],
    variants: [writtenByYourId({ id: ownCompanyId })],
  },
  attachCompany: {
    inputs: (workspace) => ({
      id: makeContact(workspace).id,
      companyId: makeCompany(workspace).id,
    }),
    permissions: [write],
    variants: [writtenByYourId({ companyId: ownCompanyId })],
  },
  detachCompany: {
    inputs: (workspace) => {
      const { contact, company } = makeCompanyOfContact(workspace);
      return { id: contact.id, companyId: company.id };
    },
    permissions: [write],
    variants: [writtenByYourId({ companyId: ownCompanyId })],
  },
  upsertCompany: {
    inputs: (workspace) => ({
      company_id: makeCompany(workspace).companyId,
      contactId: makeContact(workspace).id,
    }),
    more: { ...upsertFields, name: "Smithy & Sons", remote_created_at: "2014-03-11" },
    permissions: [list, write, write],
    fewest: 3,
    why: "Intercom does not say whether it created or updated the company, so one request asks first",
    variants: [
      {
        how: "without a contact",
        inputs: { contactId: "" },
        permissions: [list, write],
        fewest: 2,
        why: "one request asks whether the company exists",
      },
    ],
  },
};
