import { InvalidInputError } from "./errors";
import { isRecord } from "./json";
import { say, type Words } from "./quote";
import type { Operator, Query, Sort } from "./search";

const orders: Record<string, string> = { asc: "ascending", desc: "descending" };

/**
 * @throws InvalidInputError where `sort` is not `{ field, order }`; `asc` and `desc` are valid too.
 */
export function checkSort(sort: unknown, where: string): Sort {
  const { field, order = "descending" } = isRecord(sort) ? sort : {};
  if (typeof field !== "string" || field === "") {
    fault(where, "must be { field, order }", sort);
  }
  const full = orders[String(order)] ?? order;
  if (full !== "ascending" && full !== "descending") {
    fault(where, "has an order, which must be ascending or descending", order);
  }
  return { field, order: full };
}

/** The operators for a field of each type; the values of `IN` and `NIN` are lists. */
const operatorsOf = {
  text: ["=", "!=", "IN", "NIN", "~", "!~", "^", "$"],
  boolean: ["=", "!=", "IN", "NIN"],
  /** Intercom compares days, and refuses other operators (OpenAPI 2.16, SearchContacts). */
  date: ["=", "<", ">"],
  /** Conversations and tickets match to the second (OpenAPI 2.16, searchTickets). */
  time: ["=", "!=", "IN", "NIN", "<", ">", "<=", ">="],
  number: ["=", "!=", "IN", "NIN", "<", ">"],
  tag: ["=", "!="],
  /** A number before 2.16, text since 2.16: the operators that both have. */
  owner: ["=", "!=", "IN", "NIN"],
  /** A custom attribute, or a field that this table does not have. */
  unknown: ["=", "!=", "IN", "NIN", "<", ">", "<=", ">=", "~", "!~", "^", "$"],
} as const satisfies Record<string, readonly Operator[]>;

type FieldType = keyof typeof operatorsOf;

/** The type of each searchable field of a resource. */
export type SearchRules = ReadonlyMap<string, FieldType>;

/** Takes the fields' names by type, separated by blanks. */
export const searchRules = (names: Partial<Record<FieldType, string>>): SearchRules =>
  new Map(
    Object.entries(names).flatMap(([type, names]) =>
      names.split(/\s+/).map((name) => [name, type as FieldType]),
    ),
  );

const mostFilters = 15;
const mostLevels = 2;

/**
 * Checks a query by Intercom's rules, because Intercom's own errors don't explain them: at most two
 * levels of groups, at most fifteen entries in a group, and the operators and values that fit the
 * field's type. For a field that `rules` does not name, Intercom decides.
 *
 * @param where the name of the query; the message adds the place of the wrong filter.
 * @throws InvalidInputError that names the wrong filter.
 */
export function checkQuery(
  query: unknown,
  where: string,
  rules: SearchRules,
  level = 0,
): asserts query is Query {
  if (!isRecord(query))
    fault(where, "must be a filter { field, operator, value } or a group", query);
  if (query.operator === "AND" || query.operator === "OR") {
    checkGroup(query.operator, query.value, where, rules, level + 1);
  } else {
    checkFilter(query, where, rules);
  }
}

function checkGroup(
  operator: string,
  value: unknown,
  where: string,
  rules: SearchRules,
  level: number,
) {
  if (level > mostLevels) {
    fault(where, `is nested ${level} groups deep, and Intercom accepts ${mostLevels}`);
  }
  if (!Array.isArray(value) || value.length === 0) {
    fault(where, `joins by ${operator}, so its value must be a list of filters`, value);
  }
  if (value.length > mostFilters) {
    fault(where, `holds ${value.length} filters, and Intercom accepts ${mostFilters} in a group`);
  }
  value.forEach((entry, index) => {
    checkQuery(entry, `${where}.value[${index}]`, rules, level);
  });
}

function checkFilter(
  { field, operator, value }: Record<string, unknown>,
  where: string,
  rules: SearchRules,
) {
  if (typeof field !== "string" || field === "") {
    fault(where, 'needs a "field", such as "email"', field);
  }
  const type = rules.get(field) ?? "unknown";
  const takes: readonly string[] = operatorsOf[type];
  if (!takes.includes(operator as string)) {
    fault(
      where,
      (quote) => `asks for ${quote(field)}, whose operator must be one of ${takes.join(" ")}`,
      operator,
    );
  }
  const isList = operator === "IN" || operator === "NIN";
  if (isList !== Array.isArray(value)) {
    fault(
      where,
      (quote) =>
        `asks for ${quote(field)} ${operator}, so its value must ${isList ? "" : "not "}be a list`,
      value,
    );
  }
  const values = isList ? (value as unknown[]) : [value];
  if (values.length === 0)
    fault(where, (quote) => `asks for ${quote(field)} ${operator} an empty list`);
  for (const each of values) {
    if (!isValueFor(type, each)) {
      fault(where, (quote) => `asks for ${quote(field)}, ${wanted(type)}`, each);
    }
  }
}

function isValueFor(type: FieldType, value: unknown): boolean {
  if (value === undefined || (typeof value === "object" && value !== null)) return false;
  if (value === null || type === "unknown") return true;
  if (type === "boolean") return typeof value === "boolean";
  if (type === "text") return typeof value === "string";
  return Number.isInteger(value) || (typeof value === "string" && /^\d+$/.test(value));
}

const wanted = (type: FieldType): string =>
  `whose value must be ${
    {
      text: "text",
      boolean: "true or false",
      date: "a time in Unix seconds",
      time: "a time in Unix seconds",
      number: "a whole number",
      tag: "the id of a tag",
      owner: "the id of an admin",
      unknown: "text, a number, true, false or null",
    }[type]
  }`;

function fault(where: string, problem: Words, ...given: unknown[]): never {
  const [value] = given;
  throw new InvalidInputError((quote) => {
    const shown = given.length > 0 ? `, not ${value === undefined ? "missing" : quote(value)}` : "";
    return `${where} ${say(problem, quote)}${shown}.`;
  });
}
