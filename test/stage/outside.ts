import { execFile } from "node:child_process";
import { mkdtempSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { inject } from "vitest";

export const project = realpathSync(dirname(dirname(import.meta.dirname)));

export const ground = inject("ground");
const home = mkdtempSync(join(ground, "home-"));

/** An empty folder outside the project, removed after the tests. */
export const emptyFolder = (): string => mkdtempSync(join(ground, "folder-"));

export interface Ran {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/**
 * The environment of a command. It has only this process's path. The test runner's
 * NODE_ENV would change what is built, and a person's settings for npm, prism or a proxy would change
 * what is sent where.
 */
export function environment(env: Record<string, string> = {}): Record<string, string> {
  const commands = join(project, "node_modules", ".bin");
  const path = [commands, dirname(process.execPath), process.env.PATH].join(delimiter);
  return { PATH: path, HOME: home, TMPDIR: home, CI: "true", ...env };
}

interface Place {
  cwd: string;
  env?: Record<string, string>;
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a command in a process of its own, in the same Node. We run one at a time, because there is a
 * worker for each core, so more would only wait for each other.
 */
export function run(command: string, args: string[], place: Place): Promise<Ran> {
  const ran = last.then(() => execute(command, args, place));
  last = ran.catch(() => undefined);
  return ran;
}

const execute = (command: string, args: string[], { cwd, env }: Place): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = execFile(
      command,
      args,
      {
        cwd,
        env: environment(env),
        maxBuffer: 64 * 1024 * 1024,
        timeout: 120_000,
      },
      (error, stdout, stderr) => {
        const exitCode = error ? error.code : 0;
        if (typeof exitCode === "number") resolve({ exitCode, stdout, stderr });
        else reject(error);
      },
    );
    child.stdin?.end();
  });
