import { parameterInvalid, Refusal } from "../refusal";
import type { Workspace } from "../workspace";

export type TicketValue = string | number | boolean | null;

export interface TicketAttributeRow {
  id: string;
  name: string;
  description: string;
  dataType: "string" | "list" | "integer" | "decimal" | "boolean" | "datetime";
  multiline: boolean;
  /** Of lists. A ticket holds the id, not the label. */
  options: { id: string; label: string }[];
  required: boolean;
  builtIn: boolean;
}

export interface TicketTypeRow {
  id: string;
  name: string;
  description: string;
  icon: string;
  category: "Customer" | "Back-office" | "Tracker";
  createdAt: number;
  attributes: TicketAttributeRow[];
}

export interface TicketStateRow {
  id: string;
  category: "submitted" | "in_progress" | "waiting_on_customer" | "resolved";
  internalLabel: string;
  externalLabel: string;
}

/** A ticket type as one writes it down: ids and the two built-in attributes are added. */
export type NewTicketType = Pick<TicketTypeRow, "name" | "description" | "icon" | "category"> & {
  createdAt?: number;
  attributes: {
    name: string;
    description?: string;
    dataType: TicketAttributeRow["dataType"];
    options?: string[];
    required?: boolean;
  }[];
};

const fits: Record<
  TicketAttributeRow["dataType"],
  (value: unknown, row: TicketAttributeRow) => boolean
> = {
  string: (value) => typeof value === "string",
  list: (value, { options }) => options.some(({ id }) => id === value),
  integer: Number.isSafeInteger,
  decimal: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  datetime: (value) =>
    Number.isSafeInteger(value) || (typeof value === "string" && !Number.isNaN(Date.parse(value))),
};

export class TicketTypes {
  rows: TicketTypeRow[] = [];
  states: TicketStateRow[] = [];

  constructor(readonly workspace: Workspace) {}

  define({ createdAt, attributes, ...fields }: NewTicketType): TicketTypeRow {
    const { ids } = this.workspace;
    const builtIn = (name: string, multiline: boolean): TicketAttributeRow => ({
      id: ids.number("attribute"),
      name,
      description: "",
      dataType: "string",
      multiline,
      options: [],
      required: false,
      builtIn: true,
    });
    const row: TicketTypeRow = {
      ...fields,
      id: ids.number("ticketType"),
      createdAt: createdAt ?? this.workspace.nowSeconds(),
      attributes: [
        builtIn("_default_title_", false),
        builtIn("_default_description_", true),
        ...attributes.map(({ name, description, dataType, options, required }) => ({
          id: ids.number("attribute"),
          name,
          description: description ?? "",
          dataType,
          multiline: false,
          options: (options ?? []).map((label) => ({ id: ids.uuid(), label })),
          required: required ?? false,
          builtIn: false,
        })),
      ],
    };
    this.rows.push(row);
    return row;
  }

  get(id: string): TicketTypeRow {
    const row = this.rows.find((type) => type.id === id);
    if (!row) throw new Refusal(404, "not_found", "Ticket type not found");
    return row;
  }

  state(id: string): TicketStateRow {
    const row = this.states.find((state) => state.id === id);
    if (!row) throw new Error(`There is no ticket state ${id}.`);
    return row;
  }

  /** The values of a new ticket: every attribute of its type, `null` where nothing was given. */
  values(type: TicketTypeRow, given: Record<string, unknown>): Record<string, TicketValue> {
    const names = new Set(type.attributes.map(({ name }) => name));
    const extra = Object.keys(given).filter((name) => !names.has(name));
    // Wordings of OpenAPI 2.16: changeTicketType, enqueueCreateTicket.
    if (extra.length > 0) {
      throw parameterInvalid(
        `Extra attributes provided that are not found on ticket type: ${extra.join(", ")}`,
      );
    }
    const isBlank = (value: unknown) => value === undefined || value === null || value === "";
    if (type.attributes.some(({ name, required }) => required && isBlank(given[name]))) {
      throw parameterInvalid("Missing required ticket attributes");
    }
    const values: Record<string, TicketValue> = {};
    for (const row of type.attributes) {
      const value = given[row.name] ?? null;
      if (value !== null && !fits[row.dataType](value, row)) {
        throw parameterInvalid(
          row.dataType === "list"
            ? `Attribute '${row.name}' must be the id of one of its list items`
            : `Attribute '${row.name}' must be of type ${row.dataType}`,
        );
      }
      values[row.name] = value as TicketValue;
    }
    return values;
  }
}
