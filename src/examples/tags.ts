import type { Tag } from "../intercom/tags";

export const tag: Tag = { id: "17513", name: "independent", type: "tag" };
