import type { Workspace } from "../../sandbox/index";
import { manyRows, type Use } from "./use";

export const makeContact = ({ contacts }: Workspace) =>
  contacts.create({ role: "user", email: "bob@example.org" });

function makeArchivedContact(workspace: Workspace) {
  const contact = makeContact(workspace);
  workspace.contacts.archive(contact);
  return contact;
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
  customAttributes: '{"job_title": "Engineer"}',
};

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
    permissions: ["Read one user and one company"],
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
    more: { email: "bob@example.org", name: "Bob" },
    permissions: [list],
    givesList: true,
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
};
