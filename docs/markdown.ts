/** The first sentence of every generated page. */
export const origin = "`npm run docs` makes this page from the code: edit the code instead.";

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

export const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => "---"), ...rows]
    .map((row) => `| ${row.map(cell).join(" | ")} |`)
    .join("\n");

export const example = (summary: string, payload: unknown): string =>
  `<details><summary>${summary}</summary>\n\n\`\`\`json\n${JSON.stringify(payload, null, 2)}\n\`\`\`\n\n</details>`;

/** A link to a heading of a page, as GitHub names headings. */
export const linkTo = (page: string, heading: string): string =>
  `[${heading}](${page}#${heading.toLowerCase().replaceAll(" ", "-")})`;
