import { type ApiVersion, atLeast } from "./apiVersion";
import { type Body, object, text } from "./http";
import { cursorPages, decodeCursor, pageSize, type SortKey } from "./pages";
import { parameterInvalid, Refusal } from "./refusal";
import { compileQuery, type SearchField, type SearchLanguage } from "./search";
import type { Settings } from "./settings";

/** What a search looks through, and how. */
export interface Searched<Row> extends SearchLanguage<Row> {
  /** What the index shows of each row, the newest first. */
  views: Iterable<Row | undefined>;
  perPage: { byDefault: number; max: number };
  version: ApiVersion;
  /** Whether the order asked for is kept: the setting of that name. */
  searchSort: Settings["searchSort"];
}

/**
 * One page of what a `POST …/search` finds, with its `pages`. A cursor holds the place where its
 * page ended, not the rows: a row whose place in the order changes between two pages comes twice
 * when it moves on, and not at all when it moves back over the place reached.
 */
export function searchPage<Row extends { id: string }>(body: Body, searched: Searched<Row>) {
  const matches = compileQuery(body.query, searched);
  const pagination = object(body.pagination ?? {}, "pagination");
  const { byDefault, max } = searched.perPage;
  const perPage = pageSize(pagination.per_page, "per_page", byDefault, max);
  const { key, order } = readSort(body.sort, searched);
  const after = pagination.starting_after ?? null;
  const cursor = after === null ? null : decodeCursor(after);

  const before = (a: { key: SortKey; id: string }, b: { key: SortKey; id: string }) =>
    order(a.key, b.key) || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
  const found: { row: Row; id: string; key: SortKey }[] = [];
  for (const row of searched.views) {
    if (row && matches(row)) found.push({ row, id: row.id, key: key(row) });
  }
  found.sort(before);
  const from = cursor ? found.findIndex((entry) => before(entry, cursor) > 0) : 0;
  const shown = from < 0 ? [] : found.slice(from, from + perPage);
  const isLast = from < 0 || from + perPage >= found.length;
  const total = found.length;
  const page = cursor?.page ?? 1;
  return {
    rows: shown.map(({ row }) => row),
    total,
    pages: cursorPages({ page, perPage, total }, isLast ? undefined : shown.at(-1)),
  };
}

function readSort<Row>(
  given: unknown,
  { field: fieldNamed, version, searchSort }: Searched<Row>,
): { key(row: Row): SortKey; order(a: SortKey, b: SortKey): number } {
  const sort = object(given ?? {}, "sort");
  const byDefault = "created_at";
  const name = sort.field === undefined ? byDefault : text(sort.field, "sort.field");
  const field = fieldNamed(name);
  if (!field || field.type === "tag") {
    throw new Refusal(400, "invalid_field", `Invalid sort field '${name}'`, name);
  }
  const order = sort.order ?? "descending";
  if (atLeast(version, "2.16") && order !== "ascending" && order !== "descending") {
    // Wording of OpenAPI 2.16, SearchContacts.
    throw new Refusal(
      400,
      "invalid_sort_order",
      `Invalid sort order '${order}'. Must be one of: ascending, descending`,
    );
  }
  if (typeof order !== "string")
    throw parameterInvalid("sort.order must be a string", "sort.order");
  const ignored = searchSort === "ignored";
  const used = ignored ? (fieldNamed(byDefault) as SearchField<Row>) : field;
  const sign = !ignored && order.toLowerCase().startsWith("asc") ? 1 : -1;
  return {
    key: (row) => used.of(row) as SortKey,
    order: (a, b) => {
      if (a === b) return 0;
      // What has no value comes last, whichever way the list runs.
      if (a === null) return 1;
      if (b === null) return -1;
      return (a < b ? -1 : 1) * sign;
    },
  };
}
