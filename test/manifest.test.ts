import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { mendOutputSchemas } from "../manifest/outputSchemas";
import source from "../src/index";
import { copyOfBuild } from "./stage/build";
import { type Ran, run } from "./stage/outside";

let manifest: string;
let generated: Ran;
let signature: string;
let typeCheck: Ran;

/**
 * The configuration of `prism integrations:init`'s template (prism 10.4.0), with the manifest
 * installed.
 */
const tsconfig = {
  compilerOptions: {
    target: "es2022",
    lib: ["es2022"],
    strict: true,
    esModuleInterop: true,
    forceConsistentCasingInFileNames: true,
    module: "esnext",
    moduleResolution: "bundler",
    types: [],
    skipLibCheck: true,
    noEmit: true,
    paths: { "@component-manifests/intercom": ["./manifest/src/index.ts"] },
  },
  include: ["*.ts"],
};

const registry = `
  import { componentManifests } from "@prismatic-io/spectral";
  import intercom from "@component-manifests/intercom";

  export const componentRegistry = componentManifests({ intercom });
  type Registry = typeof componentRegistry;
  declare module "@prismatic-io/spectral" {
    interface IntegrationDefinitionComponentRegistry extends Registry {}
  }
`;

/** A flow of a code-native integration. */
const flowThatRuns = (code: string) => `
  import { type Connection, flow } from "@prismatic-io/spectral";
  import "./registry";

  declare const connection: Connection;
  export default flow({
    name: "Tag the new customers",
    stableKey: "tag-the-new-customers",
    description: "",
    onExecution: async ({ components: { intercom } }) => {
      ${code}
      return { data: null };
    },
  });
`;

/** An integration with a trigger and a data source. */
const integrationWith = (trigger: string, formInput: string) => `
  import { configPage, dataSourceConfigVar, flow } from "@prismatic-io/spectral";
  import "./registry";

  export const page = configPage({
    elements: {
      "What a ticket holds": dataSourceConfigVar({
        stableKey: "what-a-ticket-holds",
        dataSource: {
          component: "intercom",
          key: "ticketAttributesForm",
          values: { connection: { configVar: "Intercom" }, ${formInput} },
        },
      }),
    },
  });
  export default flow({
    name: "On a new contact",
    stableKey: "on-a-new-contact",
    description: "",
    onTrigger: {
      component: "intercom",
      key: "${trigger}",
      values: {
        connection: { configVar: "Intercom" },
        topics: { value: ["contact.user.created"] },
      },
    },
    onExecution: async () => ({ data: null }),
  });
`;
const chosenType = 'ticketTypeId: { value: "147" }';

const integrations = {
  "triggered.ts": integrationWith("webhook", chosenType),
  "unknownTrigger.ts": integrationWith("webhok", chosenType),
  "unknownFormInput.ts": integrationWith("webhook", 'ticketType: { value: "147" }'),
};

const flows = {
  "right.ts": `
      await intercom.createTag({ connection, name: "VIP" });
      await intercom.searchContacts({ connection, email: "ada@example.com" });`,
  "unknownInput.ts": `await intercom.createTag({ connection, name: "VIP", nmae: "VIP" });`,
  "missingInput.ts": `await intercom.createTag({ connection });`,
  "unknownAction.ts": `await intercom.creatTag({ connection, name: "VIP" });`,
};

beforeAll(async () => {
  const folder = await copyOfBuild();
  // A folder below the build, so that imports find spectral, as where a manifest is installed.
  const integration = join(folder, "integration");
  manifest = join(integration, "manifest");
  mkdirSync(integration);
  writeFileSync(join(integration, "tsconfig.json"), JSON.stringify(tsconfig));
  writeFileSync(join(integration, "registry.ts"), registry);
  for (const [file, code] of Object.entries(flows)) {
    writeFileSync(join(integration, file), flowThatRuns(code));
  }
  for (const [file, code] of Object.entries(integrations)) {
    writeFileSync(join(integration, file), code);
  }

  const env = { PRISM_SKIP_NEW_VERSION_CHECK: "true" };
  const skip = "--skip-signature-verify";
  const [manifestRan, signatureRan] = await Promise.all([
    run("component-manifest", [skip, "--output-dir", manifest], { cwd: folder, env }),
    run("prism", ["components:signature", skip], { cwd: folder, env }),
  ]);
  generated = manifestRan;
  mendOutputSchemas(manifest);
  signature = signatureRan.stdout.trim();
  const options = ["--project", integration, "--pretty", "false", "--listFiles"];
  typeCheck = await run("tsc", options, { cwd: folder });
});

/** The compiler's errors for a file or a folder, each with its explaining lines. */
function complaints(path: string): string[] {
  expect(typeCheck.stdout, "it was checked").toContain(`/integration/${path}`);
  return typeCheck.stdout.split(/\n(?! )/).filter((line) => line.startsWith(`integration/${path}`));
}

test("the manifest has every action, trigger and data source and both connections", () => {
  expect(generated).toMatchObject({ exitCode: 0, stderr: "" });
  const files = (kind: string) =>
    readdirSync(join(manifest, "src", kind)).filter((file) => file !== "index.ts");
  for (const kind of ["actions", "triggers", "dataSources"] as const) {
    const keys = files(kind).map((file) => file.replace(".ts", ""));
    expect(keys.sort()).toEqual(Object.keys(source[kind]).sort());
  }
  expect(files("connections")).toEqual(["intercom.ts", "intercomAccesssToken.ts"]);
});

test("the manifest names the component by its key and the signature that prism gives it", () => {
  const index = readFileSync(join(manifest, "src", "index.ts"), "utf8");
  expect(signature).toMatch(/^[0-9a-f]{40}$/);
  expect(index).toContain('key: "intercom"');
  expect(index).toContain(`signature: "${signature}"`);
});

test("the manifest has each action's output as the component describes it", async () => {
  for (const { key, outputSchema } of Object.values(source.actions)) {
    const module = await import(join(manifest, "src", "actions", `${key}.ts`));
    const { schema } = outputSchema as unknown as { schema: string };
    expect(module[key].outputSchema.schema).toEqual(JSON.parse(schema));
  }
});

test("the manifest itself compiles", () => {
  expect(complaints("manifest/")).toEqual([]);
  expect(complaints("registry.ts")).toEqual([]);
});

test("a flow that calls two actions with valid inputs compiles", () => {
  expect(complaints("right.ts")).toEqual([]);
});

test("an integration with the webhook and a form compiles", () => {
  expect(complaints("triggered.ts")).toEqual([]);
});

test.each([
  ["a trigger that the component does not have", "unknownTrigger.ts", "webhok"],
  ["an input that the form does not have", "unknownFormInput.ts", "ticketType"],
  ["an input that the action does not have", "unknownInput.ts", "'nmae' does not exist in type"],
  ["an input left out that the action needs", "missingInput.ts", "Property 'name' is missing"],
  [
    "an action that the component does not have",
    "unknownAction.ts",
    "Property 'creatTag' does not",
  ],
])("a flow with %s does not compile", (_, file, complaint) => {
  expect(complaints(file)).toEqual([expect.stringContaining(complaint)]);
});
