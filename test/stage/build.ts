import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Component } from "@prismatic-io/spectral/dist/serverTypes";
import { emptyFolder, ground, project, run } from "./outside";

const notCopied = new Set([".git", "dist", "node_modules"]);

const marker = join(ground, "build");
const outcome = join(ground, "build.json");

/**
 * A copy of the project's build, made once for all test files: the first process
 * that asks makes the build, and the others wait.
 */
export async function copyOfBuild(): Promise<string> {
  if (isFirst()) {
    const built = await build().then(
      (folder) => ({ folder }),
      (error: Error) => ({ error: error.message }),
    );
    // We rename the complete folder, because other processes may look at this moment.
    writeFileSync(`${outcome}.new`, JSON.stringify(built));
    renameSync(`${outcome}.new`, outcome);
  }
  while (!existsSync(outcome)) await wait(50);
  const { folder, error } = JSON.parse(readFileSync(outcome, "utf8"));
  if (error) throw new Error(error);
  const copy = emptyFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** The folder is a lock, because two processes can't both create it. */
function isFirst(): boolean {
  try {
    mkdirSync(marker);
    return true;
  } catch {
    return false;
  }
}

/**
 * Builds a copy of the project by the project's own command, and returns the copy's folder. The
 * project's `dist/` may be old, and a new build there would disturb its readers.
 */
export async function build(...options: string[]): Promise<string> {
  const folder = emptyFolder();
  cpSync(project, folder, {
    recursive: true,
    filter: (source) => !notCopied.has(relative(project, source)),
  });
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  const { exitCode, stdout, stderr } = await run("npm", ["run", "build", "--", ...options], {
    cwd: folder,
  });
  if (exitCode !== 0) throw new Error(`npm run build failed:\n${stdout}${stderr}`);
  return folder;
}

export interface Loaded {
  /** The component as data: without its functions. */
  component: Component;
  /** Every `node_modules` from which the file could load a module. */
  modulesInReach: string[];
}

/** Loads `index.js` of a folder with Node alone. */
export async function loadAlone(folder: string): Promise<Loaded> {
  const script = `
    const component = require("./index.js").default;
    const modulesInReach = module.paths.filter(require("node:fs").existsSync);
    process.stdout.write(JSON.stringify({ component, modulesInReach }));
  `;
  const { exitCode, stdout, stderr } = await run("node", ["-e", script], { cwd: folder });
  if (exitCode !== 0 || stderr !== "")
    throw new Error(`index.js does not load:\n${stderr.slice(-2000)}`);
  return JSON.parse(stdout);
}
