import type { BrandRow } from "../store/brands";

export const formatBrand = ({ id, name, isDefault, createdAt, updatedAt }: BrandRow) => ({
  type: "brand",
  id,
  name,
  is_default: isDefault,
  created_at: createdAt,
  updated_at: updatedAt,
});
