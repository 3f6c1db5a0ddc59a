import { whole } from "./kept";
import { parameterInvalid, Refusal } from "./refusal";
import { Store } from "./store";
import { isDate } from "./timestamps";

export type TicketValue = string | number | boolean | null;

export interface TicketAttributeRow {
  id: string;
  name: string;
  description: string;
  dataType: "string" | "list" | "integer" | "decimal" | "boolean" | "datetime" | "files";
  multiline: boolean;
  /** Of lists. A ticket holds the id, not the label. */
  options: { id: string; label: string }[];
  required: boolean;
  builtIn: boolean;
  /** Shown with the type, and no part of its tickets any more. */
  archived: boolean;
}

export interface TicketTypeRow {
  id: string;
  name: string;
  description: string;
  icon: string;
  category: "Customer" | "Back-office" | "Tracker";
  archived: boolean;
  createdAt: number;
  attributes: TicketAttributeRow[];
}

export interface TicketStateRow {
  id: string;
  category: "submitted" | "in_progress" | "waiting_on_customer" | "resolved";
  internalLabel: string;
  externalLabel: string;
  /** The types whose tickets can be in this state; `null` for all. */
  typeIds: string[] | null;
}

/** A ticket type as one writes it down: ids and the two built-in attributes are added. */
export type NewTicketType = Pick<TicketTypeRow, "name" | "description" | "icon" | "category"> & {
  archived?: boolean;
  createdAt?: number;
  attributes: {
    name: string;
    description?: string;
    dataType: TicketAttributeRow["dataType"];
    options?: string[];
    required?: boolean;
    archived?: boolean;
  }[];
};

const fits: Record<
  TicketAttributeRow["dataType"],
  (value: unknown, row: TicketAttributeRow) => boolean
> = {
  string: (value) => typeof value === "string",
  list: (value, { options }) => options.some(({ id }) => id === value),
  integer: Number.isSafeInteger,
  decimal: Number.isFinite,
  boolean: (value) => typeof value === "boolean",
  datetime: (value) =>
    isDate(value) || (typeof value === "string" && !Number.isNaN(Date.parse(value))),
  // Only people attach them.
  files: () => false,
};

export class TicketTypes extends Store {
  /** Both are replaced when they change. */
  rows: TicketTypeRow[] = [];
  states: TicketStateRow[] = [];

  readonly tables = {
    ticketTypes: whole(this, "rows", []),
    ticketStates: whole(this, "states", []),
  };

  define({ createdAt, archived, attributes, ...fields }: NewTicketType): TicketTypeRow {
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
      archived: false,
    });
    const row: TicketTypeRow = {
      ...fields,
      archived: archived ?? false,
      id: ids.number("ticketType"),
      createdAt: createdAt ?? this.workspace.nowSeconds(),
      attributes: [
        builtIn("_default_title_", false),
        builtIn("_default_description_", true),
        ...attributes.map(({ name, description, dataType, options, required, archived }) => ({
          id: ids.number("attribute"),
          name,
          description: description ?? "",
          dataType,
          multiline: false,
          options: (options ?? []).map((label) => ({ id: ids.uuid(), label })),
          required: required ?? false,
          builtIn: false,
          archived: archived ?? false,
        })),
      ],
    };
    this.rows = [...this.rows, row];
    return row;
  }

  get(id: string): TicketTypeRow {
    const row = this.rows.find((type) => type.id === id);
    if (!row) throw new Refusal(404, "not_found", "Ticket type not found");
    return row;
  }

  /** The state of a new ticket. */
  get firstState(): TicketStateRow {
    const [first] = this.states;
    if (!first) throw new Error("The workspace has no ticket states.");
    return first;
  }

  statesOf({ id }: TicketTypeRow): TicketStateRow[] {
    return this.states.filter(({ typeIds }) => typeIds === null || typeIds.includes(id));
  }

  checkState(type: TicketTypeRow, stateId: string): void {
    if (this.statesOf(type).some(({ id }) => id === stateId)) return;
    // Wording of OpenAPI 2.16, updateTicket.
    throw new Refusal(
      400,
      "ticket_state_id_invalid",
      "Ticket state id is not valid or is not associated with the ticket type",
    );
  }

  state(id: string): TicketStateRow {
    const row = this.states.find((state) => state.id === id);
    if (!row) throw new Error(`There is no ticket state ${id}.`);
    return row;
  }

  /** The values of a new ticket: every attribute of its type, `null` where nothing was given. */
  values(type: TicketTypeRow, given: Record<string, unknown>): Record<string, TicketValue> {
    if (type.archived) throw parameterInvalid("Ticket type is archived", "ticket_type_id");
    const attributes = type.attributes.filter(({ archived }) => !archived);
    const isBlank = (value: unknown) => value === undefined || value === null || value === "";
    this.#refuseExtra(type, given);
    if (attributes.some(({ name, required }) => required && isBlank(given[name]))) {
      throw parameterInvalid("Missing required ticket attributes");
    }
    return Object.fromEntries(
      attributes.map((row) => [row.name, this.#value(row, given[row.name] ?? null)]),
    );
  }

  /** The values after a write: attributes not sent stay, `null` clears those not required. */
  changedValues(
    type: TicketTypeRow,
    current: Record<string, TicketValue>,
    given: Record<string, unknown>,
  ): Record<string, TicketValue> {
    this.#refuseExtra(type, given);
    const values = { ...current };
    for (const row of type.attributes) {
      const value = given[row.name];
      if (value === undefined || row.archived) continue;
      if (row.required && (value === null || value === "")) {
        throw parameterInvalid("Missing required ticket attributes");
      }
      values[row.name] = this.#value(row, value);
    }
    return values;
  }

  // Wordings of OpenAPI 2.16: changeTicketType, enqueueCreateTicket.
  #refuseExtra({ attributes }: TicketTypeRow, given: Record<string, unknown>): void {
    const names = new Set(attributes.filter(({ archived }) => !archived).map(({ name }) => name));
    const extra = Object.keys(given).filter((name) => !names.has(name));
    if (extra.length === 0) return;
    throw parameterInvalid(
      `Extra attributes provided that are not found on ticket type: ${extra.join(", ")}`,
    );
  }

  #value(row: TicketAttributeRow, value: unknown): TicketValue {
    if (value !== null && !fits[row.dataType](value, row)) {
      throw parameterInvalid(
        row.dataType === "list"
          ? `Attribute '${row.name}' must be the id of one of its list items`
          : `Attribute '${row.name}' must be of type ${row.dataType}`,
      );
    }
    return value as TicketValue;
  }
}
