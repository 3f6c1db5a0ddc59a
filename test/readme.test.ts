import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { act } from "../playground/act";
import { runCommand, runScript } from "./stage/commands";
import { project } from "./stage/outside";

const readme = readFileSync(join(project, "README.md"), "utf8");
const blocks = [...readme.matchAll(/```\n([\s\S]*?)```/g)].map(([, text = ""]) => text.trim());
const { scripts } = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));

/** Times differ from run to run. */
const untimed = (line: string) => line.replace(/\d+ ms$/, "n ms");

test("npm start prints what the README shows", async () => {
  const shown = blocks.find((block) => block.startsWith("createContact ")) ?? "";
  const { stdout } = await runScript("start");
  const printed = stdout.split("\n").map(untimed);
  const lines = shown.split("\n").filter((line) => line !== "" && line !== "…");
  expect(lines.length).toBeGreaterThan(5);
  expect(printed).toEqual(expect.arrayContaining(lines.map(untimed)));
});

test("every npm command in the README and in CONTRIBUTING is a script", () => {
  const pages = readme + readFileSync(join(project, "CONTRIBUTING.md"), "utf8");
  const named = [...pages.matchAll(/npm (?:run (?:-s )?(\w+)|(start|test)\b)/g)].map(
    ([, run, short]) => run ?? short,
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !(name && name in scripts))).toEqual([]);
});

test("the action that the README runs prints a contact", async () => {
  const command = blocks.join("\n").match(/npm run -s act -- (createContact .*)/)?.[1] ?? "";
  // The tests of the other commands check that npm passes the words on.
  const { exitCode, stdout } = await runCommand(act, command.split(" "));
  expect(JSON.parse(stdout)).toMatchObject({ type: "contact", email: "ada@example.org" });
  expect(exitCode).toBe(0);
});

test.each([
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "docs/architecture.md",
  "docs/connect.md",
  "docs/actions/README.md",
])("the links of %s lead somewhere", (page) => {
  const text = readFileSync(join(project, page), "utf8");
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = ""]) =>
    join(project, page, "..", path),
  );
  expect(links.filter((path) => !existsSync(path))).toEqual([]);
});

test("the README is short", () => {
  expect(readme.split("\n").length).toBeLessThan(100);
});
