import type { Segment } from "../schemas/segments";

export const segment: Segment = {
  type: "segment",
  id: "6762f25c1bb69f9f2193bc22",
  name: "John segment",
  created_at: 1734537820,
  updated_at: 1734537820,
  person_type: "user",
};
