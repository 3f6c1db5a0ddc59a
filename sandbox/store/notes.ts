import type { ContactRow } from "./contacts";
import { cleanHtml } from "./html";
import { byRow } from "./kept";
import { resourceNotFound } from "./refusal";
import { RowsOfContact } from "./rowsOfContact";
import { Store } from "./store";
import { Table } from "./table";

/** A note of an admin on a contact, who never sees the note. */
export interface NoteRow {
  id: string;
  contactId: string;
  adminId: string;
  body: string;
  createdAt: number;
}

export class Notes extends Store {
  readonly rows = new Table<NoteRow>();
  readonly #byContact = new RowsOfContact(this.rows);

  readonly tables = { notes: byRow(this.rows, (rows) => this.#byContact.load(rows)) };

  override count() {
    return { notes: this.rows.size };
  }

  get(id: string): NoteRow {
    const row = this.rows.get(id);
    if (!row) throw resourceNotFound();
    return row;
  }

  /** Oldest first. */
  of(contact: ContactRow) {
    return this.#byContact.of(contact.id);
  }

  create(contact: ContactRow, { body, adminId }: { body: string; adminId?: string }): NoteRow {
    const { admins, ids } = this.workspace;
    const author = adminId ?? admins.owner.id;
    // Wording of OpenAPI 2.16, createNote.
    if (!admins.rows.some(({ id }) => id === author)) throw resourceNotFound();
    const row: NoteRow = {
      id: ids.number("note"),
      contactId: contact.id,
      adminId: author,
      body: cleanHtml(body),
      createdAt: this.workspace.nowSeconds(),
    };
    this.#byContact.add(row);
    return row;
  }

  handOver(from: ContactRow, into: ContactRow): void {
    this.#byContact.handOver(from.id, into.id);
  }

  deleteOf(contact: ContactRow): void {
    this.#byContact.deleteOf(contact.id);
  }
}
