import { type ApiVersion, atLeast } from "./apiVersion";
import { type Body, object, text } from "./http";
import { cursorPages, decodeCursor, pageSize, type SortKey } from "./pages";
import { parameterInvalid, Refusal } from "./refusal";
import { compileQuery, type SearchField } from "./search";
import type { ContactRow } from "./store/contacts";
import type { Workspace } from "./workspace";

type Field = SearchField<ContactRow>;

const string = (of: Field["of"]): Field => ({ type: "string", of });
const boolean = (of: Field["of"]): Field => ({ type: "boolean", of });
const date = (of: Field["of"]): Field => ({ type: "date", of });
/** Known to the search; nothing in this sandbox ever sets it. */
const neverSet = () => null;

const fields: Record<string, Field> = {
  id: string((row) => row.id),
  role: string((row) => row.role),
  name: string((row) => row.name),
  avatar: string((row) => row.avatar),
  email: { ...string((row) => row.email), ignoreCase: true },
  email_domain: { ...string((row) => row.email?.split("@")[1] ?? null), ignoreCase: true },
  phone: string((row) => row.phone),
  external_id: string((row) => row.externalId),
  language_override: string((row) => row.languageOverride),
  browser: string((row) => row.browser),
  browser_language: string((row) => row.browserLanguage),
  os: string((row) => row.os),
  "location.country": string((row) => row.location?.country ?? null),
  "location.region": string((row) => row.location?.region ?? null),
  "location.city": string((row) => row.location?.city ?? null),
  created_at: date((row) => row.createdAt),
  signed_up_at: date((row) => row.signedUpAt),
  updated_at: date((row) => row.updatedAt),
  last_seen_at: date((row) => row.lastSeenAt),
  last_contacted_at: date((row) => row.lastContactedAt),
  last_replied_at: date((row) => row.lastRepliedAt),
  last_email_opened_at: date((row) => row.lastEmailOpenedAt),
  last_email_clicked_at: date((row) => row.lastEmailClickedAt),
  unsubscribed_from_emails: boolean((row) => row.unsubscribedFromEmails),
  marked_email_as_spam: boolean((row) => row.markedEmailAsSpam),
  has_hard_bounced: boolean((row) => row.hasHardBounced),
  tag_id: { type: "tag", of: (row) => row.tags.map(({ id }) => id) },
  ios_last_seen_at: date(neverSet),
  android_last_seen_at: date(neverSet),
};

// The last name is spelled so in the descriptions.
for (const name of `ios_app_version ios_device ios_app_device ios_os_version ios_app_name
  ios_sdk_version android_app_version android_device android_app_name andoid_sdk_version`.split(
  /\s+/,
)) {
  fields[name] = string(neverSet);
}

function fieldOf(name: string, workspace: Workspace, version: ApiVersion): Field | undefined {
  const [, attribute] = /^custom_attributes\.(.+)$/s.exec(name) ?? [];
  if (attribute !== undefined) {
    const row = workspace.attributes.find("contact", attribute);
    if (!row) return undefined;
    return {
      type: row.dataType === "float" ? "integer" : row.dataType,
      of: ({ customAttributes }) => customAttributes[attribute] ?? null,
    };
  }
  if (name === "owner_id") {
    return atLeast(version, "2.16")
      ? string((row) => row.ownerId)
      : { type: "integer", of: ({ ownerId }) => (ownerId === null ? null : Number(ownerId)) };
  }
  if (name === "formatted_phone" && atLeast(version, "2.16")) return fields.phone;
  if (name === "segment_id") {
    return string((row) => workspace.segments.ofContact(row).map(({ id }) => id));
  }
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** One page of what `POST /contacts/search` finds, with its `pages`. */
export function searchContacts(body: Body, workspace: Workspace, version: ApiVersion) {
  const { contacts, settings } = workspace;
  const field = (name: string) => fieldOf(name, workspace, version);
  const dates = { by: "day", timeZone: settings.timeZone } as const;
  const matches = compileQuery(body.query, { field, dates });
  const pagination = object(body.pagination ?? {}, "pagination");
  const perPage = pageSize(pagination.per_page, "per_page", 50, 150);
  const { key, order } = readSort(body.sort, field, version);
  const after = pagination.starting_after ?? null;
  const cursor = after === null ? null : decodeCursor(after);

  const nowMs = workspace.nowMs();
  const found: ContactRow[] = [];
  for (const row of contacts.listed.descending()) {
    const view = contacts.index.viewOf(row, nowMs);
    if (view?.state === "active" && matches(view)) found.push(view);
  }
  const before = (a: { key: SortKey; id: string }, b: { key: SortKey; id: string }) =>
    order(a.key, b.key) || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
  const sorted = found
    .map((row) => ({ row, id: row.id, key: key(row) }))
    .sort((a, b) => before(a, b));
  const from = cursor ? sorted.findIndex((entry) => before(entry, cursor) > 0) : 0;
  const shown = from < 0 ? [] : sorted.slice(from, from + perPage);
  const isLast = from < 0 || from + perPage >= sorted.length;
  const page = cursor?.page ?? 1;
  return {
    rows: shown.map(({ row }) => row),
    total: found.length,
    pages: cursorPages({ page, perPage, total: found.length }, isLast ? undefined : shown.at(-1)),
  };
}

function readSort(
  given: unknown,
  fieldNamed: (name: string) => Field | undefined,
  version: ApiVersion,
): { key(row: ContactRow): SortKey; order(a: SortKey, b: SortKey): number } {
  const sort = object(given ?? {}, "sort");
  const name = sort.field === undefined ? "created_at" : text(sort.field, "sort.field");
  const field = fieldNamed(name);
  if (!field || field.type === "tag") {
    throw new Refusal(400, "invalid_field", `Invalid sort field '${name}'`, name);
  }
  const order = sort.order ?? "descending";
  if (atLeast(version, "2.16") && order !== "ascending" && order !== "descending") {
    // Wording of OpenAPI 2.16, SearchContacts.
    throw new Refusal(
      400,
      "invalid_sort_order",
      `Invalid sort order '${order}'. Must be one of: ascending, descending`,
    );
  }
  if (typeof order !== "string")
    throw parameterInvalid("sort.order must be a string", "sort.order");
  const sign = order.toLowerCase().startsWith("asc") ? 1 : -1;
  return {
    key: (row) => field.of(row) as SortKey,
    order: (a, b) => {
      if (a === b) return 0;
      // What has no value comes last, whichever way the list runs.
      if (a === null) return 1;
      if (b === null) return -1;
      return (a < b ? -1 : 1) * sign;
    },
  };
}
