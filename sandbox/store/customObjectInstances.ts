import { type DataAttributeRow, fits } from "./dataAttributes";
import { byRow } from "./kept";
import { byAge, Ordered } from "./ordered";
import { parameterInvalid, Refusal } from "./refusal";
import { Store } from "./store";
import { Table } from "./table";

type InstanceValue = string | number | boolean;

export interface CustomObjectInstanceRow {
  id: string;
  /** The identifier of the type. */
  type: string;
  externalId: string;
  externalCreatedAt: number | null;
  externalUpdatedAt: number | null;
  customAttributes: Record<string, InstanceValue>;
  createdAt: number;
  updatedAt: number;
}

export interface InstanceChanges {
  externalId: string;
  externalCreatedAt?: number | null;
  externalUpdatedAt?: number | null;
  /** `null` clears. */
  customAttributes?: Record<string, unknown>;
}

type Kind = DataAttributeRow["dataType"];

/** The API can't change types, so the types are fixed. */
const types: Record<string, Record<string, Kind>> = {
  Order: {
    order_number: "string",
    total_amount: "float",
    items: "integer",
    is_gift: "boolean",
    placed_at: "date",
  },
  Shipment: { carrier: "string", tracking_number: "string", delivered_at: "date" },
};

/** Instances of custom object types, each found by its id or by yours. */
export class CustomObjectInstances extends Store {
  readonly rows = new Table<CustomObjectInstanceRow>();
  readonly #byExternalId = new Map<string, CustomObjectInstanceRow>();
  readonly #byType = new Map<string, Ordered<CustomObjectInstanceRow>>();

  readonly tables = { customObjectInstances: byRow(this.rows, (rows) => this.#load(rows)) };

  override count() {
    return { customObjectInstances: this.rows.size };
  }

  /** All instances of a type, oldest first. */
  listed(type: string): Ordered<CustomObjectInstanceRow> {
    attributesOf(type);
    return this.#byType.get(type) ?? new Ordered<CustomObjectInstanceRow>(byAge);
  }

  /** The type that an attribute of conversations links to, by the type's name in any case. */
  typeLinkedBy(attribute: string): string | undefined {
    return Object.keys(types).find((type) => type.toLowerCase() === attribute.toLowerCase());
  }

  get(type: string, id: string): CustomObjectInstanceRow {
    attributesOf(type);
    const row = this.rows.get(id);
    if (row?.type !== type) throw instanceNotFound();
    return row;
  }

  getByExternalId(type: string, externalId: string): CustomObjectInstanceRow {
    attributesOf(type);
    const row = this.#byExternalId.get(keyOf({ type, externalId }));
    if (!row) throw instanceNotFound();
    return row;
  }

  /** Creates an instance, or changes the one that has the external id. */
  upsert(type: string, { customAttributes = {}, ...fields }: InstanceChanges) {
    const attributes = attributesOf(type);
    const before = this.#byExternalId.get(keyOf({ type, externalId: fields.externalId }));
    const values = valuesAfter(before?.customAttributes ?? {}, customAttributes, attributes);
    const updatedAt = this.workspace.nowSeconds();
    if (before) {
      Object.assign(before, fields, { customAttributes: values, updatedAt });
      this.rows.set(before.id, before);
      return before;
    }
    const row: CustomObjectInstanceRow = {
      id: this.workspace.ids.number("customObjectInstance"),
      type,
      externalCreatedAt: null,
      externalUpdatedAt: null,
      ...fields,
      customAttributes: values,
      createdAt: updatedAt,
      updatedAt,
    };
    this.#add(row);
    return row;
  }

  delete(row: CustomObjectInstanceRow): void {
    this.rows.delete(row.id);
    this.#byExternalId.delete(keyOf(row));
    this.#byType.get(row.type)?.remove(row);
  }

  #add(row: CustomObjectInstanceRow): void {
    this.rows.set(row.id, row);
    this.#byExternalId.set(keyOf(row), row);
    const listed = this.#byType.get(row.type) ?? new Ordered<CustomObjectInstanceRow>(byAge);
    listed.insert(row);
    this.#byType.set(row.type, listed);
  }

  #load(rows: readonly CustomObjectInstanceRow[]): void {
    this.rows.clear();
    this.#byExternalId.clear();
    this.#byType.clear();
    for (const row of rows) this.#add(row);
  }
}

const keyOf = ({ type, externalId }: { type: string; externalId: string }) =>
  JSON.stringify([type, externalId]);

// Wordings of OpenAPI 2.16, TypeNotFound and ObjectNotFound.
const instanceNotFound = () => new Refusal(404, "not_found", "Custom object instance not found");

function attributesOf(type: string): Record<string, Kind> {
  const attributes = Object.hasOwn(types, type) ? types[type] : undefined;
  if (!attributes) throw new Refusal(404, "not_found", `Custom object type \`${type}\` not found`);
  return attributes;
}

/** Attributes that are not named keep their values. The wordings are ours. */
function valuesAfter(
  before: CustomObjectInstanceRow["customAttributes"],
  changes: Record<string, unknown>,
  attributes: Record<string, Kind>,
): CustomObjectInstanceRow["customAttributes"] {
  const values = { ...before };
  for (const [name, given] of Object.entries(changes)) {
    const kind = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (!kind) throw parameterInvalid(`Custom attribute '${name}' does not exist`, name);
    if (given === null) {
      delete values[name];
      continue;
    }
    const value = kind === "date" ? secondsOf(given) : given;
    if (!fits[kind](value)) {
      throw parameterInvalid(`Custom attribute '${name}' must be of type ${kind}`, name);
    }
    values[name] = value as InstanceValue;
  }
  return values;
}

/** A date is Unix seconds, or a day such as `{"date": "2026-11-02"}`. */
function secondsOf(given: unknown): unknown {
  if (typeof given !== "object" || given === null || !("date" in given)) return given;
  const { date } = given;
  if (typeof date !== "string" || !/^\d{4}-\d\d-\d\d$/.test(date)) return undefined;
  return Date.parse(`${date}T00:00:00Z`) / 1000;
}
