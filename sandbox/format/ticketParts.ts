import { type ApiVersion, atLeast } from "../apiVersion";
import type { TicketPart, TicketReplyPart } from "../store/ticketParts";
import type { TicketRow } from "../store/tickets";
import type { TicketTypeRow } from "../store/ticketTypes";
import type { Workspace } from "../store/workspace";
import { formatAttachments } from "./attachments";

/** One entry of the history. What an attribute became is told from 2.14 on. */
export function formatTicketPart(
  part: TicketPart,
  ticket: TicketRow,
  workspace: Workspace,
  version: ApiVersion,
) {
  const category = (stateId: string) => workspace.ticketTypes.state(stateId).category;
  return {
    ...formatTicketReply(part, ticket, workspace, version),
    ...(part.type === "ticket_state_updated_by_admin"
      ? {
          ticket_state: category(part.stateId),
          previous_ticket_state: category(part.previousStateId),
        }
      : {}),
    ...(part.type === "assignment" ? { assigned_to: part.assignee } : {}),
    ...(part.type === "ticket_attribute_updated_by_admin" && atLeast(version, "2.14")
      ? {
          updated_attribute_data: formatUpdatedAttribute(
            part,
            workspace.ticketTypes.get(ticket.typeId),
          ),
        }
      : {}),
  };
}

/** What every part has: a reply is answered with that alone. */
export const formatTicketReply = (
  part: TicketPart,
  ticket: TicketRow,
  workspace: Workspace,
  version: ApiVersion,
) => ({
  type: "ticket_part",
  id: part.id,
  part_type: part.type,
  body: "body" in part ? part.body : null,
  created_at: part.createdAt,
  updated_at: part.createdAt,
  author: formatAuthor(part, workspace, version),
  attachments: formatAttachments(
    "attachments" in part ? part.attachments : [],
    `tickets/${ticket.id}`,
    workspace,
  ),
  redacted: false,
});

function formatAuthor(
  part: TicketPart | (TicketPart & TicketReplyPart),
  { admins, contacts, id }: Workspace,
  version: ApiVersion,
) {
  const admin = admins.rows.find((row) => row.id === part.adminId);
  if (admin) return { id: admin.id, type: "admin", name: admin.name, email: admin.email };
  if ("contactId" in part && part.contactId !== null) {
    const contact = contacts.rows.get(part.contactId);
    // Not null in any description, though leads may have no e-mail.
    const email = contact?.email ?? "";
    return { id: part.contactId, type: "user", name: contact?.name ?? null, email };
  }
  return {
    id: "1",
    type: "bot",
    name: atLeast(version, "2.12") ? "Fin" : "Operator",
    email: `operator+${id}@intercom.io`,
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
