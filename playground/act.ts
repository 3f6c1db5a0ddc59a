import { createInterface } from "node:readline/promises";
import { defineCommand, runMain } from "citty";
import {
  endWell,
  inColumns,
  inputLines,
  note,
  printHelp,
  printJson,
  readInputs,
  UsageError,
} from "./commandLine";
import { actions, onlyReads, type Runnable, runAction } from "./component";
import { withTarget } from "./target";

const name = "npm run -s act --";

const act = defineCommand({
  meta: { name, description: "Runs one action and prints its result as JSON" },
  args: {
    yes: { type: "boolean", description: "Write to a real workspace without asking" },
  },
  run: ({ args, rawArgs }) =>
    endWell(async () => {
      const [key, ...words] = rawArgs.filter((word) => word !== "--yes");
      const action = actions.find((action) => action.key === key);
      if (!action) {
        throw new UsageError(`There is no action "${key ?? ""}": ${name} --help lists them.`);
      }
      await runOne(action, words, args.yes ?? false);
    }),
});

async function runOne(action: Runnable, words: string[], isAgreed: boolean) {
  const { key } = action;
  const inputs = readInputs(action, words);
  await withTarget(async ({ name, sandbox, connection }) => {
    note(`${key} on ${name}`);
    if (!sandbox && !isAgreed && !onlyReads(key, inputs)) await ask(key);
    printJson(await runAction(key, inputs, connection, note));
  });
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

const helpOfAll = (): string[] => [
  `${name} ACTION [name=value ...] [--yes]`,
  "",
  "Runs one action and prints its result as JSON, everything else on stderr. It runs against a",
  "sandbox of its own. With INTERCOM_ACCESS_TOKEN, and INTERCOM_BASE_URL for a sandbox, against",
  "that one; it asks before it changes a real workspace (--yes: it does not ask).",
  "",
  ...inColumns(actions.map(({ key, description }) => [key, description])),
  "",
  `${name} ACTION --help shows an action's inputs.`,
];

const helpOf = (action: Runnable): string[] => [
  `${name} ${action.key} [name=value ...]`,
  "",
  `${action.description.replace(/\.$/, "")}. ${action.form.length > 0 ? "What has a star must be given." : "It takes no inputs."}`,
  "",
  ...inputLines(action),
];

const words = process.argv.slice(2);
void runMain(act, {
  rawArgs: words.length > 0 ? words : ["--help"],
  showUsage: async () => {
    const [key] = words.filter((word) => !word.startsWith("-"));
    const action = actions.find((action) => action.key === key);
    if (key && !action) note(`There is no action "${key}". These are:`);
    printHelp(action ? helpOf(action) : helpOfAll());
  },
});
