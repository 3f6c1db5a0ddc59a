import type { Workspace } from "../../sandbox/index";
import { makeCompanyOfContact, ownCompanyId } from "./companies";
import { makeContact } from "./contacts";
import type { Use } from "./use";

const list = "Read and list users and companies";

/** The first ticket type, and what a ticket of it must have. */
function firstTicketType({ ticketTypes }: Workspace) {
  const [type] = ticketTypes.rows.values();
  const priority = type?.attributes.find(({ name }) => name === "Priority");
  return {
    ticketTypeId: type?.id,
    ticketAttributes: { _default_title_: "Broken", Priority: priority?.options?.[0]?.id },
  };
}

/** A ticket of that type, by a contact. */
function makeTicket(workspace: Workspace) {
  const { ticketTypeId: typeId = "", ticketAttributes: values } = firstTicketType(workspace);
  return workspace.tickets.create({ typeId, contact: makeContact(workspace), values });
}

export const tickets: Record<string, Use> = {
  listTicketTypes: {
    inputs: () => ({}),
    permissions: ["Read tickets"],
    givesList: true,
  },
  getTicket: {
    inputs: (workspace) => ({ ticketId: makeTicket(workspace).id }),
    permissions: ["Read tickets"],
  },
  createTicket: {
    inputs: (workspace) => {
      const { contact } = makeCompanyOfContact(workspace);
      return { ...firstTicketType(workspace), contactId: contact.id };
    },
    more: { companyId: ownCompanyId, additionalFields: '{"created_at": 1571069751}' },
    permissions: ["Write tickets"],
    mayNeed: {
      permission: "Read tickets",
      when: "so that the error can name the options when Intercom refuses a value",
    },
    isSentOnce: true,
    variants: [
      {
        how: "with a company, from API version 2.12 on",
        inputs: { companyId: ownCompanyId },
        permissions: [list, "Write tickets"],
      },
    ],
  },
};
