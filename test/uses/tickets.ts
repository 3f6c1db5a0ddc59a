import type { Workspace } from "../../sandbox/index";
import { makeCompanyOfContact, ownCompanyId } from "./companies";
import { makeContact } from "./contacts";
import { anAdminId, aTeamId, byTokensOwn, type Use } from "./use";

const list = "Read and list users and companies";
const admins = "Read admins";
const write = "Write tickets";

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

/** What replies and notes have in common. */
const writtenWith = {
  attachmentFiles: [{ key: "a.txt", value: "Ada" }],
  createdAt: "2024-01-01",
  skipNotifications: "true",
};

export const tickets: Record<string, Use> = {
  addNoteToTicket: {
    inputs: (workspace) => ({
      ticketId: makeTicket(workspace).id,
      adminId: anAdminId,
      body: "Ask Bob.",
    }),
    more: { ...writtenWith, crossPost: true },
    permissions: [write],
    isSentOnce: true,
    variants: [byTokensOwn([write])],
  },
  replyToTicket: {
    inputs: (workspace) => ({
      ticketId: makeTicket(workspace).id,
      authorType: "admin",
      adminId: anAdminId,
      body: "It is on its way.",
    }),
    more: writtenWith,
    permissions: [write],
    isSentOnce: true,
    variants: [byTokensOwn([write])],
  },
  searchTickets: {
    inputs: (workspace) => ({ contactId: makeTicket(workspace).contactId }),
    more: {
      ticketTypeId: "2101",
      category: "request",
      state: "submitted",
      open: "true",
      adminAssigneeId: anAdminId,
      teamAssigneeId: aTeamId,
      createdAfter: "2026-01-01",
      createdBefore: "2027-01-01",
      updatedAfter: "1762075800",
      updatedBefore: "2027-01-01T12:00:00Z",
      perPage: "150",
    },
    permissions: ["Read tickets"],
    givesList: true,
  },
  updateTicket: {
    inputs: (workspace) => {
      const { contact, company } = makeCompanyOfContact(workspace);
      const { ticketTypeId: typeId = "", ticketAttributes: values } = firstTicketType(workspace);
      const ticket = workspace.tickets.create({ typeId, contact, values });
      const ticketAttributes = { _default_title_: `Broken at ${company.name}` };
      return { ticketId: ticket.id, ticketAttributes, ticketStateId: "7302" };
    },
    more: {
      open: "true",
      snoozedUntil: "2030-01-01",
      isShared: "true",
      assigneeId: anAdminId,
      companyId: ownCompanyId,
      adminId: anAdminId,
      skipNotifications: "true",
      additionalFields: '{"is_shared": false}',
    },
    permissions: [write],
    mayNeed: {
      permission: "Read tickets",
      when: "so that the error can name the options when Intercom refuses a value",
    },
    variants: [
      {
        how: "with an assignee and no admin",
        inputs: { assigneeId: anAdminId },
        permissions: [admins, write],
      },
      {
        how: "with a company by your `company_id`",
        inputs: { companyId: ownCompanyId },
        permissions: [list, write],
      },
    ],
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
    more: {
      companyId: ownCompanyId,
      adminAssigneeId: anAdminId,
      teamAssigneeId: aTeamId,
      createdAt: "2024-01-01",
      skipNotifications: "true",
      additionalFields: '{"created_at": 1571069751}',
    },
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
