import type { AdminRow } from "../store/admins";
import type { Workspace } from "../store/workspace";

export const formatAdmin = (row: AdminRow) => ({
  type: "admin",
  id: row.id,
  name: row.name,
  email: row.email,
  job_title: row.jobTitle,
  away_mode_enabled: false,
  away_mode_reassign: false,
  has_inbox_seat: row.hasInboxSeat,
  team_ids: row.teamIds.map(Number),
});

/** `/me`: the admin together with the workspace. */
export const formatAdminWithApp = (row: AdminRow, workspace: Workspace) => ({
  ...formatAdmin(row),
  email_verified: true,
  avatar: { type: "avatar", image_url: null },
  app: {
    type: "app",
    id_code: workspace.id,
    name: workspace.name,
    created_at: workspace.createdAt,
    secure: false,
    identity_verification: false,
    timezone: workspace.settings.timeZone,
    region: workspace.settings.region,
  },
});
