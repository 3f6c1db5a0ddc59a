import { admins } from "./admins";
import { articles } from "./articles";
import { audiences } from "./audiences";
import { brands } from "./brands";
import { changePages } from "./changePages";
import { changeSearch } from "./changeSearch";
import { changes } from "./changes";
import { collections } from "./collections";
import { companies } from "./companies";
import { companyLists } from "./companyLists";
import { companyUpserts } from "./companyUpserts";
import { contactLists } from "./contactLists";
import { contacts } from "./contacts";
import { contactUpserts } from "./contactUpserts";
import { conversationAttributes } from "./conversationAttributes";
import { conversationParts } from "./conversationParts";
import { conversations } from "./conversations";
import { customObjectInstances } from "./customObjectInstances";
import { dataAttributes } from "./dataAttributes";
import { events } from "./events";
import { helpCenters } from "./helpCenters";
import { messages } from "./messages";
import { notes } from "./notes";
import { segments } from "./segments";
import { subscriptionTypes } from "./subscriptionTypes";
import { tags } from "./tags";
import { teams } from "./teams";
import { tickets } from "./tickets";
import { ticketTypes } from "./ticketTypes";
import { createHttp, type Settings } from "./wire/http";

/** Intercom's API, a property per resource. */
export function createIntercom(settings: Settings) {
  const http = createHttp(settings);
  const ofAdmins = admins(http);
  const ofCompanies = companies(http);
  const ofContacts = contacts(http);
  const ofNotes = notes(http);
  const ofSubscriptionTypes = subscriptionTypes(http);
  const ofTicketTypes = ticketTypes(http);
  const watched = {
    companies: {
      ...ofCompanies,
      ...companyLists(http, ofCompanies),
      ...companyUpserts(ofCompanies),
    },
    contacts: {
      ...ofContacts,
      ...contactLists(http, {
        contacts: ofContacts,
        notes: ofNotes,
        subscriptionTypes: ofSubscriptionTypes,
      }),
      ...contactUpserts(http, { companies: ofCompanies, contacts: ofContacts }),
    },
    conversations: conversations(http, { companies: ofCompanies, contacts: ofContacts }),
    tickets: tickets(http, {
      admins: ofAdmins,
      companies: ofCompanies,
      ticketTypes: ofTicketTypes,
    }),
  };
  const search = changeSearch(http, watched);
  const ofChanges = changes(http, search, watched.companies);
  return {
    ...watched,
    admins: ofAdmins,
    articles: articles(http, ofAdmins),
    audiences: audiences(http),
    brands: brands(http),
    changes: ofChanges,
    changePages: changePages(http, search, { changes: ofChanges, companies: watched.companies }),
    collections: collections(http),
    conversationAttributes: conversationAttributes(http),
    conversationParts: conversationParts(http, ofAdmins),
    customObjectInstances: customObjectInstances(http),
    dataAttributes: dataAttributes(http),
    events: events(http),
    helpCenters: helpCenters(http),
    messages: messages(http, { admins: ofAdmins, contacts: ofContacts }),
    notes: ofNotes,
    segments: segments(http),
    subscriptionTypes: ofSubscriptionTypes,
    tags: tags(http, { admins: ofAdmins, companies: ofCompanies }),
    teams: teams(http),
    ticketTypes: ofTicketTypes,
    http,
  };
}

export type Intercom = ReturnType<typeof createIntercom>;
