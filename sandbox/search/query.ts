import { isText } from "../http/request";
import { parameterInvalid, Refusal } from "../store/refusal";
import { isDate } from "../store/timestamps";
import { type Day, dayOf } from "./days";

export type Scalar = string | number | boolean;

/** A searchable field: its type decides which operators and values it takes. */
export interface SearchField<Row> {
  type: "string" | "boolean" | "integer" | "date" | "tag";
  of(row: Row): Scalar | null | readonly string[];
  /** E-mail addresses are indexed in lower case. */
  ignoreCase?: boolean;
}

export interface SearchLanguage<Row> {
  field(name: string): SearchField<Row> | undefined;
  /**
   * Contacts match dates by the whole day in the workspace's time zone; conversations and tickets
   * by the exact second (OpenAPI 2.16, SearchContacts and searchTickets).
   */
  dates: { by: "day"; timeZone: string } | { by: "second" };
}

/** The rows that have this value now; undefined for a field without an index. */
export type Lookup<Row> = (field: string, value: string) => Iterable<Row> | undefined;

type Test<Row> = (row: Row) => boolean;

const nestingMax = 2;
const filtersMax = 15;

const operatorsOf = {
  string: ["=", "!=", "IN", "NIN", "~", "!~", "^", "$"],
  boolean: ["=", "!=", "IN", "NIN"],
  integer: ["=", "!=", "<", ">", "<=", ">=", "IN", "NIN"],
  date: ["=", "<", ">"],
  tag: ["=", "!="],
};

/** Reads a query and gives the test that it stands for; what the language forbids is refused. */
export function compileQuery<Row>(query: unknown, language: SearchLanguage<Row>): Test<Row> {
  return compile(query, language, 1);
}

function compile<Row>(query: unknown, language: SearchLanguage<Row>, depth: number): Test<Row> {
  if (typeof query !== "object" || query === null || Array.isArray(query)) {
    throw parameterInvalid("query must be a filter or a group of filters", "query");
  }
  const { field, operator, value } = query as Record<string, unknown>;
  if (operator === "AND" || operator === "OR") {
    if (depth > nestingMax) {
      throw parameterInvalid(`Filters can be nested ${nestingMax} levels deep at most`, "query");
    }
    if (!Array.isArray(value) || value.length === 0) {
      throw parameterInvalid(`The value of ${operator} must be a list of filters`, "query");
    }
    if (value.length > filtersMax) {
      throw parameterInvalid(`A group can hold ${filtersMax} filters at most`, "query");
    }
    const tests = value.map((inner) => compile(inner, language, depth + 1));
    return operator === "AND"
      ? (row) => tests.every((test) => test(row))
      : (row) => tests.some((test) => test(row));
  }
  if (typeof field !== "string") throw parameterInvalid("A filter must name a field", "query");
  const searched = language.field(field);
  if (!searched) throw new Refusal(400, "invalid_field", `Invalid field '${field}'`, field);
  return compileFilter(field, searched, operator, value, language);
}

/**
 * All rows that a query may find, and perhaps others, by the indexes alone; undefined where they are
 * not enough. The query is one that was compiled.
 */
export function lookUp<Row>(query: unknown, lookup: Lookup<Row>): Iterable<Row> | undefined {
  const { field, operator, value } = query as Record<string, unknown>;
  if (operator === "AND") {
    for (const inner of value as unknown[]) {
      const found = lookUp(inner, lookup);
      if (found) return found;
    }
    return undefined;
  }
  const parts = (): (Iterable<Row> | undefined)[] => {
    if (operator === "OR") return (value as unknown[]).map((inner) => lookUp(inner, lookup));
    const values = operator === "IN" ? (value as unknown[]) : operator === "=" ? [value] : [null];
    return values.map((each) => (isText(each) ? lookup(field as string, each) : undefined));
  };
  const found = parts();
  return found.every((rows) => rows !== undefined) ? found.flatMap((rows) => [...rows]) : undefined;
}

function compileFilter<Row>(
  name: string,
  field: SearchField<Row>,
  operator: unknown,
  value: unknown,
  { dates }: SearchLanguage<Row>,
): Test<Row> {
  const exact = field.type === "date" && dates.by === "second";
  const operators = exact ? operatorsOf.integer : operatorsOf[field.type];
  if (typeof operator !== "string") {
    throw parameterInvalid(`The operator of the filter on '${name}' must be a string`, name);
  }
  if (!operators.includes(operator)) {
    throw parameterInvalid(
      `Operator '${operator}' is not supported on ${field.type} field '${name}'`,
      name,
    );
  }
  const read = (given: unknown) => readValue(name, field, given);
  const of = (row: Row) => {
    const found = field.of(row);
    if (!field.ignoreCase) return found;
    if (typeof found === "string") return found.toLowerCase();
    return Array.isArray(found) ? found.map((each: string) => each.toLowerCase()) : found;
  };
  if (operator === "IN" || operator === "NIN") {
    if (!Array.isArray(value) || value.length === 0) {
      throw mismatch(name, `a list, for operator '${operator}'`);
    }
    const wanted = new Set(value.map(read));
    const isIn = (row: Row) => eachOf(of(row)).some((found) => wanted.has(found));
    return operator === "IN" ? isIn : (row) => !isIn(row);
  }
  // A filter may leave out its value, which is nullable (single_filter_search_request).
  const wanted = read(value ?? null);
  if (wanted === null) {
    if (operator !== "=" && operator !== "!=") throw mismatch(name, `given, for '${operator}'`);
    return (row) => (of(row) === null) === (operator === "=");
  }
  if (field.type === "date" && dates.by === "day") {
    const inDay = dayTests[operator as keyof typeof dayTests];
    const day = dayOf(wanted as number, dates.timeZone);
    return (row) => {
      const found = of(row) as number | null;
      return found !== null && inDay(found, day);
    };
  }
  const test = tests[operator] as (found: Scalar, wanted: Scalar) => boolean;
  if (operator === "!=" || operator === "!~") {
    return (row) => eachOf(of(row)).every((found) => found === null || test(found, wanted));
  }
  return (row) => eachOf(of(row)).some((found) => found !== null && test(found, wanted));
}

const dayTests: Record<"=" | "<" | ">", (found: number, day: Day) => boolean> = {
  "=": (found, day) => found >= day.start && found < day.end,
  "<": (found, day) => found < day.start,
  ">": (found, day) => found >= day.end,
};

const tests: Record<string, (found: never, wanted: never) => boolean> = {
  "=": (found: Scalar, wanted: Scalar) => found === wanted,
  "!=": (found: Scalar, wanted: Scalar) => found !== wanted,
  "<": (found: number, wanted: number) => found < wanted,
  ">": (found: number, wanted: number) => found > wanted,
  "<=": (found: number, wanted: number) => found <= wanted,
  ">=": (found: number, wanted: number) => found >= wanted,
  "~": (found: string, wanted: string) => found.includes(wanted),
  "!~": (found: string, wanted: string) => !found.includes(wanted),
  "^": (found: string, wanted: string) => found.startsWith(wanted),
  $: (found: string, wanted: string) => found.endsWith(wanted),
};

const eachOf = (found: Scalar | null | readonly string[]): readonly (Scalar | null)[] =>
  found !== null && typeof found === "object" ? found : [found];

const mismatch = (name: string, what: string) =>
  new Refusal(400, "type_mismatch", `The value for '${name}' must be ${what}`, name);

function readValue<Row>(name: string, field: SearchField<Row>, value: unknown): Scalar | null {
  if (value === null) return null;
  switch (field.type) {
    case "boolean":
      if (typeof value !== "boolean") throw mismatch(name, "a boolean");
      return value;
    case "integer":
      if (typeof value !== "number") throw mismatch(name, "a number");
      return value;
    case "date": {
      // Timestamps come as numbers and as text in the descriptions' examples.
      const seconds = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
      if (!isDate(seconds)) throw mismatch(name, "a Unix timestamp");
      return seconds;
    }
    default:
      if (typeof value !== "string") throw mismatch(name, "a string");
      return field.ignoreCase ? value.toLowerCase() : value;
  }
}
