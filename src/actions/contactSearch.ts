import { input } from "@prismatic-io/spectral";
import { isPlainObject, refuse, toJsonValue } from "../fields";
import { InvalidInputError } from "../intercom/wire/errors";
import {
  checkQuery,
  checkSort,
  type Filter,
  type Query,
  type SearchBody,
} from "../intercom/wire/search";

const label = "JSON Query";
const bodyKeys = ["query", "pagination", "sort"];

/** A query (a filter or a group), or the whole body of a search. */
export const jsonQuery = input({
  label,
  type: "code",
  language: "json",
  required: false,
  comments:
    "If you wanted to provide a custom query instead of the one constructed by the action, you can use this input to bypass it. Takes a query or a whole body { query, pagination, sort }. Dates match by whole day, in the workspace's time zone. A contact made a few minutes ago may not be found yet.",
  clean: toSearchBody,
});

/** @throws InvalidInputError that names what is at fault. */
function toSearchBody(value: unknown): SearchBody | undefined {
  const given = toJsonValue(label, value);
  if (given === undefined) return undefined;
  if (!isPlainObject(given)) return refuse(label, "a query or a body with a query", value);
  if (!("query" in given)) {
    checkQuery(given, `"${label}"`);
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
  checkQuery(query, `"${label}".query`);
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

/**
 * @throws InvalidInputError where nothing is filled in: a flow whose variables came up empty must
 * not walk over every contact.
 */
export function searchFor(inputs: {
  email?: string;
  name?: string;
  role?: string;
  jsonQuery?: SearchBody;
  startingAfter?: string;
}): SearchBody {
  const { jsonQuery, startingAfter, ...fields } = inputs;
  const { query, pagination, sort } = jsonQuery ?? { query: allEqual(fields) };
  const cursor = startingAfter === undefined ? {} : { starting_after: startingAfter };
  const merged = { ...pagination, ...cursor };
  return {
    query,
    ...(Object.keys(merged).length > 0 && { pagination: merged }),
    ...(sort && { sort }),
  };
}

function allEqual(fields: Record<string, string | undefined>): Query {
  const filters = Object.entries(fields).flatMap(([field, value]): Filter[] =>
    value === undefined ? [] : [{ field, operator: "=", value }],
  );
  const [first] = filters;
  if (!first) {
    throw new InvalidInputError(
      '"Email", "Name", "Role" and "JSON Query" are all empty: fill in one of them, or use List Contacts for all.',
    );
  }
  return filters.length === 1 ? first : { operator: "AND", value: filters };
}
