import { type CursorPage, cursorList } from "./cursorLists";
import type { Http, Request } from "./http";
import type { Log } from "./log";
import type { List, Listed } from "./pages";

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

export interface Sort {
  field: string;
  order: "ascending" | "descending";
}

/** The body of a search (OpenAPI 2.16, search_request). */
export interface SearchBody {
  query: Query;
  pagination?: { per_page?: number; starting_after?: string };
  sort?: Sort;
}

interface Search extends Pick<Request, "permission" | "path"> {
  /** Completes "search the …": `contacts`. */
  resource: string;
  /** The key of the list in Intercom's answer; by default the resource. */
  listedAs?: string;
}

/** The search of one resource: reads one page, with its list as `data`. */
export const searchIn =
  <Item>(http: Http, { resource, listedAs = resource, ...search }: Search) =>
  async (
    body: SearchBody,
    asked: Partial<Pick<Request, "purpose" | "since">> = {},
  ): Promise<List<Item>> => {
    const answer = await http.send<Record<string, unknown>>({
      ...search,
      listedAs,
      purpose: `search the ${resource}`,
      ...asked,
      method: "POST",
      body,
      isRepeatable: true,
    });
    const { [listedAs]: data, ...rest } = answer;
    const list = listedAs === "data" ? answer : { ...rest, data };
    return list as unknown as List<Item>;
  };

/** The same search, with this page size and cursor; an undefined one stays as in the body. */
export function pageOf(
  { query, pagination, sort }: SearchBody,
  { perPage, startingAfter }: { perPage?: number; startingAfter?: string },
): SearchBody {
  const merged = {
    ...pagination,
    ...(perPage !== undefined && { per_page: perPage }),
    ...(startingAfter !== undefined && { starting_after: startingAfter }),
  };
  return {
    query,
    ...(Object.keys(merged).length > 0 && { pagination: merged }),
    ...(sort && { sort }),
  };
}

/** What a search finds, as a list by cursor. It begins at the given cursor, or else at the body's. */
export function searchList<Item extends Listed>(
  log: Log,
  what: string,
  searchPage: (body: SearchBody) => Promise<List<Item>>,
  body: SearchBody,
) {
  const list = cursorList<Item>(log, {
    what,
    readPage: (perPage, startingAfter) => searchPage(pageOf(body, { perPage, startingAfter })),
  });
  const from = body.pagination?.starting_after;
  return {
    page: ({ perPage, startingAfter = from }: CursorPage) => list.page({ perPage, startingAfter }),
    all: (startingAfter = from) => list.all(startingAfter),
  };
}
