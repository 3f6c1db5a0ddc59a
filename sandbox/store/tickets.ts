import { contactNotFound, parameterInvalid, Refusal } from "../refusal";
import type { Workspace } from "../workspace";
import type { CompanyRow } from "./companies";
import type { ContactRow } from "./contacts";
import type { TicketValue } from "./ticketTypes";

export interface TicketRow {
  id: string;
  /** The number that the inbox shows. */
  inboxNumber: string;
  typeId: string;
  stateId: string;
  contactId: string;
  companyId: string | null;
  adminId: string | null;
  teamId: string | null;
  values: Record<string, TicketValue>;
  createdAt: number;
  updatedAt: number;
  partId: string;
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

export class Tickets {
  readonly rows = new Map<string, TicketRow>();

  constructor(readonly workspace: Workspace) {}

  get(id: string): TicketRow {
    const row = this.rows.get(id);
    // Wording of OpenAPI 2.16, replyTicket.
    if (!row) throw new Refusal(404, "ticket_not_found", "Ticket not found");
    return row;
  }

  create(ticket: NewTicket): TicketRow {
    const { ids, people, ticketTypes } = this.workspace;
    const { adminId = null, teamId = null } = ticket;
    const type = ticketTypes.get(ticket.typeId);
    const values = ticketTypes.values(type, ticket.values ?? {});
    const known =
      (adminId === null || people.admins.some(({ id }) => id === adminId)) &&
      (teamId === null || people.teams.some(({ id }) => id === teamId));
    // Wording of OpenAPI 2.16, updateTicket.
    if (!known) throw new Refusal(404, "assignee_not_found", "Assignee not found");
    const contact = this.#contactOf(ticket);
    const createdAt = ticket.createdAt ?? this.workspace.nowSeconds();
    const row: TicketRow = {
      id: ids.number("ticket"),
      inboxNumber: ids.number("inboxNumber"),
      typeId: type.id,
      stateId: this.#firstState(),
      contactId: contact.id,
      companyId: ticket.company?.id ?? null,
      adminId,
      teamId,
      values,
      createdAt,
      updatedAt: createdAt,
      partId: ids.number("part"),
    };
    this.rows.set(row.id, row);
    return row;
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
    if (company && !found?.companyIds.includes(company.id)) {
      throw parameterInvalid(
        "The company is not associated with the ticket's contact",
        "company_id",
      );
    }
    // A contact known only by an address that nobody confirmed: a lead.
    return found ?? contacts.create({ role: "lead", email: (contact as { email: string }).email });
  }

  save(): TicketRow[] {
    return [...this.rows.values()];
  }

  load(rows: readonly TicketRow[]): void {
    this.rows.clear();
    for (const row of rows) this.rows.set(row.id, structuredClone(row));
  }
}
