import { type ChildProcess, spawn } from "node:child_process";
import { onTestFinished } from "vitest";
import { project, run } from "./outside";

/** `npm run act -- …` and the like, by a person who has set nothing up. */
export const runScript = (script: string, words: string[] = [], env: Record<string, string> = {}) =>
  run("npm", ["run", "--silent", script, "--", ...words], { cwd: project, env });

/** One that goes on until it is ended; it ends with the test at the latest. */
export function startScript(script: string, words: string[] = []) {
  const child = spawn("npm", ["run", "--silent", script, "--", ...words], {
    cwd: project,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that what npm starts is ended with it.
    detached: true,
  });
  onTestFinished(() => endScript(child));
  return child;
}

/** Ends it as Ctrl+C does. */
export function endScript({ pid, exitCode, signalCode }: ChildProcess) {
  const isRunning = exitCode === null && signalCode === null;
  if (pid !== undefined && isRunning) process.kill(-pid, "SIGINT");
}
