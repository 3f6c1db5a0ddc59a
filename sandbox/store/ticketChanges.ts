import type { CompanyRow } from "./companies";
import type { ContactRow } from "./contacts";
import type { Assignee } from "./conversationParts";
import { assigneeNotFound, parameterInvalid, Refusal } from "./refusal";
import { changedAttributes, type TicketPartContent } from "./ticketParts";
import type { TicketRow } from "./tickets";
import type { Workspace } from "./workspace";

export interface TicketChanges {
  values?: Record<string, unknown>;
  stateId?: string;
  isOpen?: boolean;
  isShared?: boolean;
  snoozedUntil?: number;
  /** An admin or a team; `null` unassigns both. */
  assigneeId?: string | null;
  company?: CompanyRow | null;
  /** The admin who makes the change. */
  adminId?: string;
}

/** Checks an update, and says what it changes in the ticket and which parts it adds. */
export function outcomeOf(
  workspace: Workspace,
  row: TicketRow,
  changes: TicketChanges,
): { fields: Partial<TicketRow>; contents: TicketPartContent[] } {
  const { ticketTypes } = workspace;
  const { adminId, company, stateId } = changes;
  if (adminId !== undefined) assigneeNamed(workspace, adminId, "admin");
  const assignee = assigneeAfter(workspace, row, changes.assigneeId);
  const type = ticketTypes.get(row.typeId);
  if (stateId !== undefined) ticketTypes.checkState(type, stateId);
  if (stateId === row.stateId) {
    // Message as in third-party recordings of the live API; the error code is our guess.
    throw parameterInvalid("Cannot transition ticket to the same state", "ticket_state_id");
  }
  const values = ticketTypes.changedValues(type, row.values, changes.values ?? {});
  if (company) checkCompany(workspace.contacts.rows.get(row.contactId), company);

  const fields: Partial<TicketRow> = { values };
  const contents = changedAttributes(type, row.values, values);
  if (stateId !== undefined) {
    contents.push({
      type: "ticket_state_updated_by_admin",
      stateId,
      previousStateId: row.stateId,
    });
    fields.stateId = stateId;
    fields.previousStateId = row.stateId;
  }
  if (assignee !== undefined) {
    contents.push({ type: "assignment", assignee });
    if (assignee?.type !== "team") fields.adminId = assignee?.id ?? null;
    if (assignee?.type !== "admin") fields.teamId = assignee?.id ?? null;
  }
  if (changes.snoozedUntil !== undefined) {
    contents.push({ type: "snoozed" });
    fields.snoozedUntil = changes.snoozedUntil;
  }
  if (changes.isShared !== undefined) fields.isShared = changes.isShared;
  if (company !== undefined) fields.companyId = company?.id ?? null;
  // Resolved is closed; any other update opens the ticket, as clients of the live API report.
  const isResolved = stateId !== undefined && ticketTypes.state(stateId).category === "resolved";
  fields.isOpen = changes.isOpen ?? !isResolved;
  if (fields.isOpen && !row.isOpen) contents.unshift({ type: "open" });
  if (!fields.isOpen && row.isOpen) contents.push({ type: "close" });
  // Closing unsnoozes (OpenAPI 2.16, update_ticket_request).
  if (!fields.isOpen) fields.snoozedUntil = null;
  return { fields, contents };
}

/** @throws Refusal where no admin or team has this id, or none of this type. */
export function assigneeNamed(
  { admins, teams }: Workspace,
  id: string,
  type?: Assignee["type"],
): Assignee {
  if (type !== "team" && admins.rows.some((row) => row.id === id)) return { type: "admin", id };
  if (type !== "admin" && teams.rows.some((row) => row.id === id)) return { type: "team", id };
  throw assigneeNotFound();
}

function assigneeAfter(workspace: Workspace, row: TicketRow, id: string | null | undefined) {
  if (id === undefined || id === null) return id;
  const assignee = assigneeNamed(workspace, id);
  if (assignee.id === (assignee.type === "admin" ? row.adminId : row.teamId)) {
    // Message as in third-party recordings of the live API; the error code is our guess.
    throw new Refusal(422, "parameter_invalid", "already assigned", "assignee_id");
  }
  return assignee;
}

export function checkCompany(contact: ContactRow | undefined, company: CompanyRow): void {
  if (contact?.companyIds.includes(company.id)) return;
  throw parameterInvalid("The company is not associated with the ticket's contact", "company_id");
}
