import type { Notification } from "../intercom/notifications";
import { company } from "./companies";
import { contact } from "./contacts";
import { tag } from "./tags";
import { ticket } from "./tickets";
import { triggerPayload } from "./triggerPayload";

function notificationOf(topic: string, item: Record<string, unknown>): Notification {
  return {
    type: "notification_event",
    app_id: "ecahpwf5",
    topic,
    id: "notif_ccd8a4d0-f965-11e3-a367-c779cae3e1b3",
    data: { type: "notification_event_data", item },
    links: {},
    delivery_status: "pending",
    delivery_attempts: 1,
    delivered_at: 0,
    first_sent_at: 1719492778,
    created_at: 1719492777,
    self: null,
  };
}

const contactCreated = notificationOf("contact.user.created", contact);

export const notification = {
  payload: triggerPayload(contactCreated),
  branch: "Contact",
};

const atSeconds = 1719492777;
const contactReference = { type: "contact", id: contact.id, external_id: contact.external_id };
const author = { type: "user", id: contact.id, name: "Joe Bloggs", email: "joe@bloggs.com" };
const nobody = { type: "list", data: [], total_count: 0, has_more: false };

const conversation = {
  type: "conversation",
  id: "471",
  created_at: atSeconds,
  updated_at: atSeconds,
  waiting_since: atSeconds,
  snoozed_until: null,
  source: {
    type: "conversation",
    id: "403918320",
    delivered_as: "customer_initiated",
    subject: "",
    body: "<p>Where is my order?</p>",
    author,
    attachments: [],
    url: null,
    redacted: false,
  },
  contacts: { type: "contact.list", contacts: [contactReference] },
  first_contact_reply: { type: "conversation", created_at: atSeconds, url: null },
  admin_assignee_id: null,
  team_assignee_id: null,
  open: true,
  state: "open",
  read: false,
  tags: { type: "tag.list", tags: [] },
  priority: "not_priority",
  sla_applied: null,
  statistics: { type: "conversation_statistics", first_contact_reply_at: atSeconds },
  conversation_rating: null,
  teammates: { type: "admin.list", teammates: [] },
  title: null,
  custom_attributes: {},
  topics: {},
  ticket: null,
  linked_objects: nobody,
  ai_agent: null,
  ai_agent_participated: false,
  conversation_parts: {
    type: "conversation_part.list",
    conversation_parts: [],
    total_count: 0,
  },
};

const admin = {
  type: "admin",
  id: "814860",
  name: "Ciaran Lee",
  email: "ciaran@example.org",
  job_title: "Support",
  away_mode_enabled: true,
  away_mode_reassign: false,
  has_inbox_seat: true,
  team_ids: [814865],
  avatar: null,
};

/**
 * One notification for each form of an item, in API version 2.11 or in the first version that has such
 * an item. For the other families of topics, Intercom does not document the item.
 */
export const samples: Notification[] = [
  contactCreated,
  notificationOf("contact.user.tag.created", {
    type: "contact_tag",
    created_at: atSeconds,
    tag,
    contact,
  }),
  notificationOf("contact.merged", {
    ...contact,
    merged_from: { type: "contact", id: "667d60aa8a68186f43bafdba" },
  }),
  notificationOf("contact.deleted", contactReference),
  notificationOf("company.updated", company),
  notificationOf("company.contact.attached", { company, contact }),
  notificationOf("company.deleted", {
    type: "company",
    id: company.id,
    company_id: company.company_id,
  }),
  notificationOf("conversation.user.created", conversation),
  notificationOf("ticket.created", ticket),
  notificationOf("ticket.closed", { ticket }),
  notificationOf("admin.away_mode_updated", admin),
  notificationOf("article.published", {
    type: "article",
    id: "6871119",
    workspace_id: "ecahpwf5",
    title: "How to pay",
    description: null,
    body: "<p>By card.</p>",
    author_id: 814860,
    state: "published",
    created_at: atSeconds,
    updated_at: atSeconds,
    url: "https://help.example.org/en/articles/6871119",
    parent_id: 18,
    parent_type: "collection",
    default_locale: "en",
    translated_content: null,
    statistics: null,
  }),
  notificationOf("audience.created", {
    type: "audience",
    id: "123",
    name: "Gold customers",
    predicates: [
      { attribute: "company.name", type: "string", comparison: "contains", value: "Gold" },
    ],
    role_predicates: [],
    created_at: atSeconds,
    updated_at: atSeconds,
  }),
  notificationOf("call.ended", {
    type: "call",
    id: "123",
    conversation_id: conversation.id,
    admin_id: admin.id,
    contact_id: contact.id,
    state: "completed",
    initiated_at: atSeconds,
    answered_at: atSeconds,
    ended_at: atSeconds,
    created_at: atSeconds,
    updated_at: atSeconds,
    recording_url: null,
    call_type: "phone",
    direction: "inbound",
    ended_reason: "completed",
    phone: "+15551234567",
  }),
  notificationOf("content_import_source.created", {
    type: "content_import_source",
    id: 1234,
    last_synced_at: atSeconds,
    sync_behavior: "api",
    status: "active",
    url: "https://help.example.org/",
    created_at: atSeconds,
    updated_at: atSeconds,
  }),
  notificationOf("content_snippet.created", {
    type: "content_snippet",
    id: "123",
    title: "How to pay",
    locale: "en",
    json_blocks: [{ type: "paragraph", text: "By card." }],
    created_at: atSeconds,
    updated_at: atSeconds,
  }),
  notificationOf("content_stat.email", {
    type: "content_stat.email",
    created_at: "2024-06-27T12:52:57Z",
    content_stat: { type: "content_stat" },
    contact,
  }),
  notificationOf("data_connector.execution.completed", {
    type: "data_connector.execution",
    id: "99001",
    data_connector_id: "12345",
    success: true,
    http_status: 200,
    http_method: "post",
    error_type: null,
    error_message: null,
    execution_time_ms: 245,
    source_type: "workflow",
    source_id: "5001",
    conversation_id: conversation.id,
    created_at: "2024-06-27T12:52:57Z",
  }),
  notificationOf("event.created", {
    type: "event",
    event_name: "invited-friend",
    created_at: atSeconds,
    id: "8a88a590-e1c3-41e2-a502-e0649dbf721c",
    user_id: "25",
    intercom_user_id: contact.id,
    email: "joe@bloggs.com",
    metadata: { invite_code: "ADDAFRIEND" },
  }),
  notificationOf("job.completed", {
    type: "job",
    id: "20",
    url: "https://api.intercom.io/jobs/status/20",
    status: "success",
    resource_type: "ticket",
    resource_id: ticket.id,
    resource_url: `https://api.intercom.io/tickets/${ticket.id}`,
  }),
];
