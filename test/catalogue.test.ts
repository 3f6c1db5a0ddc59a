import { describe, expect, test } from "vitest";
import component from "../src/index";
import contract from "./contract.json";

interface ContractInput {
  key: string;
  label: string;
  type: string;
  required: boolean;
  collection?: string;
  hidden?: boolean;
  default?: string;
  notes?: string;
  example?: string;
}

interface BuiltInput {
  key: string;
  label: string;
  type: string;
  required?: boolean;
  shown?: boolean;
  collection?: string;
  default?: unknown;
  comments?: string;
  example?: string;
  clean?: unknown;
}

/** Inputs that the catalogue page does not have. */
const addedInputs: Record<string, string[]> = {
  createContact: ["ownerId", "customAttributes", "additionalFields"],
  updateContact: ["ownerId", "customAttributes", "additionalFields"],
  createCompany: ["customAttributes", "additionalFields"],
  updateCompany: ["customAttributes", "additionalFields"],
  createTicket: ["customAttributes", "additionalFields"],
};

/** Notes that go on after the page's own words, as behaviour asks for. */
const longerNotes = [
  "createContact.unsubscribed_from_emails",
  "updateContact.unsubscribed_from_emails",
  "createCompany.company_id",
  "listCompanies.fetchAll",
  "searchContacts.jsonQuery",
];

const contractActions = contract.actions as { key: string; inputs: ContractInput[] }[];
const connectionKeys: Record<string, string> = {
  oauth2: "intercom",
  accessToken: "intercomAccesssToken",
};

function actionOf(key: string) {
  const found = component.actions[key];
  if (!found) throw new Error(`no action ${key}`);
  return found;
}

function connectionOf(kind: string) {
  const found = component.connections.find(({ key }) => key === connectionKeys[kind]);
  if (!found) throw new Error(`no ${kind} connection`);
  return found;
}

test("the component is called as the catalogue page calls it", () => {
  expect(component.key).toBe(contract.component.key);
  expect(component.display).toMatchObject({
    label: contract.component.label,
    description: contract.component.description,
  });
});

test("it has the page's 24 actions", () => {
  const keys = contractActions.map(({ key }) => key);
  expect(keys).toHaveLength(24);
  expect(Object.keys(component.actions)).toEqual(expect.arrayContaining(keys));
});

test("its actions have the page's 115 inputs", () => {
  const pairs = contractActions.flatMap(({ key, inputs }) =>
    inputs.map((input) => `${key}.${input.key}`),
  );
  const built = Object.values(component.actions).flatMap(({ key, inputs }) =>
    (inputs as BuiltInput[]).map((input) => `${key}.${input.key}`),
  );
  expect(pairs).toHaveLength(115);
  expect(built).toEqual(expect.arrayContaining(pairs));
});

describe.each(contract.actions)("$key", (wanted) => {
  const built = actionOf(wanted.key);

  test("has the page's label, description and key", () => {
    expect(built.key).toBe(wanted.key);
    expect(built.display).toEqual({ label: wanted.label, description: wanted.description });
  });

  test("has the page's inputs, and of others only the ones that were agreed on", () => {
    const keys = built.inputs.map(({ key }) => key).sort();
    const agreed = [...wanted.inputs.map(({ key }) => key), ...(addedInputs[wanted.key] ?? [])];
    expect(keys).toEqual(agreed.sort());
  });

  test.each(wanted.inputs as ContractInput[])("shows the input $key as the page does", (input) => {
    const found = (built.inputs as BuiltInput[]).find(({ key }) => key === input.key);
    expect(found).toMatchObject({
      label: input.label,
      type: input.type,
      required: input.required,
    });
    expect(found?.collection).toBe(input.collection);
    expect(found?.example).toBe(input.example);
    expect(found?.default || undefined).toBe(input.default);
    if (longerNotes.includes(`${wanted.key}.${input.key}`)) {
      expect(found?.comments?.startsWith(input.notes ?? "")).toBe(true);
      expect(found?.comments?.length).toBeGreaterThan(input.notes?.length ?? 0);
    } else {
      expect(found?.comments).toBe(input.notes);
    }
  });

  test("shows the page's example payload", () => {
    expect(built.examplePayload ?? null).toEqual(wanted.examplePayload);
  });

  test("only adds inputs that may stay empty", () => {
    const added = (built.inputs as BuiltInput[]).filter(({ key }) =>
      addedInputs[wanted.key]?.includes(key),
    );
    expect(added.filter(({ required }) => required)).toEqual([]);
  });
});

describe.each(contract.connections)("the connection $label", (wanted) => {
  const built = connectionOf(wanted.kind);

  test("has the page's label", () => {
    expect(built.label).toBe(wanted.label);
  });

  test.each(wanted.inputs as ContractInput[])("shows the input $key as the page does", (input) => {
    const found = (built.inputs as BuiltInput[]).find(({ key }) => key === input.key);
    expect(found).toMatchObject({
      label: input.label,
      required: input.required,
      comments: input.notes,
    });
    expect(found?.shown === false).toBe(input.hidden ?? false);
    if (input.key === "authorizeUrl") {
      // A template, so that the region decides the host: the default region gives the page's default.
      expect(found?.type).toBe("template");
      expect(String(found?.default).replace("{{#region}}", "")).toBe(input.default);
    } else {
      expect(found?.type).toBe(input.type);
      expect(found?.default || undefined).toBe(input.default);
    }
  });

  test("gains a region, an API version and a hidden base URL, which may stay empty", () => {
    const inputs = built.inputs as BuiltInput[];
    const added = inputs.filter(({ key }) => !wanted.inputs.some((input) => input.key === key));
    expect(added.map(({ key, required, shown }) => ({ key, required, shown }))).toEqual([
      { key: "region", required: false, shown: undefined },
      { key: "apiVersion", required: false, shown: undefined },
      { key: "baseUrl", required: false, shown: false },
    ]);
  });
});

test.each([
  ["", "https://app.intercom.com/oauth"],
  ["eu.", "https://app.eu.intercom.com/oauth"],
  ["au.", "https://app.au.intercom.com/oauth"],
])("the region %j leads to %s for authorization", (region, url) => {
  const inputs = connectionOf("oauth2").inputs as (BuiltInput & { model?: { value: string }[] })[];
  const template = inputs.find(({ key }) => key === "authorizeUrl")?.default;
  const regions = inputs.find(({ key }) => key === "region")?.model?.map(({ value }) => value);
  expect(regions).toContain(region);
  expect(String(template).replace("{{#region}}", region)).toBe(url);
});
