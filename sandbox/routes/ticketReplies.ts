import { Hono } from "hono";
import { type ApiVersion, atLeast } from "../apiVersion";
import { formatTicketReply } from "../format/ticketParts";
import { readAttachments } from "../http/attachments";
import { type Body, type Env, flag, id, needed, readBody, timestamp } from "../http/request";
import { contactNotFound, parameterInvalid, resourceNotFound } from "../store/refusal";
import { replyToTicket, type TicketReply } from "../store/ticketReplies";
import type { Workspace } from "../store/workspace";
import { findContact } from "./conversationContacts";
import { readContent, readOptions } from "./conversationReplies";
import { checkSkipNotifications } from "./tickets";

export const ticketReplyCoverage = {
  "POST /tickets/:id/reply": "E-mails to the contact.",
};

export function ticketReplyRoutes(workspace: Workspace) {
  const { admins, tickets } = workspace;
  const routes = new Hono<Env>();

  const byAdmin = (body: Body, type: TicketReply["type"], version: ApiVersion): TicketReply => {
    const author = { adminId: admins.get(needed(body, "admin_id", id)).id };
    const attachments = readAttachments(body, { files: atLeast(version, "2.16") });
    // A quick reply shows only its buttons.
    if (type === "quick_reply") {
      return { author, type, body: null, attachments, options: readOptions(body) };
    }
    const reply = { author, type, ...readContent(body, attachments), options: [] };
    if (type === "comment" || body.cross_post === undefined) return reply;
    return { ...reply, isCrossPosted: flag(body.cross_post, "cross_post") };
  };

  /** From 2.14 on, a contact can choose a button. The reply is then a comment with the button's text. */
  const byContact = (body: Body, version: ApiVersion): TicketReply => {
    const author = findContact(workspace, body);
    if (!author) throw contactNotFound();
    const attachments = readAttachments(body, { files: false });
    const type = "comment";
    if (body.reply_options === undefined || !atLeast(version, "2.14")) {
      return { author, type, ...readContent(body, attachments), options: [] };
    }
    const options = readOptions(body);
    const chosen = options.map(({ text }) => text).join(", ");
    return { author, type, body: chosen, attachments, options };
  };

  const readReply = (body: Body, version: ApiVersion): TicketReply => {
    if (body.type !== "admin" && body.type !== "user") {
      throw parameterInvalid("type must be admin or user", "type");
    }
    const types: TicketReply["type"][] =
      body.type === "admin" ? ["comment", "note", "quick_reply"] : ["comment"];
    const type = types.find((known) => known === body.message_type);
    if (!type) {
      throw parameterInvalid(`message_type must be one of: ${types.join(", ")}`, "message_type");
    }
    checkSkipNotifications(body, version);
    const reply = body.type === "admin" ? byAdmin(body, type, version) : byContact(body, version);
    if (body.created_at !== undefined) reply.createdAt = timestamp(body.created_at, "created_at");
    return reply;
  };

  routes.post("/tickets/:id/reply", async (c) => {
    const row = tickets.rows.get(c.req.param("id"));
    // Wording of OpenAPI 2.16, replyTicket.
    if (!row) throw resourceNotFound();
    const version = c.get("version");
    const part = replyToTicket(row, readReply(await readBody(c), version), workspace);
    return c.json(formatTicketReply(part, row, workspace, version));
  });

  return routes;
}
