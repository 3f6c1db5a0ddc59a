import { InvalidInputError } from "./errors";

declare const checked: unique symbol;

/** A path below the API host in which every id is encoded. Only {@link path} makes one. */
export type Path = string & { readonly [checked]: true };

/** Intercom's own paths where an id stands in others (OpenAPI 2.11 to 2.16). */
const ownWords: Record<string, string[]> = {
  "/articles/": ["search"],
  "/companies/": ["list", "scroll"],
  "/contacts/": ["find_by_external_id", "merge", "search"],
  "/conversations/": ["attributes", "deleted", "redact", "search"],
  "/tickets/": ["enqueue", "search"],
};

/** Whether an id would lead to a path of Intercom's own; `.json` after it may pass for a format. */
export const isOwnPath = (before: string, id: string): boolean =>
  ownWords[before]?.includes(wordOf(id)) ?? false;

const wordOf = (id: string): string => id.split(".", 1)[0] ?? "";

/**
 * `` path`/contacts/${id}/tags` ``. An id can't leave its place: `/`, `?`, `#` and `%` are encoded,
 * and what can't be encoded away is refused (a blank, which would turn a get into a list, and `.`
 * and `..`, which URL parsers resolve). Nor can an id lead to a path of Intercom's own: `scroll` would
 * open the workspace's scroll.
 *
 * @throws InvalidInputError before anything is sent.
 */
export function path(literals: TemplateStringsArray, ...ids: string[]): Path {
  const encoded = ids.map((id, index) => {
    if (id.trim() === "" || id === "." || id === ".." || !id.isWellFormed()) {
      throw new InvalidInputError(
        (quote) => `An id must be one that Intercom gave or that you chose, not ${quote(id)}.`,
      );
    }
    if (index === 0 && isOwnPath(literals[0] ?? "", id)) {
      throw new InvalidInputError(
        `"${wordOf(id)}" is a path of Intercom's own and no id, alone or before a dot: give the id that Intercom gave.`,
      );
    }
    return encodeURIComponent(id);
  });
  return String.raw({ raw: literals }, ...encoded) as Path;
}
