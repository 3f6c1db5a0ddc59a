import { Hono } from "hono";
import { atLeast } from "../apiVersion";
import { formatTicket } from "../format/tickets";
import { type Env, id, needed, object, readBody } from "../http/request";
import { type Conversion, convert } from "../store/conversationTickets";
import type { Workspace } from "../store/workspace";

export const conversationTicketCoverage = {
  "POST /conversations/:id/convert":
    "The conversation and its ticket have an ID each, and what is said later stands in one alone.",
};

export function conversationTicketRoutes(workspace: Workspace) {
  const routes = new Hono<Env>();

  routes.post("/conversations/:id/convert", async (c) => {
    const body = await readBody(c);
    const row = workspace.conversations.get(c.req.param("id"));
    const conversion: Conversion = {
      typeId: needed(body, "ticket_type_id", id),
      values: object(body.attributes ?? {}, "attributes"),
    };
    const version = c.get("version");
    if (atLeast(version, "2.16") && body.ticket_state_id !== undefined) {
      conversion.stateId = id(body.ticket_state_id, "ticket_state_id");
    }
    return c.json(formatTicket(convert(workspace, row, conversion), workspace, version));
  });

  return routes;
}
