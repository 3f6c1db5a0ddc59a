import type { CompanyRow } from "./companies";
import type { ContactRow } from "./contacts";
import { Deadlines } from "./deadlines";
import { byRow } from "./kept";
import { linkable } from "./linkedObjects";
import { byIdOrContact, Groups } from "./ordered";
import { contactNotFound, Refusal } from "./refusal";
import { SearchIndex } from "./searchIndex";
import { Store } from "./store";
import { Table } from "./table";
import { assigneeNamed, checkCompany, outcomeOf, type TicketChanges } from "./ticketChanges";
import { handedOver, type TicketPart, type TicketPartContent } from "./ticketParts";
import type { TicketValue } from "./ticketTypes";

/** Arrays and objects are replaced, never changed: the search index keeps old rows. */
export interface TicketRow {
  id: string;
  /** The number that the inbox shows. */
  inboxNumber: string;
  typeId: string;
  stateId: string;
  previousStateId: string | null;
  contactId: string;
  companyId: string | null;
  adminId: string | null;
  teamId: string | null;
  values: Record<string, TicketValue>;
  isOpen: boolean;
  isShared: boolean;
  snoozedUntil: number | null;
  /** Conversations and customer tickets. A customer ticket shows such a link, but stores none. */
  linkedIds: string[];
  createdAt: number;
  updatedAt: number;
  parts: TicketPart[];
}

export interface NewTicket {
  typeId: string;
  contact: { id: string } | { externalId: string } | { email: string };
  company?: CompanyRow;
  adminId?: string;
  teamId?: string;
  values?: Record<string, unknown>;
  createdAt?: number;
  /** A conversation or another ticket. */
  linkId?: string;
  /** The first one by default. */
  stateId?: string;
  /** For a converted conversation: makes the ticket's first parts from the messages. */
  history?: () => TicketPart[];
}

export class Tickets extends Store {
  readonly rows = new Table<TicketRow>();
  override readonly index = new SearchIndex<TicketRow>();

  readonly tables = { tickets: byRow(this.rows, (rows) => this.#load(rows)) };

  readonly #linking = new Groups<TicketRow>();
  readonly #byContact = new Groups<TicketRow>();
  readonly having = byIdOrContact(this.rows, this.#byContact);
  readonly #snoozes = new Deadlines();

  override count() {
    return { tickets: this.rows.size };
  }

  get(id: string): TicketRow {
    const row = this.rows.get(id);
    // Wording of OpenAPI 2.16, deleteTicket.
    if (!row) throw new Refusal(404, "ticket_not_found", "Ticket not found");
    return row;
  }

  create(ticket: NewTicket): TicketRow {
    const { workspace } = this;
    const { ids, ticketTypes } = workspace;
    const { adminId = null, teamId = null } = ticket;
    const type = ticketTypes.get(ticket.typeId);
    const values = ticketTypes.values(type, ticket.values ?? {});
    if (adminId !== null) assigneeNamed(workspace, adminId, "admin");
    if (teamId !== null) assigneeNamed(workspace, teamId, "team");
    const linked = ticket.linkId === undefined ? [] : [linkable(workspace, type, ticket.linkId)];
    if (ticket.stateId !== undefined) ticketTypes.checkState(type, ticket.stateId);
    const contact = this.#contactOf(ticket);
    const createdAt = ticket.createdAt ?? workspace.nowSeconds();
    const stateId = ticket.stateId ?? ticketTypes.firstState.id;
    const history = ticket.history?.();
    const updatedAt = history ? workspace.nowSeconds() : createdAt;
    const id = ids.number("ticket");
    const row: TicketRow = {
      id,
      inboxNumber: ids.number("inboxNumber"),
      typeId: type.id,
      stateId,
      previousStateId: null,
      contactId: contact.id,
      companyId: ticket.company?.id ?? null,
      adminId,
      teamId,
      values,
      isOpen: ticketTypes.state(stateId).category !== "resolved",
      isShared: type.category === "Customer",
      snoozedUntil: null,
      linkedIds: linked.flatMap((other) => (typeof other === "string" ? [other] : [])),
      createdAt,
      updatedAt,
      // A new ticket has this one part (examples of OpenAPI 2.11 and 2.16, createTicket).
      parts: [
        ...(history ?? []),
        {
          id: ids.number("part"),
          type: "ticket_state_updated_by_admin",
          stateId,
          previousStateId: stateId,
          adminId: null,
          createdAt: updatedAt,
        },
      ],
    };
    this.index.beforeWrite(id, undefined, workspace.nowMs(), workspace.settings.indexLagMs);
    this.#add(row);
    this.index.afterWrite(row);
    for (const other of linked) if (typeof other !== "string") this.link(other, id);
    workspace.report({ what: "ticket.created", ticket: row });
    return row;
  }

  update(row: TicketRow, changes: TicketChanges): TicketRow {
    const { fields, contents } = outcomeOf(this.workspace, row, changes);
    const before = { ...row };
    const added = contents.map((content) => this.#part(content, changes.adminId ?? null));
    this.change(row, { ...fields, parts: [...row.parts, ...added] });
    this.workspace.report({ what: "ticket.updated", ticket: row, before });
    return row;
  }

  override get nextDue() {
    return this.#snoozes.next?.at;
  }

  /** Ends the snoozes that are over, and dates each end to its own time. */
  override doDue(nowSeconds: number): void {
    const { workspace } = this;
    for (let due = this.#snoozes.next; due && due.at <= nowSeconds; due = this.#snoozes.next) {
      const row = this.get(due.id);
      workspace.asOf(Math.max(due.at, row.updatedAt), () => {
        const before = { ...row };
        const parts = [...row.parts, this.#part({ type: "unsnoozed" }, null)];
        this.change(row, { isOpen: true, snoozedUntil: null, parts });
        workspace.report({ what: "ticket.updated", ticket: row, before });
      });
    }
  }

  #part(content: TicketPartContent, adminId: string | null): TicketPart {
    const { ids } = this.workspace;
    const createdAt = this.workspace.nowSeconds();
    return { ...content, id: ids.number("part"), createdAt, adminId };
  }

  /** The tickets that link a conversation or a customer ticket. */
  linkedTo(id: string): TicketRow[] {
    return [...this.#linking.get(id)];
  }

  /** Linking again changes nothing. */
  link(row: TicketRow, id: string): TicketRow {
    if (row.linkedIds.includes(id)) return row;
    this.#linking.add(id, row);
    return this.change(row, { linkedIds: [...row.linkedIds, id] });
  }

  /** Writes fields into a row; any write is an update. */
  change(row: TicketRow, fields: Partial<TicketRow>): TicketRow {
    const { workspace } = this;
    this.index.beforeWrite(row.id, row, workspace.nowMs(), workspace.settings.indexLagMs);
    this.#byContact.remove(row.contactId, row);
    Object.assign(row, { updatedAt: workspace.nowSeconds() }, fields);
    this.#byContact.add(row.contactId, row);
    this.rows.set(row.id, row);
    this.#snoozes.set(row.id, row.snoozedUntil);
    this.index.afterWrite(row);
    return row;
  }

  /** Gives a user the tickets of a lead, when the lead becomes part of that user. */
  handOver(from: ContactRow, into: ContactRow): void {
    for (const row of [...this.#byContact.get(from.id)]) {
      this.change(row, { contactId: into.id, parts: handedOver(row.parts, from.id, into.id) });
    }
  }

  /** The last check, because an unknown e-mail creates a contact. */
  #contactOf({ contact, company }: NewTicket): ContactRow {
    const { contacts } = this.workspace;
    const found =
      "id" in contact
        ? contacts.get(contact.id)
        : "externalId" in contact
          ? contacts.findByExternalId(contact.externalId)
          : contacts.findByEmail(contact.email);
    if (!found && !("email" in contact)) throw contactNotFound();
    if (company) checkCompany(found, company);
    // An unknown e-mail creates a lead.
    return found ?? contacts.create({ role: "lead", email: (contact as { email: string }).email });
  }

  #add(row: TicketRow): void {
    this.rows.set(row.id, row);
    this.#byContact.add(row.contactId, row);
    this.#snoozes.set(row.id, row.snoozedUntil);
    for (const id of row.linkedIds) this.#linking.add(id, row);
  }

  #load(rows: readonly TicketRow[]): void {
    this.rows.clear();
    this.index.clear();
    this.#linking.clear();
    this.#byContact.clear();
    this.#snoozes.clear();
    for (const row of rows) this.#add(row);
  }
}
