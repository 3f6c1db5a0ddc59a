import { Hono } from "hono";
import { formatSegment } from "../format/segments";
import { type Env, queryFlag } from "../http/request";
import type { Workspace } from "../store/workspace";

export const segmentCoverage = {
  "GET /segments": "Rules other than by tag, role and spend.",
  "GET /segments/:id": "Rules other than by tag, role and spend.",
  "GET /contacts/:id/segments": "full",
};

export function segmentRoutes({ contacts, segments }: Workspace) {
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
  routes.get("/contacts/:id/segments", (c) => {
    const contact = contacts.get(c.req.param("id"));
    return c.json({ type: "list", data: segments.ofContact(contact).map(formatSegment) });
  });
  return routes;
}
