import { type Context, Hono } from "hono";
import { formatConversation } from "../format/conversations";
import { cursorPage } from "../http/pages";
import {
  type Body,
  type Env,
  email,
  id,
  isText,
  object,
  readBody,
  text,
  timestamp,
} from "../http/request";
import { searchConversations } from "../search/conversations";
import type { ContactRow } from "../store/contacts";
import { type Reply, reply } from "../store/conversationReplies";
import type { ConversationRow, NewConversation } from "../store/conversations";
import { contactNotFound, missing, parameterInvalid } from "../store/refusal";
import type { Workspace } from "../store/workspace";

export const conversationCoverage = {
  "GET /conversations": "No conversation has tags, ratings, an AI agent or linked objects.",
  "POST /conversations": "Attachments, visitors, brands; every message is in-app.",
  "POST /conversations/search":
    "Ratings, AI agents and what is left out of the statistics are known and always unset.",
  "GET /conversations/:id": "Parts beside comments and notes.",
  "POST /conversations/:id/reply": "Attachments and quick replies.",
};

export function conversationRoutes(workspace: Workspace) {
  const { admins, contacts, conversations } = workspace;
  const routes = new Hono<Env>();
  // Paths of Intercom that the sandbox does not cover; the route with an id would take them.
  for (const path of ["/conversations/attributes", "/conversations/deleted"]) {
    routes.all(path, (c) => c.notFound());
  }
  const answer = (c: Context<Env>, row: ConversationRow) =>
    c.json(formatConversation(row, workspace, c.get("version"), { single: true }));
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
    if (body.from === undefined) throw missing("from");
    if (body.body === undefined) throw missing("body");
    const conversation: NewConversation = {
      contact: readAuthor(body.from),
      body: text(body.body, "body"),
    };
    if (body.subject !== undefined) conversation.subject = text(body.subject, "subject");
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

  routes.get("/conversations/:id", (c) => {
    const row = conversations.get(c.req.param("id"));
    const asText = c.req.query("display_as") === "plaintext";
    return c.json(formatConversation(row, workspace, c.get("version"), { single: true, asText }));
  });

  /** A contact is called by one of three names (OpenAPI 2.16, contact_reply_conversation_request). */
  const replyingContact = (body: Body): ContactRow => {
    const { intercom_user_id: contactId, user_id: externalId, email: address } = body;
    const found = isText(contactId)
      ? contacts.get(contactId)
      : isText(externalId)
        ? contacts.findByExternalId(externalId)
        : address !== undefined
          ? contacts.findByEmail(email(address, "email"))
          : undefined;
    if (!found) throw contactNotFound();
    return found;
  };

  const readReply = (body: Body): Reply => {
    if (body.type !== "admin" && body.type !== "user") {
      throw parameterInvalid("type must be admin or user", "type");
    }
    const types = body.type === "admin" ? ["comment", "note"] : ["comment"];
    if (!types.includes(body.message_type as string)) {
      throw parameterInvalid(`message_type must be ${types.join(" or ")}`, "message_type");
    }
    if (body.body === undefined) throw missing("body");
    const read: Reply = {
      author:
        body.type === "admin"
          ? { adminId: admins.get(id(body.admin_id, "admin_id")).id }
          : replyingContact(body),
      type: body.message_type as Reply["type"],
      body: text(body.body, "body"),
    };
    if (body.created_at !== undefined) read.createdAt = timestamp(body.created_at, "created_at");
    return read;
  };

  routes.post("/conversations/:id/reply", async (c) => {
    const { id: given } = c.req.param();
    const body = await readBody(c);
    // "last" is the newest conversation of the contact who replies.
    if (given === "last" && body.type === "user") {
      const { id: contactId } = replyingContact(body);
      const row = conversations.ofContact(contactId).at(-1);
      if (row) return answer(c, reply(workspace, row, readReply(body)));
    }
    const row = conversations.get(given ?? "");
    return answer(c, reply(workspace, row, readReply(body)));
  });

  return routes;
}
