import { type Context, Hono } from "hono";
import { atLeast } from "../apiVersion";
import { formatMessage } from "../format/messages";
import {
  type Body,
  type Env,
  flag,
  id,
  isText,
  object,
  readBody,
  text,
  timestamp,
} from "../http/request";
import type { ContactRow } from "../store/contacts";
import type { NewMessage } from "../store/messages";
import { contactNotFound, parameterInvalid, parameterMissing, Refusal } from "../store/refusal";
import type { Workspace } from "../store/workspace";

export const messageCoverage = {
  "POST /messages":
    "WhatsApp, messages from contacts, answers of hidden recipients, and the e-mails themselves.",
};

/** The description's enum has `in_app`; its examples and Intercom's client have the others. */
const types: Record<string, NewMessage["type"]> = {
  inapp: "inapp",
  in_app: "inapp",
  conversation: "inapp",
  email: "email",
};

export function messageRoutes(workspace: Workspace) {
  const { admins, contacts, messages, settings } = workspace;
  const routes = new Hono<Env>();

  const readRecipient = (given: unknown, key: string): ContactRow => {
    const { type, ...recipient } = object(given, key);
    if (type !== "user" && type !== "lead") {
      throw parameterInvalid(`${key}.type must be user or lead`, key);
    }
    const contact = isText(recipient.user_id)
      ? contacts.findByExternalId(recipient.user_id)
      : contacts.get(id(recipient.id, `${key}.id`));
    const isNew = (row: ContactRow) =>
      workspace.nowMs() < row.createdAt * 1000 + settings.messageDelayMs;
    if (contact?.role !== type || isNew(contact)) throw contactNotFound();
    return contact;
  };

  /** One recipient; from 2.14 on also a list. */
  const readRecipients = (given: unknown, key: string, c: Context<Env>): ContactRow[] => {
    if (!Array.isArray(given)) return [readRecipient(given, key)];
    if (!atLeast(c.get("version"), "2.14")) throw parameterInvalid(`${key} must be an object`, key);
    if (given.length === 0) throw parameterInvalid(`${key} must name a recipient`, key);
    return given.map((recipient) => readRecipient(recipient, key));
  };

  const readType = (given: unknown): NewMessage["type"] => {
    if (given === undefined) throw parameterMissing("message_type");
    const type = isText(given) && Object.hasOwn(types, given) ? types[given] : undefined;
    if (!type) throw parameterInvalid("message_type must be inapp or email", "message_type");
    return type;
  };

  const readSender = (given: unknown): string => {
    if (given === undefined) throw parameterMissing("from");
    const from = object(given, "from");
    if (from.type !== "admin") throw parameterInvalid("from.type must be admin", "from");
    return admins.get(id(from.id, "from.id")).id;
  };

  const readTemplate = (given: unknown) => {
    if (given === "plain" || given === "personal") return given;
    throw parameterInvalid("template must be plain or personal", "template");
  };

  // The wording for the subject is that of OpenAPI 2.16, createMessage; we use it for the template too.
  const checkEmail = ({ subject, template }: Body) => {
    for (const [key, value] of Object.entries({ subject, template })) {
      if (isText(value) && value.trim() !== "") continue;
      const message = `No ${key} supplied for email message`;
      throw new Refusal(422, "parameter_not_found", message);
    }
  };

  routes.post("/messages", async (c) => {
    const body = await readBody(c);
    const type = readType(body.message_type);
    if (!isText(body.body) || body.body.trim() === "") throw parameterInvalid("Body is required");
    if (type === "email") checkEmail(body);
    const message: NewMessage = {
      type,
      body: body.body,
      adminId: readSender(body.from),
      to: [],
    };
    if (body.subject !== undefined) message.subject = text(body.subject, "subject");
    if (body.template !== undefined) message.template = readTemplate(body.template);
    if (body.created_at !== undefined) message.createdAt = timestamp(body.created_at, "created_at");
    const opens = body.create_conversation_without_contact_reply;
    if (opens !== undefined) {
      message.opensConversation = flag(opens, "create_conversation_without_contact_reply");
    }
    if (body.to === undefined) throw parameterMissing("to");
    message.to = readRecipients(body.to, "to", c);
    if (atLeast(c.get("version"), "2.14")) {
      if (body.cc !== undefined) message.cc = readRecipients(body.cc, "cc", c);
      if (body.bcc !== undefined) message.bcc = readRecipients(body.bcc, "bcc", c);
    }
    return c.json(formatMessage(messages.send(message), workspace));
  });

  return routes;
}
