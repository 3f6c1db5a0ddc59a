import { articles } from "./articles";
import { companies } from "./companies";
import { contacts } from "./contacts";
import { conversationParts } from "./conversationParts";
import { conversations } from "./conversations";
import { customObjectInstances } from "./customObjectInstances";
import { messages } from "./messages";
import { rawRequest } from "./rawRequest";
import { tags } from "./tags";
import { tickets } from "./tickets";
import { ticketTypes } from "./ticketTypes";
import type { Use } from "./use";

/** The uses by resource. */
export const usesByResource: Record<string, Record<string, Use>> = {
  articles,
  companies,
  contacts,
  customObjectInstances,
  messages,
  conversations,
  conversationParts,
  tags,
  tickets,
  ticketTypes,
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
