import { intercomAction } from "../action";
import { conversation, participants } from "../examples/conversations";
import { contactNamed, conversationId } from "../fields/inputs";
import {
  flag,
  identifier,
  optionalIdentifier,
  optionalText,
  text,
  timestamp,
} from "../fields/kinds";
import {
  adminId,
  attachmentFiles,
  attachmentUrls,
  authorType,
  createdAt,
  noteOf,
  quickReplies,
  replyingContact,
  replyOf,
  skipNotifications,
} from "../fields/replies";
import { refuse } from "../fields/values";
import { InvalidInputError } from "../intercom/wire/errors";
import * as schemas from "../schemas/conversations";

const output = schemas.conversation;
const example = conversation;

export const addNoteToConversation = intercomAction({
  label: "Add Note to Conversation",
  description: "Write an internal note in a conversation, which the contact does not see",
  inputs: {
    conversationId,
    body: text("Body", { comments: "Text of the note. Some HTML is taken." }),
    adminId,
    attachmentUrls,
    attachmentFiles,
    createdAt,
    skipNotifications,
  },
  perform: (intercom, { conversationId, ...given }) => {
    const { author, message } = noteOf(given);
    return intercom.conversationParts.reply(conversationId, author, message);
  },
  output,
  example,
});

export const replyToConversation = intercomAction({
  label: "Reply to Conversation",
  description: "Reply to a conversation, as a teammate or on behalf of a contact",
  inputs: {
    conversationId: {
      ...conversationId,
      comments: "ID of the conversation, or last: the one that the contact wrote in last.",
    },
    authorType,
    adminId,
    contact: replyingContact,
    body: optionalText("Body", {
      comments:
        "Text of the reply. HTML is taken from admins. The contact sees it: for an internal note use Add Note to Conversation.",
    }),
    quickReplies,
    attachmentUrls,
    attachmentFiles,
    createdAt,
    skipNotifications,
  },
  perform: (intercom, { conversationId, ...given }) => {
    const { author, message } = replyOf(given);
    // For tickets, Intercom describes it for both (OpenAPI 2.16, replyConversation, replyTicket).
    if (given.skipNotifications && "contact" in author) {
      throw new InvalidInputError(
        `"${skipNotifications.label}" works for replies of admins only, and "${authorType.label}" is Contact: untick it.`,
      );
    }
    return intercom.conversationParts.reply(conversationId, author, message);
  },
  output,
  example,
});

/** An assignee. Refuses 0, which would unassign the admin and the team at once. */
const assigneeId = (label: string, words: { comments: string; dataSource: string }) => {
  const field = optionalIdentifier(label, words);
  return {
    ...field,
    clean: (value: unknown) => {
      const id = field.clean(value);
      return id === "0" ? refuse(label, "an ID (to assign it to nobody, tick Unassign)", id) : id;
    },
  };
};

export const assignConversation = intercomAction({
  label: "Assign Conversation",
  description: "Assign a conversation to an admin, a team or both, or to nobody",
  inputs: {
    conversationId,
    adminAssigneeId: assigneeId("Admin Assignee ID", {
      comments: "The admin to assign it to.",
      dataSource: "selectAdmin",
    }),
    teamAssigneeId: assigneeId("Team Assignee ID", {
      comments: "The team to assign it to. It can have both.",
      dataSource: "selectTeam",
    }),
    unassign: flag("Unassign", {
      comments: "Takes it from the admin and the team it has. Not together with an assignee.",
    }),
    body: optionalText("Body", { comments: "A message to send along. The contact sees it." }),
    adminId,
  },
  perform: (intercom, { conversationId, adminAssigneeId, teamAssigneeId, unassign, ...by }) => {
    const isAssigned = adminAssigneeId !== undefined || teamAssigneeId !== undefined;
    if (unassign === isAssigned) {
      throw new InvalidInputError(
        unassign
          ? '"Unassign" is ticked, and an assignee is filled in: do one of both.'
          : '"Admin Assignee ID" and "Team Assignee ID" are empty: fill in one or both, or tick "Unassign".',
      );
    }
    const assignees = { admin: adminAssigneeId, team: teamAssigneeId };
    return intercom.conversationParts.assign(conversationId, assignees, by);
  },
  output,
  example,
});

export const closeConversation = intercomAction({
  label: "Close Conversation",
  description: "Close a conversation, with a last message if you like",
  inputs: {
    conversationId,
    body: optionalText("Body", {
      comments:
        "A last message. The contact sees it. Replying and closing in one step this way can not get out of order.",
    }),
    adminId,
  },
  perform: (intercom, { conversationId, ...by }) =>
    intercom.conversationParts.close(conversationId, by),
  output,
  example,
});

export const snoozeConversation = intercomAction({
  label: "Snooze Conversation",
  description: "Snooze a conversation until a time",
  inputs: {
    conversationId,
    snoozedUntil: timestamp("Snoozed Until", { comments: "When it opens again. Must be ahead." }),
    adminId,
  },
  perform: (intercom, { conversationId, snoozedUntil, adminId }) => {
    if (snoozedUntil * 1000 <= intercom.http.nowMs()) {
      refuse("Snoozed Until", "a time ahead", new Date(snoozedUntil * 1000).toISOString());
    }
    return intercom.conversationParts.snooze(conversationId, snoozedUntil, { adminId });
  },
  output,
  example,
});

export const reopenConversation = intercomAction({
  label: "Reopen Conversation",
  description: "Open a conversation that is closed or snoozed",
  inputs: { conversationId, adminId },
  perform: (intercom, { conversationId, adminId }) =>
    intercom.conversationParts.reopen(conversationId, { adminId }),
  output,
  example,
});

export const attachContactToConversation = intercomAction({
  label: "Attach Contact to Conversation",
  description: "Add a contact to a conversation",
  inputs: {
    conversationId,
    contact: identifier("Contact", {
      comments:
        "Whom to add: Intercom's ID, an e-mail, or your external ID. An e-mail that nobody has makes a new lead.",
      dataSource: "selectContact",
    }),
    adminId,
  },
  perform: (intercom, { conversationId, contact, adminId }) =>
    intercom.conversationParts.attachContact(conversationId, contactNamed(contact), { adminId }),
  output: schemas.participants,
  example: participants,
});

export const detachContactFromConversation = intercomAction({
  label: "Detach Contact from Conversation",
  description: "Remove a contact from a conversation that has several",
  inputs: {
    conversationId,
    contactId: identifier("Contact ID", {
      comments: "Intercom's ID of the contact. The last one can not be removed.",
      dataSource: "selectContact",
    }),
    adminId,
  },
  perform: (intercom, { conversationId, contactId, adminId }) =>
    intercom.conversationParts.detachContact(conversationId, contactId, { adminId }),
  output: schemas.participants,
  example: participants,
});
