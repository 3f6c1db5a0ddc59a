import type { DataAttributeRow } from "../store/dataAttributes";
import type { StandardAttribute } from "../store/standardAttributes";
import type { Workspace } from "../store/workspace";

export const formatStandardAttribute = (
  [fullName, label, description, dataType, writable]: StandardAttribute,
  model: DataAttributeRow["model"],
) => ({
  type: "data_attribute",
  name: fullName.split(".").at(-1),
  full_name: fullName,
  label,
  description,
  data_type: dataType,
  api_writable: writable !== undefined,
  ui_writable: false,
  messenger_writable: true,
  custom: false,
  archived: false,
  model,
});

export const formatCustomAttribute = (row: DataAttributeRow, { admins }: Workspace) => ({
  id: Number(row.id),
  type: "data_attribute",
  name: row.name,
  full_name: `custom_attributes.${row.name}`,
  label: row.name,
  description: row.description,
  data_type: row.dataType,
  ...(row.options ? { options: row.options } : {}),
  api_writable: !row.isReadOnly,
  ui_writable: true,
  // Only the API and teammates may write it, unless somebody says otherwise (since 2.11).
  messenger_writable: false,
  custom: true,
  archived: row.archived,
  admin_id: admins.owner.id,
  created_at: row.createdAt,
  updated_at: row.createdAt,
  model: row.model,
});
