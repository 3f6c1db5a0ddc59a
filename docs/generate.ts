import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { coverage } from "../sandbox/coverage";
import component from "../src/index";

interface Shown {
  key: string;
  label: string;
  type: string;
  required?: boolean;
  shown?: boolean;
  default?: unknown;
  comments?: string;
  model?: { label: string; value: string }[];
}

const origin = "Made by `npm run docs`; edit the code instead.";

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => "---"), ...rows]
    .map((row) => `| ${row.map(cell).join(" | ")} |`)
    .join("\n");

const choiceText = ({ label, value }: { label: string; value: string }): string =>
  label === value ? `\`${value}\`` : `${label} (\`${value === "" ? '""' : value}\`)`;

function inputTable(inputs: Shown[]): string {
  const rows = inputs
    .filter(({ type }) => type !== "connection")
    .map((input) => [
      input.required ? `${input.label} \\*` : input.label,
      `\`${input.key}\``,
      input.type,
      input.default ? `\`${input.default}\`` : "",
      [
        input.comments,
        input.model && `One of ${input.model.map(choiceText).join(", ")}`,
        input.shown === false && "Hidden",
      ]
        .filter((sentence) => sentence)
        .map((sentence) => `${sentence}`.replace(/\.?$/, "."))
        .join(" "),
    ]);
  return rows.length === 0
    ? "No inputs."
    : table(["Input", "Key", "Type", "Default", "Notes"], rows);
}

function actionsPage(): string {
  const connections = component.connections.map(
    ({ label, key, comments, inputs }) =>
      `### ${label}\n\n${comments}. Key: \`${key}\`\n\n${inputTable(inputs as Shown[])}`,
  );
  const actions = Object.values(component.actions)
    .sort((a, b) => a.display.label.localeCompare(b.display.label))
    .map(
      ({ key, display, inputs }) =>
        `### ${display.label}\n\n${display.description.replace(/\.$/, "")}. Key: \`${key}\`\n\n${inputTable(inputs as Shown[])}`,
    );
  return [
    "# Connections and actions",
    `${origin} What has a star must be filled in. An ID that can't be left out is refused when it is blank, starred or not.`,
    "## Connections",
    ...connections,
    "## Actions",
    ...actions,
  ].join("\n\n");
}

function sandboxPage(): string {
  return [
    "# What the sandbox covers",
    `${origin} It is written down in [coverage.ts](../sandbox/coverage.ts), which a test holds equal to the routes.`,
    table(
      ["Route", "Covers", "What is missing"],
      coverage.map(({ route, covers, missing = "" }) => [`\`${route}\``, covers, missing]),
    ),
  ].join("\n\n");
}

const pages = { "actions.md": actionsPage(), "sandbox.md": sandboxPage() };
const isCheck = process.argv.includes("--check");

for (const [name, text] of Object.entries(pages)) {
  const file = join(import.meta.dirname, name);
  if (!isCheck) {
    writeFileSync(file, `${text}\n`);
  } else if (readFileSync(file, "utf8") !== `${text}\n`) {
    process.stderr.write(`docs/${name} is not what the code says: run npm run docs.\n`);
    process.exitCode = 1;
  }
}
