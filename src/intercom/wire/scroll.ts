import { isFailure } from "./answer";
import { CutShortError, IntercomError, NoAnswerError, NotFoundError } from "./errors";
import type { Http } from "./http";
import type { Listed } from "./pages";
import { type Found, warnOfMissing } from "./readings";
import { mostRecords } from "./walks";

const mostStarts = 4;
const mostBusyPauses = 5;
const busyPauseMs = 15_000;

export interface ScrollPage<Item> {
  data: Item[];
  scroll_param?: string | null;
}

interface Scroll<Item> {
  /** What the scroll reads, in the words of the log: `companies`. */
  what: string;
  /** Reads one page. We never retry this call. */
  read(scrollParam?: string): Promise<ScrollPage<Item>>;
  /** Called before each scroll: gives a function that compares the items with the expected count. */
  completeness(): Promise<(read: Item[]) => { count: number; expected: number }>;
}

type Patience = Pick<Http, "log" | "pause">;

/**
 * Reads a whole list by a scroll: some items at a time, in no order. Returns the items of the first
 * whole scroll. Where each scroll ends too early, returns every item that any of them gave.
 *
 * Each call moves the scroll on. If an answer is lost, we must not retry the call, because its page
 * would be missing; we start the scroll again. A workspace has one scroll at a time. Intercom closes
 * a scroll after a minute without a call.
 *
 * @throws IntercomError where the last scroll breaks, or no scroll gives an item.
 */
export async function scrollOver<Item extends Listed>(
  { log, pause }: Patience,
  { what, read, completeness }: Scroll<Item>,
): Promise<Found<Item>> {
  const found = new Map<string, Item>();
  for (let start = 1, busyPauses = 0; ; ) {
    try {
      const countOf = await completeness();
      const items = await scrollOnce(log, what, read);
      const { count, expected } = countOf(items);
      if (count >= expected) return { items, missing: 0 };
      for (const item of items) found.set(item.id, item);
      if (start === mostStarts && found.size > 0) {
        const all = [...found.values()];
        const { count } = countOf(all);
        const missing = count < expected ? warnOfMissing(count, expected, what, start, log) : 0;
        return { items: all, missing };
      }
      throw new NoAnswerError(
        `Intercom ended the scroll over the ${what} after ${items.length}, before all were read.`,
      );
    } catch (error) {
      if (!(error instanceof IntercomError)) throw error;
      if (error.code === "scroll_exists" && busyPauses < mostBusyPauses) {
        busyPauses += 1;
        await pause(busyPauseMs, `Another scroll over the ${what} is open.`);
      } else if (isBroken(error) && start < mostStarts) {
        start += 1;
        log.warn(`The scroll over the ${what} broke, so we start it again: ${error.message}`);
      } else {
        throw error;
      }
    }
  }
}

/** A scroll ends with a 404 (singer-io/tap-intercom issue 77). A closed scroll gives a 404 too. */
const nextPage = <Item>(read: Scroll<Item>["read"], param?: string): Promise<ScrollPage<Item>> =>
  read(param).catch((error: unknown) => {
    if (param !== undefined && error instanceof NotFoundError) return { data: [] };
    throw error;
  });

async function scrollOnce<Item extends Listed>(
  log: Http["log"],
  what: string,
  read: Scroll<Item>["read"],
): Promise<Item[]> {
  const items = new Map<string, Item>();
  for (let scrollParam: string | undefined; ; ) {
    const page = await nextPage(read, scrollParam);
    const countBefore = items.size;
    for (const item of page.data) items.set(item.id, item);
    log.debug(`Read ${items.size}.`);
    // A page without a new item would come again for ever.
    const isBarren = items.size === countBefore;
    if (isBarren || !page.scroll_param) return [...items.values()];
    if (items.size >= mostRecords) {
      throw new CutShortError(
        `Intercom gave ${items.size} ${what} and a cursor to more, so we stop here.`,
      );
    }
    scrollParam = page.scroll_param;
  }
}

export interface ScrollPlace {
  /** The scroll that we go on with; by default a new one. */
  param?: string;
  /** How many items this scroll gave before. */
  count: number;
  /** How many scrolls we started, with this one. */
  starts: number;
}

/** The most pages of a scroll that one call of `scrollOn` reads. */
const mostPages = 20;

/**
 * Reads the next pages of a scroll, and says where it goes on. For lists that are larger than one run
 * may read. Where the scroll broke or Intercom forgot it, a new one starts, and its items come again.
 */
export async function scrollOn<Item extends Listed>(
  { log, pause }: Patience,
  { what, read, total }: Pick<Scroll<Item>, "what" | "read"> & { total(): Promise<number> },
  place: ScrollPlace,
): Promise<{ items: Item[]; next?: ScrollPlace; missing: number }> {
  const items = new Map<string, Item>();
  let { param, count, starts } = place;
  let given = new Set<string>();
  const startAgain = (why: string) => {
    log.warn(`The scroll over the ${what} broke, so we start it again: ${why}`);
    [param, count, starts, given] = [undefined, 0, starts + 1, new Set()];
  };
  for (let pages = 0, busyPauses = 0; pages < mostPages; ) {
    try {
      const page = await nextPage(read, param);
      pages += 1;
      for (const item of page.data) items.set(item.id, item);
      const countBefore = given.size;
      for (const { id } of page.data) given.add(id);
      count += given.size - countBefore;
      log.debug(`Read ${count}.`);
      param = page.scroll_param ?? undefined;
      if (given.size > countBefore && param !== undefined) continue;
      const expected = await total();
      const missing = count < expected;
      if (missing && starts < mostStarts) startAgain(`it ended after ${count} of ${expected}.`);
      else {
        const lost = missing ? warnOfMissing(count, expected, what, starts, log) : 0;
        return { items: [...items.values()], missing: lost };
      }
    } catch (error) {
      if (!(error instanceof IntercomError)) throw error;
      if (error.code === "scroll_exists" && busyPauses < mostBusyPauses) {
        busyPauses += 1;
        await pause(busyPauseMs, `Another scroll over the ${what} is open.`);
      } else if (isBroken(error) && starts < mostStarts) startAgain(error.message);
      else throw error;
    }
  }
  return { items: [...items.values()], next: { param, count, starts }, missing: 0 };
}

/** Whether no answer came, Intercom failed, or the scroll ended too early. */
const isBroken = (error: IntercomError): boolean =>
  !(error instanceof CutShortError) && (error.status === undefined || isFailure(error.status));
