import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { draw } from "./chart";
import type { Figure } from "./figure";
import { readme, summaryTable } from "./readme";
import { toText } from "./table";

const scripts = [
  "fetchAll",
  "overhead",
  "requests",
  "bundle",
  "growth",
  "initialSync",
  "dataFolder",
  "large",
];

/** Each figure runs in a process of its own, so that it starts with fresh memory. */
async function run(script: string, ...args: string[]): Promise<string> {
  const file = join(import.meta.dirname, `${script}.ts`);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...process.execArgv, file, ...args],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return stdout;
}

async function main(names: string[]) {
  const unknown = names.find((name) => !scripts.includes(name));
  if (unknown) throw new Error(`There is no figure "${unknown}": ${scripts.join(", ")}.`);
  for (const name of names) process.stdout.write(`${await run(name)}\n`);
  if (names.length === 0) await runAll();
}

async function runAll() {
  const figures: Figure[] = [];
  const charts = new Map<string, string>();
  for (const script of scripts) {
    process.stderr.write(`${script} …\n`);
    const figure = JSON.parse(await run(script, "--json")) as Figure;
    figures.push(figure);
    if (!figure.chart) continue;
    charts.set(figure.title, `${script}.svg`);
    writeFileSync(join(import.meta.dirname, `${script}.svg`), draw(figure.chart));
  }
  writeFileSync(join(import.meta.dirname, "README.md"), readme(figures, charts));
  const summary = summaryTable(figures.flatMap(({ summary }) => summary));
  process.stdout.write(`${toText(summary)}\n`);
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
