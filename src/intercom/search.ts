import { InvalidInputError, quote } from "./errors";

export type Operator = "=" | "!=" | "IN" | "NIN" | "<" | ">" | "<=" | ">=" | "~" | "!~" | "^" | "$";

export interface Filter {
  field: string;
  operator: Operator;
  value: unknown;
}

export interface Group {
  operator: "AND" | "OR";
  value: Query[];
}

export type Query = Filter | Group;

/** The body of a search (OpenAPI 2.16, search_request). */
export interface SearchBody {
  query: Query;
  pagination?: { per_page?: number; starting_after?: string };
  sort?: { field: string; order: string };
}

/** What can be asked of a field of each type; the values of `IN` and `NIN` are lists. */
const operatorsOf = {
  string: ["=", "!=", "IN", "NIN", "~", "!~", "^", "$"],
  boolean: ["=", "!=", "IN", "NIN"],
  integer: ["=", "!=", "IN", "NIN", "<", ">", "<=", ">="],
  /** Matched by day; Intercom refuses the others (OpenAPI 2.16, SearchContacts). */
  date: ["=", "<", ">"],
  tag: ["=", "!="],
} as const satisfies Record<string, readonly Operator[]>;

type FieldType = keyof typeof operatorsOf;

/** The fields of a contact that are no text, or take fewer operators (OpenAPI 2.16, SearchContacts). */
const typesOfContactFields: Record<string, FieldType> = {
  created_at: "date",
  signed_up_at: "date",
  updated_at: "date",
  last_seen_at: "date",
  last_contacted_at: "date",
  last_replied_at: "date",
  last_email_opened_at: "date",
  last_email_clicked_at: "date",
  ios_last_seen_at: "date",
  android_last_seen_at: "date",
  unsubscribed_from_emails: "boolean",
  marked_email_as_spam: "boolean",
  has_hard_bounced: "boolean",
  tag_id: "tag",
  id: "string",
  role: "string",
  name: "string",
  email: "string",
  email_domain: "string",
  phone: "string",
  external_id: "string",
};

const mostFilters = 15;
const mostLevels = 2;

/**
 * Checks a query for contacts by Intercom's rules, which its own errors don't explain: groups nested
 * two deep at the most, fifteen entries each, and the operators and values that the field's type
 * takes. A field that is not known here is left to Intercom.
 *
 * @param where what the query is called, to which the place of the filter at fault is added.
 * @throws InvalidInputError that names the filter at fault.
 */
export function checkQuery(query: unknown, where: string, level = 0): asserts query is Query {
  if (!isRecord(query))
    fault(where, "must be a filter { field, operator, value } or a group", query);
  if (query.operator === "AND" || query.operator === "OR") {
    checkGroup(query.operator, query.value, where, level + 1);
  } else {
    checkFilter(query, where);
  }
}

function checkGroup(operator: string, value: unknown, where: string, level: number) {
  if (level > mostLevels) {
    fault(where, `is nested ${level} groups deep, and Intercom takes ${mostLevels}`);
  }
  if (!Array.isArray(value) || value.length === 0) {
    fault(where, `joins by ${operator}, so its value must be a list of filters`, value);
  }
  if (value.length > mostFilters) {
    fault(where, `holds ${value.length} filters, and Intercom takes ${mostFilters} in a group`);
  }
  value.forEach((entry, index) => {
    checkQuery(entry, `${where}.value[${index}]`, level);
  });
}

function checkFilter({ field, operator, value }: Record<string, unknown>, where: string) {
  if (typeof field !== "string" || field === "") {
    fault(where, 'needs a "field", such as "email"', field);
  }
  const type = Object.hasOwn(typesOfContactFields, field) ? typesOfContactFields[field] : undefined;
  const takes: readonly string[] = type ? operatorsOf[type] : Object.values(operatorsOf).flat();
  if (!takes.includes(operator as string)) {
    const allowed = [...new Set(takes)].join(" ");
    fault(where, `asks for "${field}", whose operator must be one of ${allowed}`, operator);
  }
  const isList = operator === "IN" || operator === "NIN";
  if (isList !== Array.isArray(value)) {
    fault(
      where,
      `asks for "${field}" ${operator}, so its value must ${isList ? "" : "not "}be a list`,
      value,
    );
  }
  const values = isList ? (value as unknown[]) : [value];
  if (values.length === 0) fault(where, `asks for "${field}" ${operator} an empty list`);
  for (const each of values) {
    if (!isValueFor(type, each)) fault(where, `asks for "${field}", ${wanted(type)}`, each);
  }
}

function isValueFor(type: FieldType | undefined, value: unknown): boolean {
  if (value === undefined || (typeof value === "object" && value !== null)) return false;
  if (value === null || type === undefined) return true;
  if (type === "boolean") return typeof value === "boolean";
  if (type === "date" || type === "integer") {
    return Number.isInteger(value) || (typeof value === "string" && /^\d+$/.test(value));
  }
  return typeof value === "string" || (type === "tag" && Number.isInteger(value));
}

function wanted(type: FieldType | undefined): string {
  if (type === "boolean") return "whose value must be true or false";
  if (type === "date") return "whose value must be a time in Unix seconds";
  if (type === undefined) return "whose value must be text, a number, true, false or null";
  return "whose value must be text";
}

function fault(where: string, problem: string, ...given: unknown[]): never {
  const [value] = given;
  const shown = given.length > 0 ? `, not ${value === undefined ? "missing" : quote(value)}` : "";
  throw new InvalidInputError(`${where} ${problem}${shown}.`);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
