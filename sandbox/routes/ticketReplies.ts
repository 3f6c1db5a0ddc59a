import { Hono } from "hono";
import { type ApiVersion, atLeast } from "../apiVersion";
import { formatTicketReply } from "../format/ticketParts";
import { readAttachments } from "../http/attachments";
import {
  type Body,
  type Env,
  email,
  flag,
  id,
  isText,
  object,
  readBody,
  text,
  timestamp,
} from "../http/request";
import type { ContactRow } from "../store/contacts";
import { contactNotFound, parameterInvalid, Refusal, resourceNotFound } from "../store/refusal";
import type { ReplyOption } from "../store/ticketParts";
import { replyToTicket, type TicketReply } from "../store/ticketReplies";
import type { Workspace } from "../store/workspace";
import { checkSkipNotifications } from "./tickets";

export const ticketReplyCoverage = {
  "POST /tickets/:id/reply": "E-mails to the contact, which nobody gets.",
};

const missing = (key: string) =>
  new Refusal(400, "parameter_not_found", `${key} not specified`, key);

function readOptions(given: unknown): ReplyOption[] {
  const key = "reply_options";
  if (!Array.isArray(given) || given.length === 0) {
    throw parameterInvalid(`${key} must be a list of options`, key);
  }
  return given.map((value) => {
    const option = object(value, key);
    return { text: text(option.text, key), uuid: text(option.uuid, key) };
  });
}

export function ticketReplyRoutes(workspace: Workspace) {
  const { admins, contacts, tickets } = workspace;
  const routes = new Hono<Env>();

  /** A contact is called by one of three names (OpenAPI 2.16, contact_reply_ticket_request). */
  const readContact = (body: Body): ContactRow => {
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

  const readReply = (body: Body, version: ApiVersion): TicketReply => {
    const { type, message_type: messageType } = body;
    if (type !== "admin" && type !== "user") {
      throw parameterInvalid("type must be admin or user", "type");
    }
    const isAdmin = type === "admin";
    const types = isAdmin ? ["comment", "note", "quick_reply"] : ["comment"];
    if (!types.includes(messageType as string)) {
      throw parameterInvalid(`message_type must be ${types.join(" or ")}`, "message_type");
    }
    checkSkipNotifications(body, version);
    const isQuick = messageType === "quick_reply";
    // Contacts choose an option from 2.14 on.
    const hasOptions = isAdmin ? isQuick : atLeast(version, "2.14");
    const chosen = hasOptions && body.reply_options !== undefined;
    if (isQuick && !chosen) throw missing("reply_options");
    if (!isQuick && !chosen && body.body === undefined) throw missing("body");
    const reply: TicketReply = {
      author: isAdmin
        ? { adminId: admins.get(id(body.admin_id ?? "", "admin_id")).id }
        : readContact(body),
      type: messageType as TicketReply["type"],
      // The buttons are all that a quick reply shows.
      body: isQuick || body.body === undefined ? null : text(body.body, "body"),
      attachments: readAttachments(body, { files: isAdmin && atLeast(version, "2.16") }),
      options: chosen ? readOptions(body.reply_options) : [],
    };
    if (body.created_at !== undefined) reply.createdAt = timestamp(body.created_at, "created_at");
    if (messageType === "note" && body.cross_post !== undefined) {
      reply.isCrossPosted = flag(body.cross_post, "cross_post");
    }
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
