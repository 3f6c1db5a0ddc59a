import { textOf } from "./json";

/** `pages.next` may be an object, a URL, null or missing (all four are in OpenAPI 2.4 to 2.16). */
export type NextPage =
  | { page?: number; per_page?: number; starting_after?: string | null }
  | string
  | null;

export type Order = "asc" | "desc";

export interface Pages {
  type?: string;
  page?: number;
  per_page?: number;
  total_pages?: number | null;
  next?: NextPage;
}

export interface List<Item> {
  type?: string;
  data: Item[];
  /** The count of the whole list, not of this page. */
  total_count?: number | null;
  pages?: Pages | null;
  /** How many may be missing, where each reading gave fewer than Intercom's own count. */
  missing_count?: number;
}

/** The fields that every item of a list has. */
export interface Listed {
  id: string;
  updated_at?: unknown;
}

/** The count of the whole list, where the answer has one: a number, or digits as text. */
export function totalOf({ total_count }: Pick<List<unknown>, "total_count">): number | undefined {
  const total = Number(textOf(total_count));
  return Number.isInteger(total) && total >= 0 ? total : undefined;
}

/** Whether another page follows a numbered page: by the count of pages, or else by `next`. */
export function hasNextPage({ pages }: List<unknown>, page: number): boolean {
  return pages?.total_pages == null ? Boolean(pages?.next) : page < pages.total_pages;
}

/** All items that we read, as a list with one page. */
export const wholeList = <Item>(data: Item[], missing = 0): List<Item> => ({
  type: "list",
  data,
  total_count: data.length + missing,
  pages: { type: "pages", page: 1, per_page: data.length, total_pages: 1, next: null },
  ...(missing > 0 && { missing_count: missing }),
});
