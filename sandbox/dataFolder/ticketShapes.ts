import { z } from "zod";
import type { TicketPart } from "../store/ticketParts";
import type { TicketRow } from "../store/tickets";
import type { TicketStateRow, TicketTypeRow } from "../store/ticketTypes";
import { attachment, flag, text, textOrNull, time, timeOrNull } from "./values";

export const ticketType: z.ZodType<TicketTypeRow> = z.strictObject({
  id: text,
  name: text,
  description: text,
  icon: text,
  category: z.enum(["Customer", "Back-office", "Tracker"]),
  archived: flag,
  createdAt: time,
  attributes: z.array(
    z.strictObject({
      id: text,
      name: text,
      description: text,
      dataType: z.enum(["string", "list", "integer", "decimal", "boolean", "datetime", "files"]),
      multiline: flag,
      options: z.array(z.strictObject({ id: text, label: text })),
      required: flag,
      builtIn: flag,
      archived: flag,
    }),
  ),
});

export const ticketState: z.ZodType<TicketStateRow> = z.strictObject({
  id: text,
  category: z.enum(["submitted", "in_progress", "waiting_on_customer", "resolved"]),
  internalLabel: text,
  externalLabel: text,
  typeIds: z.array(text).nullable().default(null),
});

const ticketValue = z.union([text, z.number(), flag, z.null()]);
const partFields = { id: text, createdAt: time, adminId: textOrNull };
const ticketPart: z.ZodType<TicketPart> = z.discriminatedUnion("type", [
  z.strictObject({
    ...partFields,
    type: z.literal("ticket_state_updated_by_admin"),
    stateId: text,
    previousStateId: text,
  }),
  z.strictObject({
    ...partFields,
    type: z.literal("ticket_attribute_updated_by_admin"),
    attribute: z.strictObject({ id: text, name: text }),
    value: ticketValue,
  }),
  z.strictObject({
    ...partFields,
    type: z.literal("assignment"),
    assignee: z.strictObject({ type: z.enum(["admin", "team"]), id: text }).nullable(),
  }),
  z.strictObject({
    ...partFields,
    type: z.enum(["open", "close", "snoozed", "unsnoozed"]),
  }),
  z.strictObject({
    ...partFields,
    type: z.enum(["comment", "note", "quick_reply"]),
    contactId: textOrNull,
    body: textOrNull,
    attachments: z.array(attachment),
    options: z.array(z.strictObject({ text, uuid: text })),
  }),
]);

export const ticket: z.ZodType<TicketRow> = z.strictObject({
  id: text,
  inboxNumber: text,
  typeId: text,
  stateId: text,
  previousStateId: textOrNull,
  contactId: text,
  companyId: textOrNull,
  adminId: textOrNull,
  teamId: textOrNull,
  values: z.record(text, ticketValue),
  isOpen: flag,
  isShared: flag,
  snoozedUntil: timeOrNull,
  linkedIds: z.array(text).default([]),
  createdAt: time,
  updatedAt: time,
  parts: z.array(ticketPart),
});
