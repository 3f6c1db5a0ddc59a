import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import source from "../src/index";
import { build, copyOfBuild, type Loaded, loadAlone } from "./stage/build";
import { emptyFolder, type Ran, run } from "./stage/outside";
import { type Platform, signatureOf, startPlatform, type Version } from "./stage/platform";

let platform: Platform;
let built: string;
let builtAgain: string;
let component: Loaded["component"];
let published: Ran;

beforeAll(async () => {
  platform = await startPlatform();
  built = await copyOfBuild();
  builtAgain = await build();
  ({ component } = await loadAlone(join(built, "dist")));
  published = await prism(built, "components:publish", "--no-confirm", "--no-check-signature");
});
afterAll(() => platform.close());

const prism = (folder: string, ...args: string[]) =>
  run("prism", args, {
    cwd: folder,
    env: {
      PRISMATIC_URL: platform.url,
      PRISM_ACCESS_TOKEN: platform.token,
      PRISM_SKIP_NEW_VERSION_CHECK: "true",
    },
  });

function firstVersion(): Version {
  const [version] = platform.versions;
  if (!version) throw new Error(`nothing was published:\n${published.stdout}${published.stderr}`);
  return version;
}

function uploaded(name: string) {
  const upload = firstVersion().uploads.get(name);
  if (!upload) throw new Error(`no ${name} was uploaded`);
  return upload;
}

/** Through JSON, which drops functions and undefined values. */
const asSent = (value: unknown) => JSON.parse(JSON.stringify(value));

test("prism publishes the component and says so", () => {
  expect(published.stderr).toBe("");
  expect(published.stdout).toMatch(/^Successfully submitted Intercom \(v1\)!/);
  expect(published.exitCode).toBe(0);
});

test("the platform gets the component by its key, label and description", () => {
  expect(firstVersion().definition).toMatchObject({
    key: "intercom",
    public: false,
    display: {
      label: "Intercom",
      description: "Manage companies, contacts and tags on the Intercom platform",
      iconPath: "icon.png",
    },
  });
});

test("the platform gets every action as built, with its inputs", () => {
  const { actions } = firstVersion();
  expect(actions).toHaveLength(Object.keys(source.actions).length);
  // prism sends example payloads as text.
  const asBuilt = Object.values(component.actions).map((action) => ({
    ...action,
    examplePayload: JSON.stringify(action.examplePayload ?? {}),
  }));
  expect(actions).toEqual(asSent(asBuilt));

  const updateTag = actions.find(({ key }) => key === "updateTag");
  expect(updateTag?.inputs.map(({ key, label, type }) => [key, label, type])).toEqual([
    ["connection", "Connection", "connection"],
    ["id", "Tag ID", "string"],
    ["name", "Name", "string"],
  ]);
});

test("the platform gets every trigger and data source as built", () => {
  const { triggers, dataSources } = firstVersion();
  expect(triggers.map(({ key }) => key).sort()).toEqual(Object.keys(source.triggers).sort());
  expect(dataSources.map(({ key }) => key).sort()).toEqual(Object.keys(source.dataSources).sort());
  const withExample = ({ examplePayload, ...part }: { examplePayload?: unknown }) => ({
    ...part,
    examplePayload: JSON.stringify(examplePayload ?? {}),
  });
  expect(triggers).toEqual(asSent(Object.values(component.triggers).map(withExample)));
  expect(dataSources).toEqual(asSent(Object.values(component.dataSources).map(withExample)));
});

test("the platform gets the two connections as built, without secrets", () => {
  const { connections } = firstVersion();
  expect(connections).toEqual(asSent(component.connections));

  const [oauth, accessToken] = connections;
  expect(oauth).toMatchObject({ key: "intercom", oauth2Type: "authorization_code" });
  expect(accessToken).toMatchObject({
    key: "intercomAccesssToken",
    label: "Intercom Access Token",
  });
  const secrets = connections
    .flatMap(({ inputs }) => inputs)
    .filter(({ type }) => type === "password");
  expect(secrets.map(({ key }) => key)).toEqual(["clientSecret", "accessToken"]);
  for (const secret of secrets) expect(secret).toMatchObject({ default: "", required: true });
});

test("the platform gets the icon", () => {
  const { type, bytes } = uploaded("icon");
  expect(type).toBe("image/png");
  expect(bytes.equals(readFileSync(join(built, "assets", "icon.png")))).toBe(true);
});

test("the package unpacks into an empty folder and loads there with every action", async () => {
  const folder = emptyFolder();
  const { type, bytes } = uploaded("package");
  expect(type).toBe("application/zip");
  const files = Object.entries(unzipSync(bytes));
  for (const [name, content] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }

  expect(files.map(([name]) => name).sort()).toEqual(readdirSync(join(built, "dist")).sort());
  const unpacked = await loadAlone(folder);
  expect(unpacked.modulesInReach).toEqual([]);
  expect(Object.keys(unpacked.component.actions).sort()).toEqual(
    Object.keys(source.actions).sort(),
  );
  expect(unpacked.component).toEqual(component);
});

test("the package holds the licences of its content", () => {
  const notices = unzipSync(uploaded("package").bytes)["THIRD-PARTY-NOTICES.txt"];
  expect(Buffer.from(notices ?? []).toString()).toBe(
    readFileSync(join(built, "dist", "THIRD-PARTY-NOTICES.txt"), "utf8"),
  );
});

test("a second build of the same sources has the published signature", async () => {
  const { stdout } = await prism(builtAgain, "components:signature", "--skip-signature-verify");
  expect(stdout.trim()).toBe(signatureOf(uploaded("package").bytes));
});

test("a second build of the same sources is not published again when prism is told to skip it", async () => {
  const { stdout } = await prism(
    builtAgain,
    "components:publish",
    "--no-confirm",
    "--skip-on-signature-match",
  );
  expect(stdout).toContain("Package signatures match, skipping publish.");
  expect(platform.versions).toHaveLength(1);
});
