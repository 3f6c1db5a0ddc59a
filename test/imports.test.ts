import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { project } from "./stage/outside";

/** The layers of the component, from the top; a file may import from its own and from those below. */
const layers = [
  ["src/index.ts"],
  ["src/actions/", "src/triggers/", "src/dataSources/"],
  ["src/dataSource.ts"],
  ["src/action.ts"],
  ["src/inputs.ts"],
  ["src/connections.ts", "src/secrets.ts", "src/fields.ts", "src/jsonForm.ts", "src/examples/"],
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

/** The rooms of the sandbox, and what each may import besides itself. Files at the root are "". */
const basis = ["sandbox/apiVersion", "sandbox/checks", "sandbox/settings"];
const rooms: Record<string, readonly string[]> = {
  store: [],
  format: ["store"],
  http: ["store"],
  search: ["store", "format", "http"],
  routes: ["store", "format", "http", "search"],
  faults: ["http"],
  webhooks: ["store", "format", "http"],
  seed: ["store"],
  dataFolder: ["store"],
};
const roomOf = (file: string) => file.split("/").slice(1, -1)[0] ?? "";
const ofSandbox = files.filter((file) => file.startsWith("sandbox/"));

test("every folder of the sandbox is a room", () => {
  const found = new Set(ofSandbox.map(roomOf).filter((room) => room !== ""));
  expect([...found].sort()).toEqual(Object.keys(rooms).sort());
});

test.each(Object.entries(rooms))(
  "sandbox/%s imports from its own room and from %j",
  (room, below) => {
    const strays = ofSandbox
      .filter((file) => roomOf(file) === room)
      .flatMap((file) => importsOf(file).map((path) => ({ file, path })))
      .filter(({ path }) => !basis.includes(path) && ![room, ...below].includes(roomOf(path)));
    expect(strays).toEqual([]);
  },
);

/** Names of files that hold a resource. */
const namesIn = (room: string) =>
  ofSandbox
    .filter((file) => file.startsWith(`sandbox/${room}/`))
    .map((file) => basename(file, ".ts"));

// What several resources use in a room.
const notResources: Record<string, readonly string[]> = { search: ["query", "page", "days"] };

test.each(["routes", "format", "search", "webhooks/notices"])(
  "a file in sandbox/%s has the name of its store",
  (room) => {
    const names = namesIn(room).filter((name) => !notResources[room]?.includes(name));
    expect(names.length).toBeGreaterThan(2);
    expect(names.filter((name) => !namesIn("store").includes(name))).toEqual([]);
  },
);

/** The chain of imports that leads from a file back to it, if any; imports of types count. */
function wayBack(file: string): string[] | undefined {
  const ways = [[file]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const imported of importsOf(way.at(-1) ?? "").map((path) => `${path}.ts`)) {
      if (imported === file) return [...way, file];
      if (!seen.has(imported)) ways.push([...way, imported]);
      seen.add(imported);
    }
  }
  return undefined;
}

// The stores make up one workspace, and each of them may need another.
test("no import circle outside sandbox/store", () => {
  expect(wayBack("sandbox/store/workspace.ts")).toBeDefined();
  const others = ofSandbox.filter((file) => roomOf(file) !== "store");
  expect(others.flatMap((file) => wayBack(file)?.join(" imports ") ?? [])).toEqual([]);
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
