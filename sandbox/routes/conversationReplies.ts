import { Hono } from "hono";
import { type ApiVersion, atLeast } from "../apiVersion";
import { formatConversation } from "../format/conversations";
import { readAttachments } from "../http/attachments";
import {
  type Body,
  type Env,
  flag,
  id,
  isText,
  needed,
  object,
  readBody,
  text,
  timestamp,
} from "../http/request";
import type { ContactRow } from "../store/contacts";
import type { QuickReply } from "../store/conversationParts";
import { type Reply, reply } from "../store/conversationReplies";
import { contactNotFound, parameterInvalid, parameterMissing } from "../store/refusal";
import type { Workspace } from "../store/workspace";
import { findContact } from "./conversationContacts";

export const conversationReplyCoverage = {
  "POST /conversations/:id/reply":
    "E-mails to contacts; sizes of images, because the sandbox does not fetch them.",
};

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export function readOptions(body: Body): QuickReply[] {
  const given = body.reply_options;
  if (given === undefined) throw parameterMissing("reply_options");
  if (!Array.isArray(given) || given.length === 0) {
    throw parameterInvalid("reply_options must be a list of options", "reply_options");
  }
  return given.map((option) => {
    const { text: label, uuid: optionId } = object(option, "reply_options");
    if (!isText(label) || !isText(optionId) || !uuid.test(optionId)) {
      throw parameterInvalid("A reply option must have a text and a uuid", "reply_options");
    }
    return { text: label, uuid: optionId };
  });
}

export const readContent = (body: Body, attachments: Reply["attachments"] = []) => ({
  // A message with an attachment needs no text.
  body: body.body === undefined && attachments.length > 0 ? null : needed(body, "body", text),
  attachments,
});

export function conversationReplyRoutes(workspace: Workspace) {
  const { admins, conversations, messages } = workspace;
  const routes = new Hono<Env>();

  const replyingContact = (body: Body): ContactRow => {
    const found = findContact(workspace, body);
    if (!found) throw contactNotFound();
    return found;
  };

  const byAdmin = (body: Body, type: Reply["type"], version: ApiVersion): Reply => {
    const author = { adminId: admins.get(needed(body, "admin_id", id)).id };
    const isSilent = body.skip_notifications;
    return {
      author,
      type,
      ...(type === "quick_reply"
        ? { body: null, quickReplies: readOptions(body) }
        : readContent(body, readAttachments(body, { files: true }))),
      ...(isSilent !== undefined && atLeast(version, "2.15")
        ? { isSilent: flag(isSilent, "skip_notifications") }
        : {}),
    };
  };

  /** A button that a contact chooses becomes a comment that says what the button says. */
  const byContact = (body: Body, type: Reply["type"], version: ApiVersion): Reply => {
    const author = replyingContact(body);
    const hasOptions = body.reply_options !== undefined && atLeast(version, "2.14");
    const [chosen] = type === "quick_reply" || hasOptions ? readOptions(body) : [];
    return {
      author,
      type: "comment",
      ...(type === "quick_reply" && chosen
        ? { body: chosen.text }
        : readContent(body, readAttachments(body, { files: false }))),
      ...(chosen ? { chosenReply: chosen.uuid } : {}),
    };
  };

  const readReply = (body: Body, version: ApiVersion): Reply => {
    if (body.type !== "admin" && body.type !== "user") {
      throw parameterInvalid("type must be admin or user", "type");
    }
    const types: Reply["type"][] = body.type === "admin" ? ["comment", "note"] : ["comment"];
    if (atLeast(version, "2.14")) types.push("quick_reply");
    const type = types.find((known) => known === body.message_type);
    if (!type) {
      throw parameterInvalid(`message_type must be one of: ${types.join(", ")}`, "message_type");
    }
    const read = (body.type === "admin" ? byAdmin : byContact)(body, type, version);
    return body.created_at === undefined
      ? read
      : { ...read, createdAt: timestamp(body.created_at, "created_at") };
  };

  /** "last" is the newest conversation of the contact who replies, or a message that is newer. */
  const findRow = (given: string, { author }: Reply) =>
    (given === "last" && !("adminId" in author)
      ? messages.conversationToAnswer(author)
      : undefined) ?? conversations.get(given);

  routes.post("/conversations/:id/reply", async (c) => {
    const body = await readBody(c);
    const version = c.get("version");
    const given = c.req.param("id");
    if (given !== "last") conversations.get(given);
    // Read before a message becomes a conversation.
    const said = readReply(body, version);
    const row = findRow(given, said);
    reply(workspace, row, said);
    return c.json(formatConversation(row, workspace, version, { single: true }));
  });

  return routes;
}
