import { describe, expect, test } from "vitest";
import component from "../src/index";
import { apiVersions, describeApi, describeWithOpenApi } from "./judges/openapi";
import { batchesOf } from "./stage/batches";
import { openUse } from "./stage/openUse";
import { type Inputs, openWorkbench } from "./stage/workbench";
import { useOf } from "./uses/index";

interface FormField {
  key: string;
  type: string;
  collection?: string;
  default?: unknown;
}

const keys = Object.keys(component.actions);

/** Every field of the form; the untouched ones as the designer sends them. */
function asForm(key: string, filled: Inputs): Inputs {
  const fields = (component.actions[key]?.inputs ?? []) as FormField[];
  const untouched = fields
    .filter(({ type }) => type !== "connection")
    .map((field): [string, unknown] => {
      if (field.collection) return [field.key, []];
      return [field.key, field.default ?? (field.type === "boolean" ? "false" : "")];
    });
  return { ...Object.fromEntries(untouched), ...filled };
}

async function send(key: string, apiVersion: string, style: (needed: Inputs) => Inputs) {
  const { inputs, run, sandbox } = await openUse(key, { apiVersion });
  await run(key, style(inputs));
  return sandbox.requests.map(({ method, path, body, apiVersion }) => ({
    method,
    path,
    body,
    apiVersion,
  }));
}

describeWithOpenApi("what goes over the wire is what Intercom describes", () => {
  const styles: [string, (key: string) => (needed: Inputs) => Inputs][] = [
    ["only what is needed", () => (needed) => needed],
    ["every field of the form", (key) => (needed) => asForm(key, needed)],
    ["everything that can be filled in", (key) => (needed) => ({ ...needed, ...useOf(key).more })],
  ];

  for (const version of apiVersions) {
    for (const [name, style] of styles) {
      test.each(keys)(`${version}, %s with ${name}`, async (key) => {
        const requests = await send(key, version, style(key));
        expect(requests.length).toBeGreaterThan(0);
        const problems = requests.flatMap((request) =>
          describeApi(request.apiVersion).problemsOfRequest(request),
        );
        expect(problems).toEqual([]);
      });
    }
  }
});

describeWithOpenApi("what triggers and data sources send is what Intercom describes", () => {
  async function openSeeded(apiVersion: string) {
    const bench = await openWorkbench({ seed: "workspace" }, { apiVersion });
    const problems = () =>
      bench.sandbox.requests.flatMap(({ method, path, body, apiVersion }) =>
        describeApi(apiVersion).problemsOfRequest({ method, path, body }),
      );
    return { ...bench, problems };
  }

  describe.each(apiVersions)("%s", (version) => {
    test.each(Object.keys(component.dataSources))("%s", async (key) => {
      const { problems, readDataSource, sandbox } = await openSeeded(version);
      const ticketTypeId = sandbox.workspace.ticketTypes.rows[0]?.id;
      for (const searchText of ["", "a"]) await readDataSource(key, { ticketTypeId, searchText });
      expect(sandbox.requests.length).toBeGreaterThan(1);
      expect(problems()).toEqual([]);
    });

    test.each(["contacts", "companies", "tickets", "conversations"])("polling %s", async (kind) => {
      const { poll, problems, sandbox } = await openSeeded(version);
      for (let step = 0; step < 2; step += 1) {
        await poll("pollChangesTrigger", { resourceType: kind });
      }
      expect(sandbox.requests.length).toBeGreaterThan(1);
      expect(problems()).toEqual([]);
    });

    test.each(["contacts", "companies", "tickets", "conversations"])(
      "the initial sync of %s",
      async (resourceType) => {
        const bench = await openSeeded(version);
        const { sync, poll } = batchesOf(bench);
        const { items, error } = await sync({ resourceType, since: "2020-01-01" });
        expect([items.length > 0, error]).toEqual([true, undefined]);
        expect((await poll({ resourceType })).error).toBeUndefined();
        expect(bench.problems()).toEqual([]);
      },
    );
  });
});

test.each(keys)(
  "%s sends the same request for an untouched form as for the required inputs",
  async (key) => {
    const bare = await send(key, "2.11", (needed) => needed);
    const form = await send(key, "2.11", (needed) => asForm(key, needed));
    expect(form).toEqual(bare);
  },
);
