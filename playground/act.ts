import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { command, inColumns, inputLines, readInputs, UsageError } from "./commandLine";
import { actions, onlyReads, type Runnable, runAction } from "./component";
import { note, print, printJson, type Shell } from "./shell";
import { withTarget } from "./target";

const name = "npm run -s act --";

export const act = command(
  (words) => {
    const key = words.find((word) => !word.startsWith("-"));
    return key === undefined ? helpOfAll() : helpOf(actionOf(key));
  },
  async (words, shell) => {
    if (words.length === 0) return print(shell, ...helpOfAll());
    const [key = "", ...given] = words.filter((word) => word !== "--yes");
    await runOne(actionOf(key), given, words.includes("--yes"), shell);
  },
);

function actionOf(key: string): Runnable {
  const action = actions.find((action) => action.key === key);
  if (action) return action;
  throw new UsageError(`There is no action "${key}": ${name} --help lists the actions.`);
}

async function runOne(action: Runnable, words: string[], isAgreed: boolean, shell: Shell) {
  const { key } = action;
  const inputs = readInputs(action, words);
  await withTarget(shell.env, async ({ name, sandbox, connection }) => {
    note(shell, `${key} on ${name}`);
    if (!sandbox && !isAgreed && !onlyReads(key, inputs)) await ask(key, shell);
    printJson(shell, await runAction(key, inputs, connection, (line) => note(shell, line)));
  });
}

async function ask(key: string, { stdin, stderr }: Shell) {
  if (!stdin.isTTY) {
    throw new UsageError(`${key} would change a real workspace: add --yes to allow this.`);
  }
  const prompt = createInterface({ input: stdin, output: stderr });
  const ended = once(prompt, "close").then(() => "");
  const question = `${key} changes your workspace. Continue? (y/N) `;
  const answer = await Promise.race([prompt.question(question), ended]);
  prompt.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError("Nothing was sent.");
}

const helpOfAll = (): string[] => [
  `${name} ACTION [name=value ...] [--yes]`,
  "",
  "Runs one action and prints its result as JSON, and everything else on stderr. Uses a sandbox of its",
  "own. With INTERCOM_ACCESS_TOKEN it uses that token's workspace. Set INTERCOM_BASE_URL as well to",
  "use a running sandbox. Asks before it changes a real workspace; with --yes it does not ask.",
  "",
  ...inColumns(actions.map(({ key, description }) => [key, description])),
  "",
  `${name} ACTION --help shows an action's inputs.`,
];

const helpOf = (action: Runnable): string[] => [
  `${name} ${action.key} [name=value ...]`,
  "",
  `${action.description.replace(/\.$/, "")}. ${action.form.length > 0 ? "Inputs with a star are required." : "It takes no inputs."}`,
  "",
  ...inputLines(action),
];
