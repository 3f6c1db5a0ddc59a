import { input } from "@prismatic-io/spectral";
import { InvalidInputError } from "../intercom/wire/errors";
import type { Filter, Query, SearchBody } from "../intercom/wire/search";
import { checkQuery, checkSort, type SearchRules } from "../intercom/wire/searchRules";
import { isPlainObject, refuse, toJsonValue } from "./values";

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

/** The query for an action's own inputs: every filled-in value must be equal. */
export function allEqual(fields: Record<string, string | undefined>): Query | undefined {
  const filters = Object.entries(fields).flatMap(([field, value]): Filter[] =>
    value === undefined ? [] : [{ field, operator: "=", value }],
  );
  return filters.length > 1 ? { operator: "AND", value: filters } : filters[0];
}

/** The same search, starting after the cursor if there is one. */
export function startingAfterCursor(
  { query, pagination, sort }: SearchBody,
  startingAfter: string | undefined,
): SearchBody {
  const cursor = startingAfter === undefined ? {} : { starting_after: startingAfter };
  const merged = { ...pagination, ...cursor };
  return {
    query,
    ...(Object.keys(merged).length > 0 && { pagination: merged }),
    ...(sort && { sort }),
  };
}
