import { parseArgs } from "node:util";
import { inShort } from "../src/intercom/wire/json";
import type { FormField, Runnable } from "./component";
import { note, print, type Shell } from "./shell";

/** Takes the words after the command's name, and returns the exit code. */
export type Command = (words: string[], shell: Shell) => Promise<number>;

/** A mistake of the caller: one sentence, exit 2. */
export class UsageError extends Error {}

/** `--help` shows the help. A wrong use or a bad input is exit 2, any other failure 1. */
export const command =
  (
    help: (words: string[]) => string[],
    run: (words: string[], shell: Shell) => Promise<void>,
  ): Command =>
  async (words, shell) => {
    try {
      if (words.includes("--help") || words.includes("-h")) print(shell, ...help(words));
      else await run(words, shell);
      return 0;
    } catch (error) {
      note(shell, messageOf(error));
      const isMistake =
        error instanceof UsageError || (isError(error) && error.name === "InvalidInputError");
      return isMistake ? 2 : 1;
    }
  };

const isError = (error: unknown): error is Error => error instanceof Error;

export const messageOf = (error: unknown): string =>
  isError(error) ? error.message : String(error);

/** `--every SECONDS` */
interface Option {
  description: string;
  /**
   * The option's value, if it takes one: `SECONDS` in the help, `a number of seconds` in a refusal.
   */
  value?: { name: string; wanted: string };
  default?: string;
}

export type Options<Name extends string = string> = Record<Name, Option>;

interface Parsed<Name extends string> {
  /** The given options; `""` for an option without a value. */
  given: Partial<Record<Name, string>>;
  /** The words that are not options. */
  others: string[];
}

/** Reads the options of a command. A refusal names the command by `name`. */
export function readOptions<Name extends string>(
  name: string,
  options: Options<Name>,
  words: string[],
): Parsed<Name> {
  const given: Parsed<Name>["given"] = {};
  const isKnown = (key: string): key is Name => Object.hasOwn(options, key);
  const { tokens, positionals } = parseArgs({
    args: words,
    options: Object.fromEntries(
      Object.entries<Option>(options).map(([key, { value }]) => [
        key,
        { type: value ? "string" : "boolean" } as const,
      ]),
    ),
    // We refuse wrong options ourselves, because Node's refusals are several sentences.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const { name: key, rawName, value, inlineValue } = token;
    if (!isKnown(key)) refuseWord(name, options, rawName);
    const { wanted } = options[key].value ?? {};
    if (wanted && (!value || (!inlineValue && value.startsWith("-")))) {
      throw new UsageError(`"${rawName}" needs ${wanted}.`);
    }
    if (!wanted && value !== undefined) throw new UsageError(`"${rawName}" takes no value.`);
    if (key in given) throw new UsageError(`"${rawName}" is given twice.`);
    given[key] = value ?? "";
  }
  return { given, others: positionals };
}

export function refuseWord(name: string, options: Options, word: string): never {
  const known = Object.keys(options).map((key) => `--${key}`);
  const list = new Intl.ListFormat("en-GB").format(known) || "none";
  throw new UsageError(`"${word}" is not an option: ${name} takes ${list}.`);
}

const usageOf = (key: string, { value }: Option) => (value ? `--${key} ${value.name}` : `--${key}`);

/** `[--every SECONDS]` */
export const optionUsage = (options: Options): string =>
  Object.entries(options)
    .map(([key, option]) => `[${usageOf(key, option)}]`)
    .join(" ");

/** Two columns: the options and their descriptions. */
export const optionLines = (options: Options): string[] =>
  inColumns(
    Object.entries(options).map(([key, option]) => [
      usageOf(key, option),
      sentences([option.description, option.default && `Default: ${option.default}`]),
    ]),
  );

/** Form values, as text: `email=ada@example.org`. */
export function readInputs({ key, form }: Runnable, words: string[]): Record<string, unknown> {
  const known = form.map((field) => field.key).join(", ") || "nothing";
  const inputs = new Map<string, unknown>();
  for (const word of words) {
    const [inputKey = word, ...values] = word.split("=");
    const field = form.find((field) => field.key === inputKey);
    if (!field) {
      throw new UsageError(
        `"${inputKey}" is not an input of ${key}, which takes name=value for: ${known}.`,
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

/** Takes `{"page": "2"}`, or rows in the platform's form. */
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

/** Two columns: the inputs and their descriptions. */
export const inputLines = ({ form }: Runnable): string[] =>
  inColumns(
    form.map((field) => [
      field.required ? `${field.key}*` : field.key,
      sentences([
        field.label,
        field.comments,
        field.model && `One of ${inShort(field.model.map(({ value }) => value))}`,
        field.type === "boolean" && "true or false",
        field.collection === "valuelist" && "Separate values by commas",
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
