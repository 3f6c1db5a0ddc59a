import { type ConversationPart, isContact } from "./conversationParts";
import { isMessage } from "./conversationStatistics";
import type { ConversationRow } from "./conversations";
import { parameterInvalid } from "./refusal";
import type { TicketPart } from "./ticketParts";
import type { TicketRow } from "./tickets";
import type { Workspace } from "./workspace";

export interface Conversion {
  typeId: string;
  stateId?: string;
  values: Record<string, unknown>;
}

/**
 * The conversation's messages and notes, as parts of the ticket (OpenAPI 2.16,
 * convertConversationToTicket).
 */
function historyOf({ ids }: Workspace, { source, parts, createdAt }: ConversationRow) {
  const begin = { ...source, type: "comment", createdAt } as const;
  const said: Omit<ConversationPart, "id">[] = [
    begin,
    ...parts.filter((part) => part.type === "note" || isMessage(part)),
  ];
  return said.map((part): TicketPart => {
    const { type, author, body, attachments = [], quickReplies = [], createdAt } = part;
    const byContact = isContact(author);
    return {
      id: ids.number("part"),
      type: type === "note" || type === "quick_reply" ? type : "comment",
      adminId: byContact ? null : author.id,
      contactId: byContact ? author.id : null,
      body,
      attachments,
      options: quickReplies,
      createdAt,
    };
  });
}

/** Converts a conversation to a customer ticket. A second conversion is refused. */
export function convert(
  workspace: Workspace,
  row: ConversationRow,
  { typeId, stateId, values }: Conversion,
): TicketRow {
  const { tickets, ticketTypes, conversations } = workspace;
  const isOfCustomer = (id: string) => ticketTypes.get(id).category === "Customer";
  if (!isOfCustomer(typeId)) {
    // Wording of OpenAPI 2.16, convertConversationToTicket.
    throw parameterInvalid("Ticket type is not a customer ticket type", "ticket_type_id");
  }
  if (tickets.linkedTo(row.id).some((ticket) => isOfCustomer(ticket.typeId))) {
    throw parameterInvalid("The conversation is a ticket already");
  }
  const [contactId = ""] = row.contactIds;
  const ticket = tickets.create({
    typeId,
    ...(stateId === undefined ? {} : { stateId }),
    contact: { id: contactId },
    values,
    createdAt: row.createdAt,
    history: () => historyOf(workspace, row),
  });
  tickets.link(ticket, row.id);
  conversations.change(row, {});
  return ticket;
}
