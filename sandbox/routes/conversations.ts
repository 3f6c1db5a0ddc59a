import { type Context, Hono } from "hono";
import { type ApiVersion, atLeast } from "../apiVersion";
import { formatConversation } from "../format/conversations";
import { readAttachments } from "../http/attachments";
import { cursorPage } from "../http/pages";
import {
  type Body,
  type Env,
  flag,
  id,
  object,
  orNull,
  type Readers,
  readBody,
  readFields,
  text,
  timestamp,
} from "../http/request";
import { searchConversations } from "../search/conversations";
import type { ContactRow } from "../store/contacts";
import { type ConversationChanges, update } from "../store/conversationFields";
import type { ConversationRow, NewConversation } from "../store/conversations";
import type { AttributeChanges } from "../store/dataAttributes";
import { parameterInvalid, parameterMissing } from "../store/refusal";
import type { Workspace } from "../store/workspace";

export const conversationCoverage = {
  "GET /conversations": "AI agents, SLAs, topics, and the ticket that a conversation became.",
  "POST /conversations":
    "Visitors, brands, and messages other than in-app. The sandbox does not fetch images.",
  "POST /conversations/search": "Values of AI agents and of the addresses of pages.",
  "GET /conversations/:id": "Translations: parts come in the language that they were written in.",
  "PUT /conversations/:id": "full",
};

export function conversationRoutes(workspace: Workspace) {
  const { companies, contacts, conversations, customObjectInstances, dataAttributes } = workspace;
  const routes = new Hono<Env>();
  // Without these routes, the route with an id would take the two paths. From 2.16 on, the routes of
  // data attributes answer the first one.
  for (const path of ["/conversations/attributes", "/conversations/deleted"]) {
    routes.all(path, (c) => c.notFound());
  }
  const answer = (c: Context<Env>, row: ConversationRow) => {
    const asText = c.req.query("display_as") === "plaintext";
    return c.json(formatConversation(row, workspace, c.get("version"), { single: true, asText }));
  };
  const list = (
    c: Context<Env>,
    { rows, total, pages }: { rows: ConversationRow[]; total: number; pages: object },
  ) =>
    c.json({
      type: "conversation.list",
      conversations: rows.map((row) => formatConversation(row, workspace, c.get("version"))),
      total_count: total,
      pages,
    });

  routes.get("/conversations", (c) =>
    list(c, cursorPage(c, "conversations", conversations.listed, [20, 150])),
  );

  routes.post("/conversations/search", async (c) =>
    list(c, searchConversations(await readBody(c), workspace, c.get("version"))),
  );

  /** By whoever wrote: `from.type` may be contact, user or lead, and the id alone decides. */
  const readAuthor = (given: unknown): ContactRow => {
    const from = object(given, "from");
    if (!["contact", "user", "lead"].includes(from.type as string)) {
      throw parameterInvalid("from.type must be contact, user or lead", "from");
    }
    return contacts.get(id(from.id, "from.id"));
  };

  routes.post("/conversations", async (c) => {
    const body = await readBody(c);
    if (body.from === undefined) throw parameterMissing("from");
    if (body.body === undefined) throw parameterMissing("body");
    const conversation: NewConversation = {
      contact: readAuthor(body.from),
      body: text(body.body, "body"),
    };
    if (body.subject !== undefined) conversation.subject = text(body.subject, "subject");
    const attachments = readAttachments(body, { files: false });
    if (attachments.length > 0) conversation.attachments = attachments;
    if (body.created_at !== undefined) {
      conversation.createdAt = timestamp(body.created_at, "created_at");
    }
    const row = conversations.create(conversation);
    // The message is the answer, and not the conversation.
    return c.json({
      type: "user_message",
      id: row.source.id,
      created_at: row.createdAt,
      body: conversation.body,
      message_type: "inapp",
      conversation_id: row.id,
    });
  });

  routes.get("/conversations/:id", (c) => answer(c, conversations.get(c.req.param("id"))));

  /** An attribute that links to custom objects takes the list of their ids. */
  const readLink = ([name, ids]: [string, unknown[]]): [string, string[]] => {
    const type = customObjectInstances.typeLinkedBy(name);
    if (!type) throw parameterInvalid(`Custom attribute '${name}' does not exist`, name);
    return [name, ids.map((given) => customObjectInstances.get(type, id(given, name)).id)];
  };

  const readChanges = (body: Body, version: ApiVersion): ConversationChanges => {
    const changes: ConversationChanges = readFields(body, {
      read: ["isRead", flag],
      ...(atLeast(version, "2.13") ? { title: ["title", orNull(text)] } : {}),
    } satisfies Readers<ConversationChanges>);
    if (body.custom_attributes !== undefined) {
      const given = object(body.custom_attributes, "custom_attributes");
      if (atLeast(version, "2.16")) dataAttributes.refuseNamesakes("conversation");
      const isLink = ([, value]: [string, unknown]) =>
        Array.isArray(value) && atLeast(version, "2.13");
      const entries = Object.entries(given);
      const links = entries.filter(isLink) as [string, unknown[]][];
      changes.instanceIds = Object.fromEntries(links.map(readLink));
      const values = entries.filter((entry) => !isLink(entry));
      changes.customAttributes = Object.fromEntries(values) as AttributeChanges;
    }
    if (atLeast(version, "2.14") && body.company_id !== undefined) {
      const given = body.company_id;
      changes.company = given === null ? null : companies.get(id(given, "company_id"));
    }
    return changes;
  };

  routes.put("/conversations/:id", async (c) => {
    const row = conversations.get(c.req.param("id"));
    return answer(c, update(workspace, row, readChanges(await readBody(c), c.get("version"))));
  });

  return routes;
}
