import type { Http } from "./wire/http";
import { path } from "./wire/path";

export interface Segment {
  type: "segment";
  /** 24 hex digits. */
  id: string;
  name: string;
  /** Whether it holds contacts, users or leads. */
  person_type?: string;
}

export const segments = (http: Http) => ({
  /** Every segment: Intercom does not page this list. */
  list: async () => {
    const { segments } = await http.send<{ segments: Segment[] }>({
      permission: "Read and list users and companies",
      purpose: "list the segments",
      method: "GET",
      path: path`/segments`,
      listedAs: "segments",
    });
    return segments;
  },
});
