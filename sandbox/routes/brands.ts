import { Hono } from "hono";
import { atLeast } from "../apiVersion";
import { formatBrand } from "../format/brands";
import type { Env } from "../http/request";
import type { Workspace } from "../store/workspace";

export const brandCoverage = {
  "GET /brands": "Help centers and addresses of brands.",
};

export function brandRoutes({ brands }: Workspace) {
  const routes = new Hono<Env>();
  routes.get("/brands", (c) =>
    atLeast(c.get("version"), "2.15")
      ? c.json({ type: "list", data: brands.rows.map(formatBrand) })
      : c.notFound(),
  );
  return routes;
}
