import type { Log } from "./log";
import { type List, type Listed, type Order, totalOf } from "./pages";
import { secondsOf } from "./times";

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
