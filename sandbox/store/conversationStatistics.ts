import { type ConversationPart, isContact } from "./conversationParts";
import type { ConversationRow } from "./conversations";

const saysNothing: readonly ConversationPart["type"][] = [
  "note",
  "participant_added",
  "participant_removed",
  "conversation_attribute_updated_by_admin",
  "conversation_rating_changed",
  "conversation_rating_remark_added",
  "priority_changed",
  "conversation_tags_updated",
];

/** Whether the part is a message: a contact gets it, or wrote it. */
export const isMessage = ({ type, body, attachments }: ConversationPart) =>
  !saysNothing.includes(type) &&
  (body !== null || type === "quick_reply" || attachments !== undefined);

/** How long each answer of an admin took, from the first message that it answers. */
function* waits({ source, createdAt }: ConversationRow, messages: readonly ConversationPart[]) {
  let since = isContact(source.author) ? createdAt : undefined;
  for (const { author, createdAt: at } of messages) {
    if (isContact(author)) since ??= at;
    else if (since !== undefined) {
      yield Math.max(at - since, 0);
      since = undefined;
    }
  }
}

function medianOf(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half];
  if (upper === undefined || sorted.length % 2 === 1) return upper;
  return Math.round((upper + (sorted[half - 1] ?? upper)) / 2);
}

/**
 * The times, durations and counts that Intercom computes from the parts (OpenAPI 2.16,
 * conversation_statistics). What never happened is left out. They start at the contact's first message.
 */
export function statisticsOf(row: ConversationRow): Record<string, number | string | undefined> {
  const { parts, source, createdAt } = row;
  const messages = parts.filter(isMessage);
  const byContact = messages.filter(({ author }) => isContact(author));
  const byAdmin = messages.filter(({ author }) => author.type === "admin");
  const at = (part: ConversationPart | undefined) => part?.createdAt;
  const since = isContact(source.author) ? createdAt : at(byContact[0]);
  const after = since === undefined ? [] : parts.filter((part) => part.createdAt >= since);
  const assignments = after.filter(({ assignee }) => assignee !== undefined);
  const closes = after.filter(({ type }) => type === "close");
  const reopens = after.filter(({ type }) => type === "open" || type === "assign_and_reopen");
  const firstReply = at(byAdmin.find((part) => part.createdAt >= (since ?? Infinity)));
  const lastAssignment = assignments.at(-1);
  const sinceAssignment = lastAssignment
    ? parts.slice(parts.lastIndexOf(lastAssignment) + 1).filter(isMessage)
    : [];
  const assignedBefore = assignments.filter((part) => part.createdAt <= (firstReply ?? Infinity));
  const lastClose = parts.findLast(({ type }) => type === "close");
  const until = (time: number | undefined) =>
    time === undefined || since === undefined ? undefined : Math.max(time - since, 0);
  return {
    time_to_assignment: until(at(assignedBefore.at(-1))),
    time_to_admin_reply: until(firstReply),
    time_to_first_close: until(at(closes[0])),
    time_to_last_close: until(at(closes.at(-1))),
    median_time_to_reply: medianOf([...waits(row, messages)]),
    first_contact_reply_at: at(byContact[0]),
    first_assignment_at: at(assignments[0]),
    first_admin_reply_at: firstReply,
    first_close_at: at(closes[0]),
    last_assignment_at: at(lastAssignment),
    last_assignment_admin_reply_at: at(
      sinceAssignment.find(({ author }) => author.type === "admin"),
    ),
    last_contact_reply_at: at(byContact.at(-1)),
    last_admin_reply_at: at(byAdmin.at(-1)),
    last_close_at: at(lastClose),
    last_closed_by_id: lastClose?.author.type === "admin" ? lastClose.author.id : undefined,
    count_reopens: reopens.length,
    count_assignments: assignments.length,
    count_conversation_parts: parts.length,
  };
}
