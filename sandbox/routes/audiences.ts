import { Hono } from "hono";
import { formatAudience } from "../format/audiences";
import { numberedPage } from "../http/pages";
import { type Env, since } from "../http/request";
import { audiences } from "../store/audiences";

export const audienceCoverage = {
  "GET /audiences": "Effects: two fixed audiences exist, and decide nothing.",
};

export function audienceRoutes() {
  const routes = new Hono<Env>();

  routes.get(
    "/audiences",
    since("2.16", (c) => {
      const { rows, total, pages } = numberedPage(c, audiences, [50, 50]);
      // Other lists have the page's fields in `pages`; this one has them at the top level (OpenAPI
      // 2.16, audience_list).
      const { page, per_page, total_pages } = pages;
      const data = rows.map(formatAudience);
      return c.json({ type: "list", data, total_count: total, page, per_page, total_pages });
    }),
  );

  return routes;
}
