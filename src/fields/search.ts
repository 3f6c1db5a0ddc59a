import { input } from "@prismatic-io/spectral";
import { InvalidInputError } from "../intercom/wire/errors";
import type { Filter, Group, Query, SearchBody, Sort } from "../intercom/wire/search";
import { checkQuery, checkSort, type SearchRules } from "../intercom/wire/searchRules";
import { isPlainObject, refuse, refuseAllBlank, toJsonValue } from "./values";

/** A query (a filter or a group), or the whole body of a search, checked by a resource's rules. */
export const searchQuery = (
  label: string,
  { rules, ...words }: { rules: SearchRules; comments: string },
) =>
  input({
    ...words,
    label,
    type: "code",
    language: "json",
    required: false,
    clean: (value: unknown) => toSearchBody(label, value, rules),
  });

const bodyKeys = ["query", "pagination", "sort"];

/** @throws InvalidInputError that names the wrong part. */
function toSearchBody(label: string, value: unknown, rules: SearchRules): SearchBody | undefined {
  const given = toJsonValue(label, value);
  if (given === undefined) return undefined;
  if (!isPlainObject(given)) return refuse(label, "a query or a body with a query", value);
  if (!("query" in given)) {
    checkQuery(given, `"${label}"`, rules);
    return { query: given };
  }
  const { query, pagination = {}, sort } = given;
  const unknownKey = Object.keys(given).find((key) => !bodyKeys.includes(key));
  if (unknownKey !== undefined) {
    throw new InvalidInputError(
      (quote) => `"${label}" may hold only ${bodyKeys.join(", ")}, not ${quote(unknownKey)}.`,
    );
  }
  checkQuery(query, `"${label}".query`, rules);
  if (!isPlainObject(pagination)) {
    throw new InvalidInputError(
      (quote) => `"${label}".pagination must be an object, not ${quote(pagination)}.`,
    );
  }
  return {
    query,
    pagination,
    ...(sort !== undefined && { sort: checkSort(sort, `"${label}".sort`) }),
  };
}

/** A filter for each filled-in value: the field must equal the value. */
export const equal = (fields: Record<string, string | number | boolean | undefined>): Filter[] =>
  Object.entries(fields).flatMap(([field, value]): Filter[] =>
    value === undefined ? [] : [{ field, operator: "=", value }],
  );

const and = (queries: Query[]): Query | undefined =>
  queries.length > 1 ? { operator: "AND", value: queries } : queries[0];

/**
 * All filters and groups, joined by AND; undefined without any. Intercom describes lists of filters and
 * lists of groups, but no list with both.
 */
export const all = (filters: Filter[], groups: Group[] = []): Query | undefined =>
  groups.length === 0 || filters.length === 0
    ? and([...filters, ...groups])
    : and([{ operator: "AND", value: filters }, ...groups]);

/**
 * The JSON query, or else all filters together.
 *
 * @param labels the labels of the inputs that become filters.
 * @throws InvalidInputError where nothing is filled in: a flow with empty variables must not read
 * every record.
 */
export function searchBodyOf(
  jsonQuery: SearchBody | undefined,
  filters: Filter[],
  labels: string[],
  orElse = "",
  groups: Group[] = [],
): SearchBody {
  const query = jsonQuery?.query ?? all(filters, groups);
  return query === undefined
    ? refuseAllBlank([...labels, "JSON Query"], orElse)
    : { ...jsonQuery, query };
}

/**
 * Groups for "on this day or later", in a search that compares whole days. There, `>` begins with the
 * next day, and `=` is the day itself (OpenAPI 2.16, SearchContacts).
 */
export const onOrAfter = (fields: Record<string, number | undefined>): Group[] =>
  Object.entries(fields).flatMap(([field, value]): Group[] =>
    value === undefined
      ? []
      : [
          {
            operator: "OR",
            value: ([">", "="] as const).map((operator) => ({ field, operator, value })),
          },
        ],
  );

/** @throws InvalidInputError where an order is given without a field. */
export function sortOf(field?: string, order?: Sort["order"]): Sort | undefined {
  if (field !== undefined) return { field, order: order ?? "descending" };
  if (order === undefined) return undefined;
  throw new InvalidInputError(
    '"Sort Order" needs "Sort Field": fill in what to sort by, such as created_at.',
  );
}
