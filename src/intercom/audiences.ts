import type { Http } from "./wire/http";
import { path } from "./wire/path";
import { firstPages } from "./wire/walks";

export interface Audience {
  type: "audience";
  /** Decimal digits. */
  id: string;
  name: string;
}

/** The largest page (OpenAPI 2.16, listAudiences). */
const perPage = 50;

export const audiences = (http: Http) => ({
  /** At most 150. */
  list: () =>
    firstPages(async (page) => {
      const list = await http.send<{ data: Audience[]; total_pages?: number }>({
        permission: "Read audiences",
        purpose: "list the audiences",
        method: "GET",
        path: path`/audiences`,
        query: { page, per_page: perPage },
        listedAs: "data",
        since: "2.16",
      });
      // Other lists have the count of pages in `pages`; this list has it at the top level.
      return { data: list.data, pages: { total_pages: list.total_pages ?? null } };
    }),
});
