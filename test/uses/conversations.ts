import type { Workspace } from "../../sandbox/index";
import { makeCompanyOfContact, ownCompanyId } from "./companies";
import { makeContact } from "./contacts";
import type { Use } from "./use";

/** A conversation that a contact began. */
export const makeConversation = (workspace: Workspace, body = "Where is my order?") =>
  workspace.conversations.create({ contact: makeContact(workspace), body });

const read = "Read conversations";
const write = "Write conversations";

const cursorInputs = { perPage: "7", startingAfter: "" };

export const conversations: Record<string, Use> = {
  createConversation: {
    inputs: (workspace) => ({
      contactId: makeContact(workspace).id,
      contactRole: "user",
      body: "Hello",
    }),
    more: {
      attachmentUrls: ["https://example.org/cat.png"],
      createdAt: "2025-11-02T09:30:00Z",
      brandId: "3",
      additionalFields: '{"subject": "Order 17"}',
    },
    permissions: [write],
    isSentOnce: true,
    variants: [
      {
        how: "without Contact Role",
        inputs: { contactRole: "" },
        permissions: ["Read one user and one company", write],
        fewest: 2,
        why: "the contact is read, to learn what it is",
      },
    ],
  },
  getConversation: {
    inputs: (workspace) => ({ conversationId: makeConversation(workspace).id }),
    more: { displayAs: "plaintext", includeTranslations: "true" },
    permissions: [read],
  },
  listConversations: {
    inputs: (workspace) => {
      makeConversation(workspace);
      return {};
    },
    more: cursorInputs,
    permissions: [read],
    givesList: true,
    variants: [{ how: "all of them", inputs: { fetchAll: "true" } }],
  },
  searchConversations: {
    inputs: (workspace) => {
      makeConversation(workspace);
      return { state: "open" };
    },
    more: {
      contactId: "6657af026abd0167d9419def",
      adminAssigneeId: "0",
      teamAssigneeId: "0",
      tagId: "17513",
      createdAfter: "2019-10-14",
      createdBefore: "2039-10-14",
      updatedAfter: "1571069751",
      updatedBefore: "2039-10-14T16:15:51Z",
      ...cursorInputs,
    },
    permissions: [read],
    givesList: true,
    variants: [{ how: "all of them", inputs: { fetchAll: "true" } }],
  },
  updateConversation: {
    inputs: (workspace) => {
      const { contact } = makeCompanyOfContact(workspace);
      const { id } = workspace.conversations.create({ contact, body: "Hello" });
      return { conversationId: id, read: "true" };
    },
    more: {
      title: "Order 17",
      customAttributes: '{"Topic": "Billing"}',
      companyId: ownCompanyId,
      additionalFields: '{"title": "Order 18"}',
    },
    permissions: [write],
    mayNeed: {
      permission: "Read and list users and companies",
      when: "where Company ID is your own ID of the company",
    },
    variants: [
      {
        how: "with your `company_id`",
        inputs: { companyId: ownCompanyId },
        permissions: ["Read and list users and companies", write],
      },
    ],
  },
  convertConversationToTicket: {
    inputs: (workspace) => {
      const [type] = workspace.ticketTypes.rows.values();
      const priority = type?.attributes.find(({ name }) => name === "Priority");
      return {
        conversationId: makeConversation(workspace).id,
        ticketTypeId: type?.id,
        ticketAttributes: { Priority: priority?.options?.[0]?.id },
      };
    },
    permissions: ["Write tickets"],
    isSentOnce: true,
  },
};
