import { type ApiVersion, atLeast } from "../apiVersion";
import { formatCompany } from "../format/company";
import { formatContact, formatContactReference } from "../format/contact";
import { formatConversation } from "../format/conversation";
import { formatTag } from "../format/tag";
import { formatTicket } from "../format/ticket";
import type { Change } from "../store/changes";
import type { ContactRow } from "../store/contacts";
import type { TicketRow } from "../store/tickets";
import type { NotificationRow } from "../store/webhookSubscriptions";
import type { Workspace } from "../store/workspace";

type Notice = readonly [topic: string, item: unknown];

/** What Intercom notifies of when a row has changed: topics, each with its item. */
export function noticesOf(change: Change, workspace: Workspace, version: ApiVersion): Notice[] {
  const company = () =>
    "company" in change ? formatCompany(change.company, workspace) : undefined;
  switch (change.what) {
    case "contact.created": {
      const { contact } = change;
      return [[`contact.${contact.role}.created`, formatWhole(contact, workspace, version)]];
    }
    case "contact.updated": {
      const item = formatWhole(change.contact, workspace, version);
      return topicsOfUpdate(change.contact, change.before).map((topic) => [topic, item]);
    }
    case "contact.archived":
      return [["contact.archived", formatWhole(change.contact, workspace, version)]];
    case "contact.unarchived":
      return [["contact.unarchive", formatWhole(change.contact, workspace, version)]];
    case "contact.deleted":
      // Of what is deleted only what identifies it.
      return [["contact.deleted", formatContactReference(change.contact)]];
    case "contact.tagged":
    case "contact.untagged": {
      const { contact, tag } = change;
      const happened = change.what === "contact.tagged" ? "created" : "deleted";
      const item = {
        type: "contact_tag",
        created_at: workspace.nowSeconds(),
        tag: formatTag(tag),
        contact: formatWhole(contact, workspace, version),
      };
      return [[`contact.${contact.role}.tag.${happened}`, item]];
    }
    case "company.created":
    case "company.updated":
      return [[change.what, company()]];
    case "company.deleted": {
      const { id, companyId } = change.company;
      return [["company.deleted", { type: "company", id, company_id: companyId }]];
    }
    case "company.attached":
    case "company.detached": {
      const contact = formatWhole(change.contact, workspace, version);
      const happened = change.what === "company.attached" ? "attached" : "detached";
      return [[`company.contact.${happened}`, { company: company(), contact }]];
    }
    case "ticket.created":
      return [["ticket.created", formatTicket(change.ticket, workspace, version)]];
    case "ticket.updated":
      return noticesOfTicket(change.ticket, change.before, workspace, version);
    case "conversation.created":
    case "conversation.replied":
      return [
        [
          topicOfConversation(change),
          formatConversation(change.conversation, workspace, version, {
            single: true,
            // OpenAPI 2.16, conversation_part.
            asText: atLeast(version, "2.15"),
          }),
        ],
      ];
  }
}

const formatWhole = (row: ContactRow, workspace: Workspace, version: ApiVersion) =>
  formatContact(row, workspace, version, { single: true });

function topicsOfUpdate(now: ContactRow, before: ContactRow): string[] {
  const topics = [`contact.${now.role}.updated`];
  if (now.email !== before.email) topics.push("contact.email.updated");
  if (now.role === "lead" && before.email === null && now.email !== null) {
    topics.push("contact.lead.added_email");
  }
  if (now.role === "user" && before.role === "lead") topics.push("contact.lead.signed_up");
  if (now.unsubscribedFromEmails !== before.unsubscribedFromEmails) {
    topics.push(now.unsubscribedFromEmails ? "contact.unsubscribed" : "contact.subscribed");
  }
  return topics;
}

function noticesOfTicket(
  now: TicketRow,
  before: TicketRow,
  workspace: Workspace,
  version: ApiVersion,
): Notice[] {
  const item = formatTicket(now, workspace, version);
  const { category } = workspace.ticketTypes.state(now.stateId);
  const notices: Notice[] = [];
  if (now.stateId !== before.stateId) {
    notices.push(["ticket.state.updated", item]);
    if (category === "resolved" && atLeast(version, "2.15"))
      notices.push(["ticket.resolved", item]);
  }
  const keys = Object.keys({ ...now.values, ...before.values });
  if (keys.some((key) => now.values[key] !== before.values[key])) {
    notices.push(["ticket.attribute.updated", item]);
  }
  if (now.adminId !== before.adminId && now.adminId !== null) {
    notices.push(["ticket.admin.assigned", item]);
  }
  if (now.teamId !== before.teamId && now.teamId !== null) {
    notices.push(["ticket.team.assigned", item]);
  }
  // The one ticket topic whose ticket stands a step deeper.
  if (before.isOpen && !now.isOpen) notices.push(["ticket.closed", { ticket: item }]);
  return notices;
}

function topicOfConversation(
  change: Change & { what: "conversation.created" | "conversation.replied" },
): string {
  if (change.what === "conversation.created") return "conversation.user.created";
  const { author, type } = change.part;
  if (author.type !== "admin") return "conversation.user.replied";
  return type === "note" ? "conversation.admin.noted" : "conversation.admin.replied";
}

/** The whole notification, as one attempt sends it. */
export function formatNotification(
  { id, topic, item, createdAt, attempts, firstSentMs }: NotificationRow,
  workspaceId: string,
): string {
  return spacedJson({
    type: "notification_event",
    app_id: workspaceId,
    data: { type: "notification_event_data", item },
    links: {},
    id,
    topic,
    // null in recordings of pings.
    delivery_status: id === null ? null : "pending",
    delivery_attempts: attempts,
    delivered_at: 0,
    first_sent_at: Math.floor((firstSentMs ?? 0) / 1000),
    created_at: createdAt,
    self: null,
  });
}

/** JSON as Intercom writes it in notifications: over several lines, with a space before colons. */
export const spacedJson = (value: unknown): string =>
  // In text that is spread over lines, only a key stands at the start of one and before a colon.
  JSON.stringify(value, null, 2).replace(/^( *"(?:[^"\\]|\\.)*"):/gm, "$1 :");
