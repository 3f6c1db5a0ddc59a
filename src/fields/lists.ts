import { flag, optionalIdentifier, optionalWholeNumber } from "./kinds";

/**
 * Inputs of lists and searches. The lists of the catalogue page have other inputs (`inputs.ts`), with
 * the page's own words.
 */

export const fetchAll = flag("Fetch All", {
  comments:
    "Reads every page. Starts at the cursor where one is filled in; Page and Per Page do not matter then.",
});

export const page = optionalWholeNumber(
  "Page",
  { least: 1, most: 1_000_000 },
  { comments: "Which page to give, from 1." },
);

const pageSizes = { least: 1, most: 150 };

/** @param usual Intercom's default. */
export const perPage = (usual: number) =>
  optionalWholeNumber("Per Page", pageSizes, {
    comments: `How many to give at once, 150 at the most. Empty means ${usual}, as at Intercom.`,
  });

/** For a list whose default size is unknown. */
export const perPageOfUnknown = optionalWholeNumber("Per Page", pageSizes, {
  comments: "How many to give at once.",
});

export const startingAfter = optionalIdentifier("Starting After Cursor", {
  comments: "Where to go on: pages.next.starting_after of the answer before.",
});

/** Inputs of a list by cursor. */
export const cursorInputs = (usual: number) => ({
  fetchAll,
  perPage: perPage(usual),
  startingAfter,
});

/** Inputs of a list whose pages have numbers. */
export const numberInputs = (usual: number) => ({ fetchAll, page, perPage: perPage(usual) });

/** The orders of a sort, as a search takes them. */
export const directions = [
  { label: "Ascending", value: "ascending" },
  { label: "Descending", value: "descending" },
] as const;
