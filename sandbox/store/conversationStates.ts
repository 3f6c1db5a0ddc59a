import { type Assignee, adminAuthor } from "./conversationParts";
import { noteContacted } from "./conversationReplies";
import type { ConversationRow } from "./conversations";
import { cleanHtml } from "./html";
import { parameterInvalid } from "./refusal";
import type { Workspace } from "./workspace";

/** Which admin acts, perhaps with a message that the contact sees. */
export interface Act {
  adminId: string;
  /** HTML. */
  body?: string;
}

function authorOf({ admins }: Workspace, { adminId, body }: Act) {
  return {
    author: adminAuthor(admins.get(adminId)),
    body: body === undefined ? null : cleanHtml(body),
  };
}

/** Closing again changes nothing, unless there is a message. */
export function close(workspace: Workspace, row: ConversationRow, act: Act): ConversationRow {
  const part = authorOf(workspace, act);
  if (row.state === "closed" && part.body === null) return row;
  workspace.conversations.add(
    row,
    { type: "close", ...part },
    { state: "closed", snoozedUntil: null, waitingSince: null },
  );
  if (part.body !== null) noteContacted(workspace, row, workspace.nowSeconds());
  return row;
}

export function snooze(
  workspace: Workspace,
  row: ConversationRow,
  { until, ...act }: Act & { until: number },
): ConversationRow {
  const part = authorOf(workspace, act);
  if (until <= workspace.nowSeconds()) {
    throw parameterInvalid("snoozed_until must be in the future", "snoozed_until");
  }
  if (row.snoozedUntil === until) return row;
  const fields = { state: "snoozed", snoozedUntil: until } as const;
  return workspace.conversations.add(row, { type: "snoozed", ...part }, fields);
}

/** Opening an open conversation changes nothing. */
export function open(workspace: Workspace, row: ConversationRow, act: Act): ConversationRow {
  const part = authorOf(workspace, act);
  if (row.state === "open") return row;
  return workspace.conversations.add(
    row,
    { type: row.state === "snoozed" ? "unsnoozed" : "open", ...part },
    // Read, as in the example of OpenAPI 2.16, manageConversation.
    { state: "open", snoozedUntil: null, isRead: true },
  );
}

const typesOfAssignment = {
  open: "assignment",
  closed: "assign_and_reopen",
  snoozed: "assign_and_unsnooze",
} as const;

/** `null` unassigns the admin and the team, and does not open the conversation. */
export function assign(
  workspace: Workspace,
  row: ConversationRow,
  { assignee, ...act }: Act & { assignee: Assignee | null },
): ConversationRow {
  const part = authorOf(workspace, act);
  const fields: Partial<ConversationRow> = !assignee
    ? { adminId: null, teamId: null }
    : assignee.type === "admin"
      ? { adminId: assignee.id }
      : { teamId: assignee.id };
  const after = { ...row, ...fields };
  const isSame = after.adminId === row.adminId && after.teamId === row.teamId;
  const opens = assignee !== null && row.state !== "open";
  if (isSame && !opens && part.body === null) return row;
  workspace.conversations.add(
    row,
    { type: opens ? typesOfAssignment[row.state] : "assignment", assignee, ...part },
    {
      ...fields,
      ...(opens ? { state: "open", snoozedUntil: null } : {}),
      ...(part.body === null ? {} : { waitingSince: null }),
    },
  );
  if (part.body !== null) noteContacted(workspace, row, workspace.nowSeconds());
  return row;
}
