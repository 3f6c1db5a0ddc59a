import { Hono } from "hono";
import { formatAdmin, formatAdminWithApp } from "../format/admin";
import type { Env } from "../http/request";
import type { Workspace } from "../store/workspace";

export function adminRoutes(workspace: Workspace) {
  const { people } = workspace;
  const routes = new Hono<Env>();
  routes.get("/me", (c) => c.json(formatAdminWithApp(people.owner, workspace)));
  routes.get("/admins", (c) =>
    c.json({ type: "admin.list", admins: people.admins.map(formatAdmin) }),
  );
  routes.get("/admins/:id", (c) => c.json(formatAdmin(people.admin(c.req.param("id")))));
  return routes;
}
