import { Hono } from "hono";
import { formatHelpCenter } from "../format/helpCenters";
import type { Env } from "../http/request";
import { helpCenterNamed, helpCenters } from "../store/helpCenters";
import type { Workspace } from "../store/workspace";

export const helpCenterCoverage = {
  "GET /help_center/help_centers": "full",
  "GET /help_center/help_centers/:id": "full",
};

export function helpCenterRoutes(workspace: Workspace) {
  const routes = new Hono<Env>();

  routes.get("/help_center/help_centers", (c) =>
    c.json({
      type: "list",
      data: helpCenters.map((row) => formatHelpCenter(row, workspace, c.get("version"))),
    }),
  );

  routes.get("/help_center/help_centers/:id", (c) =>
    c.json(formatHelpCenter(helpCenterNamed(c.req.param("id")), workspace, c.get("version"))),
  );

  return routes;
}
