import { type CursorPage, largestPage } from "./cursorLists";
import type { Log } from "./log";
import { numberedPage } from "./numberedLists";
import { type List, type Listed, wholeList } from "./pages";
import { collect, expectedOf, readWhole } from "./readings";
import { byCursor, byNumber, cursorIn } from "./walks";

interface Listing<Item> {
  /** What the list holds, in the words of the log: `contacts of the company`. */
  what: string;
  readPage(page: CursorPage, signal?: AbortSignal): Promise<List<Item>>;
}

/**
 * A list with numbered pages. If the first page gives a cursor, we follow the cursors instead. Where
 * the list gives fewer items than its own count, we read the list again.
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
    /** One page: the page after the cursor, or else the page with this number. */
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
