import type { NoteRow } from "../store/notes";
import type { Workspace } from "../store/workspace";
import { formatAdmin } from "./admins";

export function formatNote(row: NoteRow, { admins }: Workspace) {
  return {
    type: "note",
    id: row.id,
    created_at: row.createdAt,
    contact: { type: "contact", id: row.contactId },
    author: formatAdmin(admins.get(row.adminId)),
    body: row.body,
  };
}
