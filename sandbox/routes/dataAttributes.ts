import { Hono } from "hono";
import { type ApiVersion, atLeast } from "../apiVersion";
import {
  formatConversationAttribute,
  formatCustomAttribute,
  formatStandardAttribute,
} from "../format/dataAttributes";
import { type Env, queryFlag } from "../http/request";
import type { DataAttributeRow } from "../store/dataAttributes";
import { parameterInvalid, Refusal } from "../store/refusal";
import { standardAttributes } from "../store/standardAttributes";
import type { Workspace } from "../store/workspace";

export const dataAttributeCoverage = {
  "GET /data_attributes": "Some of the standard attributes of contacts, and two kinds of list.",
  "GET /conversations/attributes":
    "Long texts, files, links to custom objects, and the teams that see an attribute.",
};

type Model = DataAttributeRow["model"];

const models: readonly Model[] = ["contact", "company", "conversation"];

function readModels(given: string | undefined, version: ApiVersion): readonly Model[] {
  const withConversations = !atLeast(version, "2.16");
  if (given === "conversation" && !withConversations) {
    // Wording of OpenAPI 2.16, lisDataAttributes.
    throw new Refusal(
      422,
      "parameter_invalid",
      "model=conversation is no longer supported. Use GET /conversations/attributes instead",
    );
  }
  if (given === undefined) {
    return models.filter((model) => withConversations || model !== "conversation");
  }
  const model = models.find((known) => known === given);
  if (!model) throw parameterInvalid("model must be contact, company or conversation", "model");
  return [model];
}

export function dataAttributeRoutes(workspace: Workspace) {
  const routes = new Hono<Env>();
  routes.get("/data_attributes", (c) => {
    const wanted = readModels(c.req.query("model"), c.get("version"));
    const withArchived = queryFlag(c, "include_archived");
    return c.json({
      type: "list",
      data: wanted.flatMap((model) => [
        ...standardAttributes[model].map((row) => formatStandardAttribute(row, model)),
        ...workspace.dataAttributes.rows
          .filter((row) => row.model === model && (withArchived || !row.archived))
          .map((row) => formatCustomAttribute(row, workspace)),
      ]),
    });
  });

  routes.get("/conversations/attributes", (c, next) => {
    if (!atLeast(c.get("version"), "2.16")) return next();
    const withArchived = queryFlag(c, "include_archived");
    const data = workspace.dataAttributes.rows
      .filter((row) => row.model === "conversation" && (withArchived || !row.archived))
      .map((row) => formatConversationAttribute(row, workspace));
    return c.json({ type: "list", data });
  });
  return routes;
}
