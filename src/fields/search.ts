import { input } from "@prismatic-io/spectral";
import { InvalidInputError } from "../intercom/wire/errors";
import type { Filter, Group, Query, SearchBody, Sort } from "../intercom/wire/search";
import { checkQuery, checkSort, type SearchRules } from "../intercom/wire/searchRules";
import { optionalTimestamp } from "./kinds";
import { isPlainObject, refuse, toJsonValue } from "./values";

/** A query (a filter or a group), or the whole body of a search, by the rules of a resource. */
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

/** @throws InvalidInputError that names what is at fault. */
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
      (quote) =>
        `"${label}" may hold ${bodyKeys.join(", ")} and nothing else, not ${quote(unknownKey)}.`,
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

/** A filter for each value that is filled in: the field must be equal to it. */
export const equal = (fields: Record<string, string | number | boolean | undefined>): Filter[] =>
  Object.entries(fields).flatMap(([field, value]): Filter[] =>
    value === undefined ? [] : [{ field, operator: "=", value }],
  );

/** All filters together; nothing where there is none. */
export const all = <Each extends Query>(filters: Each[]): Query | undefined =>
  filters.length > 1 ? { operator: "AND", value: filters } : filters[0];

/** The same with groups beside them. Intercom describes lists of filters and lists of groups, unmixed. */
export const allWithGroups = (filters: Filter[], groups: Group[]): Query | undefined =>
  groups.length === 0 || filters.length === 0
    ? all<Query>([...filters, ...groups])
    : all([{ operator: "AND", value: filters }, ...groups]);

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

/** Intercom says of `>` and `<` both that they include the value and that they do not. */
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

/** Whether a record is within the times; Intercom may have given one of the second beside. */
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

/**
 * That a time of Intercom's is on this day or later, for a search that compares whole days: there `>`
 * begins with the next day, and `=` is the day itself (OpenAPI 2.16, SearchContacts).
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

/** @throws InvalidInputError where there is an order and nothing to sort by. */
export function sortOf(field?: string, order?: Sort["order"]): Sort | undefined {
  if (field !== undefined) return { field, order: order ?? "descending" };
  if (order === undefined) return undefined;
  throw new InvalidInputError(
    '"Sort Order" needs "Sort Field": fill in what to sort by, such as created_at.',
  );
}

/** @throws InvalidInputError that names the fields of a search, none of which is filled in. */
export function refuseEmpty(fields: Record<string, { label: string }>, instead: string): never {
  const labels = Object.values(fields).map(({ label }) => `"${label}"`);
  const [last] = labels.splice(-1);
  throw new InvalidInputError(
    `${labels.join(", ")} and ${last} are all empty: fill in one of them, or use ${instead} for all.`,
  );
}
