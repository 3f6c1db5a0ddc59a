import { spawn } from "node:child_process";
import { once } from "node:events";
import { Readable, Writable } from "node:stream";
import { onTestFinished } from "vitest";
import type { Command } from "../../playground/commandLine";
import type { Shell } from "../../playground/shell";
import { type Sandbox, startSandbox } from "../../sandbox/index";
import { environment, project, type Ran, run } from "./outside";

type Environment = Record<string, string>;

/** Characters that steer a terminal, besides the line feed. */
export const steering = /[^\P{Cc}\n]|\p{Bidi_Control}/u;

/** The streams of a command, and the output so far. */
function openOutput() {
  const printed = { stdout: "", stderr: "" };
  const open = (name: keyof typeof printed) =>
    new Writable({
      decodeStrings: false,
      write(this: Writable, chunk: string, _, done) {
        printed[name] += chunk;
        this.emit("printed");
        done();
      },
    });
  return { printed, stdout: open("stdout"), stderr: open("stderr") };
}

type Output = ReturnType<typeof openOutput>;

/** Waits until a command has printed a text; fails if the command ends earlier. */
const waiting = (output: Output, ended: Promise<unknown>) => {
  let isOver = false;
  const over = ended.then(() => {
    isOver = true;
  });
  return async (stream: keyof Output["printed"], text: string): Promise<void> => {
    const { printed } = output;
    while (!printed[stream].includes(text)) {
      if (isOver) throw new Error(`It ended: ${printed.stdout}${printed.stderr}`);
      await Promise.race([once(output[stream], "printed"), over]);
    }
  };
};

/**
 * Starts a command in this process without any settings. The command ends with the test at the
 * latest.
 */
export function startCommand(
  command: Command,
  words: readonly string[] = [],
  env: Environment = {},
  stdin: Shell["stdin"] = Readable.from([]),
) {
  const output = openOutput();
  const { printed, stdout, stderr } = output;
  const end = new AbortController();
  const exitCode = command([...words], { env, stdin, stdout, stderr, endSignal: () => end.signal });
  const endIt = async () => {
    end.abort();
    return exitCode;
  };
  onTestFinished(async () => {
    await endIt();
  });
  return {
    printed,
    exitCode,
    until: waiting(output, exitCode),
    /** Ends the command as Ctrl+C does, and returns the exit code. */
    end: endIt,
  };
}

/** Runs a command in this process to its end. */
export async function runCommand(...given: Parameters<typeof startCommand>): Promise<Ran> {
  const { exitCode, printed } = startCommand(...given);
  return { exitCode: await exitCode, ...printed };
}

/** `npm run listen -- …` and the like, in a process of its own. */
export function startScript(script: string, words: readonly string[] = [], env: Environment = {}) {
  const child = spawn("npm", ["run", "--silent", script, "--", ...words], {
    cwd: project,
    stdio: ["ignore", "pipe", "pipe"],
    env: environment(env),
    // A process group, so that we can end npm with everything that it starts.
    detached: true,
  });
  const output = openOutput();
  child.stdout.setEncoding("utf8").pipe(output.stdout);
  child.stderr.setEncoding("utf8").pipe(output.stderr);
  // The output closes only when every process that npm started has ended.
  const closed = once(child, "close");
  const isOver = () => child.exitCode !== null || child.signalCode !== null;

  /** Ends the command as Ctrl+C does. */
  async function end(signal: NodeJS.Signals = "SIGINT"): Promise<void> {
    if (child.pid !== undefined && !isOver()) process.kill(-child.pid, signal);
    await closed;
  }
  onTestFinished(() => end());

  return {
    printed: output.printed,
    /** The process ID of npm itself. */
    pid: child.pid ?? Number.NaN,
    until: waiting(output, closed),
    end,
  };
}

/** Runs such a command to its end. */
export const runScript = (script: string, words: readonly string[] = [], env: Environment = {}) =>
  run("npm", ["run", "--silent", script, "--", ...words], { cwd: project, env });

/** The environment that makes a command use a sandbox. */
export const addressOf = ({ url, token, clientSecret }: Sandbox) => ({
  INTERCOM_BASE_URL: url,
  INTERCOM_ACCESS_TOKEN: token,
  INTERCOM_CLIENT_SECRET: clientSecret,
});

/** A sandbox whose clock the test moves. */
export async function openWithClock() {
  let nowMs = Date.parse("2026-03-10T12:00:00Z");
  const sandbox = await startSandbox({ seed: "empty", now: () => nowMs });
  onTestFinished(() => sandbox.close());
  return {
    sandbox,
    forward: (seconds: number) => {
      nowMs += seconds * 1000;
    },
  };
}
