import { largestPage } from "./cursorLists";
import type { Log } from "./log";
import { type List, type Listed, wholeList } from "./pages";
import { collect, readWhole } from "./readings";
import { byNumber } from "./walks";

export interface NumberedPage {
  page?: number;
  /** By default Intercom's own size. */
  perPage?: number;
}

interface Listing<Item> {
  /** What the list holds, in the words of the log: `notes`. */
  what: string;
  readPage(page: NumberedPage, signal?: AbortSignal): Promise<List<Item>>;
}

/**
 * A list with numbered pages. A list that Intercom does not page comes as one page. Where a list gives
 * fewer items than its own count, we read the list again.
 */
export const numberedList = <Item extends Listed>(log: Log, { what, readPage }: Listing<Item>) => ({
  page: readPage,

  all: async (): Promise<List<Item>> => {
    const read = async () => {
      const pages = byNumber((page, signal) => readPage({ page, perPage: largestPage }, signal));
      const { items, totals } = await collect(pages, log);
      return { items, expected: Math.max(0, ...totals) };
    };
    const { items, missing } = await readWhole(read, what, log);
    return wholeList(items, missing);
  },
});
