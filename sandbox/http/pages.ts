import { createHash } from "node:crypto";
import type { Context } from "hono";
import type { Ordered } from "../store/ordered";
import { parameterInvalid, Refusal } from "../store/refusal";

export type SortKey = string | number | boolean | null;

/** Where a page ended: the sort key and id of its last row, and the number of the next page. */
export interface Cursor {
  key: SortKey;
  id: string;
  page: number;
}

/**
 * Writes a cursor as Intercom does: base64 of a JSON array (intercom-node issue 489). The last
 * element is ours: a digest that ties the cursor to its walk, which is the list with all that
 * decides its order and its rows.
 */
function encodeCursor({ key, id, page }: Cursor, walk: string): string {
  const digest = createHash("sha1")
    .update(JSON.stringify([walk, key, id, page]))
    .digest("hex");
  return Buffer.from(JSON.stringify([key, id, page, digest.slice(0, 8)])).toString("base64");
}

/**
 * Reads a cursor back. One that was tampered with, or that comes from another walk, is refused as
 * Intercom refuses a bad one.
 */
export function decodeCursor(text: unknown, walk: string): Cursor {
  // Wording of OpenAPI 2.16, listDataConnectors: the only one on record.
  const refusal = new Refusal(
    400,
    "client_error",
    "Invalid starting_after param. Please try again using a starting_after value from a paginated response",
  );
  if (typeof text !== "string") throw refusal;
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, "base64").toString());
  } catch {
    throw refusal;
  }
  if (!Array.isArray(parts)) throw refusal;
  const [key, id, page] = parts as [SortKey, string, number];
  const scalar = key === null || ["string", "number", "boolean"].includes(typeof key);
  const genuine = scalar && typeof id === "string" && Number.isSafeInteger(page);
  if (!genuine || encodeCursor({ key, id, page }, walk) !== text) throw refusal;
  return { key, id, page };
}

/** A whole number from 1 on; blank is the default, and what is above the maximum becomes it. */
export function pageSize(value: unknown, name: string, byDefault: number, max: number): number {
  if (value === undefined || value === null) return byDefault;
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (!Number.isSafeInteger(number) || (number as number) < 1) {
    throw parameterInvalid(`${name} must be a positive integer`, name);
  }
  return Math.min(number as number, max);
}

export const queryPageSize = (c: Context, name: string, byDefault: number, max: number) =>
  pageSize(c.req.query(name), name, byDefault, max);

/** `pages` of lists that are walked by cursor: on the last page there is no `next`. */
export function cursorPages(
  { walk, page, perPage, total }: { walk: string; page: number; perPage: number; total: number },
  last: { key: SortKey; id: string } | undefined,
) {
  const next = last && {
    page: page + 1,
    per_page: perPage,
    starting_after: encodeCursor({ ...last, page: page + 1 }, walk),
  };
  return {
    type: "pages",
    ...(next ? { next } : {}),
    page,
    per_page: perPage,
    total_pages: Math.ceil(total / perPage),
  };
}

/** Where a list, the newest first, goes on after a cursor: behind its row, whatever the page before. */
export const positionAfter = <Row extends { id: string; createdAt: number }>(
  listed: Ordered<Row>,
  { key, id }: Cursor,
): number => listed.size - listed.countBefore({ createdAt: Number(key) / 1000, id } as Row);

/** One page of a list that is walked by cursor, the newest first, with its `pages`. */
export function cursorPage<Row extends { id: string; createdAt: number }>(
  c: Context,
  walk: string,
  listed: Ordered<Row>,
  [byDefault, max]: [byDefault: number, max: number],
) {
  const perPage = queryPageSize(c, "per_page", byDefault, max);
  const after = c.req.query("starting_after");
  const cursor = after === undefined ? undefined : decodeCursor(after, walk);
  const from = cursor ? positionAfter(listed, cursor) : 0;
  const rows = listed.slice(from, from + perPage, "descending");
  const last = from + perPage < listed.size ? rows.at(-1) : undefined;
  const page = { walk, page: cursor?.page ?? 1, perPage, total: listed.size };
  return {
    rows,
    total: listed.size,
    pages: cursorPages(page, last && { key: last.createdAt * 1000, id: last.id }),
  };
}

/** One page of a list that is walked by number, with its `pages`. */
export function numberedPage<Row>(
  c: Context,
  listed: { length: number; slice(from: number, to: number): Row[] },
  [byDefault, max]: [byDefault: number, max: number],
) {
  const number = queryPageSize(c, "page", 1, Number.MAX_SAFE_INTEGER);
  const perPage = queryPageSize(c, "per_page", byDefault, max);
  const from = (number - 1) * perPage;
  const next = new URL(c.req.url);
  next.searchParams.set("page", String(number + 1));
  next.searchParams.set("per_page", String(perPage));
  return {
    rows: listed.slice(from, from + perPage),
    total: listed.length,
    pages: {
      type: "pages",
      ...(from + perPage < listed.length && { next: next.href }),
      page: number,
      per_page: perPage,
      total_pages: Math.ceil(listed.length / perPage),
    },
  };
}

/** A list that is walked by number, the newest first, 50 rows a page. */
export function numberedList<Row>(
  c: Context,
  listed: Pick<Ordered<Row>, "size" | "slice">,
  format: (row: Row) => unknown,
) {
  const newestFirst = {
    length: listed.size,
    slice: (from: number, to: number) => listed.slice(from, to, "descending"),
  };
  const { rows, total, pages } = numberedPage(c, newestFirst, [50, 150]);
  return {
    type: "list",
    data: rows.map(format),
    pages: { ...pages, next: pages.next ?? null },
    total_count: total,
  };
}
