import { setTimeout as wait } from "node:timers/promises";
import { defineCommand, runMain } from "citty";
import {
  endWell,
  inputLines,
  messageOf,
  note,
  printHelp,
  printJson,
  readInputs,
  UsageError,
  whenEnded,
} from "./commandLine";
import { installTrigger, triggerOf } from "./component";
import { exportLines, type Target, withTarget } from "./target";

const name = "npm run -s poll --";
const trigger = triggerOf("pollChangesTrigger");

/** A day. */
const mostSeconds = 86_400;

interface Changes {
  created: unknown[];
  updated: unknown[];
}

const poll = defineCommand({
  meta: { name, description: trigger.description },
  args: { every: { type: "string", default: "5", description: "Seconds between two polls" } },
  run: ({ args, rawArgs }) =>
    endWell(async () => {
      const unknown = rawArgs.find((word) => /^-/.test(word) && !/^--every(=|$)/.test(word));
      if (unknown) throw new UsageError(`"${unknown}" is no option: there is --every.`);
      const inputs = readInputs(trigger, args._);
      const everySeconds = Number(args.every);
      if (!(everySeconds > 0 && everySeconds <= mostSeconds)) {
        throw new UsageError(
          `"--every" must be a number of seconds up to ${mostSeconds}, not "${args.every}".`,
        );
      }
      await withTarget((target) => keepPolling(inputs, everySeconds * 1000, target));
    }),
});

async function keepPolling(
  inputs: Record<string, unknown>,
  everyMs: number,
  { name, sandbox, isFresh, connection }: Target,
) {
  const end = new AbortController();
  void whenEnded().then(() => end.abort());
  const run = installTrigger(trigger.key, inputs, connection, note);
  // What can't be right at all ends it; what goes wrong later is tried again, as the platform does.
  await run();
  note(`Marked the place on ${name}. What changes now is shown; Ctrl+C ends it.`);
  if (sandbox && isFresh) for (const line of exportLines(sandbox)) note(line);
  while (!end.signal.aborted) {
    await wait(everyMs, undefined, { signal: end.signal }).catch(() => undefined);
    if (!end.signal.aborted) await run().then(show, (error) => note(messageOf(error)));
  }
}

function show({ data }: { data: unknown }) {
  const { created, updated } = data as Changes;
  if (created.length + updated.length === 0) return;
  note(`${created.length} created, ${updated.length} updated`);
  printJson({ created, updated });
}

const help = [
  `${name} resourceType=contacts [name=value ...] [--every SECONDS]`,
  "",
  "Runs the polling trigger again and again, each 5 seconds or as --every says, and prints what it",
  "gives as JSON, everything else on stderr. It watches the sandbox or the workspace that `act` uses,",
  "or a sandbox of its own. A change is shown once it has rested for three seconds. What has a star",
  "must be given.",
  "",
  ...inputLines(trigger),
];

const words = process.argv.slice(2);
void runMain(poll, {
  rawArgs: words.length > 0 ? words : ["--help"],
  showUsage: async () => printHelp(help),
});
