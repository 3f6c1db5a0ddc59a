import type { CompanyRow } from "./companies";
import type { ContactRow } from "./contacts";
import { byRow } from "./kept";
import { Groups } from "./ordered";
import { contactNotFound, parameterInvalid, Refusal } from "./refusal";
import { SearchIndex } from "./searchIndex";
import { Store } from "./store";
import { Table } from "./table";
import type { TicketValue } from "./ticketTypes";

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown
  ? Omit<Union, Key>
  : never;

/** One entry of a ticket's history. Nobody named as its author: the workspace's bot. */
export type TicketPart = { id: string; createdAt: number; adminId: string | null } & (
  | { type: "ticket_state_updated_by_admin"; stateId: string; previousStateId: string }
  | {
      type: "ticket_attribute_updated_by_admin";
      attribute: { id: string; name: string };
      value: TicketValue;
    }
  | { type: "assignment"; assignee: { type: "admin" | "team"; id: string } | null }
);

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
  /** Conversations and customer tickets; a customer ticket shows the link too, and stores none. */
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
}

export interface TicketChanges {
  values?: Record<string, unknown>;
  stateId?: string;
  isOpen?: boolean;
  isShared?: boolean;
  snoozedUntil?: number;
  /** An admin or a team; `null` takes the ticket from both. */
  assigneeId?: string | null;
  company?: CompanyRow | null;
  /** Whose act it is. */
  adminId?: string;
}

// Wordings of OpenAPI 2.16, updateTicket.
const assigneeNotFound = () => new Refusal(404, "assignee_not_found", "Assignee not found");
const stateInvalid = () =>
  new Refusal(
    400,
    "ticket_state_id_invalid",
    "Ticket state id is not valid or is not associated with the ticket type",
  );

export class Tickets extends Store {
  readonly rows = new Table<TicketRow>();
  override readonly index = new SearchIndex<TicketRow>();

  readonly tables = { tickets: byRow(this.rows, (rows) => this.#load(rows)) };

  readonly #linking = new Groups<TicketRow>();

  override count() {
    return { tickets: this.rows.size };
  }

  get(id: string): TicketRow {
    const row = this.rows.get(id);
    // Wording of OpenAPI 2.16, replyTicket.
    if (!row) throw new Refusal(404, "ticket_not_found", "Ticket not found");
    return row;
  }

  create(ticket: NewTicket): TicketRow {
    const { workspace } = this;
    const { ids, ticketTypes } = workspace;
    const { adminId = null, teamId = null } = ticket;
    const type = ticketTypes.get(ticket.typeId);
    const values = ticketTypes.values(type, ticket.values ?? {});
    if (adminId !== null) this.#assignee(adminId, "admin");
    if (teamId !== null) this.#assignee(teamId, "team");
    const contact = this.#contactOf(ticket);
    const createdAt = ticket.createdAt ?? workspace.nowSeconds();
    const stateId = this.#firstState();
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
      isOpen: true,
      isShared: type.category === "Customer",
      snoozedUntil: null,
      linkedIds: [],
      createdAt,
      updatedAt: createdAt,
      // A new ticket has this one part (examples of OpenAPI 2.11 and 2.16, createTicket).
      parts: [
        {
          id: ids.number("part"),
          type: "ticket_state_updated_by_admin",
          stateId,
          previousStateId: stateId,
          adminId: null,
          createdAt,
        },
      ],
    };
    this.index.beforeWrite(id, undefined, workspace.nowMs(), workspace.settings.indexLagMs);
    this.rows.set(id, row);
    this.index.afterWrite(row);
    workspace.report({ what: "ticket.created", ticket: row });
    return row;
  }

  update(row: TicketRow, changes: TicketChanges): TicketRow {
    const { workspace } = this;
    const { ticketTypes } = workspace;
    const { adminId = null, company, stateId } = changes;
    if (adminId !== null) this.#assignee(adminId, "admin");
    const assignee = this.#assigneeAfter(row, changes.assigneeId);
    if (stateId !== undefined && !ticketTypes.states.some(({ id }) => id === stateId)) {
      throw stateInvalid();
    }
    if (stateId === row.stateId) {
      // Recorded by third-party code against the live API, its code aside.
      throw parameterInvalid("Cannot transition ticket to the same state", "ticket_state_id");
    }
    const type = ticketTypes.get(row.typeId);
    const values = ticketTypes.changedValues(type, row.values, changes.values ?? {});
    if (company) this.#checkCompany(workspace.contacts.rows.get(row.contactId), company);

    const parts = [...row.parts];
    const add = (part: DistributiveOmit<TicketPart, "id" | "createdAt" | "adminId">) =>
      parts.push({
        ...part,
        id: workspace.ids.number("part"),
        adminId,
        createdAt: workspace.nowSeconds(),
      });
    for (const { id, name } of type.attributes) {
      const value = values[name] ?? null;
      if (value === (row.values[name] ?? null)) continue;
      add({ type: "ticket_attribute_updated_by_admin", attribute: { id, name }, value });
    }
    const fields: Partial<TicketRow> = { values };
    if (stateId !== undefined) {
      add({ type: "ticket_state_updated_by_admin", stateId, previousStateId: row.stateId });
      fields.stateId = stateId;
      fields.previousStateId = row.stateId;
      // Resolved is closed.
      fields.isOpen = ticketTypes.state(stateId).category !== "resolved";
    }
    if (assignee !== undefined) {
      add({ type: "assignment", assignee });
      if (assignee?.type !== "team") fields.adminId = assignee?.id ?? null;
      if (assignee?.type !== "admin") fields.teamId = assignee?.id ?? null;
    }
    if (changes.snoozedUntil !== undefined) fields.snoozedUntil = changes.snoozedUntil;
    if (changes.isShared !== undefined) fields.isShared = changes.isShared;
    if (changes.isOpen !== undefined) {
      fields.isOpen = changes.isOpen;
      // Closing unsnoozes (OpenAPI 2.16, update_ticket_request).
      if (!changes.isOpen) fields.snoozedUntil = null;
    }
    if (company !== undefined) fields.companyId = company?.id ?? null;

    const before = { ...row };
    this.#write(row, { ...fields, parts });
    workspace.report({ what: "ticket.updated", ticket: row, before });
    return row;
  }

  /** The tickets that link a conversation or a customer ticket. */
  linkedTo(id: string): TicketRow[] {
    return [...this.#linking.get(id)];
  }

  /** Linking again changes nothing. */
  link(row: TicketRow, id: string): TicketRow {
    if (row.linkedIds.includes(id)) return row;
    this.#linking.add(id, row);
    return this.#write(row, { linkedIds: [...row.linkedIds, id] });
  }

  #write(row: TicketRow, fields: Partial<TicketRow>): TicketRow {
    const { workspace } = this;
    this.index.beforeWrite(row.id, row, workspace.nowMs(), workspace.settings.indexLagMs);
    Object.assign(row, { updatedAt: workspace.nowSeconds() }, fields);
    this.rows.set(row.id, row);
    this.index.afterWrite(row);
    return row;
  }

  /** Gives a user the tickets of a lead, when the lead becomes part of that user. */
  handOver(from: ContactRow, into: ContactRow): void {
    for (const row of this.rows.values()) {
      if (row.contactId === from.id) this.#write(row, { contactId: into.id });
    }
  }

  #assignee(id: string, type?: "admin" | "team"): { type: "admin" | "team"; id: string } {
    const { admins, teams } = this.workspace;
    if (type !== "team" && admins.rows.some((row) => row.id === id)) return { type: "admin", id };
    if (type !== "admin" && teams.rows.some((row) => row.id === id)) return { type: "team", id };
    throw assigneeNotFound();
  }

  #assigneeAfter(row: TicketRow, id: string | null | undefined) {
    if (id === undefined || id === null) return id;
    const assignee = this.#assignee(id);
    if (assignee.id === (assignee.type === "admin" ? row.adminId : row.teamId)) {
      // Recorded by third-party code against the live API, its code aside.
      throw new Refusal(422, "parameter_invalid", "already assigned", "assignee_id");
    }
    return assignee;
  }

  #firstState(): string {
    const [first] = this.workspace.ticketTypes.states;
    if (!first) throw new Error("The workspace has no ticket states.");
    return first.id;
  }

  /** Last of all checks, because an address that nobody has makes a contact. */
  #contactOf({ contact, company }: NewTicket): ContactRow {
    const { contacts } = this.workspace;
    const found =
      "id" in contact
        ? contacts.get(contact.id)
        : "externalId" in contact
          ? contacts.findByExternalId(contact.externalId)
          : contacts.findByEmail(contact.email);
    if (!found && !("email" in contact)) throw contactNotFound();
    if (company) this.#checkCompany(found, company);
    // A contact known only by an address that nobody confirmed: a lead.
    return found ?? contacts.create({ role: "lead", email: (contact as { email: string }).email });
  }

  #checkCompany(contact: ContactRow | undefined, company: CompanyRow): void {
    if (contact?.companyIds.includes(company.id)) return;
    throw parameterInvalid("The company is not associated with the ticket's contact", "company_id");
  }

  #load(rows: readonly TicketRow[]): void {
    this.rows.clear();
    this.index.clear();
    this.#linking.clear();
    for (const row of rows) {
      this.rows.set(row.id, row);
      for (const id of row.linkedIds) this.#linking.add(id, row);
    }
  }
}
