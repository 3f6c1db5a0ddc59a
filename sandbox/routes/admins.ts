import { Hono } from "hono";
import { formatAdmin, formatAdminWithApp } from "../format/admins";
import type { Env } from "../http/request";
import type { Workspace } from "../store/workspace";

export const adminCoverage = {
  "GET /me": "full",
  "GET /admins": "full",
  "GET /admins/:id": "full",
};

export function adminRoutes(workspace: Workspace) {
  const { admins } = workspace;
  const routes = new Hono<Env>();
  // Paths of Intercom that the sandbox does not cover; the route with an id would take them.
  for (const path of ["/admins/activity_logs", "/admins/activity_log_event_types"]) {
    routes.all(path, (c) => c.notFound());
  }
  routes.get("/me", (c) => c.json(formatAdminWithApp(admins.owner, workspace)));
  routes.get("/admins", (c) =>
    c.json({ type: "admin.list", admins: admins.rows.map(formatAdmin) }),
  );
  routes.get("/admins/:id", (c) => c.json(formatAdmin(admins.get(c.req.param("id")))));
  return routes;
}
