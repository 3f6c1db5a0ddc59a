import { largestPage } from "./cursorLists";
import { CutShortError } from "./errors";
import type { Log } from "./log";
import { type List, type Listed, wholeList } from "./pages";
import { collect, readWhole } from "./readings";
import { byNumber } from "./walks";

export interface NumberedPage {
  page?: number;
  /** By default Intercom's own size. */
  perPage?: number;
}

type ReadPage<Item> = (page: NumberedPage, signal?: AbortSignal) => Promise<List<Item>>;

interface Listing<Item> {
  /** What the list holds, in the words of the log: `notes`. */
  what: string;
  readPage: ReadPage<Item>;
}

/**
 * A list with numbered pages. A list that Intercom does not page comes as one page. Where a list gives
 * fewer items than its own count, we read the list again.
 */
export const numberedList = <Item extends Listed>(log: Log, { what, readPage }: Listing<Item>) => ({
  page: (asked: NumberedPage) => numberedPage(what, readPage, asked),

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

/**
 * One page by its number; a page after the end of the list is empty. Most descriptions do not have the
 * parameter for the number. If Intercom ignores the parameter, it gives page 1 again.
 *
 * @throws CutShortError where Intercom gave another page than we asked for.
 */
export async function numberedPage<Item>(
  what: string,
  readPage: ReadPage<Item>,
  asked: NumberedPage,
): Promise<List<Item>> {
  const list = await readPage(asked);
  const { page: wanted = 1 } = asked;
  const { page: given = wanted, total_pages: last } = list.pages ?? {};
  if (given === wanted) return list;
  if (last != null && last < wanted) return { ...list, data: [] };
  throw new CutShortError(`Intercom gave page ${given} of the ${what}, not page ${wanted}.`);
}
