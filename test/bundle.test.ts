import { createHmac } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire, isBuiltin } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join, relative, resolve } from "node:path";
import { inspect } from "node:util";
import { testing } from "@prismatic-io/spectral";
import type { Component, Input } from "@prismatic-io/spectral/dist/serverTypes";
import { beforeAll, expect, test } from "vitest";
import lock from "../package-lock.json";
import type { Fault } from "../sandbox/index";
import { samples } from "../src/examples/notifications";
import source from "../src/index";
import * as errors from "../src/intercom/wire/errors";
import { build, copyOfBuild, type Loaded, loadAlone } from "./stage/build";
import { openUse } from "./stage/openUse";
import { emptyFolder, project, run } from "./stage/outside";
import { holdClock, type Inputs, loggerInto, openWorkbench, runClockFast } from "./stage/workbench";

/** A copy of `dist/` in an empty folder. */
const dist = emptyFolder();
/** The component that bare Node loads from that copy. */
let loaded: Loaded;
/** A build of the same sources with a source map. */
let mapped: string;

beforeAll(async () => {
  cpSync(join(await copyOfBuild(), "dist"), dist, { recursive: true });
  loaded = await loadAlone(dist);
  mapped = join(await build("--sourcemap"), "dist");
});

/** The clock moves between two sandboxes. */
const withoutTimes = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data), (name, value) => (name.endsWith("_at") ? undefined : value));

const read = (...path: string[]) => readFileSync(join(...path), "utf8");

test("the built file loads in bare Node and has everything that the sources have", () => {
  const { component, modulesInReach } = loaded;
  expect(modulesInReach).toEqual([]);
  for (const kind of ["actions", "triggers", "dataSources"] as const) {
    expect(Object.keys(component[kind]).sort()).toEqual(Object.keys(source[kind]).sort());
  }
  expect(component.connections.map(({ key }) => key)).toEqual(["intercom", "intercomAccesssToken"]);
});

/** The limit for the file without actions: libraries, the client, triggers and data sources. */
const baseKb = 254;
/**
 * The limit for each action, which adds about 0.9 KB. So a new action needs no edit here, but a new
 * library does.
 */
const perActionKb = 1.2;

test("the built file is not larger than the limit for its base and its actions", () => {
  const sizeKb = statSync(join(dist, "index.js")).size / 1024;
  expect(sizeKb).toBeLessThan(baseKb + perActionKb * Object.keys(source.actions).length);
});

/** The component of the built file, in this process. */
const requireBuilt = () => createRequire(import.meta.url)(join(dist, "index.js")).default;

test.each(Object.keys(source.actions))("%s does its work from the built file", async (key) => {
  const built = requireBuilt();
  const fromFile = await openUse(key, {}, built);
  const fromSource = await openUse(key);
  const given = await fromFile.run(key, fromFile.inputs);
  expect(withoutTimes(given)).toEqual(withoutTimes(await fromSource.run(key, fromSource.inputs)));
  expect(fromFile.sent()).toEqual(fromSource.sent());
});

test.each(Object.keys(source.dataSources))("%s is made by the built file", async (key) => {
  const fromFile = await openWorkbench({ seed: "workspace" }, {}, requireBuilt());
  const fromSource = await openWorkbench({ seed: "workspace" });
  const [type] = fromSource.sandbox.workspace.ticketTypes.rows;
  const inputs = { ticketTypeId: type?.id };
  expect(await fromFile.readDataSource(key, inputs)).toEqual(
    await fromSource.readDataSource(key, inputs),
  );
  expect(fromFile.sent()).toEqual(fromSource.sent());
});

test("the polling trigger finds what changed from the built file", async () => {
  const forward = holdClock("2026-03-10T12:00:00Z");
  const { poll, sandbox } = await openWorkbench({ seed: "empty" }, {}, requireBuilt());
  const inputs = { resourceType: "contacts" };
  await poll("pollChangesTrigger", inputs);
  forward(60);
  sandbox.workspace.contacts.create({ role: "user", email: "ada@example.org" });
  forward(60);
  expect(await poll("pollChangesTrigger", inputs)).toMatchObject({
    created: [{ email: "ada@example.org" }],
    updated: [],
  });
});

test("the webhook of the built file accepts only signed notifications", async () => {
  const harness = testing.createHarness(requireBuilt());
  const [sample] = samples;
  const data = JSON.stringify(sample);
  const connection = { key: "intercom", configVarKey: "", fields: { clientSecret: "secret" } };
  const receive = (signature: string) => {
    const payload = { headers: { "X-Hub-Signature": signature }, rawBody: { data } };
    const context = { logger: loggerInto([]) } as never;
    return harness.trigger("webhook", payload as never, { connection }, context);
  };
  const digest = createHmac("sha1", "secret").update(data).digest("hex");
  expect(await receive(`sha1=${digest}`)).toMatchObject({
    branch: "Contact",
    payload: { body: { data: sample } },
  });
  expect(await receive(`sha1=${"0".repeat(40)}`)).toMatchObject({ response: { statusCode: 401 } });
});

const emptyPage = { type: "list", data: [], pages: { page: 1, total_pages: 2, next: null } };

/** An action and an answer of Intercom for each class of errors. */
const causes: Record<string, [string, Inputs, Fault?]> = {
  InvalidInputError: ["getContact", { id: " " }],
  BadRequestError: ["getContact", { id: "1" }, { kind: "status", status: 422 }],
  AuthenticationError: ["getContact", { id: "1" }, { kind: "status", status: 401 }],
  PermissionError: ["getContact", { id: "1" }, { kind: "status", status: 403 }],
  NotFoundError: ["getContact", { id: "1" }, { kind: "status", status: 404 }],
  ConflictError: ["createTag", { name: "VIP" }, { kind: "status", status: 409 }],
  RateLimitError: ["listTags", {}, { kind: "rateLimited", times: 6 }],
  ServerError: ["listTags", {}, { kind: "status", status: 520, times: 4 }],
  IntercomError: ["listTags", {}, { kind: "status", status: 302 }],
  NoAnswerError: ["listTags", {}, { kind: "html", status: 200, times: 4 }],
  CutShortError: [
    "listContacts",
    { fetchAll: true },
    { kind: "status", status: 200, body: emptyPage, times: 4 },
  ],
};

const isErrorClass = (value: unknown): boolean =>
  typeof value === "function" && value.prototype instanceof Error;

test("a cause is known for every class of errors", () => {
  expect(Object.keys(causes).sort()).toEqual(
    Object.entries<unknown>(errors)
      .filter(([, value]) => isErrorClass(value))
      .map(([name]) => name)
      .sort(),
  );
});

test.each(Object.entries(causes))(
  "%s keeps its name in the built file, however it is printed",
  async (className, [key, inputs, fault]) => {
    runClockFast();
    const { refusal, sandbox } = await openWorkbench({ seed: "empty" }, {}, requireBuilt());
    if (fault) sandbox.faults.add(fault);
    const error = await refusal(key, inputs);
    // Prismatic has its own class for errors of a connection.
    const name = className === "AuthenticationError" ? "ConnectionError" : className;
    expect(error.name).toBe(name);
    for (const printed of [String(error), error.stack, inspect(error)]) {
      expect(printed?.slice(0, name.length + 2)).toBe(`${name}: `);
    }
  },
);

test("the built file sends a form as multipart", async () => {
  const built = requireBuilt();
  const { refusal, sandbox } = await openWorkbench({ seed: "empty" }, {}, built);
  const formData = [{ key: "title", value: "Broken" }];
  await refusal("rawRequest", { method: "POST", url: "/nowhere", formData });
  expect(sandbox.requests[0]?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
  expect(sandbox.requests[0]?.body).toContain('name="title"\r\n\r\nBroken\r\n');
});

test("the built file loads only Node's own modules, also when an action runs", () => {
  const asked = [...read(dist, "index.js").matchAll(/\brequire\(\s*(["'`])([^"'`]+)\1/g)];
  const names = asked.map(([, , name]) => name ?? "");
  expect(names).toContain("https");
  expect(names.filter((name) => !isBuiltin(name))).toEqual([]);
});

/** Whether a module belongs to a package that the component depends on, by the lock file. */
function isDependency(module: string): boolean {
  const path = relative(project, module);
  if (!path.startsWith("node_modules/")) return false;
  const name = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? "";
  const entry = (lock.packages as Record<string, { dev?: boolean }>)[name];
  return entry !== undefined && !entry.dev;
}

test("the built file holds src/ and the component's dependencies: no sandbox, no tests, no development package", () => {
  const [code, map] = [read(mapped, "index.js"), JSON.parse(read(mapped, "index.js.map"))];
  expect(code.startsWith(read(dist, "index.js")), "the map is of the same code").toBe(true);

  const modules = (map.sources as string[]).map((source) => resolve(mapped, source));
  const own = modules.filter((module) => module.startsWith(join(dirname(mapped), "src/")));
  expect(own.map((module) => relative(dirname(mapped), module))).toContain("src/index.ts");
  expect(modules.filter((module) => !own.includes(module) && !isDependency(module))).toEqual([]);
});

const nameOf = (path: string): string =>
  /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? "";

/**
 * Packages without a module of their own in the file, because another package's build contains
 * them.
 */
function builtIn(map: { sourcesContent: string[] }, known: Set<string>): string[] {
  const code = map.sourcesContent.join("\n");
  const packages = Object.entries(lock.packages as Record<string, { dev?: boolean }>);
  const others = packages.filter(([path, { dev }]) => path && !dev && !known.has(nameOf(path)));
  const isIn = ([path]: [string, unknown]): boolean => {
    const [main = ""] = findMain(path);
    const named = [...main.matchAll(/^(?:export )?(?:default )?function (\w{5,})\(/gm)];
    const found = named.filter(([, name]) => code.includes(`function ${name}(`));
    return named.length > 1 && found.length > named.length / 2;
  };
  return others.filter(isIn).map(([path]) => nameOf(path));
}

/** The text of a package's main file, if it has one. */
function findMain(path: string): string[] {
  try {
    return [read(createRequire(import.meta.url).resolve(join(project, path)))];
  } catch {
    return [];
  }
}

test("the licences beside the built file are those of the packages in it, and no others", () => {
  const map = JSON.parse(read(mapped, "index.js.map"));
  const withModules = new Set((map.sources as string[]).map(nameOf).filter(Boolean));
  // rolldown adds its own loader for CommonJS.
  const names = [...withModules, ...builtIn(map, withModules), "rolldown"];
  expect(names).toEqual(expect.arrayContaining(["axios", "proxy-from-env"]));

  const notices = read(dist, "THIRD-PARTY-NOTICES.txt").split(/^-{80}$/m);
  const [own, , ...others] = notices.map((notice) => notice.trim());
  expect(own).toContain(read(project, "LICENSE").trim());
  expect(others.map((notice) => notice.split(" ", 1)[0])).toEqual(names.sort());
  for (const notice of others) {
    const folder = join(project, "node_modules", notice.split(" ", 1)[0] ?? "");
    const { version, license } = JSON.parse(read(folder, "package.json"));
    expect(notice).toContain(` ${version} (${license})\n`);
    expect(notice).toMatch(/copyright/i);
    expect(notice).toMatch(/Permission is hereby granted|http:\/\/www\.apache\.org\/licenses/);
    const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
    if (file) expect(notice).toContain(read(folder, file).trim());
  }
});

/** The icons that a component names: its own, and two for each connection. */
const iconsOf = ({ display, connections }: Component): string[] =>
  [display.iconPath, ...connections.flatMap((one) => [one.iconPath, one.avatarIconPath])].filter(
    (path) => path !== undefined,
  );

/** RFC 2083, 3.1. */
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

test("the component has an icon, and every icon that it names exists and is a PNG", () => {
  const { component } = loaded;
  expect(component.display.iconPath).toBeDefined();
  for (const icon of iconsOf(component)) {
    expect(existsSync(join(dist, icon)), `${icon} is there`).toBe(true);
    const start = readFileSync(join(dist, icon)).subarray(0, pngSignature.length);
    expect(start, `${icon} is a PNG`).toEqual(pngSignature);
  }
});

test("its icon is 500 x 500", () => {
  // RFC 2083, 3.2 and 4.1.1: the first chunk is IHDR, which begins with width and height.
  const icon = readFileSync(join(dist, "icon.png"));
  expect(icon.toString("latin1", 12, 16)).toBe("IHDR");
  expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([500, 500]);
});

test("nothing is published besides the code, the licences and the icons", () => {
  const { component } = loaded;
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(dist, join(parentPath, name)));
  const known = ["index.js", "THIRD-PARTY-NOTICES.txt", ...iconsOf(component)];
  expect(files.sort()).toEqual([...new Set(known)].sort());
});

/** `createTag.name: tags` for an input whose data source does not exist. */
function missingDataSources({ actions, triggers, dataSources }: Component): string[] {
  const withParts = (input: Input): Input[] => [input, ...(input.inputs ?? []).flatMap(withParts)];
  return [actions, triggers, dataSources]
    .flatMap((group) => Object.values(group) as { key: string; inputs: Input[] }[])
    .flatMap(({ key, inputs }) => inputs.flatMap(withParts).map((input) => ({ key, input })))
    .filter(({ input: { dataSource } }) => dataSource && !Object.hasOwn(dataSources, dataSource))
    .map(({ key, input }) => `${key}.${input.key}: ${input.dataSource}`);
}

test("every data source that an input names exists", () => {
  const { component } = loaded;
  expect(missingDataSources(component)).toEqual([]);
});

test("the check finds an input with a missing data source", () => {
  const component = structuredClone(loaded.component);
  const name = component.actions.createTag?.inputs.find(({ key }) => key === "name");
  Object.assign(name ?? {}, { dataSource: "tags" });
  expect(missingDataSources(component)).toContain("createTag.name: tags");
});

/** Runs actions of the built file in bare Node with a fast clock, and returns the error of each. */
async function refusals(keys: string[], fields: Record<string, string>) {
  const script = `
    const inRealTime = setTimeout;
    globalThis.setTimeout = (run, ms, ...args) => inRealTime(run, ms / 50, ...args);
    const { actions } = require("./index.js").default;
    const [keys, fields] = process.argv.slice(1).map((text) => JSON.parse(text));
    const connection = { key: "intercomAccesssToken", configVarKey: "Intercom", fields };
    const logger = { ...console, metric: console.log };
    const run = (key) => actions[key].perform({ logger }, { connection }).then(
      () => "went through",
      (error) => (console.error(error, JSON.stringify(error)), error.message),
    );
    Promise.all(keys.map(run)).then((said) => console.log("\\n" + JSON.stringify(said)));
  `;
  const args = ["-e", script, JSON.stringify(keys), JSON.stringify(fields)];
  const { exitCode, stdout, stderr } = await run("node", args, { cwd: dist });
  if (exitCode !== 0) throw new Error(stderr.slice(-2000));
  return {
    said: JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as string[],
    printed: stdout + stderr,
  };
}

test("every action of the built file runs, up to the refusal of an empty input", async () => {
  const keys = Object.keys(loaded.component.actions);
  const { said } = await refusals(keys, { accessToken: "" });
  expect(said).toHaveLength(Object.keys(source.actions).length);
  for (const sentence of said) expect(sentence).toMatch(/^"[A-Z][\w ]+" .+\.$/);
});

/** A port without a server: it was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

test("an action of the built file that reaches no server says so in a sentence, without its token", async () => {
  const { said, printed } = await refusals(["listTags"], {
    accessToken: "dG9rOnNlY3JldA",
    baseUrl: `http://127.0.0.1:${await closedPort()}`,
  });
  expect(said[0]).toMatch(
    /^Intercom gave no usable answer when asked to list the tags: .*ECONNREFUSED.*\.$/,
  );
  expect(printed).toContain("/tags");
  expect(printed).not.toContain("dG9rOnNlY3JldA");
});
