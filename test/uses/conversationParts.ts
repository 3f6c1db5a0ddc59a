import type { Workspace } from "../../sandbox/index";
import { makeConversation } from "./conversations";
import type { Use } from "./use";

const read = "Read conversations";
const write = "Write conversations";

/** The admins of every workspace of the sandbox. */
const admins = ["5017601", "5017602"] as const;

const asOwnAdmin = {
  permissions: ["Read admins", write],
  fewest: 2,
  why: "Admin ID is empty, so Intercom is asked whose token it is",
  variants: [
    { how: "with Admin ID", inputs: { adminId: admins[0] }, permissions: [write], fewest: 1 },
  ],
};

const ofConversation = (workspace: Workspace) => ({
  conversationId: makeConversation(workspace).id,
});

const attachments = { attachmentUrls: ["https://example.org/cat.png"] };
const written = {
  adminId: admins[1],
  createdAt: "2025-11-02T09:30:00Z",
  skipNotifications: "true",
};

export const conversationParts: Record<string, Use> = {
  addNoteToConversation: {
    inputs: (workspace) => ({ ...ofConversation(workspace), body: "Ask the warehouse." }),
    more: { ...written, ...attachments },
    ...asOwnAdmin,
    isSentOnce: true,
  },
  replyToConversation: {
    inputs: (workspace) => ({
      ...ofConversation(workspace),
      authorType: "admin",
      body: "It is on its way.",
    }),
    more: { ...written, attachmentFiles: [{ key: "list.txt", value: "one" }] },
    ...asOwnAdmin,
    isSentOnce: true,
    variants: [
      ...asOwnAdmin.variants,
      {
        how: "by the contact",
        inputs: { authorType: "contact", contact: "bob@example.org" },
        permissions: [write],
        fewest: 1,
      },
    ],
  },
  assignConversation: {
    inputs: (workspace) => ({ ...ofConversation(workspace), adminAssigneeId: admins[1] }),
    more: { adminId: admins[0], body: "She knows." },
    ...asOwnAdmin,
    variants: [
      ...asOwnAdmin.variants,
      {
        how: "to a team and an admin",
        inputs: { teamAssigneeId: "3401" },
        permissions: ["Read admins", write, write],
        fewest: 3,
        why: "Intercom assigns to one at a time",
      },
    ],
  },
  closeConversation: {
    inputs: ofConversation,
    more: { adminId: admins[0], body: "Glad to help." },
    ...asOwnAdmin,
  },
  snoozeConversation: {
    inputs: (workspace) => ({ ...ofConversation(workspace), snoozedUntil: "2039-10-14" }),
    more: { adminId: admins[0] },
    ...asOwnAdmin,
  },
  reopenConversation: {
    inputs: (workspace) => {
      const conversation = makeConversation(workspace);
      workspace.conversations.change(conversation, { state: "closed" });
      return { conversationId: conversation.id };
    },
    more: { adminId: admins[0] },
    ...asOwnAdmin,
  },
  attachContactToConversation: {
    inputs: (workspace) => {
      workspace.contacts.create({ role: "user", email: "ada@example.org" });
      return { ...ofConversation(workspace), contact: "ada@example.org" };
    },
    more: { adminId: admins[0] },
    ...asOwnAdmin,
    isSentOnce: true,
  },
  detachContactFromConversation: {
    inputs: (workspace) => {
      const conversation = makeConversation(workspace);
      const ada = workspace.contacts.create({ role: "user", email: "ada@example.org" });
      const contactIds = [...conversation.contactIds, ada.id];
      workspace.conversations.change(conversation, { contactIds });
      return { conversationId: conversation.id, contactId: ada.id };
    },
    more: { adminId: admins[0] },
    ...asOwnAdmin,
    mayNeed: { permission: read, when: "on a retry" },
  },
};
