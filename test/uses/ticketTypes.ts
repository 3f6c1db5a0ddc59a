import type { Use } from "./use";

export const ticketTypes: Record<string, Use> = {
  listTicketStates: {
    inputs: () => ({}),
    permissions: ["Read tickets"],
    givesList: true,
  },
  listTicketTypes: {
    inputs: () => ({}),
    permissions: ["Read tickets"],
    givesList: true,
  },
};
