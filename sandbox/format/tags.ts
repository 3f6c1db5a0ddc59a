import type { ContactRow } from "../store/contacts";
import type { TagRow } from "../store/tags";

export const formatTag = ({ id, name }: TagRow) => ({ type: "tag", id, name });

export const formatAppliedTag = (row: TagRow, applied: ContactRow["tags"][number]) => ({
  ...formatTag(row),
  applied_at: applied.appliedAt,
  applied_by: { type: "admin", id: applied.adminId },
});
