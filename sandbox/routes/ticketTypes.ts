import { Hono } from "hono";
import { formatDetailedTicketState, formatTicketType } from "../format/ticketTypes";
import { type Env, since } from "../http/request";
import type { Workspace } from "../store/workspace";

export const ticketTypeCoverage = {
  "GET /ticket_types": "full",
  "GET /ticket_types/:id": "full",
  "GET /ticket_states": "full",
};

export function ticketTypeRoutes(workspace: Workspace) {
  const { ticketTypes } = workspace;
  const routes = new Hono<Env>();

  routes.get("/ticket_types", (c) =>
    c.json({
      type: "list",
      data: ticketTypes.rows.map((row) => formatTicketType(row, workspace, c.get("version"))),
    }),
  );

  routes.get("/ticket_types/:id", (c) => {
    const row = ticketTypes.get(c.req.param("id"));
    return c.json(formatTicketType(row, workspace, c.get("version")));
  });

  routes.get(
    "/ticket_states",
    since("2.12", (c) => {
      const data = ticketTypes.states.map((row) => formatDetailedTicketState(row, workspace));
      return c.json({ type: "list", data });
    }),
  );

  return routes;
}
