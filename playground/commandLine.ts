import { inShort } from "../src/fields";
import type { FormField, Runnable } from "./component";

/** A mistake of the caller: one sentence, exit 2. */
export class UsageError extends Error {}

/** For people; what a program may read goes to stdout. */
export function note(line: string) {
  process.stderr.write(`${line}\n`);
}

export function printJson(value: unknown) {
  process.stdout.write(`${JSON.stringify(value ?? null, null, 2)}\n`);
}

export function printHelp(lines: string[]) {
  process.stdout.write(`${lines.join("\n")}\n`);
}

const isError = (error: unknown): error is Error => error instanceof Error;

export const messageOf = (error: unknown): string =>
  isError(error) ? error.message : String(error);

/** A wrong use or a bad input ends the process with 2, any other failure with 1. */
export async function endWell(run: () => Promise<void>) {
  try {
    await run();
  } catch (error) {
    note(messageOf(error));
    const isMistake =
      error instanceof UsageError || (isError(error) && error.name === "InvalidInputError");
    process.exitCode = isMistake ? 2 : 1;
  }
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // Whoever reads along may stop, as `head` does; a full disk is another matter.
  if (error.code === "EPIPE") process.exit();
  note(error.message);
  process.exit(1);
});

const longestEndMs = 1000;

const parent = process.ppid;
const lookForParentMs = 250;

/**
 * Resolves when somebody ends the process: Ctrl+C, a signal, or a signal to npm, which hands it to its
 * shell alone, so that nothing but the shell's end is to be seen. What still waits then does not delay
 * it.
 */
export const whenEnded = (): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearInterval(looking);
      setTimeout(() => process.exit(), longestEndMs).unref();
      resolve();
    };
    const looking = setInterval(() => {
      if (process.env.npm_lifecycle_event && process.ppid !== parent) end();
    }, lookForParentMs);
    looking.unref();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, end);
  });

/** Form values, as text: `email=ada@example.org`. */
export function readInputs({ key, form }: Runnable, words: string[]): Record<string, unknown> {
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
    if (values.length === 0) {
      throw new UsageError(`"${inputKey}" has no value: write ${inputKey}=…`);
    }
    if (inputs.has(inputKey)) throw new UsageError(`"${inputKey}" is given twice.`);
    inputs.set(inputKey, readValue(field, values.join("=")));
  }
  return Object.fromEntries(inputs);
}

function readValue(field: FormField, text: string): unknown {
  if (field.collection === "valuelist") return text.split(",");
  return field.collection ? readPairs(field, text) : text;
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

/** Two columns: the inputs, and what is to be known of each. */
export const inputLines = ({ form }: Runnable): string[] =>
  inColumns(
    form.map((field) => [
      field.required ? `${field.key}*` : field.key,
      sentences([
        field.label,
        field.comments,
        field.model && `One of ${inShort(field.model.map(({ value }) => value))}`,
        field.type === "boolean" && "true or false",
        field.collection === "valuelist" && "With commas between them",
        (field.type === "code" || field.collection === "keyvaluelist") && "JSON",
        field.default && `Default: ${field.default}`,
      ]),
    ]),
  );

const sentences = (parts: unknown[]): string =>
  parts
    .filter((part) => part)
    .map((part) => String(part).replace(/\.?$/, "."))
    .join(" ");

export function inColumns(rows: string[][]): string[] {
  const width = Math.max(0, ...rows.map(([first = ""]) => first.length));
  return rows.map(([first = "", second]) => `  ${first.padEnd(width)}  ${second}`);
}
