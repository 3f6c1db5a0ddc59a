import { type ApiVersion, atLeast } from "../apiVersion";
import type { ContactRow } from "../store/contacts";
import type { Workspace } from "../store/workspace";

/** How many tags, companies and notes a contact itself shows (OpenAPI 2.16, contact_tags). */
const shownInContact = 10;

function list(
  type: string,
  ids: readonly string[],
  contactId: string,
  collection = "subscriptions",
  total = ids.length,
) {
  const data = ids
    .slice(0, shownInContact)
    .map((id) => ({ id, type, url: `/${collection}/${id}` }));
  return {
    type: "list",
    data,
    url: `/contacts/${contactId}/${collection}`,
    total_count: total,
    has_more: total > data.length,
  };
}

/** Ids of people in a contact became text in 2.16. */
const ownerOf = (ownerId: string | null, version: ApiVersion) =>
  ownerId === null || atLeast(version, "2.16") ? ownerId : Number(ownerId);

/** The newest first, as their list is. */
function notesOf(row: ContactRow, workspace: Workspace) {
  const notes = workspace.notes.of(row);
  const shown = notes.slice(0, shownInContact, "descending").map(({ id }) => id);
  return list("note", shown, row.id, "notes", notes.size);
}

const history = (row: ContactRow, { contacts }: Workspace) =>
  contacts.mergedInto(row).map((lead) => ({
    type: "merge_history",
    source_contact_id: lead.id,
    source_contact_role: lead.role,
    merged_at: lead.merged?.at,
  }));

export interface ContactForm {
  /** Answers about one contact say a little more than lists do. */
  single?: boolean;
  mergeHistory?: boolean;
}

export function formatContact(
  row: ContactRow,
  workspace: Workspace,
  version: ApiVersion,
  { single, mergeHistory }: ContactForm = {},
) {
  const { id, location } = row;
  const subscriptions = workspace.subscriptionTypes.ofContact(row);
  const chosen = (consentType: "opt_in" | "opt_out") =>
    list(
      "subscription",
      subscriptions.filter((type) => type.consentType === consentType).map(({ id }) => id),
      id,
    );
  return {
    type: "contact",
    id,
    workspace_id: workspace.id,
    external_id: row.externalId,
    role: row.role,
    email: row.email,
    phone: row.phone,
    name: row.name,
    avatar: row.avatar === null ? null : { type: "avatar", image_url: row.avatar },
    owner_id: ownerOf(row.ownerId, version),
    social_profiles: { type: "list", data: [] },
    has_hard_bounced: row.hasHardBounced,
    marked_email_as_spam: row.markedEmailAsSpam,
    unsubscribed_from_emails: row.unsubscribedFromEmails,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    signed_up_at: row.signedUpAt,
    last_seen_at: row.lastSeenAt,
    last_replied_at: row.lastRepliedAt,
    last_contacted_at: row.lastContactedAt,
    last_email_opened_at: row.lastEmailOpenedAt,
    last_email_clicked_at: row.lastEmailClickedAt,
    language_override: row.languageOverride,
    browser: row.browser,
    browser_version: null,
    browser_language: row.browserLanguage,
    os: row.os,
    location: {
      type: "location",
      country: location?.country ?? null,
      region: location?.region ?? null,
      city: location?.city ?? null,
      country_code: location?.countryCode ?? null,
      continent_code: location?.continentCode ?? null,
    },
    android_app_name: null,
    android_app_version: null,
    android_device: null,
    android_os_version: null,
    android_sdk_version: null,
    android_last_seen_at: null,
    ios_app_name: null,
    ios_app_version: null,
    ios_device: null,
    ios_os_version: null,
    ios_sdk_version: null,
    ios_last_seen_at: null,
    custom_attributes: row.customAttributes,
    tags: list(
      "tag",
      row.tags.map((tag) => tag.id),
      id,
      "tags",
    ),
    notes: notesOf(row, workspace),
    companies: list("company", row.companyIds, id, "companies"),
    opted_out_subscription_types: chosen("opt_out"),
    opted_in_subscription_types: chosen("opt_in"),
    utm_campaign: null,
    utm_content: null,
    utm_medium: null,
    utm_source: null,
    utm_term: null,
    referrer: null,
    ...(single && atLeast(version, "2.12") ? { enabled_push_messaging: null } : {}),
    ...(mergeHistory && row.role === "user" ? { merge_history: history(row, workspace) } : {}),
  };
}

/** The short form: a contact named in the answer about something else. */
export const formatContactReference = ({ id, externalId }: ContactRow) => ({
  type: "contact",
  id,
  external_id: externalId,
});
