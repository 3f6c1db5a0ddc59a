import { byRow } from "./kept";
import { Store } from "./store";
import { Table } from "./table";

export interface PlanRow {
  id: string;
  name: string;
}

/** The plans that companies are on. */
export class Plans extends Store {
  readonly rows = new Table<PlanRow>();
  #byName = new Map<string, PlanRow>();
  readonly tables = { plans: byRow(this.rows, (rows) => this.#load(rows)) };

  findOrCreate(name: string): PlanRow {
    const found = this.#byName.get(name);
    if (found) return found;
    const row = { id: this.workspace.ids.number("plan"), name };
    this.#add(row);
    return row;
  }

  #add(row: PlanRow): void {
    this.rows.set(row.id, row);
    this.#byName.set(row.name, row);
  }

  #load(rows: readonly PlanRow[]): void {
    this.rows.clear();
    this.#byName.clear();
    for (const row of rows) this.#add(row);
  }
}
