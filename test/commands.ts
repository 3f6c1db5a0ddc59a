import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export const root = join(import.meta.dirname, "..");

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

type Environment = Record<string, string | undefined>;

/** The environment of a person who has set nothing up. */
const bare = (): Environment => ({
  ...process.env,
  INTERCOM_ACCESS_TOKEN: undefined,
  INTERCOM_BASE_URL: undefined,
  NO_COLOR: "1",
});

/** `npm run act -- …` and the like. */
export function runScript(script: string, words: string[] = [], environment: Environment = {}) {
  return ended(startScript(script, words, environment));
}

/** One that goes on until it is ended; it ends with the test at the latest. */
export function startScript(script: string, words: string[] = [], environment: Environment = {}) {
  const child = spawn("npm", ["run", "--silent", script, "--", ...words], {
    cwd: root,
    env: { ...bare(), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  onTestFinished(() => endScript(child));
  return child;
}

/** Ends it as Ctrl+C does, with all that it started. */
export function endScript({ pid, exitCode, signalCode }: ChildProcess) {
  const isRunning = exitCode === null && signalCode === null;
  if (pid !== undefined && isRunning) process.kill(-pid, "SIGINT");
}

/** What it printed, when it is over. */
export function ended(child: ChildProcess): Promise<Ended> {
  const printed = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => {
    printed.stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    printed.stderr += chunk;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, ...printed })));
}
