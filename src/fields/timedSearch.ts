import type { List, Listed } from "../intercom/wire/pages";
import type { Filter, SearchBody, searchList } from "../intercom/wire/search";
import { optionalTimestamp } from "./kinds";
import { equal, searchBodyOf } from "./search";

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

/**
 * Intercom's documentation contradicts itself on whether `>` and `<` include the value. So *After*
 * asks for one second more, and `within` drops what does not belong.
 */
const timeFilters = ({
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

interface Dated extends Listed {
  created_at: number;
  updated_at?: number | null;
}

/** The list without the records of the second too many; `total_count` does not count them. */
function within<Item extends Dated>(list: List<Item>, times: Times): List<Item> {
  const data = list.data.filter((item) => isWithin(item, times));
  const dropped = list.data.length - data.length;
  if (dropped === 0) return list;
  return { ...list, data, total_count: list.total_count && list.total_count - dropped };
}

/** A time that is missing is no reason to drop a record: Intercom found it. */
const isWithin = (
  { created_at: createdAt, updated_at: updatedAt }: Dated,
  { createdAfter = 0, createdBefore, updatedAfter = 0, updatedBefore }: Times,
): boolean =>
  !(createdAt < createdAfter) &&
  !(createdAt >= (createdBefore ?? Number.POSITIVE_INFINITY)) &&
  !((updatedAt ?? Number.NaN) < updatedAfter) &&
  !((updatedAt ?? Number.NaN) >= (updatedBefore ?? Number.POSITIVE_INFINITY));

interface Inputs extends Times {
  jsonQuery?: SearchBody;
  fetchAll: boolean;
  perPage?: number;
  startingAfter?: string;
}

interface Search<Item extends Dated> {
  /** The search of the resource. */
  search(body: SearchBody): ReturnType<typeof searchList<Item>>;
  /** The inputs of the query; the refusal names them if all are empty. */
  fields: Record<string, { label: string }>;
  /** What else to do, for the refusal. */
  orElse?: string;
}

/**
 * One page, or all, of what a search finds: the records that have these values and times, or what the
 * JSON query asks for.
 *
 * @throws InvalidInputError where nothing is filled in.
 */
export async function findTimed<Item extends Dated>(
  { search, fields, orElse }: Search<Item>,
  { jsonQuery, fetchAll, perPage, startingAfter, ...times }: Inputs,
  values: Parameters<typeof equal>[0],
): Promise<List<Item>> {
  const filters = [...equal(values), ...timeFilters(times)];
  const labels = Object.values(fields).map(({ label }) => label);
  const found = search(searchBodyOf(jsonQuery, filters, labels, orElse));
  const list = await (fetchAll ? found.all(startingAfter) : found.page({ perPage, startingAfter }));
  return jsonQuery ? list : within(list, times);
}
