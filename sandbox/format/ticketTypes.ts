import { type ApiVersion, atLeast } from "../apiVersion";
import type { TicketAttributeRow, TicketStateRow, TicketTypeRow } from "../store/ticketTypes";
import type { Workspace } from "../store/workspace";

export const formatTicketState = ({
  id,
  category,
  internalLabel,
  externalLabel,
}: TicketStateRow) => ({
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
export const formatEmbeddedTicketType = (row: TicketTypeRow, workspace: Workspace) => ({
  type: "ticket_type",
  id: row.id,
  name: row.name,
  description: row.description,
  icon: row.icon,
  workspace_id: workspace.id,
  archived: row.archived,
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
      archived: attribute.archived,
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
  ...formatEmbeddedTicketType(row, workspace),
  ...(atLeast(version, "2.12")
    ? {
        ticket_states: {
          type: "list",
          data: workspace.ticketTypes.statesOf(row).map(formatTicketState),
        },
      }
    : {}),
});

/** As the list of states has it: with the types that can be in it, without their attributes. */
export const formatDetailedTicketState = (row: TicketStateRow, { ticketTypes }: Workspace) => ({
  ...formatTicketState(row),
  ticket_types: {
    type: "list",
    data: ticketTypes.rows
      .filter((type) => ticketTypes.statesOf(type).includes(row))
      .map(({ id, name, description, icon, archived, category }) => ({
        type: "ticket_type",
        id,
        name,
        description,
        icon,
        archived,
        is_internal: category === "Back-office",
        category,
      })),
  },
  archived: false,
});
