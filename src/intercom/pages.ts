import { NoAnswerError } from "./errors";
import type { Log } from "./http";

/** `pages.next`: an object, a URL, null or nothing at all; all four are seen (OpenAPI 2.4 to 2.16). */
export type NextPage =
  | { page?: number; per_page?: number; starting_after?: string | null }
  | string
  | null;

export type Order = "asc" | "desc";

export interface Pages {
  type?: string;
  page?: number;
  per_page?: number;
  total_pages?: number;
  next?: NextPage;
}

export interface List<Item> {
  type?: string;
  data: Item[];
  /** Of the whole list, not of this page. */
  total_count?: number | null;
  pages?: Pages | null;
}

/** The cursor that leads to the next page; undefined on the last one. */
export function nextCursor({ pages }: List<unknown>): string | undefined {
  const next = pages?.next;
  if (!next) return undefined;
  if (typeof next === "string") {
    return new URL(next, "https://api.intercom.io").searchParams.get("starting_after") ?? undefined;
  }
  return next.starting_after ?? undefined;
}

/** Whether a numbered page has one after it: by the count of pages, or else by `next`. */
export function hasNextPage({ pages }: List<unknown>, page: number): boolean {
  return pages?.total_pages === undefined ? Boolean(pages?.next) : page < pages.total_pages;
}

/**
 * Walks a list whose pages lead on by cursor.
 *
 * @throws NoAnswerError where the way ends before the list does, or leads in a circle.
 */
export async function* byCursor<Item>(
  read: (startingAfter?: string) => Promise<List<Item>>,
  startingAfter?: string,
): AsyncGenerator<List<Item>> {
  for (let cursor = startingAfter; ; ) {
    const list = await read(cursor);
    yield list;
    const next = nextCursor(list);
    const { page = 1, total_pages = 1 } = list.pages ?? {};
    if (next === undefined && page < total_pages) {
      throw new NoAnswerError(
        `Intercom gave no cursor after page ${page} of ${total_pages}, so the rest can't be read.`,
      );
    }
    if (next !== undefined && next === cursor) {
      throw new NoAnswerError(
        `Intercom gave the same cursor twice, after page ${page} of ${total_pages}, so the rest can't be read.`,
      );
    }
    if (next === undefined) return;
    cursor = next;
  }
}

/** Pages of a numbered list that are read at the same time. */
const mostAtOnce = 6;

/** Walks a list whose pages are numbered: in order, but several are read at a time. */
export async function* byNumber<Item>(
  read: (page: number) => Promise<List<Item>>,
  firstPage = 1,
): AsyncGenerator<List<Item>> {
  const ahead: Promise<List<Item>>[] = [];
  /** The last page that is known to be there. */
  let last = firstPage;
  let asked = firstPage;
  try {
    for (let page = firstPage; page <= last; page += 1) {
      while (asked <= last && ahead.length < mostAtOnce) {
        const answer = read(asked);
        // It is waited for in its turn; until then its failure is nobody's.
        answer.catch(() => undefined);
        ahead.push(answer);
        asked += 1;
      }
      const list = (await ahead.shift()) as List<Item>;
      yield list;
      last = lastPageSeenFrom(list, page);
    }
  } finally {
    await Promise.allSettled(ahead);
  }
}

/** By the count of pages; a list that has none tells of the next page only. */
const lastPageSeenFrom = (list: List<unknown>, page: number): number =>
  list.pages?.total_pages ?? (hasNextPage(list, page) ? page + 1 : page);

/** Every item, once each: one that slid onto the next page while that was read comes twice. */
export async function collect<Item extends { id: string }>(
  pages: AsyncIterable<List<Item>>,
  log: Log,
): Promise<Item[]> {
  const items = new Map<string, Item>();
  for await (const list of pages) {
    for (const item of list.data) items.set(item.id, item);
    log.debug(`Read ${items.size}${list.total_count ? ` of ${list.total_count}` : ""}.`);
  }
  return [...items.values()];
}

/** What was read, as the one page that there is. */
export const wholeList = <Item>(data: Item[]): List<Item> => ({
  type: "list",
  data,
  total_count: data.length,
  pages: { type: "pages", page: 1, per_page: data.length, total_pages: 1, next: null },
});
