import { type ApiVersion, atLeast } from "../apiVersion";
import { linkedObjectsOf } from "../store/linkedObjects";
import type { TicketPart, TicketRow } from "../store/tickets";
import type { TicketTypeRow } from "../store/ticketTypes";
import type { Workspace } from "../store/workspace";
import { formatContactReference } from "./contacts";
import { formatLinkedObjects } from "./linkedObjects";
import { formatEmbeddedTicketType, formatTicketState } from "./ticketTypes";

/** The newest ones (OpenAPI 2.16, ticket_parts). */
const shownParts = 500;

/** One entry of the history. What an attribute became is told from 2.14 on. */
function formatPart(
  part: TicketPart,
  type: TicketTypeRow,
  workspace: Workspace,
  version: ApiVersion,
) {
  const { ticketTypes, admins } = workspace;
  const admin = admins.rows.find(({ id }) => id === part.adminId);
  const category = (stateId: string) => ticketTypes.state(stateId).category;
  return {
    type: "ticket_part",
    id: part.id,
    part_type: part.type,
    body: null,
    ...(part.type === "ticket_state_updated_by_admin"
      ? {
          ticket_state: category(part.stateId),
          previous_ticket_state: category(part.previousStateId),
        }
      : {}),
    created_at: part.createdAt,
    updated_at: part.createdAt,
    ...(part.type === "assignment" ? { assigned_to: part.assignee } : {}),
    author: admin
      ? { id: admin.id, type: "admin", name: admin.name, email: admin.email }
      : {
          id: "1",
          type: "bot",
          name: atLeast(version, "2.12") ? "Fin" : "Operator",
          email: `operator+${workspace.id}@intercom.io`,
        },
    attachments: [],
    redacted: false,
    ...(part.type === "ticket_attribute_updated_by_admin" && atLeast(version, "2.14")
      ? { updated_attribute_data: formatUpdatedAttribute(part, type) }
      : {}),
  };
}

function formatUpdatedAttribute(
  { attribute: { id, name }, value }: TicketPart & { type: "ticket_attribute_updated_by_admin" },
  type: TicketTypeRow,
) {
  const options = type.attributes.find((row) => row.id === id)?.options ?? [];
  const label = options.find((option) => option.id === value)?.label ?? String(value ?? "");
  return {
    attribute: { type: "attribute", id, label: name },
    value: { type: "value", id: value === null ? null : String(value), label },
  };
}

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
        .map((part) => formatPart(part, type, workspace, version)),
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
