import type { CollectionRow } from "../store/collections";
import { defaultLocale, helpCenter } from "../store/helpCenters";
import type { Workspace } from "../store/workspace";

export const formatCollection = (row: CollectionRow, workspace: Workspace) => ({
  id: row.id,
  workspace_id: workspace.id,
  name: row.name,
  url: `${helpCenter.url}/${defaultLocale}/collections/${row.id}`,
  order: row.order,
  created_at: row.createdAt,
  updated_at: row.updatedAt,
  description: row.description,
  icon: "bookmark",
  parent_id: row.parentId,
  help_center_id: Number(helpCenter.id),
  default_locale: defaultLocale,
  translated_content: {
    type: "group_translated_content",
    [defaultLocale]: {
      type: "group_content",
      name: row.name,
      description: row.description ?? "",
    },
  },
});
