import { type ApiVersion, atLeast } from "../apiVersion";
import type { TicketRow } from "../store/tickets";
import type { TicketAttributeRow, TicketStateRow, TicketTypeRow } from "../store/ticketTypes";
import type { Workspace } from "../workspace";
import { formatContactReference } from "./contact";

const formatState = ({ id, category, internalLabel, externalLabel }: TicketStateRow) => ({
  type: "ticket_state",
  id,
  category,
  internal_label: internalLabel,
  external_label: externalLabel,
});

function inputOptions({ dataType, builtIn, multiline, options }: TicketAttributeRow) {
  if (dataType === "list") return { list_options: options };
  return builtIn ? { multiline } : null;
}

/** As tickets carry it: without the states. */
const formatEmbeddedType = (row: TicketTypeRow, workspace: Workspace) => ({
  type: "ticket_type",
  id: row.id,
  name: row.name,
  description: row.description,
  icon: row.icon,
  workspace_id: workspace.id,
  archived: false,
  created_at: row.createdAt,
  updated_at: row.createdAt,
  is_internal: row.category === "Back-office",
  ticket_type_attributes: {
    type: "list",
    data: row.attributes.map((attribute, at) => ({
      type: "ticket_type_attribute",
      id: attribute.id,
      workspace_id: workspace.id,
      name: attribute.name,
      description: attribute.description,
      data_type: attribute.dataType,
      input_options: inputOptions(attribute),
      order: at,
      required_to_create: attribute.required,
      required_to_create_for_contacts: attribute.required && row.category === "Customer",
      visible_on_create: true,
      visible_to_contacts: row.category === "Customer",
      default: attribute.builtIn,
      ticket_type_id: Number(row.id),
      archived: false,
      created_at: row.createdAt,
      updated_at: row.createdAt,
    })),
  },
  category: row.category,
});

export const formatTicketType = (
  row: TicketTypeRow,
  workspace: Workspace,
  version: ApiVersion,
) => ({
  ...formatEmbeddedType(row, workspace),
  ...(atLeast(version, "2.12")
    ? { ticket_states: { type: "list", data: workspace.ticketTypes.states.map(formatState) } }
    : {}),
});

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
    ticket_state: stateIsObject ? formatState(state) : state.category,
    ticket_type: formatEmbeddedType(type, workspace),
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
      // A new ticket has this one part (examples of OpenAPI 2.11 and 2.16, createTicket).
      ticket_parts: [
        {
          type: "ticket_part",
          id: row.partId,
          part_type: "ticket_state_updated_by_admin",
          body: null,
          ticket_state: state.category,
          previous_ticket_state: state.category,
          created_at: row.createdAt,
          updated_at: row.createdAt,
          author: {
            id: "1",
            type: "bot",
            name: stateIsObject ? "Fin" : "Operator",
            email: `operator+${workspace.id}@intercom.io`,
          },
          attachments: [],
          redacted: false,
        },
      ],
      total_count: 1,
    },
    open: state.category !== "resolved",
    linked_objects: { type: "list", data: [], total_count: 0, has_more: false },
    category: type.category,
    is_shared: type.category === "Customer",
    ...(stateIsObject
      ? {}
      : {
          ticket_state_internal_label: state.internalLabel,
          ticket_state_external_label: state.externalLabel,
        }),
  };
}
