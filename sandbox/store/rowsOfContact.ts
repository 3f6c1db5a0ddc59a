import { byAge, Ordered } from "./ordered";
import type { Table } from "./table";

interface Row {
  id: string;
  contactId: string;
  createdAt: number;
}

/** Rows that each belong to one contact, found by that contact. They never change otherwise. */
export class RowsOfContact<Owned extends Row> {
  readonly #byContact = new Map<string, Ordered<Owned>>();

  constructor(readonly rows: Table<Owned>) {}

  /** Oldest first. */
  of(contactId: string): Ordered<Owned> {
    return this.#byContact.get(contactId) ?? new Ordered<Owned>(byAge);
  }

  add(row: Owned): void {
    this.rows.set(row.id, row);
    const rows = this.of(row.contactId);
    rows.insert(row);
    this.#byContact.set(row.contactId, rows);
  }

  /** Gives a user the rows of a lead, when the lead becomes part of that user. */
  handOver(from: string, into: string): void {
    for (const row of this.of(from)) this.add({ ...row, contactId: into });
    this.#byContact.delete(from);
  }

  deleteOf(contactId: string): void {
    for (const { id } of this.of(contactId)) this.rows.delete(id);
    this.#byContact.delete(contactId);
  }

  load(rows: readonly Owned[]): void {
    this.rows.clear();
    this.#byContact.clear();
    // Rows that come in their order are inserted at the end, which moves no others.
    for (const row of [...rows].sort(byAge)) this.add(row);
  }
}
