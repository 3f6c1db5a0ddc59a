import { type ApiVersion, atLeast } from "../apiVersion";
import { statisticsOf } from "../store/conversationStatistics";
import type { ConversationRating, ConversationRow } from "../store/conversations";
import { textOfHtml } from "../store/html";
import { linkedObjectsOf } from "../store/linkedObjects";
import type { Workspace } from "../store/workspace";
import { formatAttachments } from "./attachments";
import { formatCompany } from "./companies";
import { formatContactReference } from "./contacts";
import { formatAuthor, formatParts } from "./conversationParts";
import { formatInstance } from "./customObjectInstances";
import { formatLinkedObjects } from "./linkedObjects";
import { formatAppliedTag } from "./tags";

/** Two words until 2.15, five steps since. */
export function priorityOf({ isPriority }: ConversationRow, version: ApiVersion): string {
  if (atLeast(version, "2.16")) return isPriority ? "high" : "none";
  return isPriority ? "priority" : "not_priority";
}

function formatRating(
  { score, remark, requestedAt, repliedAt, contactId, adminId }: ConversationRating,
  { contacts }: Workspace,
  version: ApiVersion,
) {
  const externalId = contacts.rows.get(contactId)?.externalId ?? null;
  return {
    rating: score,
    remark,
    created_at: requestedAt,
    ...(atLeast(version, "2.14") ? { updated_at: repliedAt } : {}),
    contact: { type: "contact", id: contactId, external_id: externalId },
    teammate: { type: "admin", id: adminId },
  };
}

/** Custom objects, by the attribute that links to them (OpenAPI 2.16, updateConversation). */
const formatLinks = (
  { instanceIds }: ConversationRow,
  { customObjectInstances: { rows } }: Workspace,
) =>
  Object.fromEntries(
    Object.entries(instanceIds).flatMap(([name, ids]) => {
      const instances = ids.flatMap((id) => rows.get(id) ?? []);
      const [first] = instances;
      return first
        ? [[name, { type: `${first.type}.list`, instances: instances.map(formatInstance) }]]
        : [];
    }),
  );

export function formatConversation(
  row: ConversationRow,
  workspace: Workspace,
  version: ApiVersion,
  { single, asText }: { single?: boolean; asText?: boolean } = {},
) {
  // Subjects are text in any case.
  const bodyOf = (html: string) => (asText ? textOfHtml(html) : html);
  const { contacts, companies, tags } = workspace;
  const participants = row.contactIds.flatMap((id) => contacts.rows.get(id) ?? []);
  const company = row.companyId === null ? undefined : companies.rows.get(row.companyId);
  // Nobody is null until 2.15, and 0 since.
  const assignee = (id: string | null) =>
    id === null && !atLeast(version, "2.16") ? null : Number(id ?? 0);
  const admins = row.parts.flatMap(({ author }) => (author.type === "admin" ? [author.id] : []));
  const statistics = statisticsOf(row);
  const firstReply = statistics.first_contact_reply_at;
  const channel = row.source.type === "email" ? "email" : "messenger";
  return {
    type: "conversation",
    id: row.id,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    waiting_since: row.waitingSince,
    snoozed_until: row.snoozedUntil,
    source: {
      type: row.source.type,
      id: row.source.id,
      delivered_as: row.source.deliveredAs,
      subject: row.source.subject,
      body: bodyOf(row.source.body),
      author: formatAuthor(row.source.author, version),
      attachments: formatAttachments(row.source.attachments, `conversations/${row.id}`, workspace),
      url: null,
      redacted: false,
    },
    contacts: { type: "contact.list", contacts: participants.map(formatContactReference) },
    first_contact_reply:
      firstReply === undefined ? null : { created_at: firstReply, type: "conversation", url: null },
    admin_assignee_id: assignee(row.adminId),
    team_assignee_id: assignee(row.teamId),
    open: row.state !== "closed",
    state: row.state,
    read: row.isRead,
    tags: {
      type: "tag.list",
      tags: row.tags.map((applied) => formatAppliedTag(tags.get(applied.id), applied)),
    },
    priority: priorityOf(row, version),
    sla_applied: null,
    statistics: { type: "conversation_statistics", ...statistics },
    conversation_rating: row.rating && formatRating(row.rating, workspace, version),
    teammates: {
      type: "admin.list",
      teammates: [...new Set(admins)].map((id) => ({ type: "admin", id })),
    },
    title: row.title,
    custom_attributes: {
      ...row.customAttributes,
      ...(atLeast(version, "2.13") ? formatLinks(row, workspace) : {}),
    },
    topics: {},
    ticket: null,
    linked_objects: formatLinkedObjects(linkedObjectsOf(row, workspace)),
    ai_agent: null,
    ai_agent_participated: false,
    ...(atLeast(version, "2.15")
      ? { company: company ? formatCompany(company, workspace) : null }
      : {}),
    ...(atLeast(version, "2.16")
      ? { channel: { initial: channel, current: channel }, external_references: [] }
      : {}),
    ...(single ? { conversation_parts: formatParts(row, workspace, version, bodyOf) } : {}),
  };
}
