export interface Table {
  head: string[];
  rows: string[][];
}

export const count = (value: number): string => value.toLocaleString("en");

/** Rounds to three digits, or to a whole number if that is longer. */
export const rounded = (value: number): string =>
  value >= 100 ? count(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2);

/** Empty for the contender that the others are compared with. */
export const spread = ([low, high]: [number, number]): string =>
  low === 1 && high === 1 ? "" : `${rounded(low)}–${rounded(high)}`;

/** Whether a column holds numbers, which we align to the right. */
const isNumeric = ({ rows }: Table, column: number): boolean =>
  rows.every((row) => /^[\d–]*$|^\d[\d.,–]*( %)?$/.test(row[column] ?? ""));

export function toMarkdown(table: Table): string {
  const rule = table.head.map((_, column) => (isNumeric(table, column) ? "---:" : "---"));
  return [table.head, rule, ...table.rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** A table for the terminal, without backticks. */
export function toText(table: Table): string {
  const lines = [table.head, ...table.rows].map((row) =>
    row.map((cell) => cell.replaceAll("`", "")),
  );
  const widths = table.head.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          isNumeric(table, column)
            ? cell.padStart(widths[column] ?? 0)
            : cell.padEnd(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
