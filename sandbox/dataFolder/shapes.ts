import { z } from "zod";
import type { AdminRow } from "../store/admins";
import type { BrandRow } from "../store/brands";
import type { CompanyRow } from "../store/companies";
import type { Scroll } from "../store/companyScroll";
import type { ContactRow } from "../store/contacts";
import type { DataAttributeRow } from "../store/dataAttributes";
import type { EventRow } from "../store/events";
import type { NoteRow } from "../store/notes";
import type { PlanRow } from "../store/plans";
import type { SegmentRow } from "../store/segments";
import type { SubscriptionTypeRow } from "../store/subscriptionTypes";
import type { TagRow } from "../store/tags";
import type { TeamRow } from "../store/teams";
import type { NotificationRow, SubscriptionRow } from "../store/webhookSubscriptions";
import type { TableName } from "../store/workspace";
import { article, collection, customObjectInstance } from "./contentShapes";
import { conversation, message } from "./conversationShapes";
import { ticket, ticketState, ticketType } from "./ticketShapes";
import { appliedTag, attributeValues, flag, text, textOrNull, time, timeOrNull } from "./values";

const admin: z.ZodType<AdminRow> = z.strictObject({
  id: text,
  name: text,
  email: text,
  jobTitle: text,
  hasInboxSeat: flag,
  teamIds: z.array(text),
});

const team: z.ZodType<TeamRow> = z.strictObject({ id: text, name: text });

const brand: z.ZodType<BrandRow> = z.strictObject({
  id: text,
  name: text,
  isDefault: flag,
  createdAt: time,
  updatedAt: time,
});

const attribute: z.ZodType<DataAttributeRow> = z.strictObject({
  id: text,
  model: z.enum(["contact", "company", "conversation"]),
  name: text,
  description: text,
  dataType: z.enum(["string", "integer", "float", "boolean", "date"]),
  options: z.array(text).optional(),
  archived: flag,
  isReadOnly: flag,
  createdAt: time,
});

const segment: z.ZodType<SegmentRow> = z.strictObject({
  id: text,
  name: text,
  createdAt: time,
  updatedAt: time,
  rule: z.union([
    z.strictObject({ of: z.enum(["contact", "company"]), tagId: text }),
    z.strictObject({ of: z.literal("contact"), role: z.enum(["user", "lead"]) }),
    z.strictObject({ of: z.literal("company"), monthlySpendFrom: z.number() }),
  ]),
});

const subscriptionType: z.ZodType<SubscriptionTypeRow> = z.strictObject({
  id: text,
  name: text,
  description: text,
  consentType: z.enum(["opt_in", "opt_out"]),
  contentTypes: z.array(z.enum(["email", "sms_message"])),
});

const tag: z.ZodType<TagRow> = z.strictObject({ id: text, name: text });

const contact: z.ZodType<ContactRow> = z.strictObject({
  id: text,
  role: z.enum(["user", "lead"]),
  externalId: textOrNull,
  email: textOrNull,
  phone: textOrNull,
  name: textOrNull,
  avatar: textOrNull,
  ownerId: textOrNull,
  unsubscribedFromEmails: flag,
  markedEmailAsSpam: flag,
  hasHardBounced: flag,
  createdAt: time,
  updatedAt: time,
  signedUpAt: timeOrNull,
  lastSeenAt: timeOrNull,
  lastRepliedAt: timeOrNull,
  lastContactedAt: timeOrNull,
  lastEmailOpenedAt: timeOrNull,
  lastEmailClickedAt: timeOrNull,
  languageOverride: textOrNull,
  browser: textOrNull,
  browserLanguage: textOrNull,
  os: textOrNull,
  location: z
    .strictObject({
      country: text,
      region: text,
      city: text,
      countryCode: text,
      continentCode: text,
    })
    .nullable(),
  customAttributes: attributeValues,
  tags: z.array(appliedTag),
  companyIds: z.array(text),
  subscriptionTypeIds: z.array(text).default([]),
  state: z.enum(["active", "archived", "deleted", "merged"]),
  deletedAtMs: z.number().nullable(),
  merged: z.strictObject({ into: text, at: time }).optional(),
});

const plan: z.ZodType<PlanRow> = z.strictObject({ id: text, name: text });

const company: z.ZodType<CompanyRow> = z.strictObject({
  id: text,
  companyId: text,
  name: text,
  plan: plan.nullable(),
  size: z.number().nullable(),
  website: textOrNull,
  industry: textOrNull,
  monthlySpend: z.number(),
  remoteCreatedAt: time,
  createdAt: time,
  updatedAt: time,
  lastRequestAt: timeOrNull,
  sessionCount: z.number(),
  customAttributes: attributeValues,
  tagIds: z.array(text),
});

const scroll: z.ZodType<Scroll> = z.strictObject({
  param: text,
  after: text,
  usedAtMs: z.number(),
});

const note: z.ZodType<NoteRow> = z.strictObject({
  id: text,
  contactId: text,
  adminId: text,
  body: text,
  createdAt: time,
});

const event: z.ZodType<EventRow> = z.strictObject({
  id: text,
  contactId: text,
  name: text,
  createdAt: time,
  metadata: z.record(
    text,
    z.union([text, z.number(), flag, z.null(), z.record(text, z.union([text, z.number()]))]),
  ),
});
const subscription: z.ZodType<SubscriptionRow> = z.strictObject({
  id: text,
  url: text,
  topics: z.array(text),
  isDisabled: flag,
});

const notification: z.ZodType<NotificationRow> = z.strictObject({
  place: text,
  id: textOrNull,
  subscriptionId: text,
  topic: text,
  item: z.unknown(),
  createdAt: time,
  dueMs: z.number(),
  attempts: z.int(),
  failures: z.int(),
  throttles: z.int(),
  firstSentMs: z.number().nullable(),
});

/** A table with a record for each row. */
const many = (shape: z.ZodType) => ({ shape, isOne: false });
/** A table that is one record. */
const one = (shape: z.ZodType) => ({ shape, isOne: true });

/** What the records of each table must be, where they come from a disk. */
export const shapes: Record<TableName, ReturnType<typeof one>> = {
  ids: one(z.record(text, z.int())),
  admins: one(z.array(admin).min(1)),
  teams: one(z.array(team)),
  brands: one(z.array(brand)),
  attributes: one(z.array(attribute)),
  segments: one(z.array(segment)),
  subscriptionTypes: one(z.array(subscriptionType)),
  ticketTypes: one(z.array(ticketType)),
  ticketStates: one(z.array(ticketState).min(1)),
  tags: many(tag),
  contacts: many(contact),
  companies: many(company),
  plans: many(plan),
  scroll: one(scroll.nullable()),
  tickets: many(ticket),
  conversations: many(conversation),
  messages: many(message),
  notes: many(note),
  events: many(event),
  collections: many(collection),
  articles: many(article),
  customObjectInstances: many(customObjectInstance),
  codes: one(z.array(text)),
  subscriptions: one(z.array(subscription)),
  notifications: many(notification),
};
