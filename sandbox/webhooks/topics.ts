/** Every topic that an app can subscribe to, by family (Intercom's page on webhook topics, 2.16). */
const families: Record<string, string> = {
  admin: `added_to_workspace away_mode_updated activity_log_event.created removed_from_workspace
    logged_in logged_out`,
  api: "request.completed",
  article: "created updated published unpublished deleted",
  audience: "created updated deleted member_added member_removed",
  call: "started ended transcription_available recording_available",
  company: "created deleted updated contact.attached contact.detached",
  // "unarchive" has no "d".
  contact: `archived unarchive deleted email.updated merged subscribed unsubscribed
    lead.added_email lead.created lead.signed_up lead.updated lead.tag.created lead.tag.deleted
    user.created user.updated user.tag.created user.tag.deleted`,
  content_import_source: "created updated deleted",
  content_snippet: "created updated deleted",
  content_stat: `banner carousel chat checklist custom_bot email news_item post push series
    series.webhook sms survey tooltip_group tour`,
  conversation: `admin.assigned admin.closed admin.noted admin.open.assigned admin.opened
    admin.replied admin.replied.translated admin.single.created admin.snoozed admin.unsnoozed
    company.updated contact.attached contact.detached deleted operator.replied priority.updated
    rating.added read user.created user.replied`,
  conversation_part: "redacted tag.created",
  data_connector: "execution.completed",
  event: "created",
  granular: "subscribe unsubscribe",
  job: "completed",
  procedure: "hitl_notification.created",
  ticket: `created state.updated note.created admin.assigned admin.snoozed admin.unsnoozed team.assigned contact.attached
    contact.detached attribute.updated admin.replied admin.replied.translated contact.replied
    closed rating.provided resolved`,
  visitor: "signed_up",
};

export const topics: readonly string[] = [
  "ping",
  ...Object.entries(families).flatMap(([family, names]) =>
    names.split(/\s+/).map((name) => `${family}.${name}`),
  ),
];
