import { Hono } from "hono";
import { formatAudience } from "../format/audiences";
import { numberedPage } from "../http/pages";
import { type Env, since } from "../http/request";
import { audiences } from "../store/audiences";

export const audienceCoverage = {
  "GET /audiences": "Audiences decide nothing: two are there, and nobody can change them.",
};

export function audienceRoutes() {
  const routes = new Hono<Env>();

  routes.get(
    "/audiences",
    since("2.16", (c) => {
      const { rows, total, pages } = numberedPage(c, audiences, [50, 50]);
      // What other lists have in `pages` stands beside the list here (OpenAPI 2.16, audience_list).
      const { page, per_page, total_pages } = pages;
      const data = rows.map(formatAudience);
      return c.json({ type: "list", data, total_count: total, page, per_page, total_pages });
    }),
  );

  return routes;
}
