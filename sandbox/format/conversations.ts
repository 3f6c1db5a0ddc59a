import { type ApiVersion, atLeast } from "../apiVersion";
import {
  type Author,
  type ConversationPart,
  type ConversationRow,
  statisticsOf,
} from "../store/conversations";
import { textOfHtml } from "../store/html";
import { linkedObjectsOf } from "../store/linkedObjects";
import type { Workspace } from "../store/workspace";
import { formatContactReference } from "./contacts";
import { formatLinkedObjects } from "./linkedObjects";

/** The newest ones (OpenAPI 2.16, retrieveConversation). */
const shownParts = 500;

/** Two words until 2.15, five steps since. */
export function priorityOf({ isPriority }: ConversationRow, version: ApiVersion): string {
  if (atLeast(version, "2.16")) return isPriority ? "high" : "none";
  return isPriority ? "priority" : "not_priority";
}

const formatAuthor = ({ type, id, name, email }: Author) => ({
  type,
  id,
  name,
  // Not null in any description, though leads may have none.
  email: email ?? "",
});

const formatPart = (part: ConversationPart, bodyOf: (html: string) => string) => ({
  type: "conversation_part",
  id: part.id,
  part_type: part.type,
  body: part.body === null ? null : bodyOf(part.body),
  created_at: part.createdAt,
  updated_at: part.createdAt,
  notified_at: part.createdAt,
  assigned_to: null,
  author: formatAuthor(part.author),
  attachments: [],
  external_id: null,
  redacted: false,
});

export function formatConversation(
  row: ConversationRow,
  workspace: Workspace,
  version: ApiVersion,
  { single, asText }: { single?: boolean; asText?: boolean } = {},
) {
  // Subjects are text in any case.
  const bodyOf = (html: string) => (asText ? textOfHtml(html) : html);
  const contact = workspace.contacts.rows.get(row.contactId);
  // Nobody is null until 2.15, and 0 since.
  const assignee = (id: string | null) =>
    id === null && !atLeast(version, "2.16") ? null : Number(id ?? 0);
  const admins = row.parts.flatMap(({ author }) => (author.type === "admin" ? [author.id] : []));
  const statistics = statisticsOf(row);
  const firstReply = statistics.first_contact_reply_at;
  return {
    type: "conversation",
    id: row.id,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    waiting_since: row.waitingSince,
    snoozed_until: row.snoozedUntil,
    source: {
      type: "conversation",
      id: row.source.id,
      delivered_as: "customer_initiated",
      subject: row.source.subject,
      body: bodyOf(row.source.body),
      author: formatAuthor(row.source.author),
      attachments: [],
      url: null,
      redacted: false,
    },
    contacts: {
      type: "contact.list",
      contacts: contact ? [formatContactReference(contact)] : [],
    },
    first_contact_reply:
      firstReply === undefined ? null : { created_at: firstReply, type: "conversation", url: null },
    admin_assignee_id: assignee(row.adminId),
    team_assignee_id: assignee(row.teamId),
    open: row.state !== "closed",
    state: row.state,
    read: row.isRead,
    tags: { type: "tag.list", tags: [] },
    priority: priorityOf(row, version),
    sla_applied: null,
    statistics: { type: "conversation_statistics", ...statistics },
    conversation_rating: null,
    teammates: {
      type: "admin.list",
      teammates: [...new Set(admins)].map((id) => ({ type: "admin", id })),
    },
    title: null,
    custom_attributes: row.customAttributes,
    topics: {},
    ticket: null,
    linked_objects: formatLinkedObjects(linkedObjectsOf(row, workspace)),
    ai_agent: null,
    ai_agent_participated: false,
    ...(single
      ? {
          conversation_parts: {
            type: "conversation_part.list",
            conversation_parts: row.parts
              .slice(-shownParts)
              .map((part) => formatPart(part, bodyOf)),
            total_count: row.parts.length,
          },
        }
      : {}),
  };
}
