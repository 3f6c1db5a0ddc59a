import type { SegmentRow } from "../store/segments";

export const formatSegment = ({ id, name, createdAt, updatedAt, rule }: SegmentRow) => ({
  type: "segment",
  id,
  name,
  created_at: createdAt,
  updated_at: updatedAt,
  // Companies have no word of their own here: the descriptions know "contact" and "user".
  person_type: rule.of === "contact" && "role" in rule && rule.role === "user" ? "user" : "contact",
});
