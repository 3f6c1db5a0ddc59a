import type { ContactRow } from "./contacts";
import { adminAuthor, contactAuthor } from "./conversationParts";
import type { ConversationRow } from "./conversations";
import { contactNotFound, parameterInvalid } from "./refusal";
import type { Workspace } from "./workspace";

export interface NewRating {
  /** From 1 to 5. */
  score: number;
  remark?: string;
  /** A contact of the conversation; by default the first. */
  contact?: ContactRow;
}

/** A contact rates a conversation, once (Intercom's page on the conversation model). */
export function rate(
  workspace: Workspace,
  row: ConversationRow,
  { score, remark = "", contact }: NewRating,
): ConversationRow {
  const { contacts, conversations } = workspace;
  const nowSeconds = workspace.nowSeconds();
  const by = contact ?? contacts.get(row.contactIds[0] ?? "");
  if (!row.contactIds.includes(by.id)) throw contactNotFound();
  if (row.rating) throw parameterInvalid("The conversation is rated already");
  const requestedAt = row.parts.findLast(({ type }) => type === "close")?.createdAt ?? nowSeconds;
  const { id: contactId } = by;
  const rating = { score, remark, requestedAt, repliedAt: nowSeconds, contactId };
  const author = contactAuthor(by);
  conversations.add(
    row,
    { type: "conversation_rating_changed", author },
    { rating: { ...rating, adminId: row.adminId } },
  );
  if (remark === "") return row;
  return conversations.add(row, { type: "conversation_rating_remark_added", author });
}

/** An admin marks a conversation as a priority, or removes the mark. */
export function setPriority(
  { admins, conversations }: Workspace,
  row: ConversationRow,
  isPriority: boolean,
): ConversationRow {
  if (row.isPriority === isPriority) return row;
  const part = { type: "priority_changed", author: adminAuthor(admins.owner) } as const;
  return conversations.add(row, part, { isPriority });
}
