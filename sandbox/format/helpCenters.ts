import { type ApiVersion, atLeast } from "../apiVersion";
import { defaultLocale, type HelpCenterRow, locales } from "../store/helpCenters";
import type { Workspace } from "../store/workspace";

export const formatHelpCenter = (
  row: HelpCenterRow,
  workspace: Workspace,
  version: ApiVersion,
) => ({
  id: row.id,
  workspace_id: workspace.id,
  created_at: row.createdAt,
  updated_at: row.createdAt,
  identifier: row.identifier,
  website_turned_on: true,
  display_name: row.name,
  url: row.url,
  custom_domain: null,
  ...(atLeast(version, "2.16")
    ? {
        default: true,
        locales: [defaultLocale, ...locales.filter((name) => name !== defaultLocale)],
      }
    : {}),
});
