import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { project } from "./stage/outside";

/** The layers of the component, from the top; a file may import from its own and from those below. */
const layers = [
  ["src/index.ts"],
  ["src/actions/", "src/triggers/", "src/dataSources/"],
  ["src/dataSource.ts"],
  ["src/action.ts"],
  ["src/fields/"],
  ["src/connections.ts", "src/secrets.ts", "src/jsonForm.ts", "src/examples/"],
  ["src/intercom/"],
];

const files = ["src", "sandbox"].flatMap((folder) =>
  readdirSync(join(project, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name)),
);

/** Files of ours that a file imports, as paths below the root, without the ending. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(project, file), "utf8");
  return [...text.matchAll(/(?:from|import\(|require\()\s*"(\.[^"]+)"/g)].map(([, path = ""]) =>
    relative(project, join(project, dirname(file), path)),
  );
}

const layerOf = (file: string) =>
  layers.findIndex((starts) =>
    starts.some((start) => `${file}${file.endsWith(".ts") ? "" : ".ts"}`.startsWith(start)),
  );

test("every file of the component has its layer", () => {
  expect(files.filter((file) => file.startsWith("src/") && layerOf(file) < 0)).toEqual([]);
});

test.each(files)("%s imports nothing from above it, nor from the other side", (file) => {
  const [side = ""] = file.split("/");
  const imported = importsOf(file);
  expect(imported.filter((path) => !path.startsWith(`${side}/`))).toEqual([]);
  if (side === "src") {
    expect(imported.filter((path) => layerOf(path) < layerOf(file))).toEqual([]);
  }
});

/** What Node loads with a file: other files, and packages. Types are gone by then. */
function loadedBy(file: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  const text = readFileSync(join(project, file), "utf8");
  for (const [, from = ""] of text.matchAll(/^(?:im|ex)port (?!type )[^;]*?from "([^"]+)"/gm)) {
    if (!from.startsWith(".")) loaded.add(from);
    else loadedBy(`${relative(project, join(project, dirname(file), from))}.ts`, loaded);
  }
  return loaded;
}

// Spectral takes longer to load than all else together.
test("the sandbox starts without spectral", () => {
  const loaded = loadedBy("playground/sandbox.ts");
  expect(loaded).toContain("hono");
  expect(loaded).not.toContain("@prismatic-io/spectral");
});
