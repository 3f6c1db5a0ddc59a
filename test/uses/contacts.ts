import type { Workspace } from "../../sandbox/index";
import { anAdminId, manyRows, type Use } from "./use";

export const makeContact = ({ contacts }: Workspace) =>
  contacts.create({ role: "user", email: "bob@example.org" });

function makeArchivedContact(workspace: Workspace) {
  const contact = makeContact(workspace);
  workspace.contacts.archive(contact);
  return contact;
}

/** A lead and a user with the same e-mail, so that Intercom merges them. */
function makeDuplicates(workspace: Workspace) {
  const user = makeContact(workspace);
  const lead = workspace.contacts.create({ role: "lead", email: "bob@example.org" });
  return { leadId: lead.id, userId: user.id };
}

const ada = { email: "ada@example.org", role: "user" };

const optionalFields = {
  name: "Ada",
  phone: "+3531234567",
  external_id: "25",
  avatar: "https://example.org/ada.png",
  signed_up_at: "2019-10-14T16:15:51Z",
  last_seen_at: "1571069751",
  unsubscribed_from_emails: "true",
  emailVerified: "true",
  customAttributes: '{"job_title": "Engineer"}',
};

const { emailVerified: _, external_id: __, ...upsertFields } = optionalFields;

/** What a search can ask of a contact, beside the role. */
const filters = {
  email: "bob@example.org",
  name: "Bob",
  phone: "+3531234567",
  externalId: "25",
  ownerId: anAdminId,
  tagId: "7",
  segmentId: "0123456789abcdef01234567",
  createdAfter: "2026-10-01",
  createdBefore: "2026-11-01",
  updatedAfter: "1571069751",
};

const readOne = "Read one user and one company";
const list = "Read and list users and companies";
const write = "Read and write users";

export const contacts: Record<string, Use> = {
  createContact: {
    inputs: () => ada,
    more: optionalFields,
    permissions: [write],
    isSentOnce: true,
    withoutPicklist: ["external_id"],
  },
  updateContact: {
    inputs: (workspace) => ({ ...ada, id: makeContact(workspace).id }),
    more: optionalFields,
    permissions: [write],
    withoutPicklist: ["external_id"],
  },
  getContact: {
    inputs: (workspace) => ({ id: makeContact(workspace).id }),
    more: { includeMergeHistory: "true", completeLists: "true" },
    permissions: [readOne],
  },
  getContactByExternalId: {
    inputs: ({ contacts }) => {
      contacts.create({ role: "user", email: "bob@example.org", externalId: "25" });
      return { externalId: "25" };
    },
    permissions: [readOne],
    withoutPicklist: ["externalId"],
  },
  mergeContacts: {
    inputs: makeDuplicates,
    more: { skipDuplicateValidation: "true" },
    permissions: [write],
    isSentOnce: true,
  },
  listContactCompanies: {
    inputs: (workspace) => {
      const contact = makeContact(workspace);
      workspace.companies.attach(contact, workspace.companies.upsert({ companyId: "smithy" }));
      return { contactId: contact.id };
    },
    more: { page: "2", perPage: "10" },
    permissions: [readOne],
    givesList: true,
    variants: [{ how: "*Fetch All*", inputs: { fetchAll: "true" }, permissions: [readOne] }],
  },
  listContactTags: {
    inputs: (workspace) => {
      const contact = makeContact(workspace);
      workspace.tags.tagContact(contact, workspace.tags.findOrCreate("VIP"));
      return { contactId: contact.id };
    },
    permissions: [readOne],
    givesList: true,
  },
  listContacts: {
    inputs: (workspace) => {
      makeContact(workspace);
      return {};
    },
    more: { order: "asc", perPage: "30", page: "2" },
    permissions: [list],
    givesList: true,
    variants: [
      { how: "oldest first", inputs: { order: "asc" }, permissions: [list] },
      {
        how: "page 3 of 15 a page",
        inputs: { page: "3", perPage: "15" },
        holding: { contacts: manyRows },
        fewest: 1,
        why: "one page of 45, cut to the last 15",
      },
      {
        how: `*Fetch All*, ${manyRows} contacts`,
        inputs: { fetchAll: "true" },
        holding: { contacts: manyRows },
        fewest: Math.ceil(manyRows / 150),
        why: "150 a page",
      },
      {
        how: `*Fetch All*, ${manyRows} contacts, oldest first`,
        inputs: { fetchAll: "true", order: "asc" },
        holding: { contacts: manyRows },
        fewest: Math.ceil(manyRows / 150),
        why: "150 a page",
      },
    ],
  },
  searchContacts: {
    inputs: (workspace) => {
      makeContact(workspace);
      return { role: "user" };
    },
    more: { ...filters, perPage: "30", sortField: "name", sortOrder: "ascending" },
    permissions: [list],
    givesList: true,
    withoutPicklist: ["externalId"],
    variants: [
      {
        how: `*Fetch All*, ${manyRows} contacts`,
        inputs: { fetchAll: "true", role: "user" },
        holding: { contacts: manyRows },
        fewest: Math.ceil(manyRows / 150),
        why: "150 a page",
      },
    ],
  },
  archiveContact: {
    inputs: (workspace) => ({ id: makeContact(workspace).id }),
    permissions: [write],
  },
  unarchiveContact: {
    inputs: (workspace) => ({ id: makeArchivedContact(workspace).id }),
    permissions: [write],
    // An archived contact is in no list.
    withoutPicklist: ["id"],
  },
  deleteContact: {
    inputs: (workspace) => ({ id: makeContact(workspace).id }),
    permissions: [write],
  },
  upsertContact: {
    inputs: (workspace) => {
      makeContact(workspace);
      return { email: "bob@example.org", external_id: "25" };
    },
    more: { ...upsertFields, companyId: "" },
    permissions: [write, write],
    mayNeed: {
      permission: readOne,
      when: "to leave a contact as it is, and for one that was merged meanwhile",
    },
    withoutPicklist: ["external_id"],
    fewest: 2,
    why: "the refusal to create the contact says which contact to update",
    variants: [
      { how: "a new user", inputs: { email: "ada@example.org" }, permissions: [write], fewest: 1 },
      {
        how: "a lead",
        inputs: { email: "eve@example.org", role: "lead", external_id: "" },
        permissions: [list, write],
        fewest: 2,
        why: "Intercom does not refuse a second lead, so one request must search for the first",
      },
      {
        how: "if found, left as it is",
        inputs: { ifFound: "keep", external_id: "" },
        permissions: [write, readOne],
        fewest: 2,
        why: "the refusal to create the contact gives only its ID",
      },
    ],
  },
};
