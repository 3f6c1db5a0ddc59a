import { Hono } from "hono";
import { formatTeam } from "../format/teams";
import type { Env } from "../http/request";
import type { Workspace } from "../store/workspace";

export const teamCoverage = {
  "GET /teams": "Priorities, limits and ways of distributing work.",
  "GET /teams/:id": "Priorities, limits and ways of distributing work.",
};

export function teamRoutes(workspace: Workspace) {
  const { teams } = workspace;
  const routes = new Hono<Env>();
  routes.get("/teams", (c) =>
    c.json({
      type: "team.list",
      teams: teams.rows.map((row) => formatTeam(row, workspace, c.get("version"))),
    }),
  );
  routes.get("/teams/:id", (c) =>
    c.json(formatTeam(teams.get(c.req.param("id")), workspace, c.get("version"))),
  );
  return routes;
}
