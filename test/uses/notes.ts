import { makeContact } from "./contacts";
import { anAdminId, type Use } from "./use";

const readOne = "Read one user and one company";

export const notes: Record<string, Use> = {
  createNote: {
    inputs: (workspace) => ({ contactId: makeContact(workspace).id, body: "Called back." }),
    more: { adminId: anAdminId },
    permissions: ["Read and write users"],
    isSentOnce: true,
  },
  listNotes: {
    inputs: (workspace) => {
      const contact = makeContact(workspace);
      workspace.notes.create(contact, { body: "Called back." });
      return { contactId: contact.id };
    },
    more: { page: "2", perPage: "10" },
    permissions: [readOne],
    givesList: true,
    variants: [{ how: "*Fetch All*", inputs: { fetchAll: "true" }, permissions: [readOne] }],
  },
};
