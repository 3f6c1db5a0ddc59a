import { admins } from "./admins";
import { articles } from "./articles";
import { companies } from "./companies";
import { contacts } from "./contacts";
import { conversationParts } from "./conversationParts";
import { conversations } from "./conversations";
import { customObjectInstances } from "./customObjectInstances";
import { events } from "./events";
import { messages } from "./messages";
import { notes } from "./notes";
import { rawRequest } from "./rawRequest";
import { segments } from "./segments";
import { tags } from "./tags";
import { teams } from "./teams";
import { tickets } from "./tickets";
import { ticketTypes } from "./ticketTypes";
import type { Use } from "./use";

/** The uses by resource. */
export const usesByResource: Record<string, Record<string, Use>> = {
  admins,
  articles,
  companies,
  contacts,
  conversationParts,
  conversations,
  customObjectInstances,
  events,
  messages,
  notes,
  segments,
  tags,
  teams,
  ticketTypes,
  tickets,
  rawRequest,
};

/** The use of each action, by the action's key. */
export const uses: Record<string, Use> = Object.assign({}, ...Object.values(usesByResource));

/** @throws Error for an action without a use, so that the tests of the action fail by its name. */
export function useOf(key: string): Use {
  const use = uses[key];
  if (!use) throw new Error(`${key} has no use: add one to test/uses/.`);
  return use;
}
