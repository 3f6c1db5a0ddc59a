import type { ApiVersion } from "../apiVersion";
import { priorityOf } from "../format/conversations";
import type { Body } from "../http/request";
import { statisticsOf } from "../store/conversationStatistics";
import type { ConversationRow, ConversationSource } from "../store/conversations";
import { textOfHtml } from "../store/html";
import type { Workspace } from "../store/workspace";
import { searchPage } from "./page";
import type { SearchField } from "./query";

type Field = SearchField<ConversationRow>;

const string = (of: Field["of"]): Field => ({ type: "string", of });
const integer = (of: Field["of"]): Field => ({ type: "integer", of });
const boolean = (of: Field["of"]): Field => ({ type: "boolean", of });
const date = (of: Field["of"]): Field => ({ type: "date", of });
/** Known to the search; nothing in this sandbox ever sets it. */
const neverSet = () => null;

const words = new WeakMap<ConversationSource, string[]>();

/** Kept, because every row of a search is asked for them; a source is replaced, never changed. */
function wordsOf(source: ConversationSource): string[] {
  const found = words.get(source) ?? textOfHtml(source.body).match(/[\p{L}\p{N}'-]+/gu) ?? [];
  words.set(source, found);
  return found;
}

const fields: Record<string, Field> = {
  id: string((row) => row.id),
  created_at: date((row) => row.createdAt),
  updated_at: date((row) => row.updatedAt),
  "source.type": string((row) => row.source.type),
  "source.id": string((row) => row.source.id),
  "source.delivered_as": string((row) => row.source.deliveredAs),
  "source.subject": string((row) => row.source.subject),
  // Matched word by word (OpenAPI 2.16, searchConversations).
  "source.body": {
    ...string(({ source }) => wordsOf(source)),
    ignoreCase: true,
  },
  "source.author.id": string((row) => row.source.author.id),
  "source.author.type": string((row) => row.source.author.type),
  "source.author.name": string((row) => row.source.author.name),
  "source.author.email": { ...string((row) => row.source.author.email), ignoreCase: true },
  "source.url": string(neverSet),
  contact_ids: string((row) => row.contactIds),
  teammate_ids: string((row) => row.parts.map(({ author }) => author).flatMap(adminOf)),
  admin_assignee_id: integer((row) => Number(row.adminId ?? 0)),
  team_assignee_id: integer((row) => Number(row.teamId ?? 0)),
  channel_initiated: string((row) => row.source.type),
  open: boolean((row) => row.state !== "closed"),
  read: boolean((row) => row.isRead),
  state: string((row) => row.state),
  waiting_since: date((row) => row.waitingSince),
  snoozed_until: date((row) => row.snoozedUntil),
  tag_ids: string((row) => row.tags.map(({ id }) => id)),
  "conversation_rating.requested_at": date((row) => row.rating?.requestedAt ?? null),
  "conversation_rating.replied_at": date((row) => row.rating?.repliedAt ?? null),
  "conversation_rating.score": integer((row) => row.rating?.score ?? null),
  "conversation_rating.remark": string((row) => row.rating?.remark ?? null),
  "conversation_rating.contact_id": string((row) => row.rating?.contactId ?? null),
  // Spelled so in the descriptions.
  "conversation_rating.admin_d": string((row) => row.rating?.adminId ?? null),
  "statistics.last_closed_by_id": string((row) => statisticsOf(row).last_closed_by_id ?? null),
  ai_agent_participated: boolean(() => false),
};

function adminOf({ type, id }: { type: string; id: string }): string[] {
  return type === "admin" ? [id] : [];
}

/** What the sandbox works out, or knows as never set: instants first, then counts. */
const instants = `first_contact_reply_at first_assignment_at first_admin_reply_at first_close_at
  last_assignment_at last_assignment_admin_reply_at last_contact_reply_at last_admin_reply_at
  last_close_at`;
const counts = `time_to_assignment time_to_admin_reply time_to_first_close time_to_last_close
  median_time_to_reply count_reopens count_assignments count_conversation_parts`;
for (const [names, field] of [
  [instants, date],
  [counts, integer],
] as const) {
  for (const name of names.split(/\s+/)) {
    fields[`statistics.${name}`] = field((row) => statisticsOf(row)[name] ?? null);
  }
}
for (const [names, field] of [
  ["ai_agent.rating", integer],
  [
    `ai_agent.resolution_state ai_agent.last_answer_type ai_agent.rating_remark
    ai_agent.source_type ai_agent.source_title`,
    string,
  ],
] as const) {
  for (const name of names.split(/\s+/)) fields[name] = field(neverSet);
}

function fieldOf(name: string, version: ApiVersion): Field | undefined {
  if (name === "priority") return string((row) => priorityOf(row, version));
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** One page of what `POST /conversations/search` finds, with its `pages`. */
export function searchConversations(body: Body, workspace: Workspace, version: ApiVersion) {
  const { conversations, settings } = workspace;
  return searchPage(body, {
    name: "conversations/search",
    rows: conversations.listed,
    get: (id) => conversations.rows.get(id),
    lookup: conversations.having,
    index: conversations.index,
    nowMs: workspace.nowMs(),
    field: (name) => fieldOf(name, version),
    dates: { by: "second" },
    perPage: { byDefault: 20, max: 150 },
    version,
    searchSort: settings.searchSort,
  });
}
