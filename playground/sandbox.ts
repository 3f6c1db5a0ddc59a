import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { defineCommand, runMain } from "citty";
import { type LoggedRequest, type SavedState, startSandbox } from "../sandbox/index";
import { whenEnded } from "./commandLine";
import { exportLines } from "./target";

const print = (line: string) => process.stdout.write(`${line}\n`);

const sandbox = defineCommand({
  meta: { name: "npm run sandbox --", description: "Keeps an Intercom running on this machine" },
  args: {
    port: { type: "string", default: "4010", description: "Where it listens; 0 takes a free port" },
    data: { type: "string", description: "A file that keeps its state from one run to the next" },
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
      if (rawArgs.includes("--data=") || /--data (-|$)/.test(rawArgs.join(" "))) {
        throw new Error('"--data" needs the name of a file.');
      }
      await keepRunning(portOf(args.port), args.data, args.log ?? false);
    } catch (error) {
      process.stderr.write(`${sentenceOf(error, args.port)}\n`);
      process.exitCode = 2;
    }
  },
});

async function keepRunning(port: number, file: string | undefined, isLogging: boolean) {
  const running = await startSandbox({ port, state: file ? readState(file) : undefined });
  const save = () => {
    if (!file) return;
    // Written beside it first: what ends half-way leaves the file as it was.
    writeFileSync(`${file}.new`, JSON.stringify(running.save()));
    renameSync(`${file}.new`, file);
  };
  try {
    save();
  } catch (error) {
    await running.close();
    throw new Error(`"--data" must name a file that can be written: ${(error as Error).message}.`);
  }
  // Before it is said how to end it: until then a signal ends the process at once.
  const ended = whenEnded();
  print(`An Intercom is running at ${running.url}. To point a client at it:`);
  for (const line of exportLines(running)) print(line);
  print("Ctrl+C ends it.");
  const shown = new WeakSet<LoggedRequest>();
  const isDone = ({ status, fault }: LoggedRequest) => status !== null || fault !== undefined;
  const timer = setInterval(() => {
    const fresh = running.requests.filter((request) => isDone(request) && !shown.has(request));
    if (fresh.length === 0) return;
    for (const request of fresh) shown.add(request);
    save();
    if (!isLogging) return;
    for (const { method, path, status } of fresh) print(`${method} ${path} ${status}`);
  }, 200);
  await ended;
  clearInterval(timer);
  save();
  await running.close();
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`"--port" must be a number from 0 to 65535, not "${text}".`);
}

function readState(file: string): SavedState | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as SavedState;
  } catch {
    throw new Error(`"--data" must name a file that the sandbox wrote, which ${file} is not.`);
  }
}

function sentenceOf(error: unknown, port: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "EADDRINUSE"
    ? `Port ${port} is taken: choose another with --port, or --port 0 for a free one.`
    : message;
}

void runMain(sandbox);
