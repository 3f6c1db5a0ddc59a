import type { NewAttachment } from "./attachments";
import type { ContactRow } from "./contacts";
import type { QuickReply } from "./conversationParts";
import { reply as replyToConversation } from "./conversationReplies";
import { cleanHtml, htmlOfText } from "./html";
import { Refusal } from "./refusal";
import type { TicketPart, TicketReplyPart } from "./ticketParts";
import type { TicketRow } from "./tickets";
import type { Workspace } from "./workspace";

export interface TicketReply {
  author: ContactRow | { adminId: string };
  type: TicketReplyPart["type"];
  body: string | null;
  attachments: NewAttachment[];
  /** In a quick reply, the buttons; in a contact's reply, the button that the contact chose. */
  options: QuickReply[];
  createdAt?: number;
  /** Whether the note is also added to the linked conversations. */
  isCrossPosted?: boolean;
}

/** Adds what an admin or a contact wrote to a ticket. */
export function replyToTicket(
  row: TicketRow,
  reply: TicketReply,
  workspace: Workspace,
): TicketPart & TicketReplyPart {
  const { author, type, body, options } = reply;
  const byAdmin = "adminId" in author;
  const { category } = workspace.ticketTypes.get(row.typeId);
  if (!byAdmin && category === "Back-office") {
    // Wording of OpenAPI 2.16, replyTicket.
    const message = "User replies are not allowed on Backoffice tickets";
    throw new Refusal(400, "parameter_mismatch", message);
  }
  const createdAt = reply.createdAt ?? workspace.nowSeconds();
  const part: TicketPart & TicketReplyPart = {
    id: workspace.ids.number("part"),
    type,
    adminId: byAdmin ? author.adminId : null,
    contactId: byAdmin ? null : author.id,
    // A contact writes text, an admin HTML; both come back as HTML, as in conversations.
    body: body === null ? null : byAdmin ? cleanHtml(body) : htmlOfText(body),
    attachments: reply.attachments.map((given) => ({
      id: workspace.ids.number("attachment"),
      ...given,
    })),
    options,
    createdAt,
  };
  const before = { ...row };
  workspace.tickets.change(row, {
    parts: [...row.parts, part],
    // A contact's reply reopens a ticket and ends its snooze, as in conversations.
    ...(byAdmin ? {} : { isOpen: true, snoozedUntil: null }),
  });
  if (type !== "note") {
    const person = workspace.contacts.rows.get(byAdmin ? row.contactId : author.id);
    const at = byAdmin ? { lastContactedAt: createdAt } : { lastRepliedAt: createdAt };
    if (person?.state === "active") workspace.contacts.change(person, at);
  }
  workspace.report({ what: "ticket.replied", ticket: row, before, part });
  if (reply.isCrossPosted && category === "Back-office" && byAdmin) {
    for (const id of row.linkedIds) {
      const conversation = workspace.conversations.rows.get(id);
      if (conversation) replyToConversation(workspace, conversation, { author, type, body });
    }
  }
  return part;
}
