import { mostEntries, picklist, searchText } from "../dataSource";
import { optionalIdentifier } from "../fields/kinds";
import type { Collection } from "../intercom/collections";
import { firstWords } from "../intercom/wire/html";
import { inShort, textOf } from "../intercom/wire/json";
import { quoting } from "../intercom/wire/quote";
import { rowsOf } from "../intercom/wire/rows";
import type { Company } from "../schemas/companies";

export const selectAdmin = picklist({
  label: "Select Admin",
  description: "Select an admin of the workspace",
  inputs: {},
  read: (intercom) => intercom.admins.list(),
  show: ({ id, name, email }) => ({ value: id, labels: [name, email] }),
});

export const selectBrand = picklist({
  label: "Select Brand",
  description: "Select a brand of the workspace",
  inputs: {},
  read: (intercom) => intercom.brands.list(),
  show: ({ id, name }) => ({ value: id, labels: [name] }),
});

export const selectArticle = picklist({
  label: "Select Article",
  description: "Select an article, published or not",
  inputs: { searchText },
  read: (intercom, { searchText }) => intercom.articles.find(searchText, mostEntries),
  show: ({ id, title, state }) => ({
    value: id,
    labels: [textOf(title) && textOf(state) && `${title} (${state})`, title],
  }),
});

export const selectAudience = picklist({
  label: "Select Audience",
  description: "Select an audience, for whom Fin may use an article",
  inputs: {},
  read: (intercom) => intercom.audiences.list(),
  show: ({ id, name }) => ({ value: id, labels: [name] }),
});

export const selectCollection = picklist({
  label: "Select Collection",
  description: "Select a collection of a help center",
  inputs: {},
  read: async (intercom) => {
    const collections = await intercom.collections.list();
    const byId = new Map(collections.map((collection) => [textOf(collection.id), collection]));
    return collections.map((collection) => ({ ...collection, names: namesOf(collection, byId) }));
  },
  show: ({ id, names }) => ({ value: id, labels: [names.join(" > ")] }),
});

/** The names of the collections that one stands in, the outermost first, and its own. */
function namesOf(collection: Collection, byId: Map<string | undefined, Collection>): string[] {
  const names: string[] = [];
  const seen = new Set<Collection>();
  for (
    let each: Collection | undefined = collection;
    each && !seen.has(each);
    each = byId.get(textOf(each.parent_id) ?? "")
  ) {
    seen.add(each);
    const name = textOf(each.name);
    if (name !== undefined) names.unshift(name);
  }
  return names;
}

const companyLabels = ({ name, company_id }: Company) => [name, company_id];

export const selectCompany = picklist({
  label: "Select Company",
  description: "Select a company, by the ID that Intercom gave",
  inputs: { searchText },
  read: (intercom, { searchText }) => intercom.companies.find(searchText, mostEntries),
  show: (company) => ({ value: company.id, labels: companyLabels(company) }),
});

export const selectCompanyByOwnId = picklist({
  label: "Select Company by Your ID",
  description: "Select a company, by the ID that you gave it",
  inputs: { searchText },
  read: (intercom, { searchText }) => intercom.companies.find(searchText, mostEntries),
  show: (company) => ({ value: company.company_id, labels: companyLabels(company) }),
});

export const selectContact = picklist({
  label: "Select Contact",
  description: "Select a contact",
  inputs: { searchText },
  read: (intercom, { searchText }) => intercom.contacts.find(searchText, mostEntries),
  show: ({ id, name, email, phone, external_id }) => ({
    value: id,
    labels: [
      textOf(name) && textOf(email) && `${name} (${email})`,
      name,
      email,
      phone,
      external_id,
    ],
  }),
});

/** Each is a long one to read: a page of them holds whole messages. */
const mostConversations = 60;

export const selectConversation = picklist({
  label: "Select Conversation",
  description: "Select a conversation",
  inputs: { searchText },
  read: async (intercom, { searchText }) => {
    const found = await intercom.conversations.find(searchText, mostConversations);
    return found.sort((a, b) => b.updated_at - a.updated_at);
  },
  show: ({ id, title, source }) => {
    const { name, email } = source?.author ?? {};
    const words = textOf(source?.body) && firstWords(String(source.body));
    const from = textOf(name) ?? textOf(email);
    const about = textOf(title) ?? [from, words].filter(Boolean).join(": ");
    return { value: id, labels: [about && `${about} (#${id})`, `#${id}`] };
  },
});

export const selectHelpCenter = picklist({
  label: "Select Help Center",
  description: "Select a help center of the workspace",
  inputs: {},
  read: (intercom) => intercom.helpCenters.list(),
  show: ({ id, display_name, identifier }) => ({ value: id, labels: [display_name, identifier] }),
});

export const selectSegment = picklist({
  label: "Select Segment",
  description: "Select a segment of the workspace",
  inputs: {},
  read: (intercom) => intercom.segments.list(),
  show: ({ id, name }) => ({ value: id, labels: [name] }),
});

export const selectTag = picklist({
  label: "Select Tag",
  description: "Select a tag of the workspace",
  inputs: {},
  read: (intercom) => intercom.tags.list(),
  show: ({ id, name }) => ({ value: id, labels: [name] }),
});

export const selectTeam = picklist({
  label: "Select Team",
  description: "Select a team of the workspace",
  inputs: {},
  read: (intercom) => intercom.teams.list(),
  show: ({ id, name }) => ({ value: id, labels: [name] }),
});

export const selectTicket = picklist({
  label: "Select Ticket",
  description: "Select a ticket",
  inputs: { searchText },
  read: (intercom, { searchText }) => intercom.tickets.find(searchText, mostEntries),
  show: ({ id, ticket_id, ticket_attributes }) => {
    const title = textOf(ticket_attributes?._default_title_);
    const number = textOf(ticket_id) && `#${ticket_id}`;
    return { value: id, labels: [title && number && `${title} (${number})`, title, number] };
  },
});

export const selectTicketState = picklist({
  label: "Select Ticket State",
  description: "Select a state that tickets can have, of one ticket type or of all",
  inputs: {
    ticketTypeId: optionalIdentifier("Ticket Type ID", { comments: "Only states of this type." }),
  },
  read: async (intercom, { ticketTypeId }) => {
    const { http } = intercom;
    const states = (await intercom.ticketTypes.listStates()).map((state) => {
      const what = `the ticket types of the state ${quoting(http.redaction)(state.internal_label)}`;
      return { ...state, types: rowsOf(state.ticket_types?.data, what, http) };
    });
    return states.filter(
      ({ archived, types }) =>
        archived !== true &&
        (ticketTypeId === undefined || types.some(({ id }) => textOf(id) === ticketTypeId)),
    );
  },
  show: ({ id, internal_label, types }) => {
    const names = inShort(types.flatMap(({ name }) => textOf(name) ?? []));
    const label = textOf(internal_label);
    return { value: id, labels: [label && names && `${label} (${names})`, label] };
  },
});

export const selectTicketType = picklist({
  label: "Select Ticket Type",
  description: "Select a ticket type that is not archived",
  inputs: {},
  read: async (intercom) => {
    const { data } = await intercom.ticketTypes.list();
    return data.filter(({ archived }) => !archived);
  },
  show: ({ id, name }) => ({ value: id, labels: [name] }),
});
