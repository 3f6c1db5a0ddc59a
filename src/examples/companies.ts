import type { List } from "../intercom/wire/pages";
import type { Company, DeletedCompany } from "../schemas/companies";

export const company: Company = {
  type: "company",
  company_id: "1",
  id: "667d60808a68186f43bafd31",
  app_id: "this_is_an_id128_that_should_be_at_least_",
  name: "company1",
  remote_created_at: 1719492736,
  created_at: 1719492736,
  updated_at: 1719492736,
  monthly_spend: 0,
  session_count: 0,
  user_count: 1,
  tags: {
    type: "tag.list",
    tags: [],
  },
  segments: {
    type: "segment.list",
    segments: [],
  },
  plan: {},
  custom_attributes: {},
};

/** A company with every field set. */
export const writtenCompany: Company = {
  type: "company",
  id: "531ee472cce572a6ec000006",
  name: "Blue Sun",
  plan: "plan1",
  company_id: "6",
  remote_created_at: 1394531169,
  created_at: 1394533506,
  updated_at: 1396874658,
  size: 85,
  website: "http://www.example.com",
  industry: "Manufacturing",
  monthly_spend: 49,
  session_count: 26,
  user_count: 10,
  custom_attributes: {
    paid_subscriber: true,
    team_mates: 0,
  },
};

const madeAt = (createdAtSeconds: number) => ({
  remote_created_at: createdAtSeconds,
  created_at: createdAtSeconds,
  updated_at: createdAtSeconds,
});

export const attachedCompany: Company = {
  ...company,
  ...madeAt(1719492749),
  id: "667d608d8a68186f43bafd70",
  app_id: "this_is_an_id166_that_should_be_at_least_",
  name: "company6",
};

export const detachedCompany: Company = {
  ...company,
  ...madeAt(1719492753),
  id: "667d60918a68186f43bafd80",
  app_id: "this_is_an_id174_that_should_be_at_least_",
  name: "company8",
  user_count: 0,
};

export const companyList: List<Company> = {
  data: [
    {
      ...company,
      ...madeAt(1717022160),
      id: "6657add06abd0167d9419cc3",
      company_id: "remote_companies_scroll_2",
      app_id: "this_is_an_id158_that_should_be_at_least_",
      name: "IntercomQATest1",
      user_count: 4,
    },
  ],
  pages: {
    type: "companies",
    next: null,
    page: 1,
    per_page: 15,
    total_pages: 1,
  },
};

export const deletedCompany: DeletedCompany = {
  id: "5ba682d23d7cf92bef87bfd4",
  object: "company",
  deleted: "true",
};
