import { type ApiVersion, atLeast } from "../apiVersion";
import type { Author, ConversationPart } from "../store/conversationParts";
import type { ConversationRow } from "../store/conversations";
import type { Workspace } from "../store/workspace";
import { formatAttachments } from "./attachments";

/** The newest ones (OpenAPI 2.16, retrieveConversation). */
const shownParts = 500;

export const formatAuthor = ({ type, id, name, email }: Author, version: ApiVersion) => ({
  type,
  id,
  // The bot's name in the examples of OpenAPI 2.11 and since.
  name: type === "bot" ? (atLeast(version, "2.12") ? "Fin" : "Operator") : name,
  // Not null in any description, though leads may have none.
  email: email ?? "",
});

/** Of an assignment; "nobody_admin" is Intercom's word for no assignee. */
const formatAssignee = ({ assignee }: ConversationPart) =>
  assignee === null ? { type: "nobody_admin", id: null } : (assignee ?? null);

const asText = (value: string | number | boolean | null) => (value === null ? "" : String(value));

const formatEvent = ({ attribute }: ConversationPart, version: ApiVersion) =>
  attribute
    ? {
        attribute: { name: attribute.name },
        value: {
          name: asText(attribute.value),
          ...(atLeast(version, "2.15")
            ? { previous: attribute.previous === null ? null : asText(attribute.previous) }
            : {}),
        },
      }
    : null;

const formatMetadata = ({ quickReplies, chosenReply }: ConversationPart) => ({
  ...(quickReplies ? { quick_reply_options: quickReplies } : {}),
  ...(chosenReply === undefined ? {} : { quick_reply_uuid: chosenReply }),
});

export function formatParts(
  { id, parts }: ConversationRow,
  workspace: Workspace,
  version: ApiVersion,
  bodyOf: (html: string) => string,
) {
  const formatPart = (part: ConversationPart) => ({
    type: "conversation_part",
    id: part.id,
    part_type: part.type,
    body: part.body === null ? null : bodyOf(part.body),
    created_at: part.createdAt,
    updated_at: part.createdAt,
    notified_at: part.createdAt,
    assigned_to: formatAssignee(part),
    author: formatAuthor(part.author, version),
    attachments: formatAttachments(part.attachments ?? [], `conversations/${id}`, workspace),
    external_id: null,
    redacted: false,
    ...(atLeast(version, "2.14") ? { metadata: formatMetadata(part) } : {}),
    ...(atLeast(version, "2.13")
      ? {
          email_message_metadata: null,
          ...(part.state ? { state: part.state } : {}),
          tags: [],
          event_details: formatEvent(part, version),
          app_package_code: null,
        }
      : {}),
  });
  return {
    type: "conversation_part.list",
    conversation_parts: parts.slice(-shownParts).map(formatPart),
    total_count: parts.length,
  };
}
