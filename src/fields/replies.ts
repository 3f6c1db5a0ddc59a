import { InvalidInputError } from "../intercom/wire/errors";
import type { Attachment } from "./content";
import {
  choice,
  files,
  flag,
  identifiers,
  optionalIdentifier,
  optionalTimestamp,
  texts,
} from "./kinds";

/** Inputs of replies and notes, the same for conversations and tickets. */

export const adminId = optionalIdentifier("Admin ID", {
  comments: "ID of the admin who does it. Empty means the one whose access token it is.",
  dataSource: "selectAdmin",
});

export const attachmentUrls = identifiers("Attachment URLs", {
  most: 10,
  comments:
    "Up to 10 addresses of images that Intercom fetches. Can not be used together with Attachment Files.",
});

export const attachmentFiles = files("Attachment Files", {
  most: 10,
  comments:
    "Up to 10 files: the key is the file name, the value the content from an earlier step. Sent inside the request, so keep them small.",
});

export const createdAt = optionalTimestamp("Created At", {
  comments: "When it was written, for what is brought over from elsewhere. Empty means now.",
});

export const skipNotifications = flag("Skip Notifications", {
  comments:
    "Nobody is notified. For bringing over a history, or for changes that nobody asked for.",
});

export const authorType = choice(
  "Author Type",
  [
    { label: "Admin", value: "admin" },
    { label: "Contact", value: "contact" },
  ],
  { default: "admin", comments: "Who replies: a teammate, or the contact." },
);

export const replyingContact = optionalIdentifier("Contact", {
  comments: "Who replies, where it is a contact: Intercom's ID, an e-mail, or your external ID.",
  dataSource: "selectContact",
});

export const quickReplies = texts("Quick Replies", {
  comments: "Buttons that the contact may answer with, one text each. Sent instead of the body.",
});

/**
 * The attachments of a message in Intercom's form, if there are any.
 *
 * @throws InvalidInputError where both kinds are filled in: Intercom would drop the URLs silently.
 */
export function attachmentsOf(given: { attachmentUrls: string[]; attachmentFiles: Attachment[] }) {
  const { attachmentUrls: urls, attachmentFiles: files } = given;
  if (urls.length > 0 && files.length > 0) {
    throw new InvalidInputError(
      `"${attachmentUrls.label}" and "${attachmentFiles.label}" can't be used together: Intercom would drop the URLs. Empty one of them.`,
    );
  }
  return {
    attachment_urls: urls.length > 0 ? urls : undefined,
    attachment_files: files.length > 0 ? files : undefined,
  };
}
