import { InvalidInputError } from "./errors";

declare const checked: unique symbol;

/** A path below the API host in which every id is encoded. Only {@link path} makes one. */
export type Path = string & { readonly [checked]: true };

/**
 * `` path`/contacts/${id}/tags` ``. An id can't leave its place: `/`, `?`, `#` and `%` are encoded,
 * and what can't be encoded away is refused (a blank, which would turn a get into a list, and `.`
 * and `..`, which URL parsers resolve).
 *
 * @throws InvalidInputError before anything is sent.
 */
export function path(literals: TemplateStringsArray, ...ids: string[]): Path {
  const encoded = ids.map((id) => {
    if (id.trim() === "" || id === "." || id === ".." || !id.isWellFormed()) {
      throw new InvalidInputError(
        (quote) => `An id must be one that Intercom gave or that you chose, not ${quote(id)}.`,
      );
    }
    return encodeURIComponent(id);
  });
  return String.raw({ raw: literals }, ...encoded) as Path;
}
