import { attributes } from "./attributes";
import { changes } from "./changes";
import { companies } from "./companies";
import { companyLists } from "./companyLists";
import { contacts } from "./contacts";
import { conversations } from "./conversations";
import { people } from "./people";
import { segments } from "./segments";
import { tags } from "./tags";
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
    attributes: attributes(http),
    changes: changes(http, watched),
    people: people(http),
    segments: segments(http),
    tags: tags(http),
    http,
  };
}

export type Intercom = ReturnType<typeof createIntercom>;
