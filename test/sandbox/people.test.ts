import { describe, expect, test } from "vitest";
import { openSandbox, refusal } from "../judges/answers";
import { sdk, sdkVersions } from "../judges/intercomClient";

describe.each(sdkVersions)("Intercom's client, version %s", (version) => {
  test("asks who it is, and for admins and segments", async () => {
    const bench = await openSandbox({ seed: "workspace" });
    const client = sdk(bench, version);
    const { admins, id } = bench.sandbox.workspace;
    const me = await client.admins.identify();
    expect(me).toMatchObject({ id: admins.owner.id, app: { id_code: id, region: "US" } });
    const listed = await client.admins.list();
    expect(listed.admins?.map((admin) => admin?.id)).toEqual(admins.rows.map((row) => row.id));
    const found = await client.admins.find({ admin_id: Number(admins.owner.id) });
    expect(found?.email).toBe(admins.owner.email);
    const { segments: list = [] } = await client.segments.list();
    expect(list.map(({ name }) => name)).toContain("Leads");
    expect(await client.segments.find({ segment_id: list[0]?.id ?? "" })).toEqual(list[0]);
  });
});

test("who I am says where the workspace is and what its time is", async () => {
  const { call, sandbox } = await openSandbox();
  sandbox.settings.region = "EU";
  sandbox.settings.timeZone = "Europe/Dublin";
  const { app } = (await call("GET", "/me")).body;
  expect(app).toMatchObject({ region: "EU", timezone: "Europe/Dublin" });
});

describe.each(sdkVersions)("Intercom's client, version %s", (version) => {
  test("asks for teams, and who is in them", async () => {
    const bench = await openSandbox({ seed: "workspace" });
    const { admins } = bench.sandbox.workspace;
    const { teams } = sdk(bench, version);
    const { teams: listed = [] } = await teams.list();
    expect(listed.map((team) => [team?.name, team?.admin_ids])).toEqual([
      ["Support", [Number(admins.rows[0]?.id)]],
      ["Success", [Number(admins.rows[1]?.id)]],
    ]);
    const [support] = listed;
    expect(await teams.find({ team_id: support?.id ?? "" })).toEqual(support);
  });
});

test("segments are counted when asked to be", async () => {
  const { call, sandbox } = await openSandbox({ seed: "workspace" });
  const counts = async (query: string) =>
    (await call("GET", `/segments${query}`)).body.segments.map(
      ({ name, count, person_type }: Record<string, unknown>) => [name, count, person_type],
    );
  expect(await counts("?include_count=true")).toEqual([
    ["Key accounts", 3, "contact"],
    ["Leads", 7, "contact"],
    ["Spends 500 or more", 5, "contact"],
  ]);
  const [lead] = [...sandbox.workspace.contacts.listed].filter(({ role }) => role === "lead");
  await call("POST", `/contacts/${lead?.id}/archive`);
  expect((await counts("?include_count=true"))[1]).toEqual(["Leads", 6, "contact"]);
  expect((await counts("")).map((row: unknown[]) => row[1])).toEqual(Array(3).fill(undefined));
});

test("an admin, a team or a segment that is not there is not found", async () => {
  const { call } = await openSandbox();
  expect(refusal(await call("GET", "/admins/1"))).toEqual({
    status: 404,
    code: "admin_not_found",
    message: "Admin not found",
  });
  expect(refusal(await call("GET", "/teams/1"))).toEqual({
    status: 404,
    code: "team_not_found",
    message: "Team not found",
  });
  expect(refusal(await call("GET", "/segments/1")).message).toBe("Resource Not Found");
});

test("a contact and a company say which segments they are in", async () => {
  const { call, sandbox } = await openSandbox({ seed: "workspace" });
  const { contacts, companies } = sandbox.workspace;
  const [lead] = [...contacts.listed].filter(({ role }) => role === "lead");
  const names = async (path: string) =>
    (await call("GET", path)).body.data.map(({ name }: { name: string }) => name);
  expect(await names(`/contacts/${lead?.id}/segments`)).toEqual(["Leads"]);
  const company = companies.findByCompanyId("gannet-airways");
  expect(await names(`/companies/${company?.id}/segments`)).toEqual([
    "Key accounts",
    "Spends 500 or more",
  ]);
  expect((await call("GET", "/contacts/x/segments")).status).toBe(404);
  expect((await call("GET", "/companies/x/segments")).status).toBe(404);
});
