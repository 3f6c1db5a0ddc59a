/** `company.` and `created deleted` → `company.created`, `company.deleted`. */
const topicsOf = (start: string, ends: string): string[] =>
  ends.split(" ").map((end) => `${start}${end}`);

/** All topics of Intercom except `ping` (developers.intercom.com, Webhook topics, 2.16). */
export const topics: string[] = [
  ...topicsOf(
    "admin.",
    "activity_log_event.created added_to_workspace away_mode_updated logged_in logged_out removed_from_workspace",
  ),
  "api.request.completed",
  ...topicsOf("article.", "created deleted published unpublished updated"),
  ...topicsOf("audience.", "created deleted member_added member_removed updated"),
  ...topicsOf("call.", "ended recording_available started transcription_available"),
  ...topicsOf("company.", "contact.attached contact.detached created deleted updated"),
  ...topicsOf(
    "contact.",
    "archived deleted email.updated lead.added_email lead.created lead.signed_up lead.tag.created lead.tag.deleted lead.updated merged subscribed unarchive unsubscribed user.created user.tag.created user.tag.deleted user.updated",
  ),
  ...topicsOf("content_import_source.", "created deleted updated"),
  ...topicsOf("content_snippet.", "created deleted updated"),
  ...topicsOf(
    "content_stat.",
    "banner carousel chat checklist custom_bot email news_item post push series series.webhook sms survey tooltip_group tour",
  ),
  ...topicsOf(
    "conversation.",
    "admin.assigned admin.closed admin.noted admin.open.assigned admin.opened admin.replied admin.replied.translated admin.single.created admin.snoozed admin.unsnoozed company.updated contact.attached contact.detached deleted operator.replied priority.updated rating.added read user.created user.replied",
  ),
  ...topicsOf("conversation_part.", "redacted tag.created"),
  "data_connector.execution.completed",
  "event.created",
  ...topicsOf("granular.", "subscribe unsubscribe"),
  "job.completed",
  "procedure.hitl_notification.created",
  ...topicsOf(
    "ticket.",
    "admin.assigned admin.replied admin.replied.translated admin.snoozed admin.unsnoozed attribute.updated closed contact.attached contact.detached contact.replied created note.created rating.provided resolved state.updated team.assigned",
  ),
  "visitor.signed_up",
];
