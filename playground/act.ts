import { createInterface } from "node:readline/promises";
import { defineCommand, runMain } from "citty";
import { actionKeys, descriptionOf, type FormField, formOf, onlyReads, runAction } from "./actions";
import { openTarget } from "./target";

const name = "npm run -s act --";

/** A mistake of the caller: one sentence, exit 2. */
class UsageError extends Error {}

const act = defineCommand({
  meta: { name, description: "Runs one action and prints its result as JSON" },
  args: {
    yes: { type: "boolean", description: "Write to a real workspace without asking" },
  },
  run: async ({ args, rawArgs }) => {
    const [key, ...words] = rawArgs.filter((word) => word !== "--yes");
    try {
      await runOne(key, words, args.yes ?? false);
    } catch (error) {
      const isMistake =
        isError(error) && (error instanceof UsageError || error.name === "InvalidInputError");
      note(isError(error) ? error.message : String(error));
      process.exitCode = isMistake ? 2 : 1;
    }
  },
});

async function runOne(key: string | undefined, words: string[], isAgreed: boolean) {
  if (key === undefined || !actionKeys.includes(key)) {
    throw new UsageError(`There is no action "${key ?? ""}": ${name} --help lists them.`);
  }
  const inputs = readInputs(key, words);
  const target = await openTarget(process.env);
  try {
    note(`${key} on ${target.name}`);
    if (target.isReal && !isAgreed && !onlyReads(key, inputs)) await ask(key);
    const data = await runAction(key, inputs, target.connection, note);
    process.stdout.write(`${JSON.stringify(data ?? null, null, 2)}\n`);
  } finally {
    await target.close();
  }
}

/** Form values, as text: `email=ada@example.org`. */
function readInputs(key: string, words: string[]): Record<string, unknown> {
  const form = formOf(key);
  const known = form.map((field) => field.key).join(", ") || "nothing";
  const inputs = new Map<string, unknown>();
  for (const word of words) {
    const [inputKey = word, ...values] = word.split("=");
    const field = form.find((field) => field.key === inputKey);
    if (!field) {
      throw new UsageError(
        `"${inputKey}" is no input of ${key}, which takes name=value for: ${known}.`,
      );
    }
    if (values.length === 0)
      throw new UsageError(`"${inputKey}" has no value: write ${inputKey}=…`);
    if (inputs.has(inputKey)) throw new UsageError(`"${inputKey}" is given twice.`);
    const value = values.join("=");
    inputs.set(inputKey, field.collection ? readPairs(field, value) : value);
  }
  return Object.fromEntries(inputs);
}

/** `{"page": "2"}`, or the rows as the platform sends them. */
function readPairs({ key }: FormField, text: string): unknown {
  const given = parseJson(text);
  if (Array.isArray(given)) return given;
  if (typeof given === "object" && given !== null) {
    return Object.entries(given).map(([key, value]) => ({ key, value }));
  }
  throw new UsageError(`"${key}" must be a JSON object such as {"name": "value"}, not ${text}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function ask(key: string) {
  if (!process.stdin.isTTY) {
    throw new UsageError(`${key} would change a real workspace: add --yes to agree to that.`);
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(`${key} changes your workspace. Go on? (y/N) `);
  prompt.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError("Nothing was sent.");
}

function help() {
  const key = process.argv.slice(2).find((word) => actionKeys.includes(word));
  const lines = key ? helpOf(key) : helpOfAll();
  process.stdout.write(`${lines.join("\n")}\n`);
}

const helpOfAll = (): string[] => [
  `${name} ACTION [name=value ...] [--yes]`,
  "",
  "Runs one action and prints its result as JSON, everything else on stderr. It runs against a",
  "sandbox of its own. With INTERCOM_ACCESS_TOKEN, and INTERCOM_BASE_URL for a sandbox, against",
  "that one; it asks before it changes a real workspace (--yes: it does not ask).",
  "",
  ...inColumns(actionKeys.map((key) => [key, descriptionOf(key)])),
  "",
  `${name} ACTION --help shows an action's inputs.`,
];

const helpOf = (key: string): string[] => [
  `${name} ${key} [name=value ...]`,
  "",
  `${descriptionOf(key)}. What has a star must be given.`,
  "",
  ...inColumns(
    formOf(key).map((field) => [
      field.required ? `${field.key}*` : field.key,
      sentences([
        field.label,
        field.comments,
        field.model && `One of ${field.model.map(({ value }) => value).join(", ")}`,
        field.type === "boolean" && "true or false",
        (field.type === "code" || field.collection) && "JSON",
        field.default && `Default: ${field.default}`,
      ]),
    ]),
  ),
];

const sentences = (parts: unknown[]): string =>
  parts
    .filter((part) => part)
    .map((part) => String(part).replace(/\.?$/, "."))
    .join(" ");

function inColumns(rows: string[][]): string[] {
  const width = Math.max(0, ...rows.map(([first = ""]) => first.length));
  return rows.map(([first = "", second]) => `  ${first.padEnd(width)}  ${second}`);
}

function note(line: string) {
  process.stderr.write(`${line}\n`);
}

const isError = (error: unknown): error is Error => error instanceof Error;

const words = process.argv.slice(2);
void runMain(act, {
  rawArgs: words.length > 0 ? words : ["--help"],
  showUsage: async () => help(),
});
