import { once } from "node:events";
import { type LoggedRequest, startSandbox } from "../sandbox/index";
import { exportLines } from "./address";
import {
  command,
  type Options,
  optionLines,
  optionUsage,
  readOptions,
  refuseWord,
  UsageError,
} from "./commandLine";
import { note, print, type Shell } from "./shell";

const name = "npm run sandbox --";

const options = {
  port: {
    value: { name: "NUMBER", wanted: "a number" },
    default: "4010",
    description: "The sandbox's port; 0 means any free port",
  },
  data: {
    value: { name: "FOLDER", wanted: "the name of a folder" },
    description: "A folder that keeps the sandbox's state from one run to the next",
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

/** Faults that leave a request without a complete answer. */
const unanswered = ["closed", "cut", "hang"];

async function keepRunning(
  port: number,
  data: string | undefined,
  isLogging: boolean,
  shell: Shell,
) {
  const ended = once(shell.endSignal(), "abort");
  const warn = (sentence: string) => note(shell, sentence);
  const running = await startSandbox({ port, data, warn });
  print(
    shell,
    `A sandbox Intercom is running at ${running.url}. To use it, paste these lines into another shell:`,
  );
  for (const line of exportLines(running)) print(shell, line);
  print(shell, "Ctrl+C ends the sandbox.");
  const shown = new WeakSet<LoggedRequest>();
  const isDone = ({ status, fault = "" }: LoggedRequest) =>
    status !== null || unanswered.includes(fault);
  const showNew = () => {
    for (const request of running.requests) {
      if (!isDone(request) || shown.has(request)) continue;
      shown.add(request);
      print(shell, `${request.method} ${request.path} ${request.status ?? request.fault}`);
    }
  };
  const timer = isLogging ? setInterval(showNew, 200) : undefined;
  await ended;
  clearInterval(timer);
  if (isLogging) showNew();
  await running.close();
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`"--port" must be a number from 0 to 65535, not "${text}".`);
}

function sentenceOf(error: unknown, port: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "EADDRINUSE"
    ? `Port ${port} is taken: choose another port with --port, or any free port with --port 0.`
    : message;
}

const help = [
  `${name} ${optionUsage(options)}`,
  "",
  "Runs a sandbox Intercom on this machine until Ctrl+C, and prints the lines that make the other",
  "commands use it.",
  "",
  ...optionLines(options),
];
