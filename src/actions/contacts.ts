import { type ActionInputs, intercomAction, intercomQuery } from "../action";
import {
  archivedContact,
  contact,
  contactList,
  deletedContact,
  unarchivedContact,
  writtenContact,
} from "../examples/contacts";
import {
  additionalFields,
  contactId,
  customAttributes,
  fetchAll,
  order,
  page,
  perPage,
  startingAfter,
} from "../fields/inputs";
import {
  choice,
  flag,
  identifier,
  optionalChoice,
  optionalIdentifier,
  optionalText,
  optionalTimestamp,
  optionalWholeNumber,
} from "../fields/kinds";
import { equal, searchBodyOf, searchQuery } from "../fields/search";
import { type ContactFields, contactSearchRules } from "../intercom/contacts";
import { pageOf } from "../intercom/wire/search";
import * as schemas from "../schemas/contacts";
import { listWith } from "../schemas/lists";
import { object } from "../schemas/schema";

const roles = [
  { label: "User", value: "user" },
  { label: "Lead", value: "lead" },
] as const;
const roleWords = { comments: "The role of the contact" };
const emailWords = { comments: "Email of the contact" };
const nameWords = { comments: "Name of the contact" };

/** What can be written on a contact. */
const written = {
  email: identifier("Email", emailWords),
  role: choice("Role", roles, roleWords),
  name: optionalText("Name", nameWords),
  phone: optionalIdentifier("Phone", { comments: "Phone of the contact" }),
  external_id: optionalIdentifier("External ID", {
    comments: "Unique identifier for the entity from external systems",
  }),
  avatar: optionalIdentifier("Avatar URL", {
    comments: "An image URL containing the avatar of a contact",
  }),
  signed_up_at: optionalTimestamp("Signed Up At", {
    comments: "The time specified for when a contact signed up",
  }),
  last_seen_at: optionalTimestamp("Last Seen At", {
    comments: "The time when the contact was last seen",
  }),
  unsubscribed_from_emails: flag("Unsubscribed From Emails", {
    comments:
      'Whether the contact is unsubscribed from emails. Only true is sent. To subscribe a contact again, put {"unsubscribed_from_emails": false} into Additional Fields.',
  }),
  ownerId: optionalWholeNumber(
    "Owner ID",
    { least: 0, most: Number.MAX_SAFE_INTEGER },
    {
      comments: "ID of the admin who owns the contact",
      example: "127",
      dataSource: "selectAdmin",
    },
  ),
  customAttributes,
  additionalFields,
};

/** The designer sends false for a box that nobody touched: sent on, it would subscribe people again. */
const fieldsOf = ({
  unsubscribed_from_emails,
  ownerId,
  customAttributes,
  additionalFields,
  ...fields
}: ActionInputs<typeof written>): ContactFields => ({
  ...fields,
  unsubscribed_from_emails: unsubscribed_from_emails || undefined,
  owner_id: ownerId,
  custom_attributes: customAttributes,
  ...additionalFields,
});

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
  perform: (intercom, fields) => intercom.contacts.create(fieldsOf(fields)),
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
  inputs: { id: { ...contactId, required: true } },
  perform: (intercom, { id }) => intercom.contacts.get(id),
  output: schemas.contact,
  example: contact,
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

export const searchContacts = intercomQuery({
  label: "Search Contacts",
  description: "Search through all Contacts",
  isImportant: true,
  inputs: {
    email: optionalIdentifier("Email", emailWords),
    name: optionalText("Name", nameWords),
    role: optionalChoice("Role", roles, roleWords),
    jsonQuery: searchQuery("JSON Query", {
      rules: contactSearchRules,
      comments:
        "If you wanted to provide a custom query instead of the one constructed by the action, you can use this input to bypass it. Takes a query or a whole body { query, pagination, sort }. Dates match by whole day, in the workspace's time zone. A contact made a few minutes ago may not be found yet.",
    }),
    startingAfter,
  },
  perform: async (intercom, { jsonQuery, startingAfter, ...fields }) => {
    const labels = ["Email", "Name", "Role"];
    const orElse = ", or use List Contacts for all";
    const body = searchBodyOf(jsonQuery, equal(fields), labels, orElse);
    return intercom.contacts.search(pageOf(body, { startingAfter }));
  },
  output: listWith(schemas.contact),
});

export const unarchiveContact = intercomAction({
  label: "Unarchive Contact",
  description: "Unarchive an archived Contact",
  // Without the list: an archived contact is in none.
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
      comments: `${emailWords.comments}. It is always sent: to keep it, give the email that the contact has.`,
    }),
    role: choice("Role", roles, {
      comments: `${roleWords.comments}. It is always sent: User turns a lead into a user for good. Choose the role that the contact has; Get Contact shows it. To leave email and role alone, use Raw Request with PUT /contacts/{ID}.`,
    }),
  },
  perform: (intercom, { id, ...fields }) => intercom.contacts.update(id, fieldsOf(fields)),
  output: schemas.contact,
  example: writtenContact,
});
