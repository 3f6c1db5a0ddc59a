import { describe, expect, test } from "vitest";
import component from "../src/index";
import breadth from "./judges/breadth.json";
import { useOf } from "./uses/index";

interface WantedInput {
  key: string;
  label: string;
  type: string;
  required: boolean;
  kind: string;
  comments?: string;
  default?: string;
  dataSource?: string;
  choices?: { label: string; value: string }[];
  most?: number;
}

interface BuiltInput {
  key: string;
  label: string;
  type: string;
  required?: boolean;
  collection?: string;
  default?: unknown;
  comments?: string;
  dataSource?: string;
  model?: unknown;
}

const inputsOf = (key: string) => (component.actions[key]?.inputs ?? []) as BuiltInput[];

const collections = ["valuelist", "keyvaluelist"];
/** A form gives one whole object, so no input leads to one (docs/decisions.md). */
const forms = ["ticketAttributesForm", "conversationAttributesForm"];

describe.each(breadth.actions)("$key", (wanted) => {
  const built = component.actions[wanted.key];

  test("has the label and the description that were agreed on", () => {
    expect(built?.display).toMatchObject({ label: wanted.label, description: wanted.description });
  });

  test("may be run at any time only if it reads", () => {
    expect(built?.performSafety).toBe(wanted.kind === "query" ? "SAFE" : "NOT_ALLOWED");
  });

  test("needs the permission that was agreed on", () => {
    expect(useOf(wanted.key).permissions).toContain(wanted.permission);
  });

  test("has the inputs that were agreed on, in their order", () => {
    const keys = inputsOf(wanted.key).filter(({ type }) => type !== "connection");
    expect(keys.map(({ key }) => key)).toEqual(wanted.inputs.map(({ key }) => key));
  });

  test.each(wanted.inputs as WantedInput[])("shows $key as it was agreed on", (input) => {
    const found = inputsOf(wanted.key).find(({ key }) => key === input.key);
    const isList = collections.includes(input.type);
    expect(found).toMatchObject({
      label: input.label,
      type: isList ? "string" : input.type,
      required: input.required,
    });
    expect(found?.collection).toBe(isList ? input.type : undefined);
    expect(found?.default || undefined).toBe(input.default);
    expect(found?.model).toEqual(input.choices);
    const isForm = forms.includes(input.dataSource ?? "");
    expect(found?.dataSource).toBe(isForm ? undefined : input.dataSource);
    // A note may go on.
    expect(found?.comments?.slice(0, input.comments?.length)).toBe(input.comments);
  });
});

test.each(breadth.dataSources)("the data source $key is as it was agreed on", (wanted) => {
  const built = component.dataSources[wanted.key];
  expect(built?.display.label).toBe(wanted.label);
  expect(built?.dataSourceType?.toLowerCase()).toBe(wanted.dataSourceType.toLowerCase());
});
