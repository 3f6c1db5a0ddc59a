import { type Table, toText } from "./table";

/** What one script measures. */
export interface Figure {
  title: string;
  /** What was done, and what the numbers mean. */
  meaning: string;
  /** For the table of all figures. */
  summary: SummaryRow[];
  tables: { caption?: string; table: Table }[];
  /** What is unfair, or unknown. */
  caveats: string[];
  chart?: Chart;
}

export interface SummaryRow {
  measured: string;
  ratio: number;
  against: string;
  /** What it was meant to reach, where something was. */
  bar?: string;
}

export interface Chart {
  title: string;
  groups: { label: string; bars: Bar[] }[];
}

export interface Bar {
  label: string;
  value: number;
  isOurs?: boolean;
}

/** Prints a figure for people; with `--json`, for `run.ts`. */
export async function show(measured: Promise<Figure>): Promise<void> {
  const figure = await measured;
  process.stdout.write(
    process.argv.includes("--json") ? JSON.stringify(figure) : `${asText(figure)}\n`,
  );
}

const asText = ({ title, tables }: Figure): string =>
  [
    title,
    ...tables.flatMap(({ caption, table }) => [...(caption ? [caption] : []), toText(table)]),
  ].join("\n\n");
