import { attributes } from "./attributes";
import { changes } from "./changes";
import { companies } from "./companies";
import { contacts } from "./contacts";
import { people } from "./people";
import { segments } from "./segments";
import { tags } from "./tags";
import { tickets } from "./tickets";
import { createHttp, type Settings } from "./wire/http";

/** Intercom's API, a property per resource. */
export function createIntercom(settings: Settings) {
  const http = createHttp(settings);
  const ofCompanies = companies(http);
  return {
    attributes: attributes(http),
    changes: changes(http, ofCompanies),
    companies: ofCompanies,
    contacts: contacts(http),
    people: people(http),
    segments: segments(http),
    tags: tags(http),
    tickets: tickets(http, ofCompanies),
    http,
  };
}

export type Intercom = ReturnType<typeof createIntercom>;
