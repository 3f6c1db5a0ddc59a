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
  /** What the scroll goes over, as the log says it: `companies`. */
  what: string;
  /** Reads one page, and is never repeated. */
  read(scrollParam?: string): Promise<ScrollPage<Item>>;
  /** Counts what we read against what there should be; asked anew for each scroll. */
  completeness(): Promise<(read: Item[]) => { count: number; expected: number }>;
}

type Patience = Pick<Http, "log" | "pause">;

/**
 * Reads a whole list by a scroll: some items at a time, in no order. Gives what the first whole
 * scroll gave, or what any of several scrolls gave where each ended too early.
 *
 * Each call moves the scroll on. If an answer is lost, we must not retry the call, because its page
 * would be missing; we start the scroll again. A workspace has one scroll at a time, and forgets it
 * after a minute without a call.
 *
 * @throws IntercomError where the last one breaks, or none gives anything.
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
        log.warn(`The scroll over the ${what} broke and starts anew: ${error.message}`);
      } else {
        throw error;
      }
    }
  }
}

async function scrollOnce<Item extends Listed>(
  log: Http["log"],
  what: string,
  read: Scroll<Item>["read"],
): Promise<Item[]> {
  const items = new Map<string, Item>();
  for (let scrollParam: string | undefined; ; ) {
    const page = await read(scrollParam).catch((error: unknown): ScrollPage<Item> => {
      // Its end is a 404 (singer-io/tap-intercom issue 77), and so is one that was forgotten.
      if (scrollParam !== undefined && error instanceof NotFoundError) return { data: [] };
      throw error;
    });
    const countBefore = items.size;
    for (const item of page.data) items.set(item.id, item);
    log.debug(`Read ${items.size}.`);
    // A page that repeats another would do so for ever.
    const isBarren = items.size === countBefore;
    if (isBarren || !page.scroll_param) return [...items.values()];
    if (items.size >= mostRecords) {
      throw new CutShortError(`Intercom gave ${items.size} ${what} and leads on.`);
    }
    scrollParam = page.scroll_param;
  }
}

/** No answer, a failure of Intercom's, or an end too early. */
const isBroken = (error: IntercomError): boolean =>
  !(error instanceof CutShortError) && (error.status === undefined || isFailure(error.status));
