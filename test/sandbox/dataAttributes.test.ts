import { describe, expect, test } from "vitest";
import { openSandbox, refusal } from "../judges/answers";
import { sdk, sdkVersions } from "../judges/intercomClient";

interface Shown {
  name: string;
  full_name: string;
  model: string;
  custom: boolean;
  archived: boolean;
  options?: string[];
}

const shown = async (query: string, version = "2.16") => {
  const { call } = await openSandbox({ seed: "workspace" });
  return (await call("GET", `/data_attributes${query}`, undefined, version)).body.data as Shown[];
};
const customOf = (rows: Shown[]) => rows.filter(({ custom }) => custom).map(({ name }) => name);

describe.each(sdkVersions)("Intercom's client, version %s", (version) => {
  test("lists data attributes", async () => {
    const bench = await openSandbox({ seed: "workspace" });
    const { data } = await sdk(bench, version).dataAttributes.list({ model: "company" });
    expect(data?.find((row) => row?.name === "tier")).toMatchObject({
      full_name: "custom_attributes.tier",
      data_type: "string",
      options: ["gold", "silver", "bronze"],
      api_writable: true,
      custom: true,
      archived: false,
    });
    expect(data?.find((row) => row?.full_name === "plan.name")).toMatchObject({
      name: "name",
      api_writable: false,
      custom: false,
    });
  });
});

describe("data attributes", () => {
  test("are those of the model asked for, or of all", async () => {
    const of = async (query: string, version?: string) =>
      [...new Set((await shown(query, version)).map(({ model }) => model))].join(" ");
    expect(await of("?model=contact")).toBe("contact");
    expect(await of("?model=company")).toBe("company");
    expect(await of("?model=conversation", "2.15")).toBe("conversation");
    expect(await of("", "2.15")).toBe("contact company conversation");
    expect(await of("")).toBe("contact company");
  });

  test("of conversations are refused from 2.16 on, as are those of nothing", async () => {
    const { call } = await openSandbox();
    expect(refusal(await call("GET", "/data_attributes?model=conversation"))).toEqual({
      status: 422,
      code: "parameter_invalid",
      message:
        "model=conversation is no longer supported. Use GET /conversations/attributes instead",
    });
    expect(refusal(await call("GET", "/data_attributes?model=shoe")).status).toBe(400);
  });

  test("that are archived are shown when asked for", async () => {
    expect(customOf(await shown("?model=contact"))).not.toContain("legacy_plan");
    const all = await shown("?model=contact&include_archived=true");
    expect(all.filter(({ archived }) => archived).map(({ name }) => name)).toEqual(["legacy_plan"]);
  });

  test("are exactly those that contacts and companies take", async () => {
    const { call } = await openSandbox({ seed: "workspace" });
    for (const [model, path, more] of [
      ["contact", "/contacts", { role: "lead" }],
      ["company", "/companies", { company_id: "c" }],
    ] as const) {
      for (const name of customOf(await shown(`?model=${model}&include_archived=true`))) {
        const body = { ...more, custom_attributes: { [name]: null } };
        const isArchived = ["legacy_plan", "fax"].includes(name);
        expect([name, (await call("POST", path, body)).status]).toEqual([
          name,
          isArchived ? 400 : 200,
        ]);
      }
    }
  });
});

test("an attribute that only people may write says so, and refuses a write", async () => {
  const { call, sandbox } = await openSandbox({ seed: "empty" });
  sandbox.workspace.dataAttributes.define({
    model: "contact",
    name: "origin",
    dataType: "string",
    isReadOnly: true,
  });
  const { body } = await call("GET", "/data_attributes?model=contact");
  const shown = (body.data as { name: string; api_writable: boolean }[]).find(
    ({ name }) => name === "origin",
  );
  expect(shown?.api_writable).toBe(false);
  const person = { role: "user", email: "ada@example.org", custom_attributes: { origin: "ad" } };
  expect(refusal(await call("POST", "/contacts", person))).toMatchObject({
    status: 400,
    code: "parameter_invalid",
  });
});

test.each([
  ["contact", "Preferred channel", "fax"],
  ["contact", "renewal_date", "2026-11-02"],
  ["contact", "seats", 1.5],
])("a %s's %s does not take %j", async (_model, name, value) => {
  const { call } = await openSandbox({ seed: "workspace" });
  const body = { role: "lead", custom_attributes: { [name]: value } };
  expect(refusal(await call("POST", "/contacts", body))).toMatchObject({
    status: 400,
    code: "parameter_invalid",
  });
});
