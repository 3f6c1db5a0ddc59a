import { z } from "zod";
import { isObject } from "../checks";
import {
  type Author,
  type ConversationPart,
  conversationStates,
  partTypes,
} from "../store/conversationParts";
import type { ConversationRow } from "../store/conversations";
import type { MessageRow } from "../store/messages";
import {
  appliedTag,
  attachment,
  attributeValue,
  attributeValues,
  flag,
  text,
  textOrNull,
  time,
  timeOrNull,
} from "./values";

export const message: z.ZodType<MessageRow> = z.strictObject({
  id: text,
  type: z.enum(["inapp", "email"]),
  subject: textOrNull,
  body: text,
  template: z.enum(["plain", "personal"]).nullable(),
  adminId: text,
  contactIds: z.array(text),
  ccIds: z.array(text),
  bccIds: z.array(text),
  conversationId: textOrNull,
  createdAt: time,
});

const author: z.ZodType<Author> = z.strictObject({
  type: z.enum(["admin", "user", "lead", "bot"]),
  id: text,
  name: textOrNull,
  email: textOrNull,
});

const conversationState = z.enum(conversationStates);

const conversationPart: z.ZodType<ConversationPart> = z.strictObject({
  id: text,
  type: z.enum(partTypes),
  body: textOrNull,
  author,
  createdAt: time,
  state: conversationState.optional(),
  assignee: z
    .strictObject({ type: z.enum(["admin", "team"]), id: text })
    .nullable()
    .optional(),
  attachments: z.array(attachment).optional(),
  quickReplies: z.array(z.strictObject({ text, uuid: text })).optional(),
  chosenReply: text.optional(),
  attribute: z
    .strictObject({
      name: text,
      value: attributeValue.nullable(),
      previous: attributeValue.nullable(),
    })
    .optional(),
  isSilent: flag.optional(),
});

/** Older sandboxes knew one contact for each conversation. */
const withContacts = (row: unknown) => {
  if (!isObject(row) || !("contactId" in row)) return row;
  const { contactId, ...rest } = row;
  return { contactIds: [contactId], ...rest };
};

export const conversation: z.ZodType<ConversationRow> = z.preprocess(
  withContacts,
  z.strictObject({
    id: text,
    contactIds: z.array(text).min(1),
    source: z.strictObject({
      id: text,
      type: z.enum(["conversation", "email"]).default("conversation"),
      deliveredAs: z.enum(["customer_initiated", "admin_initiated"]).default("customer_initiated"),
      subject: text,
      body: text,
      author,
      attachments: z.array(attachment).default([]),
    }),
    title: textOrNull.default(null),
    parts: z.array(conversationPart),
    state: conversationState,
    isRead: flag,
    isPriority: flag,
    adminId: textOrNull,
    teamId: textOrNull,
    companyId: textOrNull.default(null),
    tags: z.array(appliedTag).default([]),
    rating: z
      .strictObject({
        score: z.int(),
        remark: text,
        requestedAt: time,
        repliedAt: time,
        contactId: text,
        adminId: textOrNull,
      })
      .nullable()
      .default(null),
    customAttributes: attributeValues,
    instanceIds: z.record(text, z.array(text)).default({}),
    waitingSince: timeOrNull,
    snoozedUntil: timeOrNull,
    createdAt: time,
    updatedAt: time,
  }),
);
