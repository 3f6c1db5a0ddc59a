import { createHmac, timingSafeEqual } from "node:crypto";

/** What Intercom sends to a webhook (developers.intercom.com, Webhook models). Times are Unix seconds. */
export interface Notification {
  type: "notification_event";
  /** The workspace it comes from: `app.id_code` of `GET /me`. */
  app_id: string;
  topic: string;
  /** The same when it is sent again; null in a ping. */
  id: string | null;
  data: { type: "notification_event_data"; item: Record<string, unknown> };
  created_at: number;
  first_sent_at: number;
  delivery_attempts: number;
  [key: string]: unknown;
}

/**
 * Whether `X-Hub-Signature`, `sha1=` and 40 hex digits, was made of these very bytes with the secret.
 * It takes as long for a wrong one as for a right one.
 */
export function isSignedBy(
  secret: string,
  rawBody: string | Uint8Array,
  signature: unknown,
): boolean {
  // A header that was sent twice comes as a list.
  if (typeof signature !== "string") return false;
  const wanted = Buffer.from(`sha1=${createHmac("sha1", secret).update(rawBody).digest("hex")}`);
  const given = Buffer.from(signature.trim());
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}
