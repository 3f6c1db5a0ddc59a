import { type ApiVersion, atLeast } from "../apiVersion";
import type { Body } from "../http/request";
import type { ContactRow } from "../store/contacts";
import type { Workspace } from "../store/workspace";
import { searchPage } from "./page";
import type { SearchField } from "./query";

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

export function contactField(
  name: string,
  workspace: Workspace,
  version: ApiVersion,
): Field | undefined {
  const [, attribute] = /^custom_attributes\.(.+)$/s.exec(name) ?? [];
  if (attribute !== undefined) {
    const row = workspace.dataAttributes.find("contact", attribute);
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
  return searchPage(body, {
    name: "contacts/search",
    rows: contacts.listed,
    get: (id) => {
      const row = contacts.rows.get(id);
      return row?.state === "active" ? row : undefined;
    },
    lookup: (field, value) => contacts.having(field, value),
    index: contacts.index,
    nowMs: workspace.nowMs(),
    isFindable: ({ state }) => state === "active",
    field: (name) => contactField(name, workspace, version),
    dates: { by: "day", timeZone: settings.timeZone },
    perPage: { byDefault: 50, max: 150 },
    version,
    // Documented from 2.16 on.
    searchSort: atLeast(version, "2.16") ? "kept" : settings.searchSort,
  });
}
