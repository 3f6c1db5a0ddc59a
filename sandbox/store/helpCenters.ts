import { resourceNotFound } from "./refusal";

/** The API can't change help centers, so the help centers are fixed. */
export interface HelpCenterRow {
  id: string;
  identifier: string;
  name: string;
  url: string;
  createdAt: number;
}

/** The locale whose content articles and collections show outside `translated_content`. */
export const defaultLocale = "en";

/** Every locale of `article_translated_content` (OpenAPI 2.16). */
export const locales: readonly string[] =
  `ar bg bs ca cs da de el en es et fi fr he hr hu id it ja ko lt lv mn nb nl pl pt ro ru sl sr sv
  tr vi pt-BR zh-CN zh-TW`.split(/\s+/);

export const helpCenters: readonly HelpCenterRow[] = [
  {
    id: "401",
    identifier: "sandbox",
    name: "Sandbox Help Center",
    url: "https://help.sandbox.example",
    createdAt: 1735689600,
  },
];

/** The help center of all collections. */
export const [helpCenter] = helpCenters as [HelpCenterRow];

export function helpCenterNamed(id: string): HelpCenterRow {
  const row = helpCenters.find((center) => center.id === id);
  // Wording of OpenAPI 2.16, retrieveHelpCenter.
  if (!row) throw resourceNotFound();
  return row;
}
