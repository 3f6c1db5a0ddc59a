import { admins } from "./admins";
import { changes } from "./changes";
import { companies } from "./companies";
import { companyLists } from "./companyLists";
import { contacts } from "./contacts";
import { conversations } from "./conversations";
import { dataAttributes } from "./dataAttributes";
import { events } from "./events";
import { notes } from "./notes";
import { segments } from "./segments";
import { tags } from "./tags";
import { teams } from "./teams";
import { tickets } from "./tickets";
import { createHttp, type Settings } from "./wire/http";

/** Intercom's API, a property per resource. */
export function createIntercom(settings: Settings) {
  const http = createHttp(settings);
  const ofCompanies = companies(http);
  const watched = {
    companies: { ...ofCompanies, ...companyLists(http, ofCompanies) },
    contacts: contacts(http),
    conversations: conversations(http),
    tickets: tickets(http, ofCompanies),
  };
  return {
    ...watched,
    admins: admins(http),
    changes: changes(http, watched),
    dataAttributes: dataAttributes(http),
    events: events(http),
    notes: notes(http),
    segments: segments(http),
    tags: tags(http, ofCompanies),
    teams: teams(http),
    http,
  };
}

export type Intercom = ReturnType<typeof createIntercom>;
