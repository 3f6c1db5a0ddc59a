import { type ApiVersion, atLeast } from "../apiVersion";
import type { TeamRow } from "../store/teams";
import type { Workspace } from "../store/workspace";

export const formatTeam = (row: TeamRow, { admins }: Workspace, version: ApiVersion) => ({
  type: "team",
  id: row.id,
  name: row.name,
  admin_ids: admins.rows
    .filter(({ teamIds }) => teamIds.includes(row.id))
    .map(({ id }) => Number(id)),
  ...(atLeast(version, "2.14") ? { assignment_limit: null, distribution_method: null } : {}),
});
