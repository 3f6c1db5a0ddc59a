import { Hono } from "hono";
import { formatSegment } from "../format/segments";
import { type Env, queryFlag } from "../http/request";
import type { Workspace } from "../store/workspace";

export const segmentCoverage = {
  "GET /segments": "Rules by tag, role and spend alone.",
  "GET /segments/:id": "Rules by tag, role and spend alone.",
};

export function segmentRoutes({ segments }: Workspace) {
  const routes = new Hono<Env>();
  routes.get("/segments", (c) =>
    c.json({
      type: "segment.list",
      segments: segments.rows.map((row) => ({
        ...formatSegment(row),
        ...(queryFlag(c, "include_count") ? { count: segments.size(row) } : {}),
      })),
    }),
  );
  routes.get("/segments/:id", (c) => c.json(formatSegment(segments.get(c.req.param("id")))));
  return routes;
}
