import type { ContactRow } from "./contacts";
import type { Author } from "./conversationParts";
import type { ConversationRow } from "./conversations";
import { contactNotFound, Refusal } from "./refusal";
import type { Workspace } from "./workspace";

/** Adding a contact again changes nothing. */
export function addContact(
  { conversations }: Workspace,
  row: ConversationRow,
  { id }: ContactRow,
  author: Author,
): ConversationRow {
  if (row.contactIds.includes(id)) return row;
  const part = { type: "participant_added", author } as const;
  return conversations.add(row, part, { contactIds: [...row.contactIds, id] });
}

// Wordings of OpenAPI 2.16, detachContactFromConversation.
export function removeContact(
  { conversations }: Workspace,
  row: ConversationRow,
  contactId: string,
  author: Author,
): ConversationRow {
  if (!row.contactIds.includes(contactId)) throw contactNotFound();
  const contactIds = row.contactIds.filter((id) => id !== contactId);
  if (contactIds.length === 0) {
    throw new Refusal(422, "parameter_invalid", "Removing the last customer is not allowed");
  }
  return conversations.add(row, { type: "participant_removed", author }, { contactIds });
}
