import type { AdminRow } from "./admins";
import type { Attachment } from "./attachments";
import type { ContactRow } from "./contacts";
import type { AttributeValue } from "./dataAttributes";
import type { Workspace } from "./workspace";

export interface Author {
  type: "admin" | "user" | "lead" | "bot";
  id: string;
  name: string | null;
  email: string | null;
}

/** Kinds of parts (Intercom's page on the conversation model). */
export const partTypes = [
  "comment",
  "note",
  "quick_reply",
  // A contact comments in a conversation that is not open, or an admin opens one.
  "open",
  "close",
  "snoozed",
  "unsnoozed",
  "timer_unsnooze",
  "assignment",
  "assign_and_reopen",
  "assign_and_unsnooze",
  "participant_added",
  "participant_removed",
  "conversation_attribute_updated_by_admin",
  "conversation_rating_changed",
  "conversation_rating_remark_added",
  "priority_changed",
  "conversation_tags_updated",
] as const;

export const conversationStates = ["open", "closed", "snoozed"] as const;

export type ConversationState = (typeof conversationStates)[number];

/** A button that a contact can answer with. */
export interface QuickReply {
  text: string;
  uuid: string;
}

export interface ConversationPart {
  id: string;
  type: (typeof partTypes)[number];
  body: string | null;
  author: Author;
  createdAt: number;
  /** The conversation's state after this part. Parts of older data folders have no state. */
  state?: ConversationState;
  /** Who got the conversation, or `null` for nobody; absent in parts that assign nothing. */
  assignee?: Assignee | null;
  attachments?: Attachment[];
  quickReplies?: QuickReply[];
  /** The `uuid` of the button that the contact chose. */
  chosenReply?: string;
  attribute?: { name: string; value: AttributeValue | null; previous: AttributeValue | null };
  /** Whether nobody gets a notification. */
  isSilent?: boolean;
}

export interface Assignee {
  type: "admin" | "team";
  id: string;
}

export const isContact = ({ type }: Author) => type === "user" || type === "lead";

export const contactAuthor = ({ role, id, name, email }: ContactRow): Author => ({
  type: role,
  id,
  name,
  email,
});

export const adminAuthor = ({ id, name, email }: AdminRow): Author => ({
  type: "admin",
  id,
  name,
  email,
});

/** The author of a part that no person caused. The bot's name depends on the version. */
export const botAuthor = ({ id }: Workspace): Author => ({
  type: "bot",
  id: "1",
  name: null,
  email: `operator+${id}@intercom.io`,
});
