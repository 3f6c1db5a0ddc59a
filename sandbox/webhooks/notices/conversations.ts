import { type ApiVersion, atLeast } from "../../apiVersion";
import { formatConversation } from "../../format/conversations";
import type { ConversationPart, ConversationRow } from "../../store/conversations";
import type { Workspace } from "../../store/workspace";
import type { Notifiers } from "../notice";

const whole = (row: ConversationRow, workspace: Workspace, version: ApiVersion) =>
  formatConversation(row, workspace, version, {
    single: true,
    // OpenAPI 2.16, conversation_part.
    asText: atLeast(version, "2.15"),
  });

function topicOfReply({ author, type }: ConversationPart): string {
  if (author.type !== "admin") return "conversation.user.replied";
  return type === "note" ? "conversation.admin.noted" : "conversation.admin.replied";
}

export const conversationNotices = {
  "conversation.created": ({ conversation }, workspace, version) => [
    ["conversation.user.created", whole(conversation, workspace, version)],
  ],
  "conversation.replied": ({ conversation, part }, workspace, version) => [
    [topicOfReply(part), whole(conversation, workspace, version)],
  ],
} satisfies Partial<Notifiers>;
