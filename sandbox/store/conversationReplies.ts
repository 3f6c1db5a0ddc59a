import type { NewAttachment } from "./attachments";
import type { ContactRow } from "./contacts";
import { adminAuthor, contactAuthor, isContact, type QuickReply } from "./conversationParts";
import type { ConversationRow } from "./conversations";
import { cleanHtml, htmlOfText } from "./html";
import type { Workspace } from "./workspace";

export interface Reply {
  author: ContactRow | { adminId: string };
  type: "comment" | "note" | "quick_reply";
  /** A contact writes text, an admin HTML (OpenAPI 2.16, create_conversation_request). */
  body: string | null;
  attachments?: NewAttachment[];
  /** The buttons of an admin's quick reply. */
  quickReplies?: QuickReply[];
  /** The button that a contact chose. */
  chosenReply?: string;
  createdAt?: number;
  isSilent?: boolean;
}

/** Adds a reply or a note. A contact's reply opens the conversation. */
export function reply(
  workspace: Workspace,
  row: ConversationRow,
  { author: by, type, body, attachments = [], createdAt, ...more }: Reply,
): ConversationRow {
  const { admins, contacts, conversations } = workspace;
  const author = "adminId" in by ? adminAuthor(admins.get(by.adminId)) : contactAuthor(by);
  const at = createdAt ?? workspace.nowSeconds();
  const html = isContact(author) ? htmlOfText : cleanHtml;
  conversations.add(
    row,
    {
      ...more,
      type: isContact(author) && row.state !== "open" ? "open" : type,
      author,
      body: body === null ? null : html(body),
      createdAt: at,
      ...(attachments.length > 0 ? { attachments: conversations.attach(attachments) } : {}),
    },
    isContact(author)
      ? {
          isRead: false,
          state: "open",
          snoozedUntil: null,
          waitingSince: row.waitingSince ?? at,
        }
      : type === "note"
        ? {}
        : { isRead: true, waitingSince: null },
  );
  if (type === "note") return row;
  if ("adminId" in by) noteContacted(workspace, row, at);
  else if (by.state === "active") contacts.change(by, { lastRepliedAt: at });
  return row;
}

/** Stores when the contacts of a conversation last got a message. */
export function noteContacted(
  { contacts }: Workspace,
  { contactIds }: ConversationRow,
  at: number,
): void {
  for (const id of contactIds) {
    const person = contacts.rows.get(id);
    if (person?.state === "active") contacts.change(person, { lastContactedAt: at });
  }
}
