import type { NotificationRow } from "../store/webhookSubscriptions";

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
