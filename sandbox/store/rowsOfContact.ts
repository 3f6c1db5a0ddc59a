import { byAge, Ordered } from "./ordered";
import type { Table } from "./table";

interface Row {
  id: string;
  contactId: string;
  createdAt: number;
}

/** Rows that belong to one contact each, by contact. Only their contact changes. */
export class RowsOfContact<Owned extends Row> {
  readonly #byContact = new Map<string, Ordered<Owned>>();

  constructor(readonly rows: Table<Owned>) {}

  /** Oldest first. */
  of(contactId: string): Ordered<Owned> {
    return this.#byContact.get(contactId) ?? new Ordered<Owned>(byAge);
  }

  add(row: Owned): void {
    this.rows.set(row.id, row);
    this.#index(row);
  }

  /** Gives the rows of a lead to the user that the lead is merged into. `isKept` drops some rows. */
  handOver(from: string, into: string, isKept: (row: Owned) => boolean = () => true): void {
    for (const row of this.of(from)) {
      const moved = { ...row, contactId: into };
      if (isKept(moved)) this.add(moved);
      else this.rows.delete(row.id);
    }
    this.#byContact.delete(from);
  }

  deleteOf(contactId: string): void {
    for (const { id } of this.of(contactId)) this.rows.delete(id);
    this.#byContact.delete(contactId);
  }

  #index(row: Owned): void {
    const rows = this.of(row.contactId);
    rows.insert(row);
    this.#byContact.set(row.contactId, rows);
  }

  load(rows: readonly Owned[]): void {
    this.rows.clear();
    this.#byContact.clear();
    for (const row of rows) this.rows.set(row.id, row);
    // Rows that come in their order are inserted at the end, which moves no others.
    for (const row of [...rows].sort(byAge)) this.#index(row);
  }
}
