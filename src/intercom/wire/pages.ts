import { CutShortError } from "./errors";
import { textOf } from "./json";
import type { Log } from "./log";
import { secondsOf } from "./times";

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
  /** How many may be missing, where Intercom gave fewer than it counts each time we read. */
  missing_count?: number;
}

/** What items of a list have in common. */
export interface Listed {
  id: string;
  updated_at?: unknown;
}

/** The count of the whole list, where the answer has one: a number, or digits as text. */
export function totalOf({ total_count }: List<unknown>): number | undefined {
  const total = Number(textOf(total_count));
  return Number.isInteger(total) && total >= 0 ? total : undefined;
}

/** Items in the order of a time; those whose time we can't read stand as the oldest. */
export function inOrder<Item>(
  items: Item[],
  order: Order,
  timeOf: (item: Item) => unknown,
): Item[] {
  const sign = order === "asc" ? 1 : -1;
  const seconds = (item: Item) => secondsOf(timeOf(item)) || 0;
  return items.toSorted((a, b) => sign * (seconds(a) - seconds(b)));
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

/** Pages in a row without a new record; what is touched while we read may empty one or two. */
const mostBarrenPages = 10;
/** More than a run can hold in memory. */
export const mostRecords = 1_000_000;

/** Tells after each page of a walk why it must end here, so that every walk ends. */
function endlessness(): (list: List<Listed>) => string | undefined {
  const seen = new Set<string>();
  let barrenPages = 0;
  return ({ data }) => {
    const countBefore = seen.size;
    for (const { id } of data) seen.add(id);
    barrenPages = seen.size > countBefore ? 0 : barrenPages + 1;
    if (barrenPages >= mostBarrenPages) {
      return `gave ${barrenPages} pages in a row with nothing new,`;
    }
    return seen.size >= mostRecords ? `gave ${seen.size} records and leads on` : undefined;
  };
}

/**
 * Walks a list whose pages lead on by cursor.
 *
 * @throws CutShortError where the way ends before the list does, leads in a circle, or never ends.
 */
export async function* byCursor<Item extends Listed>(
  read: (startingAfter?: string) => Promise<List<Item>>,
  startingAfter?: string,
): AsyncGenerator<List<Item>> {
  const taken = new Set([startingAfter]);
  const whyEndless = endlessness();
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
    const why = whyEndless(list);
    if (why) throw cutShort(list, why);
  }
}

/** By the count of pages; where there is none, by how many were read from the beginning. */
function saysThereIsMore(list: List<unknown>, count?: number): boolean {
  const { page = 1, total_pages: last } = list.pages ?? {};
  return last == null ? count !== undefined && count < (totalOf(list) ?? 0) : page < last;
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
 * @throws CutShortError where the list ends before it says, or never ends.
 */
export async function* byNumber<Item extends Listed>(
  read: (page: number, signal: AbortSignal) => Promise<List<Item>>,
  firstPage = 1,
): AsyncGenerator<List<Item>> {
  const ahead: Promise<List<Item>>[] = [];
  const abandon = new AbortController();
  /** The last page that is known to be there. */
  let last = firstPage;
  let asked = firstPage;
  const whyEndless = endlessness();
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
      const why = whyEndless(list);
      if (why && page < last) throw cutShort(list, why);
    }
  } finally {
    abandon.abort();
  }
}

/**
 * Keeps each item once: the newest of those that stand twice, and of equally new ones the last read.
 */
function keepNewest<Item extends Listed>(kept: Map<string, Item>, items: Item[]): void {
  for (const item of items) {
    const isOlder = secondsOf(item.updated_at) < secondsOf(kept.get(item.id)?.updated_at);
    if (!isOlder) kept.set(item.id, item);
  }
}

export interface Collected<Item> {
  /** Once each: one that slid onto the next page while we read that comes twice. */
  items: Item[];
  /** The count of the whole list, as each page gave it. */
  totals: number[];
  /** How many items fewer than their size the pages have that lead on to another. */
  gaps: number;
}

/** Every item of every page. */
export async function collect<Item extends Listed>(
  pages: AsyncIterable<List<Item>>,
  log: Log,
): Promise<Collected<Item>> {
  const items = new Map<string, Item>();
  const totals: number[] = [];
  let gaps = 0;
  let gap = 0;
  for await (const list of pages) {
    const { data, pages: about } = list;
    keepNewest(items, data);
    const total = totalOf(list);
    if (total !== undefined) totals.push(total);
    // This page shows that the one before it led on.
    gaps += gap;
    gap = Math.max(0, (about?.per_page ?? 0) - data.length);
    log.debug(`Read ${items.size}${total ? ` of ${total}` : ""}.`);
  }
  return { items: [...items.values()], totals, gaps };
}

/**
 * How many items a walk by cursor should have given. The total is of the whole list: it tells
 * nothing where a walk did not go from the beginning to the end. What was created meanwhile is not
 * expected, and what was deleted meanwhile is missed by nobody.
 */
export function expectedOf(
  { items, totals, gaps }: Collected<unknown>,
  isFromEndToEnd: boolean,
): number {
  const [first] = totals;
  return isFromEndToEnd && first !== undefined
    ? Math.min(first, totals.at(-1) ?? first)
    : items.length + gaps;
}

const mostReadings = 3;

/** Reads again, up to three times, while fewer came than there should be. */
export async function untilWhole<Answer extends { count: number; expected: number }>(
  read: () => Promise<Answer>,
  what: string,
  log: Log,
): Promise<Answer & { missing: number }> {
  for (let reading = 1; ; reading += 1) {
    const answer = await read();
    const { count, expected } = answer;
    if (count >= expected) return { ...answer, missing: 0 };
    if (reading === mostReadings) {
      return { ...answer, missing: warnOfMissing(count, expected, what, reading, log) };
    }
    log.info(`Intercom gave ${count} of ${expected} ${what}, so we read them again.`);
  }
}

/** Says how many may be missing, and gives that number. */
export function warnOfMissing(
  count: number,
  expected: number,
  what: string,
  readings: number,
  log: Log,
): number {
  const missing = expected - count;
  log.warn(
    `Intercom gave ${count} of ${expected} ${what} in ${readings} readings: ${missing} may be missing.`,
  );
  return missing;
}

/** Items as we read them, with how many may be missing. */
export interface Found<Item> {
  items: Item[];
  missing: number;
}

/** What any reading of a list gave, until one gave all. `sort` puts several readings in order. */
export async function readWhole<Item extends Listed>(
  read: () => Promise<{ items: Item[]; expected: number }>,
  what: string,
  log: Log,
  sort = (items: Item[]) => items,
): Promise<Found<Item>> {
  const found = new Map<string, Item>();
  const { items, missing } = await untilWhole(
    async () => {
      const { items, expected } = await read();
      keepNewest(found, items);
      // A whole reading needs no other: what only the others gave may be gone.
      const count = items.length < expected ? found.size : expected;
      return { items, count, expected };
    },
    what,
    log,
  );
  return { items: found.size > items.length ? sort([...found.values()]) : items, missing };
}

/** What we read, as the one page that there is. */
export const wholeList = <Item>(data: Item[], missing = 0): List<Item> => ({
  type: "list",
  data,
  total_count: data.length + missing,
  pages: { type: "pages", page: 1, per_page: data.length, total_pages: 1, next: null },
  ...(missing > 0 && { missing_count: missing }),
});
