import type { CustomObjectInstanceRow } from "../store/customObjectInstances";

export const formatInstance = (row: CustomObjectInstanceRow) => ({
  id: row.id,
  type: row.type,
  custom_attributes: row.customAttributes,
  external_id: row.externalId,
  external_created_at: row.externalCreatedAt,
  external_updated_at: row.externalUpdatedAt,
  created_at: row.createdAt,
  updated_at: row.updatedAt,
});
