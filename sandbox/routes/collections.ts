import { Hono } from "hono";
import { formatCollection } from "../format/collections";
import { numberedPage } from "../http/pages";
import type { Env } from "../http/request";
import type { Workspace } from "../store/workspace";

export const collectionCoverage = {
  "GET /help_center/collections": "Names in languages other than English.",
  "GET /help_center/collections/:id": "Names in languages other than English.",
};

export function collectionRoutes(workspace: Workspace) {
  const { collections } = workspace;
  const routes = new Hono<Env>();

  routes.get("/help_center/collections", (c) => {
    const { rows, total, pages } = numberedPage(c, collections.listed, [20, 150]);
    const data = rows.map((row) => formatCollection(row, workspace));
    return c.json({ type: "list", data, total_count: total, pages });
  });

  routes.get("/help_center/collections/:id", (c) =>
    c.json(formatCollection(collections.get(c.req.param("id")), workspace)),
  );

  return routes;
}
