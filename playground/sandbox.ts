import { once } from "node:events";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { type LoggedRequest, type SavedState, startSandbox } from "../sandbox/index";
import {
  command,
  type Options,
  optionLines,
  optionUsage,
  readOptions,
  refuseWord,
  UsageError,
} from "./commandLine";
import { print, type Shell } from "./shell";
import { exportLines } from "./target";

const name = "npm run sandbox --";

const options = {
  port: {
    value: { name: "NUMBER", wanted: "a number" },
    default: "4010",
    description: "Where it listens; 0 takes a free port",
  },
  data: {
    value: { name: "FILE", wanted: "the name of a file" },
    description: "A file that keeps its state from one run to the next",
  },
  log: { description: "Prints each request" },
} satisfies Options;

export const sandbox = command(
  () => help,
  async (words, shell) => {
    const { given, others } = readOptions(name, options, words);
    if (others[0] !== undefined) refuseWord(name, options, others[0]);
    const { port = options.port.default, data, log } = given;
    try {
      await keepRunning(portOf(port), data, log !== undefined, shell);
    } catch (error) {
      throw new UsageError(sentenceOf(error, port));
    }
  },
);

async function keepRunning(
  port: number,
  file: string | undefined,
  isLogging: boolean,
  shell: Shell,
) {
  const ended = once(shell.endSignal(), "abort");
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
  print(shell, `An Intercom is running at ${running.url}. To point a client at it:`);
  for (const line of exportLines(running)) print(shell, line);
  print(shell, "Ctrl+C ends it.");
  const shown = new WeakSet<LoggedRequest>();
  const isDone = ({ status, fault }: LoggedRequest) => status !== null || fault !== undefined;
  const timer = setInterval(() => {
    const fresh = running.requests.filter((request) => isDone(request) && !shown.has(request));
    if (fresh.length === 0) return;
    for (const request of fresh) shown.add(request);
    save();
    if (!isLogging) return;
    for (const { method, path, status } of fresh) print(shell, `${method} ${path} ${status}`);
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

const help = [
  `${name} ${optionUsage(options)}`,
  "",
  "Keeps an Intercom running on this machine, and prints what points a client at it.",
  "",
  ...optionLines(options),
];
