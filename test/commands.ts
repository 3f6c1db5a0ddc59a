import { spawn } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox/index";
import { environment, project, run } from "./outside";

/** `npm run act -- …` and the like, by a person who has set nothing up. */
export const runScript = (script: string, words: string[] = [], env: Record<string, string> = {}) =>
  run("npm", ["run", "--silent", script, "--", ...words], { cwd: project, env });

/** One that goes on until it is ended; it ends with the test at the latest. */
export function startScript(
  script: string,
  words: string[] = [],
  env: Record<string, string> = {},
) {
  const child = spawn("npm", ["run", "--silent", script, "--", ...words], {
    cwd: project,
    stdio: ["ignore", "pipe", "pipe"],
    env: environment(env),
    // A group of its own, so that what npm starts is ended with it.
    detached: true,
  });
  const printed = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    printed.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    printed.stderr += chunk;
  });
  const exited = once(child, "exit");
  const isOver = () => child.exitCode !== null || child.signalCode !== null;

  /** Ends it as Ctrl+C does. */
  async function end(signal: NodeJS.Signals = "SIGINT"): Promise<void> {
    if (child.pid !== undefined && !isOver()) process.kill(-child.pid, signal);
    if (!isOver()) await exited;
  }
  onTestFinished(() => end());

  return {
    printed,
    /** Of npm itself. */
    pid: child.pid ?? Number.NaN,
    end,
    /** Resolves when it has printed that. */
    async until(stream: "stdout" | "stderr", text: string): Promise<void> {
      while (!printed[stream].includes(text)) {
        if (isOver()) throw new Error(`It ended: ${printed.stdout}${printed.stderr}`);
        await Promise.race([once(child[stream], "data"), exited]);
      }
    },
  };
}

/** What points a script at a sandbox. */
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
