import { type ApiVersion, atLeast } from "../apiVersion";
import { linkedObjectsOf } from "../store/linkedObjects";
import type { TicketRow } from "../store/tickets";
import type { Workspace } from "../store/workspace";
import { formatContactReference } from "./contacts";
import { formatLinkedObjects } from "./linkedObjects";
import { formatTicketPart } from "./ticketParts";
import { formatEmbeddedTicketType, formatTicketState } from "./ticketTypes";

/** The newest ones (OpenAPI 2.16, ticket_parts). */
const shownParts = 500;

export function formatTicket(row: TicketRow, workspace: Workspace, version: ApiVersion) {
  const type = workspace.ticketTypes.get(row.typeId);
  const state = workspace.ticketTypes.state(row.stateId);
  const contact = workspace.contacts.rows.get(row.contactId);
  const stateIsObject = atLeast(version, "2.12");
  // Text before 2.16, a number since; nobody is 0.
  const assignee = (id: string | null) =>
    atLeast(version, "2.16") ? Number(id ?? 0) : (id ?? "0");
  return {
    type: "ticket",
    id: row.id,
    ticket_id: row.inboxNumber,
    ticket_attributes: row.values,
    ticket_state: stateIsObject ? formatTicketState(state) : state.category,
    ticket_type: formatEmbeddedTicketType(type, workspace),
    contacts: {
      type: "contact.list",
      contacts: contact ? [formatContactReference(contact)] : [],
    },
    admin_assignee_id: assignee(row.adminId),
    team_assignee_id: assignee(row.teamId),
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    ticket_parts: {
      type: "ticket_part.list",
      ticket_parts: row.parts
        .slice(-shownParts)
        .map((part) => formatTicketPart(part, row, workspace, version)),
      total_count: row.parts.length,
    },
    open: row.isOpen,
    ...(row.snoozedUntil === null ? {} : { snoozed_until: row.snoozedUntil }),
    linked_objects: formatLinkedObjects(linkedObjectsOf(row, workspace)),
    category: type.category,
    is_shared: row.isShared,
    ...(atLeast(version, "2.16") ? { previous_ticket_state_id: row.previousStateId } : {}),
    ...(stateIsObject
      ? {}
      : {
          ticket_state_internal_label: state.internalLabel,
          ticket_state_external_label: state.externalLabel,
        }),
  };
}
