import { randomUUID } from "node:crypto";
import type { ContactName } from "./contacts";

/** Who writes: an admin, by default that of the access token, or a contact. */
export type Author = { adminId: string | undefined } | { contact: ContactName };

/** A reply or a note. Undefined fields are left out. */
export interface Message {
  message_type: "comment" | "note" | "quick_reply";
  /** An admin may write HTML. */
  body?: string;
  reply_options?: { text: string; uuid: string }[];
  /** Unix seconds. */
  created_at?: number;
  skip_notifications?: boolean;
  [key: string]: unknown;
}

/** A contact's keys in requests on conversations and tickets (OpenAPI 2.16, customer_request). */
export function customerOf(contact: ContactName) {
  if ("email" in contact) return contact;
  return "id" in contact ? { intercom_user_id: contact.id } : { user_id: contact.external_id };
}

/** The keys for the author of a reply (OpenAPI 2.16, reply_conversation_request). */
export const authorOf = async (
  author: Author,
  adminIdOf: (given: string | undefined) => Promise<string>,
) =>
  "contact" in author
    ? { type: "user", ...customerOf(author.contact) }
    : { type: "admin", admin_id: await adminIdOf(author.adminId) };

/** Buttons. The contact's answer has the id of the button that the contact chose. */
export const quickReply = (texts: string[]): Message => ({
  message_type: "quick_reply",
  reply_options: texts.map((text) => ({ text, uuid: randomUUID() })),
});
