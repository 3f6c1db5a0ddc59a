import type { TicketRow } from "./tickets";
import type { TicketTypeRow } from "./ticketTypes";
import type { Workspace } from "./workspace";

/** What a ticket or conversation is linked to. A conversation has no category. */
export interface LinkedObject {
  type: "conversation" | "ticket";
  id: string;
  category: TicketTypeRow["category"] | null;
}

/** The tickets that link a ticket or conversation, after what the ticket links itself. */
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
