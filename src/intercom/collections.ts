import { largestPage } from "./wire/cursorLists";
import type { Http } from "./wire/http";
import type { List } from "./wire/pages";
import { path } from "./wire/path";
import { firstPages } from "./wire/walks";

export interface Collection {
  /** Decimal digits. */
  id: string;
  name: string;
  /** The collection that holds this one. */
  parent_id?: string | null;
}

export const collections = (http: Http) => ({
  /** At most 450. Only 2.11 describes the pages. */
  list: () =>
    firstPages((page) =>
      http.send<List<Collection>>({
        permission: "Read and list articles",
        purpose: "list the collections",
        method: "GET",
        path: path`/help_center/collections`,
        query: { page, per_page: largestPage },
        listedAs: "data",
      }),
    ),
});
