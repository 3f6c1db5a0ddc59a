import type { ActionInputParameters } from "@prismatic-io/spectral/dist/types/ActionInputParameters";
import type { ContactFields } from "../intercom/contacts";
import type { Filter } from "../intercom/wire/search";
import { additionalFields, attributesByName, customAttributes } from "./inputs";
import {
  choice,
  flag,
  identifier,
  optionalChoice,
  optionalDay,
  optionalIdentifier,
  optionalText,
  optionalTimestamp,
  optionalWholeNumber,
  yesOrNo,
} from "./kinds";
import { equal, onOrAfter } from "./search";

/** What is written on a contact, and what a contact is searched by. */

export const roles = [
  { label: "User", value: "user" },
  { label: "Lead", value: "lead" },
] as const;
export const roleWords = { comments: "The role of the contact" };
export const emailWords = { comments: "Email of the contact" };
const nameWords = { comments: "Name of the contact" };

const ownerIds = { least: 0, most: Number.MAX_SAFE_INTEGER };

/** What can be written on a contact. */
export const written = {
  email: identifier("Email", emailWords),
  role: choice("Role", roles, roleWords),
  name: optionalText("Name", nameWords),
  phone: optionalIdentifier("Phone", { comments: "Phone of the contact" }),
  external_id: optionalIdentifier("External ID", {
    comments: "Unique identifier for the entity from external systems",
  }),
  avatar: optionalIdentifier("Avatar URL", {
    comments: "An image URL containing the avatar of a contact",
  }),
  signed_up_at: optionalTimestamp("Signed Up At", {
    comments: "The time specified for when a contact signed up",
  }),
  last_seen_at: optionalTimestamp("Last Seen At", {
    comments: "The time when the contact was last seen",
  }),
  unsubscribed_from_emails: flag("Unsubscribed From Emails", {
    comments:
      'Whether the contact is unsubscribed from emails. Only true is sent. To subscribe a contact again, put {"unsubscribed_from_emails": false} into Additional Fields.',
  }),
  ownerId: optionalWholeNumber("Owner ID", ownerIds, {
    comments: "ID of the admin who owns the contact",
    example: "127",
    dataSource: "selectAdmin",
  }),
  emailVerified: yesOrNo("Email Verified", {
    comments:
      "Whether you know that the email is the contact's own. Needs API version 2.16, with which the request is then sent.",
  }),
  customAttributes,
  additionalFields,
};

/** The designer sends false for an untouched box; sent on, false would subscribe people again. */
export const contactFieldsOf = ({
  unsubscribed_from_emails,
  ownerId,
  emailVerified,
  customAttributes,
  additionalFields,
  ...fields
}: Partial<ActionInputParameters<typeof written>>): ContactFields => ({
  ...fields,
  unsubscribed_from_emails: unsubscribed_from_emails || undefined,
  owner_id: ownerId,
  email_verified: emailVerified,
  custom_attributes: customAttributes,
  ...additionalFields,
});

/** What *Upsert Contact* writes. */
export const upserted = {
  email: optionalIdentifier("Email", {
    comments: "Email of the contact. A user needs this or an external ID.",
  }),
  external_id: optionalIdentifier("External ID", {
    comments: "Your own ID of the contact. Leads get one from Intercom instead.",
  }),
  role: optionalChoice("Role", roles, {
    default: "user",
    comments:
      "What to make where there is no such contact. A user is never made a lead. A lead is sought by its email: one of the last minutes may not be found, and is then made twice. Without an email, each run makes one.",
  }),
  name: optionalText("Name", { comments: "Name of the contact." }),
  phone: optionalIdentifier("Phone", { comments: "Phone of the contact." }),
  avatar: optionalIdentifier("Avatar URL", { comments: "Address of a picture of the contact." }),
  signed_up_at: optionalTimestamp("Signed Up At", { comments: "When the contact signed up." }),
  last_seen_at: optionalTimestamp("Last Seen At", {
    comments: "When the contact was last seen.",
  }),
  unsubscribed_from_emails: flag("Unsubscribed From Emails", {
    comments: "Only true is sent, as in Update Contact.",
  }),
  ownerId: optionalWholeNumber("Owner ID", ownerIds, {
    comments: "ID of the admin who owns the contact.",
    dataSource: "selectAdmin",
  }),
  customAttributes: attributesByName,
  additionalFields,
};

/** What the upserts of contacts do with one that exists. */
export const found = {
  ifFound: optionalChoice(
    "If Found",
    [
      { label: "Update it", value: "update" },
      { label: "Leave it as it is", value: "keep" },
    ] as const,
    {
      default: "update",
      comments:
        "What to do with a contact that is there already. Leaving it makes this a find or create.",
    },
  ),
  unarchive: flag("Unarchive", {
    default: "true",
    comments:
      "Brings an archived contact back where it stands in the way. Without it that is an error that names the contact.",
  }),
};

const wholeDays = "Intercom matches whole days, in the workspace's time zone.";

/** The inputs of a search without a JSON query. All that are filled in must match. */
export const filters = {
  email: optionalIdentifier("Email", emailWords),
  name: optionalText("Name", nameWords),
  role: optionalChoice("Role", roles, roleWords),
  phone: optionalIdentifier("Phone", { comments: "Only contacts with this phone, to the letter." }),
  externalId: optionalIdentifier("External ID", {
    comments:
      "Only the contact with this ID of yours. Get Contact by External ID also finds one that was made a moment ago.",
  }),
  ownerId: optionalWholeNumber("Owner ID", ownerIds, {
    comments: "Only contacts that this admin owns.",
    dataSource: "selectAdmin",
  }),
  tagId: optionalIdentifier("Tag ID", {
    comments: "Only contacts that have this tag.",
    dataSource: "selectTag",
  }),
  segmentId: optionalIdentifier("Segment ID", {
    comments: "Only contacts of this segment.",
    dataSource: "selectSegment",
  }),
  createdAfter: optionalDay("Created After", {
    comments: `Only contacts that were created on this day or later. ${wholeDays}`,
  }),
  createdBefore: optionalDay("Created Before", {
    comments: `Only contacts that were created before this day. ${wholeDays}`,
  }),
  updatedAfter: optionalDay("Updated After", {
    comments: `Only contacts that changed on this day or later. ${wholeDays}`,
  }),
};

type Given = Partial<ActionInputParameters<typeof filters>>;

/**
 * The filled-in filters: single ones, and the groups for "this day or later".
 *
 * @param ownerOf turns an owner's id into the value that the search takes.
 */
export function filtersOf(given: Given, ownerOf: (id: number) => number | string) {
  const { email, name, role, phone, externalId, ownerId, tagId, segmentId } = given;
  const { createdAfter, createdBefore, updatedAfter } = given;
  const before: Filter[] =
    createdBefore === undefined
      ? []
      : [{ field: "created_at", operator: "<", value: createdBefore }];
  const same = equal({
    email,
    name,
    role,
    phone,
    external_id: externalId,
    owner_id: ownerId === undefined ? undefined : ownerOf(ownerId),
    tag_id: tagId,
    segment_id: segmentId,
  });
  return {
    single: [...same, ...before],
    days: onOrAfter({ created_at: createdAfter, updated_at: updatedAfter }),
  };
}
