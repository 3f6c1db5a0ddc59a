import type { Workspace } from "../../sandbox/index";
import { makeConversation } from "./conversations";
import { anAdminId, aTeamId, byTokensOwn, type Use } from "./use";

const read = "Read conversations";
const write = "Write conversations";

/** The admin is given, or the token's own. */
const byAdmin = {
  permissions: [write],
  variants: [byTokensOwn([write])],
};

const ofConversation = (workspace: Workspace) => ({
  conversationId: makeConversation(workspace).id,
  adminId: anAdminId,
});

const attachments = { attachmentUrls: ["https://example.org/cat.png"] };
const written = {
  createdAt: "2025-11-02T09:30:00Z",
  skipNotifications: "true",
};

export const conversationParts: Record<string, Use> = {
  addNoteToConversation: {
    inputs: (workspace) => ({ ...ofConversation(workspace), body: "Ask the warehouse." }),
    more: { ...written, ...attachments },
    ...byAdmin,
    isSentOnce: true,
  },
  replyToConversation: {
    inputs: (workspace) => ({
      ...ofConversation(workspace),
      authorType: "admin",
      body: "It is on its way.",
    }),
    more: { ...written, attachmentFiles: [{ key: "list.txt", value: "one" }] },
    ...byAdmin,
    isSentOnce: true,
    variants: [
      ...byAdmin.variants,
      {
        how: "by the contact",
        inputs: { authorType: "contact", contact: "bob@example.org", adminId: "" },
        permissions: [write],
        fewest: 1,
      },
    ],
  },
  assignConversation: {
    inputs: (workspace) => ({ ...ofConversation(workspace), adminAssigneeId: anAdminId }),
    more: { body: "She knows." },
    ...byAdmin,
    variants: [
      ...byAdmin.variants,
      {
        how: "to a team and an admin",
        inputs: { teamAssigneeId: aTeamId },
        permissions: [write, write],
        fewest: 2,
        why: "Intercom assigns to one at a time",
      },
    ],
  },
  closeConversation: {
    inputs: ofConversation,
    more: { body: "Glad to help." },
    ...byAdmin,
  },
  snoozeConversation: {
    inputs: (workspace) => ({ ...ofConversation(workspace), snoozedUntil: "2039-10-14" }),
    ...byAdmin,
  },
  reopenConversation: {
    inputs: (workspace) => {
      const conversation = makeConversation(workspace);
      workspace.conversations.change(conversation, { state: "closed" });
      return { conversationId: conversation.id, adminId: anAdminId };
    },
    ...byAdmin,
  },
  attachContactToConversation: {
    inputs: (workspace) => {
      workspace.contacts.create({ role: "user", email: "ada@example.org" });
      return { ...ofConversation(workspace), contact: "ada@example.org" };
    },
    ...byAdmin,
    isSentOnce: true,
  },
  detachContactFromConversation: {
    inputs: (workspace) => {
      const conversation = makeConversation(workspace);
      const ada = workspace.contacts.create({ role: "user", email: "ada@example.org" });
      const contactIds = [...conversation.contactIds, ada.id];
      workspace.conversations.change(conversation, { contactIds });
      return { conversationId: conversation.id, contactId: ada.id, adminId: anAdminId };
    },
    ...byAdmin,
    mayNeed: { permission: read, when: "on a retry" },
  },
};
