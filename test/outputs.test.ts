import Ajv, { type ValidateFunction } from "ajv";
import { describe, expect, test } from "vitest";
import component from "../src/index";
import { openUse } from "./stage/openUse";

const ajv = new Ajv({ strict: true, allowUnionTypes: true });

const actions = Object.values(component.actions).map(({ key, outputSchema, examplePayload }) => ({
  key,
  // As published: the JSON Schema is text.
  output: outputSchema as unknown as { type: string; schema: string },
  example: examplePayload as { data: unknown } | undefined,
}));

const compiled = new Map<string, ValidateFunction>();
function problemsOf(schema: string, value: unknown): string[] {
  const check = compiled.get(schema) ?? ajv.compile(JSON.parse(schema));
  compiled.set(schema, check);
  // Through JSON, as the platform passes a result on.
  check(JSON.parse(JSON.stringify(value)));
  return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

interface Described {
  properties?: object;
  items?: Described;
}

/** The names of the properties that a value has, or those of a list's items. */
const keysOf = ({ properties, items }: Described): string[] =>
  items ? keysOf(items) : Object.keys(properties ?? {});

describe.each(actions)("the output of $key", ({ key, output, example }) => {
  test("is described as JSON Schema", () => {
    expect(output.type).toBe("actionOutput");
    expect(ajv.validateSchema(JSON.parse(output.schema))).toBe(true);
    // The result of a raw request depends on its path.
    if (key === "rawRequest") expect(output.schema).toBe("{}");
    else expect(keysOf(JSON.parse(output.schema))).not.toEqual([]);
  });

  test("has the example's form", () => {
    if (example) expect(problemsOf(output.schema, example.data)).toEqual([]);
  });

  test.each(["2.11", "2.16"])("matches its description, in API version %s", async (apiVersion) => {
    const { inputs, run } = await openUse(key, { apiVersion });
    const result = await run(key, inputs);
    expect(result).toBeDefined();
    expect(problemsOf(output.schema, result)).toEqual([]);
  });
});
