import { largestPage } from "./cursorLists";
import type { Log } from "./log";
import { type List, type Listed, wholeList } from "./pages";
import { collect, readWhole } from "./readings";
import { byNumber } from "./walks";

export interface NumberedPage {
  page?: number;
  /** As many as Intercom gives by default. */
  perPage?: number;
}

interface Listing<Item> {
  /** What the list is of, as the log says it: `notes`. */
  what: string;
  readPage(page: NumberedPage, signal?: AbortSignal): Promise<List<Item>>;
}

/**
 * A list whose pages have numbers. One that Intercom does not page gives all of it at once. Where it
 * ends against its own count, we read again.
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
