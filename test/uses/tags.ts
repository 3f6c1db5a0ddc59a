import type { Workspace } from "../../sandbox/index";
import { makeContact } from "./contacts";
import { makeConversation } from "./conversations";
import type { Use } from "./use";

const ownAdmin = "Admin ID is empty, so Intercom is asked whose token it is";

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
    }),
    more: { adminId: "5017601" },
    permissions: ["Read admins", "Write tags"],
    fewest: 2,
    why: ownAdmin,
  },
  detachTagFromConversation: {
    inputs: (workspace) => {
      const [conversation, tag] = [makeConversation(workspace), makeTag(workspace)];
      workspace.tags.tagConversation(conversation, tag, "5017601");
      return { conversationId: conversation.id, tagId: tag.id };
    },
    more: { adminId: "5017601" },
    permissions: ["Read admins", "Write tags"],
    mayNeed: { permission: "Read tags", when: "on a retry" },
    fewest: 2,
    why: ownAdmin,
  },
};
