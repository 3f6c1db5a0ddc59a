import { availableParallelism } from "node:os";
import type { Figure, SummaryRow } from "./figure";
import { rounded, type Table, toMarkdown } from "./table";

export const summaryTable = (rows: SummaryRow[]): Table => ({
  head: ["Measured", "Ratio", "Against", "Meant to be"],
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
    `Made by \`npm run bench\` on ${date}, on ${machine}; not edited. \`npm run bench -- overhead\` runs one figure and leaves this page as it is; the names are those of the scripts here.`,
    "Every ratio is of two measurements in one run, taken in turn on the same machine against the same sandbox, which runs in a process of its own; below 1 is less than what it is held against. Milliseconds are of this machine and stand there for orientation. What a real Intercom would give is unknown: nothing here was measured against one. Its rate limit, 10,000 requests a minute, is out of the way.",
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
  "What is unfair, or unknown:",
  caveats.map((caveat) => `- ${caveat}`).join("\n"),
];
