import { InvalidInputError } from "./errors";

declare const checked: unique symbol;

/** A path below the API host with every id encoded. Only {@link path} makes one. */
export type Path = string & { readonly [checked]: true };

/** Intercom's own paths at a place where other paths have an id (OpenAPI 2.11 to 2.16). */
const ownWords: Record<string, string[]> = {
  "/articles/": ["search"],
  "/companies/": ["list", "scroll"],
  "/contacts/": ["find_by_external_id", "merge", "search"],
  "/conversations/": ["attributes", "deleted", "redact", "search"],
  "/tickets/": ["enqueue", "search"],
};

/**
 * Whether an id would lead to one of Intercom's own paths. Intercom may read `.json` after it as a
 * format.
 */
export const isOwnPath = (before: string, id: string): boolean =>
  ownWords[before]?.includes(wordOf(id)) ?? false;

const wordOf = (id: string): string => id.split(".", 1)[0] ?? "";

/**
 * `` path`/contacts/${id}/tags` ``. An id stays within its segment, because we encode `/`, `?`, `#`
 * and `%`. We refuse an id that encoding does not make safe: a blank, which would turn a get into a
 * list, and `.` and `..`, which URL parsers resolve. We also refuse one of Intercom's own paths:
 * `scroll` would open the workspace's scroll.
 *
 * @throws InvalidInputError before we send anything.
 */
export function path(literals: TemplateStringsArray, ...ids: string[]): Path {
  const encoded = ids.map((id, index) => {
    if (id.trim() === "" || id === "." || id === ".." || !id.isWellFormed()) {
      throw new InvalidInputError(
        (quote) => `An ID must be one that Intercom gave or that you chose, not ${quote(id)}.`,
      );
    }
    if (index === 0 && isOwnPath(literals[0] ?? "", id)) {
      throw new InvalidInputError(
        `"${wordOf(id)}" can't be an ID, alone or before a dot, because it is one of Intercom's own paths: give the ID that Intercom gave.`,
      );
    }
    return encodeURIComponent(id);
  });
  return String.raw({ raw: literals }, ...encoded) as Path;
}
