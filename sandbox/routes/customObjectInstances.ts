import { Hono } from "hono";
import { atLeast } from "../apiVersion";
import { formatInstance } from "../format/customObjectInstances";
import { numberedPage } from "../http/pages";
import {
  type Env,
  id,
  object,
  orNull,
  type Readers,
  readBody,
  readFields,
  since,
  timestamp,
} from "../http/request";
import type { CustomObjectInstanceRow, InstanceChanges } from "../store/customObjectInstances";
import { Refusal } from "../store/refusal";
import type { Workspace } from "../store/workspace";

const noLinks = "Links to contacts and conversations.";

export const customObjectInstanceCoverage = {
  "POST /custom_object_instances/:type": noLinks,
  "GET /custom_object_instances/:type": `${noLinks} A list by them is empty.`,
  "DELETE /custom_object_instances/:type": "full",
  "GET /custom_object_instances/:type/:id": noLinks,
  "DELETE /custom_object_instances/:type/:id": "full",
};

const readers: Readers<InstanceChanges> = {
  external_created_at: ["externalCreatedAt", orNull(timestamp)],
  external_updated_at: ["externalUpdatedAt", orNull(timestamp)],
};

const externalIdMissing = () =>
  new Refusal(400, "parameter_not_found", "external_id not specified", "external_id");

export function customObjectInstanceRoutes({ customObjectInstances: instances }: Workspace) {
  const routes = new Hono<Env>();
  const listPath = "/custom_object_instances/:type";
  const path = `${listPath}/:id`;

  const deleted = (row: CustomObjectInstanceRow) => {
    instances.delete(row);
    return { id: row.id, object: row.type, deleted: true };
  };

  routes.post(
    listPath,
    since("2.13", async (c) => {
      const type = c.req.param("type") ?? "";
      instances.listed(type);
      const body = await readBody(c);
      if (body.external_id === undefined || body.external_id === "") throw externalIdMissing();
      const changes: InstanceChanges = {
        ...readFields(body, readers),
        externalId: id(body.external_id, "external_id"),
        customAttributes: object(body.custom_attributes ?? {}, "custom_attributes"),
      };
      return c.json(formatInstance(instances.upsert(type, changes)));
    }),
  );

  // With your id, one instance, not in a list. Without the id, a list, from 2.16 on.
  routes.get(
    listPath,
    since("2.13", (c) => {
      const type = c.req.param("type") ?? "";
      const { external_id: externalId, ...query } = c.req.query();
      if (externalId !== undefined) {
        return c.json(formatInstance(instances.getByExternalId(type, externalId)));
      }
      const listed = instances.listed(type);
      if (!atLeast(c.get("version"), "2.16")) throw externalIdMissing();
      const isByLink = "references_contact_id" in query || "references_conversation_id" in query;
      const { rows, total, pages } = numberedPage(
        c,
        isByLink
          ? []
          : { length: listed.size, slice: (from, to) => listed.slice(from, to, "descending") },
        [20, 150],
      );
      return c.json({ type: "list", pages, total_count: total, data: rows.map(formatInstance) });
    }),
  );

  routes.delete(
    listPath,
    since("2.13", (c) => {
      const externalId = c.req.query("external_id");
      if (externalId === undefined) throw externalIdMissing();
      return c.json(deleted(instances.getByExternalId(c.req.param("type") ?? "", externalId)));
    }),
  );

  routes.get(
    path,
    since("2.13", (c) => {
      const { type = "", id: given = "" } = c.req.param();
      // Both ids are valid (OpenAPI 2.16, getCustomObjectInstancesById).
      const row = instances.rows.has(given)
        ? instances.get(type, given)
        : instances.getByExternalId(type, given);
      return c.json(formatInstance(row));
    }),
  );

  routes.delete(
    path,
    since("2.13", (c) => {
      const { type = "", id: given = "" } = c.req.param();
      return c.json(deleted(instances.get(type, given)));
    }),
  );

  return routes;
}
