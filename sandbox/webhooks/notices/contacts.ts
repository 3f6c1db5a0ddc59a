import type { ApiVersion } from "../../apiVersion";
import { formatContact, formatContactReference } from "../../format/contacts";
import { formatTag } from "../../format/tags";
import type { ContactRow } from "../../store/contacts";
import type { Workspace } from "../../store/workspace";
import type { Notifier, Notifiers } from "../notice";

const whole = (row: ContactRow, workspace: Workspace, version: ApiVersion) =>
  formatContact(row, workspace, version, { single: true });

function topicsOfUpdate(now: ContactRow, before: ContactRow): string[] {
  const topics = [`contact.${now.role}.updated`];
  if (now.email !== before.email) topics.push("contact.email.updated");
  if (now.role === "lead" && before.email === null && now.email !== null) {
    topics.push("contact.lead.added_email");
  }
  if (now.role === "user" && before.role === "lead") topics.push("contact.lead.signed_up");
  if (now.unsubscribedFromEmails !== before.unsubscribedFromEmails) {
    topics.push(now.unsubscribedFromEmails ? "contact.unsubscribed" : "contact.subscribed");
  }
  return topics;
}

const tagging =
  (happened: "created" | "deleted"): Notifier<"contact.tagged" | "contact.untagged"> =>
  ({ contact, tag }, workspace, version) => {
    const item = {
      type: "contact_tag",
      created_at: workspace.nowSeconds(),
      tag: formatTag(tag),
      contact: whole(contact, workspace, version),
    };
    return [[`contact.${contact.role}.tag.${happened}`, item]];
  };

export const contactNotices = {
  "contact.created": ({ contact }, workspace, version) => [
    [`contact.${contact.role}.created`, whole(contact, workspace, version)],
  ],
  "contact.updated": ({ contact, before }, workspace, version) => {
    const item = whole(contact, workspace, version);
    return topicsOfUpdate(contact, before).map((topic) => [topic, item]);
  },
  // Example on Intercom's page of webhook models.
  "contact.merged": ({ contact, from }, workspace, version) => [
    [
      "contact.merged",
      { ...whole(contact, workspace, version), merged_from: { type: "contact", id: from.id } },
    ],
  ],
  "contact.archived": ({ contact }, workspace, version) => [
    ["contact.archived", whole(contact, workspace, version)],
  ],
  "contact.unarchived": ({ contact }, workspace, version) => [
    ["contact.unarchive", whole(contact, workspace, version)],
  ],
  // Of a deleted contact only what identifies it.
  "contact.deleted": ({ contact }) => [["contact.deleted", formatContactReference(contact)]],
  "contact.tagged": tagging("created"),
  "contact.untagged": tagging("deleted"),
} satisfies Partial<Notifiers>;
