import { type Table, toText } from "./table";

/** The result of one script. */
export interface Figure {
  title: string;
  /** What the script did, and what the numbers mean. */
  meaning: string;
  /** Rows for the table of all figures. */
  summary: SummaryRow[];
  tables: { caption?: string; table: Table }[];
  /** What is unfair or unknown. */
  caveats: string[];
  chart?: Chart;
}

export interface SummaryRow {
  measured: string;
  ratio: number;
  against: string;
  /** The goal, if there is one. */
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
