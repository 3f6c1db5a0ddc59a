import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { exportLines } from "./address";
import {
  command,
  inputLines,
  messageOf,
  type Options,
  optionLines,
  optionUsage,
  readInputs,
  readOptions,
  UsageError,
} from "./commandLine";
import { installTrigger, type Triggered, triggerOf } from "./component";
import { askSandbox } from "./control";
import { note, print, printJson, type Shell } from "./shell";
import { type Target, withTarget } from "./target";

const name = "npm run -s poll --";
const trigger = triggerOf("pollChangesTrigger");

/** A day. */
const mostSeconds = 86_400;

const options = {
  every: {
    value: { name: "SECONDS", wanted: "a number of seconds" },
    default: "5",
    description: "Seconds between two polls",
  },
} satisfies Options;

interface Changes {
  created: unknown[];
  updated: unknown[];
}

export const poll = command(
  () => help,
  async (words, shell) => {
    if (words.length === 0) return print(shell, ...help);
    const { given, others } = readOptions(name, options, words);
    const inputs = readInputs(trigger, others);
    const every = given.every ?? options.every.default;
    const everySeconds = Number(every);
    if (!(everySeconds > 0 && everySeconds <= mostSeconds)) {
      throw new UsageError(
        `"--every" must be a number of seconds up to ${mostSeconds}, not "${every}".`,
      );
    }
    await withTarget(shell.env, (target) =>
      keepPolling(inputs, everySeconds * 1000, target, shell),
    );
  },
);

async function keepPolling(
  inputs: Record<string, unknown>,
  everyMs: number,
  { name, sandbox, isFresh, connection }: Target,
  shell: Shell,
) {
  const signal = shell.endSignal();
  // A poll may wait for the rate limit, but Ctrl+C must not wait for the poll.
  const ended = once(signal, "abort");
  const run = installTrigger(trigger.key, inputs, connection, (line) => note(shell, line));
  // An error of the first poll ends the command. After a later error we poll again, as the platform
  // does.
  await Promise.race([run(), ended]);
  if (signal.aborted) return;
  note(shell, `Watching ${name}. This command shows changes from now on; Ctrl+C ends it.`);
  if (sandbox && isFresh) for (const line of exportLines(sandbox)) note(shell, line);
  const pollOnce = async () => {
    try {
      const changes = await run();
      if (!signal.aborted) show(changes, shell);
    } catch (error) {
      if (signal.aborted) return;
      note(shell, messageOf(error));
      if (sandbox) await askSandbox(sandbox.url, "state");
    }
  };
  while (!signal.aborted) {
    await wait(everyMs, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) await Promise.race([pollOnce(), ended]);
  }
}

function show({ data }: Triggered, shell: Shell) {
  const { created, updated } = data as Changes;
  if (created.length + updated.length === 0) return;
  note(shell, `${created.length} created, ${updated.length} updated`);
  printJson(shell, { created, updated });
}

const help = [
  `${name} resourceType=contacts [name=value ...] ${optionUsage(options)}`,
  "",
  "Runs the polling trigger again and again. Prints the trigger's results as JSON, and everything else",
  "on stderr. Watches the sandbox or the workspace that `act` uses, or a sandbox of its own. A change",
  "shows after three seconds without another change. Inputs with a star are required.",
  "",
  ...inputLines(trigger),
  "",
  ...optionLines(options),
];
