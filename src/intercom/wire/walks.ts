import { CutShortError } from "./errors";
import { hasNextPage, type List, type Listed, type NextPage, totalOf } from "./pages";

/**
 * The cursor of the next page, if there is a next page. In a URL, the cursor is the query parameter of
 * this name. We do not follow the URL itself, because another host would get the token.
 */
export function cursorIn(next: NextPage | undefined, name = "starting_after"): string | undefined {
  if (!next) return undefined;
  if (typeof next !== "string") return next.starting_after || undefined;
  // `next` may be a path or a whole URL.
  const base = "https://api.intercom.io";
  if (!URL.canParse(next, base)) return undefined;
  return new URL(next, base).searchParams.get(name) || undefined;
}

/** The most pages in a row without a new record. Updates during the walk may cause one or two. */
const mostBarrenPages = 10;
/** A run can't hold more in memory. */
export const mostRecords = 1_000_000;

/**
 * Makes a function that says after each page why the walk must stop, if it must. So every walk
 * ends.
 */
function endlessness(): (list: List<Listed>) => string | undefined {
  const seen = new Set<string>();
  let barrenPages = 0;
  return ({ data }) => {
    const countBefore = seen.size;
    for (const { id } of data) seen.add(id);
    barrenPages = seen.size > countBefore ? 0 : barrenPages + 1;
    if (barrenPages >= mostBarrenPages) {
      return `gave ${barrenPages} pages in a row without a new record,`;
    }
    return seen.size >= mostRecords ? `gave ${seen.size} records and a link to more` : undefined;
  };
}

/**
 * Walks a list with pages by cursor.
 *
 * @throws CutShortError where the cursors end before the list does, repeat, or never end.
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
    cursor = cursorIn(list.pages?.next);
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

/**
 * The cursor after one page of a walk that several runs share.
 *
 * @throws CutShortError where the page announces a next one and gives no cursor, or the same again.
 */
export function cursorAfter(list: List<unknown>, startingAfter?: string): string | undefined {
  const cursor = cursorIn(list.pages?.next);
  if (cursor === undefined && list.pages?.next) throw cutShort(list, "gave no cursor");
  if (cursor !== undefined && cursor === startingAfter) {
    throw cutShort(list, "gave the same cursor twice,");
  }
  return cursor;
}

/** By the count of pages, or else by how many items we read from the beginning. */
function saysThereIsMore(list: List<unknown>, count?: number): boolean {
  const { page = 1, total_pages: last } = list.pages ?? {};
  return last == null ? count !== undefined && count < (totalOf(list) ?? 0) : page < last;
}

function cutShort({ pages }: List<unknown>, what: string): CutShortError {
  const { page = 1, total_pages: last } = pages ?? {};
  const where = last == null ? `page ${page}` : `page ${page} of ${last}`;
  return new CutShortError(`Intercom ${what} after ${where}, so we can't read the rest.`);
}

/** The most pages for a list to pick from, because a person waits for them. */
const mostPagesToPick = 3;

/** The rows of the first pages of a numbered list. */
export async function firstPages<Row>(read: (page: number) => Promise<List<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let page = 1; page <= mostPagesToPick; page += 1) {
    const list = await read(page);
    rows.push(...list.data);
    if (!hasNextPage(list, page)) break;
  }
  return rows;
}

/** Pages of a numbered list that are read at the same time. */
const mostAtOnce = 6;

/**
 * Walks a list with numbered pages. The pages come in order, and we read several at the same time.
 * When one page fails, the signal aborts the reading of the others.
 *
 * @throws CutShortError where the list gives fewer pages than it announced, or never ends.
 */
export async function* byNumber<Item extends Listed>(
  read: (page: number, signal: AbortSignal) => Promise<List<Item>>,
  firstPage = 1,
): AsyncGenerator<List<Item>> {
  const ahead: Promise<List<Item>>[] = [];
  const abandon = new AbortController();
  /** The last page that we know of. */
  let last = firstPage;
  let asked = firstPage;
  const whyEndless = endlessness();
  let count = 0;
  try {
    for (let page = firstPage; page <= last; page += 1) {
      while (asked <= last && ahead.length < mostAtOnce) {
        const answer = read(asked, abandon.signal);
        // We await each answer in its turn. Until then Node must not report its failure as unhandled.
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
