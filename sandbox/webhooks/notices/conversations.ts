import { type ApiVersion, atLeast } from "../../apiVersion";
import { formatConversation } from "../../format/conversations";
import { type ConversationPart, isContact } from "../../store/conversationParts";
import type { ConversationRow } from "../../store/conversations";
import type { Workspace } from "../../store/workspace";
import type { Notifier, Notifiers } from "../notice";

const whole = (row: ConversationRow, workspace: Workspace, version: ApiVersion) =>
  formatConversation(row, workspace, version, {
    single: true,
    // OpenAPI 2.16, conversation_part.
    asText: atLeast(version, "2.15"),
  });

/** Of an admin's act; a part of another kind causes none. */
const topicsOfAdmin: Partial<Record<ConversationPart["type"], string[]>> = {
  comment: ["admin.replied"],
  quick_reply: ["admin.replied"],
  note: ["admin.noted"],
  close: ["admin.closed"],
  open: ["admin.opened"],
  snoozed: ["admin.snoozed"],
  unsnoozed: ["admin.unsnoozed"],
  timer_unsnooze: ["admin.unsnoozed"],
  assignment: ["admin.assigned"],
  assign_and_reopen: ["admin.open.assigned"],
  assign_and_unsnooze: ["admin.assigned", "admin.unsnoozed"],
};

/** Of a part, whoever its author is. */
const topicsOfAnyone: Partial<Record<ConversationPart["type"], string[]>> = {
  participant_added: ["contact.attached"],
  participant_removed: ["contact.detached"],
  conversation_rating_changed: ["rating.added"],
  conversation_rating_remark_added: [],
  priority_changed: ["priority.updated"],
};

function topicsOf({ author, type }: ConversationPart): string[] {
  const topics = topicsOfAnyone[type];
  if (topics) return topics;
  return isContact(author) ? ["user.replied"] : (topicsOfAdmin[type] ?? []);
}

const always =
  (topicOf: (conversation: ConversationRow) => string): Notifier<Whole> =>
  ({ conversation }, workspace, version) => [
    [topicOf(conversation), whole(conversation, workspace, version)],
  ];

type Whole =
  | "conversation.created"
  | "conversation.read"
  | "conversation.companyChanged"
  | "conversation.tagged";

export const conversationNotices = {
  "conversation.created": always(({ source }) =>
    source.deliveredAs === "admin_initiated"
      ? "conversation.admin.single.created"
      : "conversation.user.created",
  ),
  "conversation.read": always(() => "conversation.read"),
  "conversation.companyChanged": always(() => "conversation.company.updated"),
  "conversation.tagged": always(() => "conversation_part.tag.created"),
  "conversation.partAdded": ({ conversation, part }, workspace, version) => {
    const topics = topicsOf(part);
    const item = topics.length > 0 ? whole(conversation, workspace, version) : undefined;
    return topics.map((topic) => [`conversation.${topic}`, item]);
  },
} satisfies Partial<Notifiers>;
