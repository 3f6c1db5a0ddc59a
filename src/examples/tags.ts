import type { Tag } from "../schemas/tags";

export const tag: Tag = { id: "17513", name: "independent", type: "tag" };
