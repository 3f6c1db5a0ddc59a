import { type ApiVersion, atLeast } from "../apiVersion";
import { cursorPages, decodeCursor, pageSize, type SortKey } from "../http/pages";
import { type Body, object, text } from "../http/request";
import type { Settings } from "../settings";
import { parameterInvalid, Refusal } from "../store/refusal";
import type { Searchable, SearchIndex } from "../store/searchIndex";
import { compileQuery, type Lookup, lookUp, type SearchField, type SearchLanguage } from "./query";

/** What a search looks through, and how. */
export interface Searched<Row extends { id: string }> extends SearchLanguage<Row> {
  name: string;
  /** All that can be found, and the index that says how much of each row shows already. */
  rows: Searchable<Row>["all"];
  get: Searchable<Row>["get"];
  lookup: Lookup<Row>;
  index: SearchIndex<Row>;
  nowMs: number;
  /** Whether a row can be found at all; every one by default. */
  isFindable?(row: Row): boolean;
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
  const { name, index, isFindable = () => true, version, dates } = searched;
  const matches = compileQuery(body.query, searched);
  const pagination = object(body.pagination ?? {}, "pagination");
  const { byDefault, max } = searched.perPage;
  const perPage = pageSize(pagination.per_page, "per_page", byDefault, max);
  const sort = readSort(body.sort, searched);
  // Only what the language reads, so that the order of keys and unknown ones do not count.
  const query = JSON.stringify(body.query, ["field", "operator", "value"]);
  const walk = JSON.stringify([name, sort.field, sort.sign, query]);
  const after = pagination.starting_after ?? null;
  const cursor = after === null ? null : decodeCursor(after, walk);

  const placeOf = (row: Row) => ({ key: sort.keyOf(row), id: row.id });
  const found = index.find(
    {
      // Fields depend on the version, and days on the time zone.
      key: JSON.stringify([walk, version, dates]),
      matches: (row) => isFindable(row) && matches(row),
      compare: (a, b) => sort.compare(sort.keyOf(a), a.id, sort.keyOf(b), b.id),
    },
    { all: searched.rows, having: lookUp(body.query, searched.lookup), get: searched.get },
    searched.nowMs,
  );
  const from = cursor
    ? found.countWhile((row) => sort.compare(sort.keyOf(row), row.id, cursor.key, cursor.id) <= 0)
    : 0;
  const rows = found.slice(from, from + perPage, "ascending");
  const last = from + perPage < found.size ? rows.at(-1) : undefined;
  const page = { walk, page: cursor?.page ?? 1, perPage, total: found.size };
  return { rows, total: found.size, pages: cursorPages(page, last && placeOf(last)) };
}

interface Sort<Row> {
  field: string;
  sign: 1 | -1;
  keyOf(row: Row): SortKey;
  /** Two rows, each by its key and its id. */
  compare(keyA: SortKey, idA: string, keyB: SortKey, idB: string): number;
}

function readSort<Row extends { id: string }>(
  given: unknown,
  { field: fieldNamed, version, searchSort }: Searched<Row>,
): Sort<Row> {
  const sort = object(given ?? {}, "sort");
  const byDefault = "created_at";
  const name = sort.field === undefined ? byDefault : text(sort.field, "sort.field");
  const field = fieldNamed(name);
  if (!field || field.type === "tag") {
    throw new Refusal(400, "invalid_field", `Invalid sort field '${name}'`, name);
  }
  const order = sort.order ?? "descending";
  if (typeof order !== "string") {
    throw parameterInvalid("sort.order must be a string", "sort.order");
  }
  if (atLeast(version, "2.16") && order !== "ascending" && order !== "descending") {
    // Wording of OpenAPI 2.16, SearchContacts.
    throw new Refusal(
      400,
      "invalid_sort_order",
      `Invalid sort order '${order}'. Must be one of: ascending, descending`,
    );
  }
  const ignored = searchSort === "ignored";
  const used = ignored ? (fieldNamed(byDefault) as SearchField<Row>) : field;
  const sign = !ignored && order.toLowerCase().startsWith("asc") ? 1 : -1;
  return {
    field: ignored ? byDefault : name,
    sign,
    keyOf(row) {
      const key = used.of(row);
      // Of several values, such as the contacts of a ticket, all count.
      return typeof key === "object" && key !== null ? key.join(" ") : key;
    },
    compare(keyA, idA, keyB, idB) {
      return compareKeys(keyA, keyB, sign) || (idA < idB ? 1 : idA > idB ? -1 : 0);
    },
  };
}

function compareKeys(a: SortKey, b: SortKey, sign: 1 | -1): number {
  if (a === b) return 0;
  // What has no value comes last, whichever way the list runs.
  if (a === null) return 1;
  if (b === null) return -1;
  return (a < b ? -1 : 1) * sign;
}
