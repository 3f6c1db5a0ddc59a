import { whole } from "./kept";
import { parameterInvalid } from "./refusal";
import { Store } from "./store";
import { isDate } from "./timestamps";

export type AttributeValue = string | number | boolean;
export type AttributeValues = Record<string, AttributeValue>;
/** `null` clears. */
export type AttributeChanges = Record<string, AttributeValue | null>;

/** A custom attribute that the workspace knows. Only those can be written. */
export interface DataAttributeRow {
  id: string;
  model: "contact" | "company" | "conversation";
  name: string;
  description: string;
  dataType: "string" | "integer" | "float" | "boolean" | "date";
  /** For lists: the only values there are. */
  options?: string[];
  /** Listed when asked for, and otherwise as if it were not there. */
  archived: boolean;
  /** Whether only people may write it. */
  isReadOnly: boolean;
  createdAt: number;
}

/** An attribute as one writes it down. */
export type NewDataAttribute = Pick<DataAttributeRow, "model" | "name" | "dataType" | "options"> &
  Partial<Pick<DataAttributeRow, "description" | "archived" | "isReadOnly">>;

/** Whether a value is one of the type. */
export const fits: Record<DataAttributeRow["dataType"], (value: unknown) => boolean> = {
  string: (value) => typeof value === "string",
  integer: Number.isSafeInteger,
  // JSON's 1e999 is read as Infinity, which JSON can't write.
  float: Number.isFinite,
  boolean: (value) => typeof value === "boolean",
  date: isDate,
};

export class DataAttributes extends Store {
  /** Replaced when it changes. */
  rows: DataAttributeRow[] = [];

  readonly tables = { attributes: whole(this, "rows", []) };

  define({ description, archived, isReadOnly, ...fields }: NewDataAttribute): DataAttributeRow {
    const row: DataAttributeRow = {
      ...fields,
      id: this.workspace.ids.number("dataAttribute"),
      description: description ?? "",
      archived: archived ?? false,
      isReadOnly: isReadOnly ?? false,
      createdAt: this.workspace.nowSeconds(),
    };
    this.rows = [...this.rows, row];
    return row;
  }

  find(model: DataAttributeRow["model"], name: string): DataAttributeRow | undefined {
    return this.rows.find((row) => row.model === model && row.name === name && !row.archived);
  }

  /** From 2.16 on nothing is written where a name stands for two (OpenAPI 2.16, updateConversation). */
  refuseNamesakes(model: DataAttributeRow["model"]): void {
    const names = this.rows.flatMap((row) =>
      row.model === model && !row.archived ? [row.name] : [],
    );
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice === undefined) return;
    throw parameterInvalid(`Several custom attributes have the name '${twice}'`, twice);
  }

  /** The values after a write: keys not sent stay, `null` clears. */
  merge(
    model: DataAttributeRow["model"],
    current: AttributeValues,
    changes: AttributeChanges,
  ): AttributeValues {
    const merged = { ...current };
    for (const [name, value] of Object.entries(changes)) {
      const row = this.find(model, name);
      // That an unknown name is a 400 is reported for contacts and companies alike; its wording
      // is not recorded anywhere.
      if (!row) throw parameterInvalid(`Custom attribute '${name}' does not exist`, name);
      if (row.isReadOnly) throw parameterInvalid(`Custom attribute '${name}' is read-only`, name);
      if (value === null) {
        delete merged[name];
        continue;
      }
      if (!fits[row.dataType](value)) {
        throw parameterInvalid(`Custom attribute '${name}' must be of type ${row.dataType}`, name);
      }
      if (row.options && !row.options.includes(value as string)) {
        throw parameterInvalid(
          `Custom attribute '${name}' must be one of: ${row.options.join(", ")}`,
          name,
        );
      }
      merged[name] = value;
    }
    return merged;
  }
}
