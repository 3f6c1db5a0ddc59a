import { intercomAction, intercomQuery } from "../action";
import { companyList } from "../examples/companies";
import {
  archivedContact,
  contact,
  contactList,
  deletedContact,
  unarchivedContact,
  writtenContact,
} from "../examples/contacts";
import { tag } from "../examples/tags";
import {
  contactFieldsOf,
  emailWords,
  filters,
  filtersOf,
  found,
  roles,
  roleWords,
  upserted,
  written,
} from "../fields/contacts";
import {
  contactId,
  fetchAll,
  intercomContactId,
  order,
  page,
  perPage,
  startingAfter,
} from "../fields/inputs";
import { choice, flag, identifier, optionalChoice, optionalIdentifier } from "../fields/kinds";
import * as lists from "../fields/lists";
import { searchBodyOf, searchQuery, sortOf } from "../fields/search";
import { contactSearchRules } from "../intercom/contacts";
import { pageOf, type SearchBody } from "../intercom/wire/search";
import { company } from "../schemas/companies";
import * as schemas from "../schemas/contacts";
import { listWith } from "../schemas/lists";
import { listOf, object } from "../schemas/schema";
import * as tags from "../schemas/tags";

export const archiveContact = intercomAction({
  label: "Archive Contact",
  description: "Archive an existing Contact",
  inputs: { id: contactId },
  perform: (intercom, { id }) => intercom.contacts.archive(id),
  output: schemas.archivedContact,
  example: archivedContact,
});

export const createContact = intercomAction({
  label: "Create Contact",
  description: "Create a new Contact",
  isImportant: true,
  inputs: written,
  perform: (intercom, fields) => intercom.contacts.create(contactFieldsOf(fields)),
  output: schemas.contact,
  example: writtenContact,
});

export const deleteContact = intercomAction({
  label: "Delete Contact",
  description: "Delete an existing Contact",
  inputs: { id: contactId },
  perform: async (intercom, { id }) => ({ data: await intercom.contacts.delete(id) }),
  output: object({ data: schemas.deletedContact }),
  example: { data: deletedContact },
});

export const getContact = intercomQuery({
  label: "Get Contact",
  description: "Retrieves an existing Contact",
  inputs: {
    id: { ...contactId, required: true },
    completeLists: flag("Complete Lists", {
      comments:
        "Reads all companies, tags, notes and subscriptions where the contact shows ten of more. has_more stays true where Intercom refuses.",
    }),
    includeMergeHistory: flag("Include Merge History", {
      comments:
        "Adds merge_history: which contacts were merged into this one, and when. Needs API version 2.16, with which the request is then sent.",
    }),
  },
  perform: async (intercom, { id, completeLists, includeMergeHistory }) => {
    const options = { withMergeHistory: includeMergeHistory };
    const contact = await intercom.contacts.get(id, options);
    return completeLists ? intercom.contacts.withWholeLists(contact) : contact;
  },
  output: schemas.contact,
  example: contact,
});

export const getContactByExternalId = intercomQuery({
  label: "Get Contact by External ID",
  description: "Retrieve the user that has this external ID",
  inputs: {
    externalId: identifier("External ID", {
      comments: "Your own ID of the contact. Only users are found by it, not leads.",
    }),
  },
  perform: (intercom, { externalId }) => intercom.contacts.getByExternalId(externalId),
  output: schemas.contact,
  example: contact,
});

export const listContactCompanies = intercomQuery({
  label: "List Contact Companies",
  description: "List all companies of a contact, beyond the ten that the contact itself shows",
  inputs: { contactId: intercomContactId, ...lists.numberInputs(50) },
  perform: (intercom, { contactId, fetchAll, ...page }) => {
    const companies = intercom.contacts.companiesOf(contactId);
    return fetchAll ? companies.all() : companies.page(page);
  },
  output: listWith(company),
  example: companyList,
});

export const listContactTags = intercomQuery({
  label: "List Contact Tags",
  description: "List all tags of a contact, beyond the ten that the contact itself shows",
  inputs: { contactId: intercomContactId },
  perform: (intercom, { contactId }) => intercom.contacts.tagsOf(contactId),
  output: listOf(tags.tag),
  example: [tag],
});

export const listContacts = intercomQuery({
  label: "List Contacts",
  description: "Page through all Contacts",
  inputs: { fetchAll, order, page, perPage, startingAfter },
  perform: (intercom, { fetchAll, order = "desc", page = 1, perPage = 15, startingAfter }) =>
    fetchAll
      ? intercom.contacts.listAll({ order, startingAfter })
      : intercom.contacts.list({ order, page, perPage, startingAfter }),
  output: listWith(schemas.contact),
  example: contactList,
});

export const mergeContacts = intercomAction({
  label: "Merge Contacts",
  description: "Merge a lead into a user, for good",
  inputs: {
    leadId: identifier("Lead ID", {
      comments: "The lead that is merged away. Its ID is of no use afterwards.",
      dataSource: "selectContact",
    }),
    userId: identifier("User ID", {
      comments: "The user that stays.",
      dataSource: "selectContact",
    }),
    skipDuplicateValidation: flag("Skip Duplicate Validation", {
      comments:
        "From API version 2.16 on, Intercom merges only contacts that share an email or a phone, unless this is ticked.",
    }),
  },
  perform: (intercom, { leadId, userId, skipDuplicateValidation }) =>
    intercom.contacts.merge({
      from: leadId,
      into: userId,
      skip_duplicate_validation: skipDuplicateValidation || undefined,
    }),
  output: schemas.contact,
  example: writtenContact,
});

export const searchContacts = intercomQuery({
  label: "Search Contacts",
  description: "Search through all Contacts",
  isImportant: true,
  inputs: {
    ...filters,
    jsonQuery: searchQuery("JSON Query", {
      rules: contactSearchRules,
      comments:
        "If you wanted to provide a custom query instead of the one constructed by the action, you can use this input to bypass it. Takes a query or a whole body { query, pagination, sort }. Dates match by whole day, in the workspace's time zone. Intercom may not find a contact yet that was created a few minutes ago.",
    }),
    sortField: optionalIdentifier("Sort Field", {
      comments:
        "What the results are sorted by, as in created_at or name. Empty leaves the order to Intercom. Needs API version 2.16, with which the request is then sent.",
    }),
    sortOrder: optionalChoice("Sort Order", lists.directions, {
      comments: "How they are sorted. Needs Sort Field; empty means descending.",
    }),
    fetchAll: lists.fetchAll,
    perPage: lists.perPage(50),
    startingAfter,
  },
  perform: async (intercom, inputs) => {
    const { jsonQuery: given, sortField, sortOrder, fetchAll, perPage, startingAfter } = inputs;
    const sort = sortOf(sortField, sortOrder) ?? given?.sort;
    const { single, days } = filtersOf(inputs, (id) => intercom.contacts.ownerFor(sort, id));
    const labels = Object.values(filters).map(({ label }) => label);
    const orElse = ", or use List Contacts for all";
    const found = searchBodyOf(given, single, labels, orElse, days);
    const body: SearchBody = { ...found, sort };
    return fetchAll
      ? intercom.contacts.searchAll(body, startingAfter)
      : intercom.contacts.search(pageOf(body, { perPage, startingAfter }));
  },
  output: listWith(schemas.contact),
});

export const unarchiveContact = intercomAction({
  label: "Unarchive Contact",
  description: "Unarchive an archived Contact",
  // No data source, because Intercom lists no archived contacts.
  inputs: { id: { ...contactId, dataSource: undefined } },
  perform: (intercom, { id }) => intercom.contacts.unarchive(id),
  output: schemas.archivedContact,
  example: unarchivedContact,
});

export const updateContact = intercomAction({
  label: "Update Contact",
  description: "Update an existing Contact",
  isImportant: true,
  inputs: {
    id: contactId,
    ...written,
    email: identifier("Email", {
      comments: `${emailWords.comments}. We always send the email: to keep it, give the email that the contact has.`,
    }),
    role: choice("Role", roles, {
      comments: `${roleWords.comments}. We always send the role: User turns a lead into a user for good. Choose the role that the contact has; Get Contact shows it. To leave email and role unchanged, use Raw Request with PUT /contacts/{ID}.`,
    }),
  },
  perform: (intercom, { id, ...fields }) => intercom.contacts.update(id, contactFieldsOf(fields)),
  output: schemas.contact,
  example: writtenContact,
});

export const upsertContact = intercomAction({
  label: "Upsert Contact",
  description: "Update the contact that has this email or external ID, or create one",
  inputs: {
    ...upserted,
    companyId: optionalIdentifier("Company ID", {
      comments: "A company to attach the contact to afterwards: Intercom's ID, or your own.",
      dataSource: "selectCompany",
    }),
    ...found,
  },
  perform: (intercom, { companyId, ifFound, unarchive, ...fields }) =>
    intercom.contacts.upsert(contactFieldsOf(fields), { ifFound, unarchive, companyId }),
  output: schemas.upsertedContact,
  example: { outcome: "created", contact: writtenContact },
});
