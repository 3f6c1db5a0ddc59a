import type { Workspace } from "../../sandbox/index";
import { makeCompany, ownCompanyId } from "./companies";
import { makeContact } from "./contacts";
import { makeConversation } from "./conversations";
import { anAdminId, byTokensOwn, type Use } from "./use";

const makeTag = ({ tags }: Workspace) => tags.findOrCreate("VIP");

/** A company, and a tag that is not on it. */
const makeCompanyAndTag = (workspace: Workspace) => ({
  company: makeCompany(workspace),
  tag: makeTag(workspace),
});

const onCompany: Pick<Use, "permissions" | "fewest" | "why" | "variants"> = {
  permissions: ["Read tags", "Write tags"],
  fewest: 2,
  why: "Intercom takes the tag by its name here, so one request must read the name",
  variants: [
    {
      how: "by your `company_id`",
      inputs: { companyId: ownCompanyId },
      permissions: ["Read tags", "Write tags", "Read and list users and companies", "Write tags"],
      fewest: 2,
      why: "Intercom takes either id here, but each under its own name",
    },
  ],
};

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
    more: { tagName: "Gold" },
    permissions: ["Write tags"],
    variants: [
      {
        how: "by the tag's name",
        inputs: { tagName: "Gold" },
        permissions: ["Write tags"],
        fewest: 1,
      },
    ],
  },
  attachTagToCompany: {
    inputs: (workspace) => {
      const { company, tag } = makeCompanyAndTag(workspace);
      return { companyId: company.id, tagId: tag.id };
    },
    ...onCompany,
  },
  detachTagFromCompany: {
    inputs: (workspace) => {
      const { company, tag } = makeCompanyAndTag(workspace);
      workspace.tags.tagCompany(company, tag);
      return { companyId: company.id, tagId: tag.id };
    },
    ...onCompany,
  },
  detachTag: {
    inputs: (workspace) => {
      const [contact, tag] = [makeContact(workspace), makeTag(workspace)];
      workspace.tags.tagContact(contact, tag);
      return { id: contact.id, tagId: tag.id };
    },
    more: { tagName: "VIP" },
    permissions: ["Write tags"],
    mayNeed: { permission: "Read tags", when: "for a tag by its name, and on a retry" },
    variants: [
      {
        how: "by the tag's name",
        inputs: { tagName: "vip" },
        permissions: ["Read tags", "Write tags"],
        fewest: 2,
        why: "Intercom takes the tag by its ID here, so one request must find the ID",
      },
    ],
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
