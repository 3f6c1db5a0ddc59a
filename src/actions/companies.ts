import { type ActionInputs, intercomAction, intercomQuery } from "../action";
import {
  attachedCompany,
  company,
  companyList,
  deletedCompany,
  detachedCompany,
  writtenCompany,
} from "../examples/companies";
import { contactList } from "../examples/contacts";
import {
  additionalFields,
  attributesByName,
  contactId,
  customAttributes,
  eitherCompanyId,
  fetchAll,
  order,
  page,
  perPage,
  startingAfter,
} from "../fields/inputs";
import {
  flag,
  flat,
  identifier,
  optionalIdentifier,
  optionalNumber,
  optionalText,
  optionalTimestamp,
  optionalWholeNumber,
  text,
  timestamp,
} from "../fields/kinds";
import * as lists from "../fields/lists";
import {
  type CompanyFields,
  type CompanyFilter,
  canBeInOrder,
  mostMonthlySpend,
} from "../intercom/companies";
import { InvalidInputError } from "../intercom/wire/errors";
import * as schemas from "../schemas/companies";
import { contact } from "../schemas/contacts";
import { listWith } from "../schemas/lists";

const idWords = { comments: "Identifier of Company" };
const createdAtWords = { comments: "Time the company was created by you" };
/** Intercom's id or yours. */
const id = identifier("Company ID", { ...idWords, dataSource: "selectCompany" });

/** The inputs that *Create Company* and *Update Company* share. */
const written = {
  plan: optionalText("Plan", { comments: "Name of the plan associated with the company" }),
  size: optionalWholeNumber(
    "Size",
    { least: 0, most: mostMonthlySpend },
    { comments: "Number of employees in this company" },
  ),
  website: optionalText("Website", { comments: "The URL for this company's website" }),
  industry: optionalText("Industry", { comments: "The industry this company operates in" }),
  monthly_spend: optionalNumber(
    "Monthly Spend",
    { most: mostMonthlySpend },
    { comments: "How much revenue the company generates for your business" },
  ),
  updateLastRequestAt: flag("Update Last Request At", {
    comments:
      "Takes the company as seen now. Needs API version 2.16, with which the request is then sent.",
  }),
  customAttributes: flat(customAttributes, { takesLists: false }),
  additionalFields: { ...additionalFields, example: '{"website": null}' },
};

const fieldsOf = ({
  updateLastRequestAt,
  customAttributes,
  additionalFields,
  ...fields
}: Partial<ActionInputs<typeof written>>): CompanyFields => ({
  ...fields,
  update_last_request_at: updateLastRequestAt || undefined,
  custom_attributes: customAttributes,
  ...additionalFields,
});

export const attachCompany = intercomAction({
  label: "Attach Company to Contact",
  description: "Attach Company to Contact",
  inputs: { id: contactId, companyId: id },
  perform: (intercom, { id, companyId }) => intercom.companies.attachToContact(id, companyId),
  output: schemas.company,
  example: attachedCompany,
});

export const createCompany = intercomAction({
  label: "Create Company",
  description: "Create a new Company",
  isImportant: true,
  inputs: {
    company_id: identifier("Company ID", {
      comments:
        "Identifier of Company. Your own ID. If a company with this ID exists, Intercom updates it.",
    }),
    name: text("Name", { comments: "Name of the company" }),
    remote_created_at: timestamp("Remote Created At", createdAtWords),
    ...written,
  },
  perform: (intercom, { company_id, ...fields }) =>
    intercom.companies.create(company_id, fieldsOf(fields)),
  output: schemas.company,
  example: writtenCompany,
});

export const deleteCompany = intercomAction({
  label: "Delete Company",
  description: "Delete an existing Company",
  inputs: { id },
  perform: (intercom, { id }) => intercom.companies.delete(id),
  output: schemas.deletedCompany,
  example: deletedCompany,
});

export const detachCompany = intercomAction({
  label: "Detach Company from Contact",
  description: "Detach Company from Contact",
  inputs: { id: contactId, companyId: id },
  perform: (intercom, { id, companyId }) => intercom.companies.detachFromContact(id, companyId),
  output: schemas.company,
  example: detachedCompany,
});

export const getCompany = intercomQuery({
  label: "Get Company",
  description: "Retrieves an existing Company",
  inputs: { id },
  perform: (intercom, { id }) => intercom.companies.get(id),
  output: schemas.company,
  example: company,
});

const filters = {
  companyId: optionalIdentifier("Company ID", {
    comments: "Id of the company to be used as filter.",
    example: "147",
    dataSource: "selectCompanyByOwnId",
  }),
  companyName: optionalText("Name", { comments: "Name of the company to be used as filter." }),
  segmentId: optionalIdentifier("Segment ID", {
    comments: "Id of the segment to be used as filter.",
    dataSource: "selectSegment",
  }),
  tagId: optionalIdentifier("Tag ID", {
    comments: "Id of the tag to be used as filter.",
    dataSource: "selectTag",
  }),
};

/** @throws InvalidInputError where more than one filter is filled in: Intercom accepts one. */
function filterOf(given: ActionInputs<typeof filters>): CompanyFilter | undefined {
  const { companyId, companyName, segmentId, tagId } = given;
  const filled: [string, CompanyFilter][] = [];
  if (companyId !== undefined) filled.push([filters.companyId.label, { company_id: companyId }]);
  if (companyName !== undefined) filled.push([filters.companyName.label, { name: companyName }]);
  if (segmentId !== undefined) filled.push([filters.segmentId.label, { segment_id: segmentId }]);
  if (tagId !== undefined) filled.push([filters.tagId.label, { tag_id: tagId }]);
  if (filled.length > 1) {
    const labels = filled.map(([label]) => `"${label}"`).join(" and ");
    throw new InvalidInputError(
      `${labels} can't be used together, because Intercom filters by one of them: empty the others.`,
    );
  }
  return filled[0]?.[1];
}

export const listCompanies = intercomQuery({
  label: "List Companies",
  description: "Page through all Companies",
  inputs: {
    fetchAll: {
      ...fetchAll,
      comments: `${fetchAll.comments} Intercom leaves companies without contacts out of every list.`,
    },
    order,
    page,
    perPage,
    // Pages of companies have numbers. So the cursor is the number of companies before the page.
    startingAfter: optionalWholeNumber(
      "Starting After Cursor",
      { least: 0, most: 1_000_000_000 },
      { comments: startingAfter.comments },
    ),
    ...filters,
  },
  perform: async (intercom, inputs) => {
    const { fetchAll, order = "desc", page = 1, perPage = 15, startingAfter, ...filters } = inputs;
    const filter = filterOf(filters);
    if (fetchAll) return intercom.companies.listAll({ startingAfter, order, filter });
    if (!canBeInOrder(order, filter)) {
      throw new InvalidInputError(
        '"Order" can\'t be asc with "Tag ID" or "Segment ID", because Intercom does not sort those lists: tick "Fetch All", or choose desc.',
      );
    }
    return intercom.companies.list({ page, perPage, startingAfter, order, filter });
  },
  output: listWith(schemas.company),
  example: companyList,
});

export const listCompanyContacts = intercomQuery({
  label: "List Company Contacts",
  description: "List the contacts of a company",
  inputs: {
    companyId: eitherCompanyId,
    ...lists.numberInputs(50),
    startingAfter: lists.startingAfter,
  },
  perform: (intercom, { companyId, fetchAll, ...page }) =>
    fetchAll
      ? intercom.companies.listAllContacts(companyId, page.startingAfter)
      : intercom.companies.listContacts(companyId, page),
  output: listWith(contact),
  example: contactList,
});

export const updateCompany = intercomAction({
  label: "Update Company",
  description: "Update an existing Company",
  inputs: {
    company_id: identifier("Company ID", {
      comments: `${idWords.comments}. Your own, or Intercom's; yours is tried first.`,
      dataSource: "selectCompanyByOwnId",
    }),
    // The catalogue page has these words, "contact" included.
    name: optionalText("Name", { comments: "Name of the contact" }),
    remote_created_at: optionalTimestamp("Remote Created At", createdAtWords),
    ...written,
  },
  perform: (intercom, { company_id, ...fields }) =>
    intercom.companies.update(company_id, fieldsOf(fields)),
  output: schemas.company,
  example: writtenCompany,
});

export const upsertCompany = intercomAction({
  label: "Upsert Company",
  description:
    "Update the company that has this ID of yours, or create one, and attach a contact to it",
  inputs: {
    company_id: identifier("Company ID", {
      comments: "Your own ID of the company. It can not be changed later.",
      dataSource: "selectCompanyByOwnId",
    }),
    name: optionalText("Name", {
      comments: "Name of the company. A new one needs it to be recognised.",
    }),
    remote_created_at: optionalTimestamp("Remote Created At", {
      comments: "When you created the company.",
    }),
    plan: optionalText("Plan", { comments: "Name of the plan of the company." }),
    size: optionalWholeNumber(
      "Size",
      { least: 0, most: mostMonthlySpend },
      { comments: "Number of employees." },
    ),
    website: optionalText("Website", { comments: "Address of the website." }),
    industry: optionalText("Industry", { comments: "Industry of the company." }),
    monthly_spend: optionalNumber(
      "Monthly Spend",
      { most: mostMonthlySpend },
      { comments: "What the company brings in a month. Fractions are cut." },
    ),
    customAttributes: flat(attributesByName, { takesLists: false }),
    additionalFields: written.additionalFields,
    contactId: optionalIdentifier("Contact ID", {
      comments:
        "A contact to attach to the company afterwards. Intercom shows no company without a contact.",
      dataSource: "selectContact",
    }),
  },
  perform: (intercom, { company_id, contactId, ...fields }) =>
    intercom.companies.upsert(company_id, fieldsOf(fields), contactId),
  output: schemas.upsertedCompany,
  example: { outcome: "created", company: writtenCompany },
});
