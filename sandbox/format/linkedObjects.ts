import type { LinkedObject } from "../store/linkedObjects";

/** The most that an answer shows (OpenAPI 2.16, linked_object_list). */
const shownMax = 1000;

export const formatLinkedObjects = (linked: readonly LinkedObject[]) => ({
  type: "list",
  data: linked.slice(0, shownMax),
  total_count: linked.length,
  has_more: linked.length > shownMax,
});
