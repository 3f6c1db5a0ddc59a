import type { Workspace } from "../../sandbox/index";
import { makeContact } from "./contacts";
import { makeConversation } from "./conversations";
import { anAdminId, byTokensOwn, type Use } from "./use";

const makeTag = ({ tags }: Workspace) => tags.findOrCreate("VIP");

export const tags: Record<string, Use> = {
  listTags: {
    inputs: (workspace) => {
      makeTag(workspace);
      return {};
    },
    permissions: ["Read tags"],
    givesList: true,
  },
  createTag: {
    inputs: () => ({ name: "Gold" }),
    permissions: ["Write tags"],
  },
  updateTag: {
    inputs: (workspace) => ({ id: makeTag(workspace).id, name: "Gold" }),
    permissions: ["Write tags"],
  },
  deleteTag: {
    inputs: (workspace) => ({ id: makeTag(workspace).id }),
    permissions: ["Read tags", "Write tags"],
    fewest: 2,
    why: "the result is the tag, and Intercom's answer to the deletion is empty",
  },
  attachTag: {
    inputs: (workspace) => ({ id: makeContact(workspace).id, tagId: makeTag(workspace).id }),
    permissions: ["Write tags"],
  },
  detachTag: {
    inputs: (workspace) => {
      const [contact, tag] = [makeContact(workspace), makeTag(workspace)];
      workspace.tags.tagContact(contact, tag);
      return { id: contact.id, tagId: tag.id };
    },
    permissions: ["Write tags"],
    mayNeed: { permission: "Read tags", when: "on a retry" },
  },
  attachTagToConversation: {
    inputs: (workspace) => ({
      conversationId: makeConversation(workspace).id,
      tagId: makeTag(workspace).id,
      adminId: anAdminId,
    }),
    permissions: ["Write tags"],
    variants: [byTokensOwn(["Write tags"])],
  },
  detachTagFromConversation: {
    inputs: (workspace) => {
      const [conversation, tag] = [makeConversation(workspace), makeTag(workspace)];
      workspace.tags.tagConversation(conversation, tag, anAdminId);
      return { conversationId: conversation.id, tagId: tag.id, adminId: anAdminId };
    },
    permissions: ["Write tags"],
    mayNeed: { permission: "Read tags", when: "on a retry" },
    variants: [byTokensOwn(["Write tags"])],
  },
};
