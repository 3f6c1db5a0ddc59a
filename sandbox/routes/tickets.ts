import { type Context, Hono } from "hono";
import { type ApiVersion, atLeast } from "../apiVersion";
import { formatTicket } from "../format/tickets";
import {
  type Body,
  type Env,
  email,
  flag,
  id,
  isText,
  object,
  type Readers,
  readBody,
  readFields,
  timestamp,
} from "../http/request";
import { searchTickets } from "../search/tickets";
import { companyNotFound, parameterInvalid, Refusal } from "../store/refusal";
import type { TicketChanges } from "../store/ticketChanges";
import type { NewTicket, TicketRow } from "../store/tickets";
import type { Workspace } from "../store/workspace";

export const ticketCoverage = {
  "POST /tickets": "Attributes with files, and e-mails to the contact.",
  "GET /tickets/:id": "Parts for ratings, for Fin and for acts that only the inbox offers.",
  "PUT /tickets/:id": "Attributes with files, and e-mails to the contact.",
  "POST /tickets/search": "Errors have codes of our choice.",
};

const changeReaders: Readers<TicketChanges> = {
  ticket_attributes: ["values", object],
  open: ["isOpen", flag],
  is_shared: ["isShared", flag],
  snoozed_until: ["snoozedUntil", timestamp],
};

/** Checks the value, which has no effect: it concerns e-mails to people, and not webhooks. */
export function checkSkipNotifications(body: Body, version: ApiVersion): void {
  if (!atLeast(version, "2.13") || body.skip_notifications === undefined) return;
  flag(body.skip_notifications, "skip_notifications");
}

/** Exactly one contact, named by one of three keys (OpenAPI 2.16, create_ticket_request). */
function readContact(given: unknown): NewTicket["contact"] {
  if (!Array.isArray(given) || given.length !== 1) {
    throw parameterInvalid("contacts must be a list of exactly one contact", "contacts");
  }
  const contact = object(given[0], "contacts");
  if (isText(contact.id)) return { id: contact.id };
  if (isText(contact.external_id)) return { externalId: contact.external_id };
  if (contact.email !== undefined) return { email: email(contact.email, "contacts") };
  throw parameterInvalid("A contact must have an id, an external_id or an email", "contacts");
}

export function ticketRoutes(workspace: Workspace) {
  const { tickets, ticketTypes, companies } = workspace;
  const routes = new Hono<Env>();
  const answer = (c: Context<Env>, row: TicketRow) =>
    c.json(formatTicket(row, workspace, c.get("version")));

  /** 2.11 names a state by its category, and later versions by its id. */
  const readState = (row: TicketRow, body: Body, version: ApiVersion): string | undefined => {
    if (atLeast(version, "2.12")) {
      return body.ticket_state_id === undefined
        ? undefined
        : id(body.ticket_state_id, "ticket_state_id");
    }
    if (body.state === undefined) return undefined;
    const found = ticketTypes
      .statesOf(ticketTypes.get(row.typeId))
      .find(({ category }) => category === body.state);
    if (!found || found.category === "submitted") {
      throw parameterInvalid(
        "state must be one of: in_progress, waiting_on_customer, resolved",
        "state",
      );
    }
    return found.id;
  };

  const readChanges = (row: TicketRow, body: Body, version: ApiVersion): TicketChanges => {
    const changes: TicketChanges = readFields(body, changeReaders);
    const stateId = readState(row, body, version);
    if (stateId !== undefined) changes.stateId = stateId;
    if (atLeast(version, "2.12") && body.company_id !== undefined) {
      const given = body.company_id;
      changes.company = given === null ? null : companies.get(id(given, "company_id"));
    }
    checkSkipNotifications(body, version);
    // Both ids stood in an object of their own until 2.13.
    const given = atLeast(version, "2.14") ? body : object(body.assignment ?? {}, "assignment");
    if (given.admin_id !== undefined) changes.adminId = id(given.admin_id, "admin_id");
    if (given.assignee_id !== undefined) {
      const assigneeId = id(given.assignee_id, "assignee_id");
      changes.assigneeId = assigneeId === "0" ? null : assigneeId;
    }
    return changes;
  };

  routes.post("/tickets", async (c) => {
    const body = await readBody(c);
    const version = c.get("version");
    if (body.ticket_type_id === undefined) {
      throw new Refusal(400, "parameter_not_found", "ticket_type_id not specified");
    }
    const ticket: NewTicket = {
      typeId: id(body.ticket_type_id, "ticket_type_id"),
      contact: readContact(body.contacts),
      values: object(body.ticket_attributes ?? {}, "ticket_attributes"),
    };
    if (body.company_id !== undefined) {
      const given = id(body.company_id, "company_id");
      // Your own id until 2.11, Intercom's since.
      ticket.company = atLeast(version, "2.12")
        ? companies.get(given)
        : companies.findByCompanyId(given);
      if (!ticket.company) throw companyNotFound();
    }
    checkSkipNotifications(body, version);
    if (atLeast(version, "2.14") && body.conversation_to_link_id !== undefined) {
      ticket.linkId = id(body.conversation_to_link_id, "conversation_to_link_id");
    }
    if (body.created_at !== undefined) ticket.createdAt = timestamp(body.created_at, "created_at");
    if (atLeast(version, "2.14") && body.assignment !== undefined) {
      const { admin_assignee_id: admin, team_assignee_id: team } = object(
        body.assignment,
        "assignment",
      );
      if (admin !== undefined) ticket.adminId = id(admin, "admin_assignee_id");
      if (team !== undefined) ticket.teamId = id(team, "team_assignee_id");
    }
    return answer(c, tickets.create(ticket));
  });

  routes.post("/tickets/search", async (c) => {
    const version = c.get("version");
    const { rows, total, pages } = searchTickets(await readBody(c), workspace, version);
    return c.json({
      type: "ticket.list",
      tickets: rows.map((row) => formatTicket(row, workspace, version)),
      total_count: total,
      pages,
    });
  });

  routes.put("/tickets/:id", async (c) => {
    const row = tickets.get(c.req.param("id"));
    const changes = readChanges(row, await readBody(c), c.get("version"));
    return answer(c, tickets.update(row, changes));
  });

  routes.get("/tickets/:id", (c) => answer(c, tickets.get(c.req.param("id"))));

  return routes;
}
