import type { Segment } from "../schemas/segments";
import type { Http } from "./wire/http";
import { path } from "./wire/path";

export const segments = (http: Http) => ({
  /** Every segment: Intercom does not page this list. */
  list: async ({ withCount }: { withCount?: boolean } = {}) => {
    const { segments } = await http.send<{ segments: Segment[] }>({
      permission: "Read and list users and companies",
      purpose: "list the segments",
      method: "GET",
      path: path`/segments`,
      query: { include_count: withCount ? "true" : undefined },
      listedAs: "segments",
    });
    return segments;
  },
});
