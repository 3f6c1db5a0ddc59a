import { randomUUID } from "node:crypto";
import type { ContactName } from "./contacts";

/** Who writes: an admin, the token's own where nobody is named, or a contact. */
export type Author = { adminId: string | undefined } | { contact: ContactName };

/** A reply or a note. What is undefined is left out. */
export interface Message {
  message_type: "comment" | "note" | "quick_reply";
  /** HTML is taken from admins. */
  body?: string;
  reply_options?: { text: string; uuid: string }[];
  /** Unix seconds. */
  created_at?: number;
  skip_notifications?: boolean;
  [key: string]: unknown;
}

/** How a contact is named beside conversations and tickets (OpenAPI 2.16, customer_request). */
export function customerOf(contact: ContactName) {
  if ("email" in contact) return contact;
  return "id" in contact ? { intercom_user_id: contact.id } : { user_id: contact.external_id };
}

/** The author, as replies name one (OpenAPI 2.16, reply_conversation_request). */
export const authorOf = async (
  author: Author,
  adminIdOf: (given: string | undefined) => Promise<string>,
) =>
  "contact" in author
    ? { type: "user", ...customerOf(author.contact) }
    : { type: "admin", admin_id: await adminIdOf(author.adminId) };

/** Buttons; the id of the one that was clicked comes back with the contact's answer. */
export const quickReply = (texts: string[]): Message => ({
  message_type: "quick_reply",
  reply_options: texts.map((text) => ({ text, uuid: randomUUID() })),
});
