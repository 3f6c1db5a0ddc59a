import { availableParallelism } from "node:os";
import type { Figure, SummaryRow } from "./figure";
import { rounded, type Table, toMarkdown } from "./table";

export const summaryTable = (rows: SummaryRow[]): Table => ({
  head: ["Measured", "Ratio", "Against", "Target"],
  rows: rows.map(({ measured, ratio, against, bar = "" }) => [
    measured,
    rounded(ratio),
    against,
    bar,
  ]),
});

/** @param charts the file of a figure's chart, by its title */
export function readme(figures: Figure[], charts: Map<string, string>): string {
  const date = new Date().toISOString().slice(0, 10);
  const machine = `${availableParallelism()} cores, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
  return `${[
    "# How fast it is",
    `\`npm run bench\` made this page on ${date}, on ${machine}; nobody edits the page by hand. \`npm run bench -- overhead\` runs one figure and leaves this page unchanged. The names of the figures are those of the scripts here.`,
    "Every ratio compares two measurements of one run. We take both in turn, on the same machine, against the same sandbox in a process of its own. A ratio below 1 means less time, memory, size or requests than the thing in the column *Against*. Milliseconds depend on this machine and are only a guide. Numbers for the real Intercom are unknown, because we measured none of this against Intercom. Intercom's rate limit, 10,000 requests a minute, is switched off.",
    toMarkdown(summaryTable(figures.flatMap(({ summary }) => summary))),
    ...figures.flatMap((figure) => section(figure, charts.get(figure.title))),
  ].join("\n\n")}\n`;
}

const section = (
  { title, meaning, tables, caveats, chart }: Figure,
  chartFile: string | undefined,
): string[] => [
  `## ${title}`,
  meaning,
  ...(chart && chartFile ? [`![${chart.title}](${chartFile})`] : []),
  ...tables.flatMap(({ caption, table }) => [
    ...(caption ? [`**${caption}**`] : []),
    toMarkdown(table),
  ]),
  "What is unfair or unknown:",
  caveats.map((caveat) => `- ${caveat}`).join("\n"),
];
