import { CutShortError } from "./errors";
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
  total_pages?: number | null;
  next?: NextPage;
}

export interface List<Item> {
  type?: string;
  data: Item[];
  /** Of the whole list, not of this page. */
  total_count?: number | null;
  pages?: Pages | null;
}

/** The cursor that leads to the next page; undefined where there is none. */
function nextCursor({ pages }: List<unknown>): string | undefined {
  const next = pages?.next;
  if (!next) return undefined;
  if (typeof next !== "string") return next.starting_after || undefined;
  // A path is as good as a whole URL.
  const base = "https://api.intercom.io";
  if (!URL.canParse(next, base)) return undefined;
  return new URL(next, base).searchParams.get("starting_after") || undefined;
}

/** Whether a numbered page has one after it: by the count of pages, or else by `next`. */
export function hasNextPage({ pages }: List<unknown>, page: number): boolean {
  return pages?.total_pages == null ? Boolean(pages?.next) : page < pages.total_pages;
}

/**
 * Walks a list whose pages lead on by cursor.
 *
 * @throws CutShortError where the way ends before the list does, or leads in a circle.
 */
export async function* byCursor<Item>(
  read: (startingAfter?: string) => Promise<List<Item>>,
  startingAfter?: string,
): AsyncGenerator<List<Item>> {
  const taken = new Set([startingAfter]);
  let count = 0;
  for (let cursor = startingAfter; ; ) {
    const list = await read(cursor);
    yield list;
    count += list.data.length;
    cursor = nextCursor(list);
    if (cursor === undefined) {
      if (
        list.pages?.next ||
        saysThereIsMore(list, startingAfter === undefined ? count : undefined)
      ) {
        throw cutShort(list, "gave no cursor");
      }
      return;
    }
    if (taken.has(cursor)) throw cutShort(list, "gave the same cursor twice,");
    taken.add(cursor);
  }
}

/** By the count of pages; where there is none, by how many were read from the beginning. */
function saysThereIsMore({ pages, total_count }: List<unknown>, count?: number): boolean {
  if (pages?.total_pages != null) return (pages.page ?? 1) < pages.total_pages;
  return count !== undefined && count < (total_count ?? 0);
}

function cutShort({ pages }: List<unknown>, what: string): CutShortError {
  const { page = 1, total_pages: last } = pages ?? {};
  const where = last == null ? `page ${page}` : `page ${page} of ${last}`;
  return new CutShortError(`Intercom ${what} after ${where}, so the rest can't be read.`);
}

/** Pages of a numbered list that are read at the same time. */
const mostAtOnce = 6;

/**
 * Walks a list whose pages are numbered: in order, but several are read at a time. `read` gets a
 * signal that says when its page is not wanted any more, because another failed.
 *
 * @throws CutShortError where the list ends before it says.
 */
export async function* byNumber<Item>(
  read: (page: number, signal: AbortSignal) => Promise<List<Item>>,
  firstPage = 1,
): AsyncGenerator<List<Item>> {
  const ahead: Promise<List<Item>>[] = [];
  const abandon = new AbortController();
  /** The last page that is known to be there. */
  let last = firstPage;
  let asked = firstPage;
  let count = 0;
  try {
    for (let page = firstPage; page <= last; page += 1) {
      while (asked <= last && ahead.length < mostAtOnce) {
        const answer = read(asked, abandon.signal);
        // It is waited for in its turn; until then its failure is nobody's.
        answer.catch(() => undefined);
        ahead.push(answer);
        asked += 1;
      }
      const list = (await ahead.shift()) as List<Item>;
      yield list;
      count += list.data.length;
      last = list.pages?.total_pages ?? (hasNextPage(list, page) ? page + 1 : page);
      if (page >= last && list.pages?.total_pages == null) {
        if (saysThereIsMore(list, firstPage === 1 ? count : undefined)) {
          throw cutShort(list, "gave no next page");
        }
      }
    }
  } finally {
    abandon.abort();
  }
}

export interface Collected<Item> {
  /** Once each: one that slid onto the next page while that was read comes twice. */
  items: Item[];
  /** The largest count of the whole list that a page gave. */
  total: number;
}

/** Every item of every page. */
export async function collect<Item extends { id: string }>(
  pages: AsyncIterable<List<Item>>,
  log: Log,
): Promise<Collected<Item>> {
  const items = new Map<string, Item>();
  let total = 0;
  for await (const list of pages) {
    for (const item of list.data) items.set(item.id, item);
    total = Math.max(total, list.total_count ?? 0);
    log.debug(`Read ${items.size}${total ? ` of ${total}` : ""}.`);
  }
  return { items: [...items.values()], total };
}

/** What was read, as the one page that there is. */
export const wholeList = <Item>(data: Item[]): List<Item> => ({
  type: "list",
  data,
  total_count: data.length,
  pages: { type: "pages", page: 1, per_page: data.length, total_pages: 1, next: null },
});
