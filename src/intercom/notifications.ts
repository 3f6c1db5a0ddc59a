import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * What Intercom sends to a webhook (developers.intercom.com, Webhook models). Times are Unix
 * seconds.
 */
export interface Notification {
  type: "notification_event";
  /** The workspace that sent the notification: `app.id_code` of `GET /me`. */
  app_id: string;
  topic: string;
  /** A retry has the same id; null in a ping. */
  id: string | null;
  data: { type: "notification_event_data"; item: Record<string, unknown> };
  created_at: number;
  first_sent_at: number;
  delivery_attempts: number;
  [key: string]: unknown;
}

/**
 * Whether `X-Hub-Signature`, which is `sha1=` and 40 hex digits, fits these bytes and the secret. The
 * comparison takes the same time for right and wrong signatures, so its time reveals nothing.
 */
export function isSignedBy(
  secret: string,
  rawBody: string | Uint8Array,
  signature: unknown,
): boolean {
  // A duplicate header comes as a list.
  if (typeof signature !== "string") return false;
  const wanted = Buffer.from(`sha1=${createHmac("sha1", secret).update(rawBody).digest("hex")}`);
  const given = Buffer.from(signature.trim());
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}
