import type { NotificationRow } from "../store/webhookSubscriptions";

/** What becomes of a notification after an attempt. */
export type Outcome = "delivered" | "willRetry" | "failed" | "throttled" | "dropped" | "disabled";

const minuteMs = 60_000;
/** The longest delay of a throttled notification, and how long Intercom tries it. */
const throttledMs = 120 * minuteMs;

export const isSuccess = (status: number | null) =>
  status !== null && status >= 200 && status < 300;

/**
 * Counts an attempt, and sets the time of the next one (Intercom's page on webhook notifications).
 *
 * @param status of the answer; `null` where none came in time.
 */
export function afterAttempt(row: NotificationRow, status: number | null, nowMs: number): Outcome {
  if (isSuccess(status)) return "delivered";
  if (status === 410) return "disabled";
  if (status === 429) {
    row.dueMs = nowMs + Math.min(minuteMs * 2 ** row.throttles, throttledMs);
    row.throttles++;
    const isTooLate = row.dueMs - (row.firstSentMs ?? nowMs) > throttledMs;
    return isTooLate ? "dropped" : "throttled";
  }
  row.failures++;
  // One retry, and no more.
  if (row.failures > 1) return "failed";
  row.dueMs = nowMs + minuteMs;
  return "willRetry";
}
