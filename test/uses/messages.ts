import { makeContact } from "./contacts";
import { anAdminId, type Use } from "./use";

const write = "Write conversations";

export const messages: Record<string, Use> = {
  sendMessage: {
    inputs: (workspace) => ({
      messageType: "email",
      contactIds: [makeContact(workspace).id],
      contactRole: "user",
      subject: "Hello",
      body: "Your order is on its way.",
      adminId: anAdminId,
    }),
    more: {
      template: "personal",
      createConversation: "true",
      createdAt: "2024-01-01",
      additionalFields: '{"created_at": 1571069751}',
    },
    permissions: [write],
    mayNeed: {
      permission: "Read one user and one company",
      when: "to see whether the contact is too new, when Intercom does not know the contact",
    },
    isSentOnce: true,
    variants: [
      {
        how: "as the admin of the access token",
        inputs: { adminId: "" },
        permissions: ["Read admins", write],
        fewest: 2,
        why: "no admin is given, so one request must tell whose token it is",
      },
      {
        how: "to a contact whose role is looked up",
        inputs: { contactRole: "" },
        permissions: ["Read one user and one company", write],
        fewest: 2,
        why: "Intercom wants to know what the contact is, so one request must ask",
      },
    ],
  },
};
