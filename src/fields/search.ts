import { input } from "@prismatic-io/spectral";
import { InvalidInputError } from "../intercom/wire/errors";
import type { Filter, Query, SearchBody } from "../intercom/wire/search";
import { checkQuery, checkSort, type SearchRules } from "../intercom/wire/searchRules";
import { optionalTimestamp } from "./kinds";
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

/** A filter for each filled-in value: the field must equal the value. */
export const equal = (fields: Record<string, string | number | boolean | undefined>): Filter[] =>
  Object.entries(fields).flatMap(([field, value]): Filter[] =>
    value === undefined ? [] : [{ field, operator: "=", value }],
  );

/** A query that joins all filters; undefined without filters. */
export const all = (filters: Filter[]): Query | undefined =>
  filters.length > 1 ? { operator: "AND", value: filters } : filters[0];

/** Inputs of a search whose times match to the second. */
export const times = {
  createdAfter: optionalTimestamp("Created After", {
    comments: "Only what was created at this time or later.",
  }),
  createdBefore: optionalTimestamp("Created Before", {
    comments: "Only what was created before this time.",
  }),
  updatedAfter: optionalTimestamp("Updated After", {
    comments: "Only what changed at this time or later.",
  }),
  updatedBefore: optionalTimestamp("Updated Before", {
    comments: "Only what changed before this time.",
  }),
};

type Times = Partial<Record<keyof typeof times, number>>;

/** Intercom's documentation contradicts itself on whether `>` and `<` include the value. */
export const timeFilters = ({
  createdAfter,
  createdBefore,
  updatedAfter,
  updatedBefore,
}: Times): Filter[] =>
  (
    [
      ["created_at", ">", createdAfter && createdAfter - 1],
      ["created_at", "<", createdBefore],
      ["updated_at", ">", updatedAfter && updatedAfter - 1],
      ["updated_at", "<", updatedBefore],
    ] as const
  ).flatMap(([field, operator, value]): Filter[] =>
    value === undefined ? [] : [{ field, operator, value }],
  );

/**
 * Whether a record is within the times. Intercom may also give a record of the neighbouring second.
 */
export function isWithin(
  { created_at: createdAt, updated_at: updatedAt }: { created_at: number; updated_at: number },
  { createdAfter, createdBefore, updatedAfter, updatedBefore }: Times,
): boolean {
  return (
    createdAt >= (createdAfter ?? createdAt) &&
    createdAt < (createdBefore ?? Number.POSITIVE_INFINITY) &&
    updatedAt >= (updatedAfter ?? updatedAt) &&
    updatedAt < (updatedBefore ?? Number.POSITIVE_INFINITY)
  );
}
