import type { Attachment } from "./attachments";
import type { QuickReply } from "./conversationParts";
import type { TicketTypeRow, TicketValue } from "./ticketTypes";

/** A reply or a note of an admin, or a comment of a contact. */
export interface TicketReplyPart {
  type: "comment" | "note" | "quick_reply";
  /** `null` if an admin is the author. */
  contactId: string | null;
  body: string | null;
  attachments: Attachment[];
  /** The buttons that an admin offers, or that a contact chose. */
  options: QuickReply[];
}

export type TicketPartContent =
  | { type: "ticket_state_updated_by_admin"; stateId: string; previousStateId: string }
  | {
      type: "ticket_attribute_updated_by_admin";
      attribute: { id: string; name: string };
      value: TicketValue;
    }
  | { type: "assignment"; assignee: { type: "admin" | "team"; id: string } | null }
  | { type: "open" | "close" | "snoozed" | "unsnoozed" }
  | TicketReplyPart;

/** One entry of a ticket's history. Without an admin and a contact, the bot is the author. */
export type TicketPart = {
  id: string;
  createdAt: number;
  adminId: string | null;
} & TicketPartContent;

/** A part for each attribute whose value changed. */
export function changedAttributes(
  type: TicketTypeRow,
  before: Record<string, TicketValue>,
  now: Record<string, TicketValue>,
): TicketPartContent[] {
  return type.attributes
    .filter(({ name }) => (now[name] ?? null) !== (before[name] ?? null))
    .map(({ id, name }) => ({
      type: "ticket_attribute_updated_by_admin",
      attribute: { id, name },
      value: now[name] ?? null,
    }));
}

/** What one contact said, as said by another. */
export const handedOver = (parts: readonly TicketPart[], from: string, into: string) =>
  parts.map((part) =>
    "contactId" in part && part.contactId === from ? { ...part, contactId: into } : part,
  );
