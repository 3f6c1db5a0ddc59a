import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import component from "../src/index";
import { createIntercom } from "../src/intercom/client";
import { project } from "./stage/outside";

/** The layers of the component, from the top; a file may import from its own and from those below. */
const layers = [
  ["src/index.ts"],
  ["src/actions/", "src/triggers/", "src/dataSources/"],
  ["src/dataSource.ts"],
  ["src/action.ts"],
  ["src/fields/"],
  ["src/connections.ts", "src/secrets.ts", "src/jsonForm.ts", "src/examples/"],
  ["src/intercom/client.ts"],
  ["src/intercom/changePages.ts"],
  ["src/intercom/changes.ts"],
  ["src/intercom/companyLists.ts", "src/intercom/contactLists.ts"],
  ["src/intercom/"],
  ["src/schemas/"],
  ["src/intercom/wire/"],
];

const files = ["src", "sandbox"].flatMap((folder) =>
  readdirSync(join(project, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name)),
);

/** Our own files that a file imports, as paths below the root, without the ending. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(project, file), "utf8");
  return [...text.matchAll(/(?:from|import|import\(|require\()\s*"(\.[^"]+)"/g)].map(
    ([, path = ""]) => relative(project, join(project, dirname(file), path)),
  );
}

/**
 * The layer with the longest matching start, because a folder may be a lower layer than its parent.
 */
function layerOf(file: string): number {
  const path = `${file}${file.endsWith(".ts") ? "" : ".ts"}`;
  const fitting = layers.flatMap((starts, layer) =>
    starts.filter((start) => path.startsWith(start)).map((start) => ({ layer, start })),
  );
  fitting.sort((a, b) => b.start.length - a.start.length);
  return fitting[0]?.layer ?? -1;
}

test("every file of the component has a layer", () => {
  expect(files.filter((file) => file.startsWith("src/") && layerOf(file) < 0)).toEqual([]);
});

test.each(files)(
  "%s imports nothing from a higher layer, and nothing from the other side",
  (file) => {
    const [side = ""] = file.split("/");
    const imported = importsOf(file);
    expect(imported.filter((path) => !path.startsWith(`${side}/`))).toEqual([]);
    if (side === "src") {
      expect(imported.filter((path) => layerOf(path) < layerOf(file))).toEqual([]);
    }
  },
);

/** The sandbox's folders (rooms), and what each may import besides itself and the base. */
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
const basis = ["sandbox/apiVersion", "sandbox/checks", "sandbox/settings"];
/** "" for a file at the root. */
const roomOf = (file: string) => file.split("/").slice(1, -1)[0] ?? "";
const ofSandbox = files.filter((file) => file.startsWith("sandbox/"));

test("every folder of the sandbox is in the table of rooms", () => {
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

/** The chain of imports from a file back to itself, if any; imports of types count. */
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

// The stores together are one workspace, and each store may need another.
test("no import circle outside sandbox/store", () => {
  expect(wayBack("sandbox/store/workspace.ts")).toBeDefined();
  const others = files.filter((file) => !file.startsWith("sandbox/store/"));
  expect(others.flatMap((file) => wayBack(file)?.join(" imports ") ?? [])).toEqual([]);
});

const namesIn = (folder: string) =>
  readdirSync(join(project, folder))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => name.replace(/\.ts$/, ""));

test.each(namesIn("src/actions"))("src/actions/%s.ts exports actions only", async (name) => {
  const module: object = await import(`../src/actions/${name}.ts`);
  expect(Object.keys(component.actions)).toEqual(expect.arrayContaining(Object.keys(module)));
  for (const [key, action] of Object.entries(module)) {
    expect(action.display, key).toEqual(component.actions[key]?.display);
    expect(action.perform, key).toBeInstanceOf(Function);
  }
});

const { http: _, ...resources } = createIntercom({
  baseUrl: "",
  token: "",
  apiVersion: "2.11",
  log: { debug: () => undefined, info: () => undefined, warn: () => undefined },
});

/** The files in a folder that are not resources of the client. */
const withoutResource: Record<string, string[]> = {
  "src/actions": ["rawRequest"],
  // Notifications and their topics come from Intercom, and are not a resource of the client.
  "src/examples": ["notifications", "triggerPayload"],
  "src/intercom": [
    "changeSearch",
    "client",
    "companyIds",
    "companyLists",
    "companyUpserts",
    "contactLists",
    "contactUpserts",
    "notifications",
    "replies",
    "topics",
  ],
};

test.each(Object.entries(withoutResource))(
  "the files in %s have the names of resources",
  (folder, others) => {
    const names = namesIn(folder).filter((name) => !(name in resources));
    expect(names).toEqual(others);
  },
);

test("every resource of the client has a file of its name", () => {
  expect(namesIn("src/intercom")).toEqual(expect.arrayContaining(Object.keys(resources)));
});

test.each(["sandbox/routes", "sandbox/format", "sandbox/webhooks/notices", "sandbox/search"])(
  "a resource has the same name in %s as in the stores",
  (folder) => {
    const aspects = ["days", "page", "query"];
    const names = namesIn(folder).filter((name) => !aspects.includes(name));
    expect(namesIn("sandbox/store")).toEqual(expect.arrayContaining(names));
  },
);

test("a resource has the same name in the uses as in the actions", () => {
  expect(namesIn("test/uses").filter((name) => name !== "index" && name !== "use")).toEqual(
    namesIn("src/actions"),
  );
});

/** The files and packages that Node loads with a file. Node does not see types. */
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

// Spectral takes longer to load than everything else together.
test("the sandbox starts without spectral", () => {
  const loaded = loadedBy("playground/sandbox.ts");
  expect(loaded).toContain("hono");
  expect(loaded).not.toContain("@prismatic-io/spectral");
});
