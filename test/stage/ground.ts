import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** A folder for the tests' files. */
    ground: string;
  }
}

/** Runs once around all tests. */
export default function setUp(project: TestProject): () => void {
  const ground = realpathSync(mkdtempSync(join(tmpdir(), "prismatic-intercom-")));
  project.provide("ground", ground);
  return () => rmSync(ground, { recursive: true, force: true });
}
