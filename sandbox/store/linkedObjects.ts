import { parameterInvalid, Refusal } from "./refusal";
import type { TicketRow } from "./tickets";
import type { TicketTypeRow } from "./ticketTypes";
import type { Workspace } from "./workspace";

/** An object that is linked to a ticket or a conversation. A conversation has no category. */
export interface LinkedObject {
  type: "conversation" | "ticket";
  id: string;
  category: TicketTypeRow["category"] | null;
}

/** The objects that a ticket links, and then the tickets that link this ticket or conversation. */
export function linkedObjectsOf(
  { id, linkedIds = [] }: { id: string; linkedIds?: readonly string[] },
  { conversations, tickets, ticketTypes }: Workspace,
): LinkedObject[] {
  const linkedTicket = (row: TicketRow): LinkedObject => ({
    type: "ticket",
    id: row.id,
    category: ticketTypes.get(row.typeId).category,
  });
  const linked = linkedIds.flatMap((linkedId): LinkedObject[] => {
    const ticket = tickets.rows.get(linkedId);
    if (ticket) return [linkedTicket(ticket)];
    if (!conversations.rows.has(linkedId)) return [];
    return [{ type: "conversation", id: linkedId, category: null }];
  });
  return [...linked, ...tickets.linkedTo(id).map(linkedTicket)];
}

/**
 * Checks whether a new ticket of this type can be linked to the object with this id. Returns the id if
 * the new ticket must store the link, or else the other ticket, which must store the link (OpenAPI
 * 2.16, create_ticket_request).
 */
export function linkable(
  { conversations, tickets, ticketTypes }: Workspace,
  type: TicketTypeRow,
  id: string,
): string | TicketRow {
  const other = tickets.rows.get(id);
  // Wordings of OpenAPI 2.16, linkConversationToTicket.
  if (!other && !conversations.rows.has(id)) {
    throw new Refusal(404, "conversation_not_found", "Conversation not found");
  }
  const categoryOf = ({ typeId }: TicketRow) => ticketTypes.get(typeId).category;
  const isCustomers = !other || categoryOf(other) === "Customer";
  const isOfCustomer = type.category === "Customer";
  const isShared = !isCustomers && other.isShared;
  if (isCustomers === isOfCustomer || isShared) {
    throw parameterInvalid("The ticket can't be linked to this", "conversation_to_link_id");
  }
  if (other && !isCustomers) return other;
  const isTracked = tickets.linkedTo(id).some((row) => categoryOf(row) === "Tracker");
  if (type.category === "Tracker" && isTracked) {
    const message = "A conversation can only have one tracker ticket";
    throw new Refusal(400, "already_linked_to_tracker", message);
  }
  return id;
}
