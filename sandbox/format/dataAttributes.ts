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

const typesOfConversations: Record<DataAttributeRow["dataType"], string> = {
  string: "string",
  integer: "integer",
  float: "decimal",
  boolean: "boolean",
  date: "datetime",
};

/** From 2.16 on. */
export const formatConversationAttribute = (row: DataAttributeRow, { admins }: Workspace) => ({
  type: "conversation_attribute",
  id: Number(row.id),
  name: row.name,
  description: row.description,
  data_type: row.options ? "list" : typesOfConversations[row.dataType],
  required: false,
  visible_to_team_ids: [],
  archived: row.archived,
  created_at: row.createdAt,
  updated_at: row.createdAt,
  admin_id: admins.owner.id,
  ...(row.options
    ? {
        options: row.options.map((label, at) => ({
          id: `${row.id}-${at}`,
          label,
          archived: false,
        })),
      }
    : row.dataType === "string"
      ? { multiline: false }
      : {}),
});
