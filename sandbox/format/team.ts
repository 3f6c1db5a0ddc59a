import { type ApiVersion, atLeast } from "../apiVersion";
import type { TeamRow } from "../store/people";
import type { Workspace } from "../store/workspace";

export const formatTeam = (row: TeamRow, { people }: Workspace, version: ApiVersion) => ({
  type: "team",
  id: row.id,
  name: row.name,
  admin_ids: people.admins
    .filter(({ teamIds }) => teamIds.includes(row.id))
    .map(({ id }) => Number(id)),
  ...(atLeast(version, "2.14") ? { assignment_limit: null, distribution_method: null } : {}),
});
