import { defineCommand, runMain } from "citty";
import { type LoggedRequest, startSandbox } from "../sandbox/index";
import { whenEnded } from "./commandLine";
import { exportLines } from "./target";

const print = (line: string) => process.stdout.write(`${line}\n`);

const sandbox = defineCommand({
  meta: { name: "npm run sandbox --", description: "Keeps an Intercom running on this machine" },
  args: {
    port: { type: "string", default: "4010", description: "Where it listens; 0 takes a free port" },
    data: { type: "string", description: "A folder that keeps its state from one run to the next" },
    log: { type: "boolean", description: "Prints each request" },
  },
  run: async ({ args, rawArgs }) => {
    try {
      const isUnknown = (word: string) => /^-/.test(word) && !/^--(port|data|log)(=|$)/.test(word);
      const unknown = rawArgs.find(isUnknown) ?? args._[0];
      if (unknown) {
        throw new Error(
          `"${unknown}" is no option: npm run sandbox -- takes --port, --data and --log.`,
        );
      }
      if (hasNoValue("--data", rawArgs)) throw new Error('"--data" needs the name of a folder.');
      if (hasNoValue("--port", rawArgs)) throw new Error('"--port" needs a number.');
      await keepRunning(portOf(args.port), args.data, args.log ?? false);
    } catch (error) {
      process.stderr.write(`${sentenceOf(error, args.port)}\n`);
      process.exitCode = 2;
    }
  },
});

async function keepRunning(port: number, data: string | undefined, isLogging: boolean) {
  const running = await startSandbox({ port, data });
  print(`An Intercom is running at ${running.url}. To point a client at it:`);
  for (const line of exportLines(running)) print(line);
  print("Ctrl+C ends it.");
  const shown = new WeakSet<LoggedRequest>();
  const isDone = ({ status, fault }: LoggedRequest) => status !== null || fault !== undefined;
  const timer = setInterval(() => {
    if (!isLogging) return;
    for (const request of running.requests) {
      if (!isDone(request) || shown.has(request)) continue;
      shown.add(request);
      print(`${request.method} ${request.path} ${request.status}`);
    }
  }, 200);
  await whenEnded();
  clearInterval(timer);
  await running.close();
}

/** An option at the end of the line, before another option, or with nothing after its "=". */
function hasNoValue(option: string, words: string[]): boolean {
  return words.some((word, at) => {
    if (word === `${option}=`) return true;
    const next = words[at + 1] ?? "";
    return word === option && (next === "" || next.startsWith("-"));
  });
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`"--port" must be a number from 0 to 65535, not "${text}".`);
}

function sentenceOf(error: unknown, port: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "EADDRINUSE"
    ? `Port ${port} is taken: choose another with --port, or --port 0 for a free one.`
    : message;
}

void runMain(sandbox);
