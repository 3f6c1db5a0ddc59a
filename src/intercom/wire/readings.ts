import type { Log } from "./log";
import { type List, type Listed, type Order, totalOf } from "./pages";
import { secondsOf } from "./times";

/** Items sorted by a time; an item whose time we can't read counts as the oldest. */
export function inOrder<Item>(
  items: Item[],
  order: Order,
  timeOf: (item: Item) => unknown,
): Item[] {
  const sign = order === "asc" ? 1 : -1;
  const seconds = (item: Item) => secondsOf(timeOf(item)) || 0;
  return items.toSorted((a, b) => sign * (seconds(a) - seconds(b)));
}

/**
 * Keeps each item once: the newest of its duplicates, and of equally new ones the one read last.
 */
export function keepNewest<Item extends Listed>(kept: Map<string, Item>, items: Item[]): void {
  for (const item of items) {
    const isOlder = secondsOf(item.updated_at) < secondsOf(kept.get(item.id)?.updated_at);
    if (!isOlder) kept.set(item.id, item);
  }
}

export interface Collected<Item> {
  /** Each item once: an item that moves to the next page during the walk comes twice. */
  items: Item[];
  /** The count of the whole list, by each page. */
  totals: number[];
  /** How many items the pages lack to be full; the last page does not count. */
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
    // Because this page came, the page before it was not the last one.
    gaps += gap;
    gap = Math.max(0, (about?.per_page ?? 0) - data.length);
    log.debug(`Read ${items.size}${total ? ` of ${total}` : ""}.`);
  }
  return { items: [...items.values()], totals, gaps };
}

/**
 * How many items a walk by cursor should have given. The total counts the whole list, so it says
 * nothing about a walk over a part of the list. We take the smaller of the first and the last total,
 * because we do not expect items that were created or deleted during the walk.
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

/** Reads up to three times, until a reading gives as many items as expected. */
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
    log.info(`Intercom gave ${count} of ${expected} ${what}, so we read the list again.`);
  }
}

/** Logs how many may be missing, and returns that number. */
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

/** The items that we read, and how many may be missing. */
export interface Found<Item> {
  items: Item[];
  missing: number;
}

/**
 * Reads a list until one reading is whole, or else joins all readings. `sort` sorts the joined
 * items.
 */
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
      // A whole reading stands alone: an item that only an earlier reading gave may be deleted.
      const count = items.length < expected ? found.size : expected;
      return { items, count, expected };
    },
    what,
    log,
  );
  return { items: found.size > items.length ? sort([...found.values()]) : items, missing };
}
