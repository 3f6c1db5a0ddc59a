import type { Log } from "./log";
import { type List, type Listed, totalOf, wholeList } from "./pages";
import { collect, expectedOf, type Found, readWhole, untilWhole } from "./readings";
import { byCursor } from "./walks";

export interface CursorPage {
  /** By default 1. */
  page?: number;
  /** By default Intercom's own size. */
  perPage?: number;
  startingAfter?: string;
}

/** The largest page (Intercom-OpenAPI issue 639). */
export const largestPage = 150;

interface Listing<Item> {
  /** What the list holds, in the words of the log: `contacts`. */
  what: string;
  readPage(perPage?: number, startingAfter?: string): Promise<List<Item>>;
  /** Sorts the items of several readings; by default they stay as they came. */
  sort?(items: Item[]): Item[];
}

/**
 * A list with pages by cursor. Where it gives fewer items than its own count, we read the list
 * again.
 */
export function cursorList<Item extends Listed>(log: Log, { what, readPage, sort }: Listing<Item>) {
  const pagesOf = (perPage?: number, startingAfter?: string) =>
    byCursor((cursor) => readPage(perPage, cursor), startingAfter);

  /** Every item, or every item after the cursor, and how many may be missing. */
  function find(startingAfter?: string): Promise<Found<Item>> {
    const read = async () => {
      const collected = await collect(pagesOf(largestPage, startingAfter), log);
      const expected = expectedOf(collected, startingAfter === undefined);
      return { items: collected.items, expected };
    };
    return readWhole(read, what, log, sort);
  }

  return {
    find,

    /** The same items, as one list. */
    all: async (startingAfter?: string): Promise<List<Item>> => {
      const { items, missing } = await find(startingAfter);
      return wholeList(items, missing);
    },

    /**
     * One page: the page after the cursor, or else the page with this number. To reach a numbered page
     * we have to read the pages before it.
     */
    page: async ({ page = 1, perPage, startingAfter }: CursorPage): Promise<List<Item>> => {
      const isFromStart = startingAfter === undefined;
      const wanted = isFromStart ? page : 1;
      const walk = async () => {
        let last: List<Item> = wholeList([]);
        let number = 0;
        let count = 0;
        let total = Number.POSITIVE_INFINITY;
        for await (last of pagesOf(perPage, startingAfter)) {
          number += 1;
          count += last.data.length;
          // We do not expect items that were created during the walk.
          total = Math.min(total, totalOf(last) ?? 0);
          if (number === wanted) break;
        }
        const isEnd = isFromStart && !last.pages?.next;
        const answer = number === wanted ? last : { ...last, data: [] };
        return { answer, count, expected: isEnd ? total : 0 };
      };
      const { answer, missing } = await untilWhole(walk, what, log);
      return missing > 0 ? { ...answer, missing_count: missing } : answer;
    },
  };
}
