import type { AudienceRow } from "../store/audiences";

export const formatAudience = (row: AudienceRow) => ({
  type: "audience",
  id: row.id,
  name: row.name,
  predicates: row.predicates,
  role_predicates: row.rolePredicates,
  created_at: row.createdAt,
  updated_at: row.createdAt,
});
