import { type Author, type Message, quickReply } from "../intercom/replies";
import { InvalidInputError } from "../intercom/wire/errors";
import type { Attachment } from "./content";
import { contactNamed } from "./inputs";
import {
  addresses,
  choice,
  files,
  flag,
  optionalIdentifier,
  optionalTimestamp,
  texts,
} from "./kinds";

/** Inputs of replies and notes, the same for conversations and tickets. */

export const adminId = optionalIdentifier("Admin ID", {
  comments: "ID of the admin who does it. Empty means the one whose access token it is.",
  dataSource: "selectAdmin",
});

export const attachmentUrls = addresses("Attachment URLs", {
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
  comments:
    "Who replies, where it is a contact: Intercom's ID, an e-mail, or your external ID. Refused for Admin, so that nothing goes out under a teammate's name by mistake.",
  dataSource: "selectContact",
});

export const quickReplies = texts("Quick Replies", {
  comments:
    "Buttons that the contact may answer with, one text each. Sent instead of the body. For admins.",
});

/**
 * The attachments of a message in Intercom's form, if there are any.
 *
 * @throws InvalidInputError where both kinds are filled in: Intercom would drop the URLs silently.
 */
export function attachmentsOf({ attachmentUrls: urls, attachmentFiles: files }: Attached) {
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

interface Attached {
  attachmentUrls: string[];
  attachmentFiles: Attachment[];
}

interface NoteInputs extends Attached {
  adminId?: string;
  body: string;
  createdAt?: number;
  skipNotifications: boolean;
}

interface ReplyInputs extends Omit<NoteInputs, "body"> {
  authorType: "admin" | "contact";
  contact?: string;
  body?: string;
  quickReplies: string[];
}

interface Written {
  author: Author;
  message: Message;
}

const rest = ({ createdAt, skipNotifications, ...attached }: Omit<NoteInputs, "body">) => ({
  ...attachmentsOf(attached),
  created_at: createdAt,
  skip_notifications: skipNotifications || undefined,
});

/** An internal note. Its author is always an admin. */
export const noteOf = ({ body, ...given }: NoteInputs): Written => ({
  author: { adminId: given.adminId },
  message: { message_type: "note", body, ...rest(given) },
});

/**
 * A reply, which the contact sees.
 *
 * @throws InvalidInputError where the author or the text is missing, or two inputs exclude each other.
 */
export function replyOf(given: ReplyInputs): Written {
  const { body, quickReplies: texts } = given;
  const author = repliesBy(given);
  if (texts.length === 0) {
    // Attachments alone are not enough (OpenAPI 2.16, admin_reply_conversation_request).
    if (body === undefined) {
      throw new InvalidInputError(
        `"Body" is empty: fill in a text${"contact" in author ? "" : `, or "${quickReplies.label}"`}. Intercom takes no reply without text.`,
      );
    }
    return { author, message: { message_type: "comment", body, ...rest(given) } };
  }
  if ("contact" in author) {
    throw new InvalidInputError(
      `"${quickReplies.label}" can be sent by an admin only, and "${authorType.label}" is Contact: leave it empty.`,
    );
  }
  if (body !== undefined) {
    throw new InvalidInputError(
      `"Body" and "${quickReplies.label}" can't be sent together: buttons are sent instead of a text. Empty one of them.`,
    );
  }
  return { author, message: { ...quickReply(texts), ...rest(given) } };
}

function repliesBy({ authorType: type, adminId, contact }: ReplyInputs): Author {
  if (type === "contact") {
    if (contact !== undefined) return { contact: contactNamed(contact) };
    throw new InvalidInputError(
      `"${replyingContact.label}" is empty: fill it in, because "${authorType.label}" is Contact.`,
    );
  }
  if (contact === undefined) return { adminId };
  throw new InvalidInputError(
    `"${replyingContact.label}" is filled in, and "${authorType.label}" is Admin: choose Contact, or empty it.`,
  );
}
