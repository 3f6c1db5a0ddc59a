import type { ContactRow } from "./contacts";
import { byRow } from "./kept";
import type { Ordered } from "./ordered";
import { RowsOfContact } from "./rowsOfContact";
import { Store } from "./store";
import { Table } from "./table";

/** A value of an event's metadata; an object is a link or an amount of money. */
export type EventValue = string | number | boolean | null | Record<string, string | number>;

/** What a contact did. */
export interface EventRow {
  id: string;
  contactId: string;
  name: string;
  createdAt: number;
  metadata: Record<string, EventValue>;
}

export interface EventSummary {
  name: string;
  count: number;
  first: number;
  last: number;
}

/** Further keys are ignored (OpenAPI 2.16, createDataEvent). */
const metadataKeysMax = 10;
/** Older events are counted, and not listed (OpenAPI 2.16, lisDataEvents). */
const listedForSeconds = 90 * 86_400;

const identityOf = ({ contactId, name, createdAt }: Omit<EventRow, "id" | "metadata">) =>
  JSON.stringify([contactId, createdAt, name]);

export class Events extends Store {
  readonly rows = new Table<EventRow>();
  readonly #byContact = new RowsOfContact(this.rows);
  /** The same contact, name and second are the same event. */
  readonly #identities = new Set<string>();

  readonly tables = { events: byRow(this.rows, (rows) => this.#load(rows)) };

  override count() {
    return { events: this.rows.size };
  }

  /** Gives the new event; `undefined` where Intercom ignores a duplicate. */
  create(
    contact: ContactRow,
    {
      metadata = {},
      ...event
    }: { name: string; createdAt: number; metadata?: EventRow["metadata"] },
  ): EventRow | undefined {
    const fields = { contactId: contact.id, ...event };
    if (this.#identities.has(identityOf(fields))) return undefined;
    const row: EventRow = {
      id: this.workspace.ids.number("event"),
      ...fields,
      metadata: Object.fromEntries(Object.entries(metadata).slice(0, metadataKeysMax)),
    };
    this.#add(row);
    this.workspace.report({ what: "event.created", event: row, contact });
    return row;
  }

  /** A contact's events, oldest first, and the position of the first event of the last 90 days. */
  listed(contact: ContactRow): { rows: Ordered<EventRow>; from: number } {
    const rows = this.#byContact.of(contact.id);
    const since = this.workspace.nowSeconds() - listedForSeconds;
    return { rows, from: rows.countWhile(({ createdAt }) => createdAt <= since) };
  }

  /** All events of the contact, counted by name. */
  summaries(contact: ContactRow): EventSummary[] {
    const summaries = new Map<string, EventSummary>();
    for (const { name, createdAt } of this.#byContact.of(contact.id)) {
      const known = summaries.get(name) ?? { name, count: 0, first: createdAt, last: createdAt };
      summaries.set(name, { ...known, count: known.count + 1, last: createdAt });
    }
    return [...summaries.values()];
  }

  /** Of two events with the same name and second, one remains. */
  handOver(from: ContactRow, into: ContactRow): void {
    for (const row of this.#byContact.of(from.id)) this.#identities.delete(identityOf(row));
    this.#byContact.handOver(from.id, into.id, (row) => {
      const isNew = !this.#identities.has(identityOf(row));
      this.#identities.add(identityOf(row));
      return isNew;
    });
  }

  deleteOf(contact: ContactRow): void {
    for (const row of this.#byContact.of(contact.id)) this.#identities.delete(identityOf(row));
    this.#byContact.deleteOf(contact.id);
  }

  #add(row: EventRow): void {
    this.#identities.add(identityOf(row));
    this.#byContact.add(row);
  }

  #load(rows: readonly EventRow[]): void {
    this.#byContact.load(rows);
    this.#identities.clear();
    for (const row of rows) this.#identities.add(identityOf(row));
  }
}
