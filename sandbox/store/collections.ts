import { byRow } from "./kept";
import { resourceNotFound } from "./refusal";
import { Store } from "./store";
import { Table } from "./table";

/** A folder of articles in the help center. */
export interface CollectionRow {
  id: string;
  name: string;
  description: string | null;
  /** `null` for a collection of the first level. */
  parentId: string | null;
  order: number;
  createdAt: number;
  updatedAt: number;
}

export type NewCollection = Pick<CollectionRow, "name"> &
  Partial<Pick<CollectionRow, "description" | "parentId">>;

export class Collections extends Store {
  readonly rows = new Table<CollectionRow>();

  readonly tables = { collections: byRow(this.rows, (rows) => this.#load(rows)) };

  override count() {
    return { collections: this.rows.size };
  }

  get(id: string): CollectionRow {
    const row = this.rows.get(id);
    // Wording of OpenAPI 2.16, retrieveCollection.
    if (!row) throw resourceNotFound();
    return row;
  }

  define({ name, description = null, parentId = null }: NewCollection): CollectionRow {
    const createdAt = this.workspace.nowSeconds();
    const id = this.workspace.ids.number("collection");
    const order = this.rows.size;
    const row = { id, name, description, parentId, order, createdAt, updatedAt: createdAt };
    this.rows.set(id, row);
    return row;
  }

  /** The collection that changed last comes first (OpenAPI 2.16, listAllCollections). */
  get listed(): CollectionRow[] {
    return [...this.rows.values()].sort(
      (a, b) => b.updatedAt - a.updatedAt || Number(b.id) - Number(a.id),
    );
  }

  #load(rows: readonly CollectionRow[]): void {
    this.rows.clear();
    for (const row of rows) this.rows.set(row.id, row);
  }
}
