import { type CursorPage, largestPage } from "./cursorLists";
import type { Log } from "./log";
import { numberedPage } from "./numberedLists";
import { type List, type Listed, wholeList } from "./pages";
import { collect, expectedOf, readWhole } from "./readings";
import { byCursor, byNumber, cursorIn } from "./walks";

interface Listing<Item> {
  /** What the list is of, as the log says it: `contacts of the company`. */
  what: string;
  readPage(page: CursorPage, signal?: AbortSignal): Promise<List<Item>>;
}

/**
 * A list whose pages have numbers, and of which a page may lead on by cursor as well: then the cursor
 * counts. Where it ends against its own count, we read again.
 */
export const mixedList = <Item extends Listed>(log: Log, { what, readPage }: Listing<Item>) => {
  async function pagesFrom(startingAfter?: string): Promise<AsyncIterable<List<Item>>> {
    const perPage = largestPage;
    const first = await readPage({ perPage, startingAfter });
    const hasCursor = startingAfter !== undefined || cursorIn(first.pages?.next) !== undefined;
    return hasCursor
      ? byCursor(
          async (cursor) =>
            cursor === startingAfter ? first : readPage({ perPage, startingAfter: cursor }),
          startingAfter,
        )
      : byNumber(async (page, signal) =>
          page === 1 ? first : readPage({ page, perPage }, signal),
        );
  }

  return {
    /** One page: the one after the cursor, or else the one of this number. */
    page: ({ page, perPage, startingAfter }: CursorPage) =>
      startingAfter === undefined
        ? numberedPage(what, readPage, { page, perPage })
        : readPage({ perPage, startingAfter }),

    all: async (startingAfter?: string): Promise<List<Item>> => {
      const read = async () => {
        const collected = await collect(await pagesFrom(startingAfter), log);
        const expected = expectedOf(collected, startingAfter === undefined);
        return { items: collected.items, expected };
      };
      const { items, missing } = await readWhole(read, what, log);
      return wholeList(items, missing);
    },
  };
};
