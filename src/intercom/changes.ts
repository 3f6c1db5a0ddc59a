import {
  type Change,
  changeReadAt,
  type changeSearch,
  isContacts,
  type Searched,
  type WatchedRecord,
  type WatchedResource,
} from "./changeSearch";
import type { companyLists } from "./companyLists";
import { cursorList, largestPage } from "./wire/cursorLists";
import { CutShortError } from "./wire/errors";
import type { Http } from "./wire/http";
import type { List } from "./wire/pages";
import { collect, expectedOf, type Found, readWhole } from "./wire/readings";
import { byCursor } from "./wire/walks";

export interface Changes {
  /** The records that changed at `from` or later, or whose time we can't read. */
  records: Change[];
  /** Intercom's clock when the reading began. A change after this time may be missing. */
  readAtSeconds: number;
  /** Whether the reading is complete, except for changes during it. */
  isWhole: boolean;
}

export const changes = (
  http: Http,
  { searchPage, isEnough, nowSeconds }: ReturnType<typeof changeSearch>,
  companies: Pick<ReturnType<typeof companyLists>, "list" | "readAll">,
) => {
  const pageReader =
    (resource: Searched, from: number) =>
    (perPage: number, cursor?: string): Promise<List<WatchedRecord>> =>
      searchPage(resource, "updated_at", from, { per_page: perPage, starting_after: cursor });

  /**
   * Pages come newest first, so a contact that is updated during the read moves to page 1. We read
   * page 1 again to learn whether it is new and whether the list was complete.
   */
  async function readContacts(from: number) {
    let isToTheEnd = true;
    let isCutShort = false;
    const readPage = pageReader("contacts", from);
    async function* pages() {
      const records: WatchedRecord[] = [];
      let count = 0;
      try {
        for await (const answer of byCursor((cursor) => readPage(largestPage, cursor))) {
          yield answer;
          records.push(...answer.data);
          count += 1;
          if (answer.pages?.next && (await isEnough(records, count === 1, from))) {
            isToTheEnd = false;
            break;
          }
        }
      } catch (error) {
        // Contacts that moved to page 1 leave fewer pages than Intercom announced.
        if (!(error instanceof CutShortError)) throw error;
        isCutShort = true;
      }
      if (count > 1) yield await readPage(largestPage);
    }
    const collected = await collect(pages(), http.log);
    const expected = expectedOf(collected, isToTheEnd);
    const isUncounted = isCutShort && collected.totals.length === 0;
    return { items: collected.items, expected: isUncounted ? expected + 1 : expected };
  }

  /**
   * Tickets and conversations match by the second, so we read all matches. They come oldest first, so
   * a record that is updated during the read moves to the end, which we have not read yet.
   */
  const readOthers = (resource: Exclude<Searched, "contacts">, from: number) =>
    cursorList(http.log, { what: resource, readPage: pageReader(resource, from) }).find();

  function read(resource: WatchedResource, from: number): Promise<Found<WatchedRecord>> {
    // Intercom has no search for companies by time, so we read all companies.
    if (resource === "companies") return companies.readAll({ skip: 0, order: "desc" });
    if (!isContacts(resource)) return readOthers(resource, from);
    return readWhole(() => readContacts(from), resource, http.log);
  }

  return {
    /** Every record of a resource that changed at `fromSeconds` or later. */
    since: async (resource: WatchedResource, fromSeconds: number): Promise<Changes> => {
      const startedAtMs = Date.now();
      const { items, missing } = await read(resource, fromSeconds);
      const readAtSeconds = nowSeconds(Date.now() - startedAtMs);
      const changes = items.map(changeReadAt(readAtSeconds));
      // A comparison with NaN is false, so this keeps records whose time we can't read.
      const records = changes.filter(({ updatedAt }) => !(updatedAt < fromSeconds));
      return { records, readAtSeconds, isWhole: missing === 0 };
    },

    /** Intercom's clock, in Unix seconds. The request needs the same permission as the polls. */
    now: async (resource: WatchedResource): Promise<number> => {
      if (resource === "companies") await companies.list({ page: 1, perPage: 1, order: "desc" });
      else {
        const seconds = Math.floor(Date.now() / 1000);
        await searchPage(resource, "updated_at", seconds, { per_page: 1 });
      }
      return nowSeconds();
    },
  };
};
