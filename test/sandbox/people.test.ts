import { describe, expect, test } from "vitest";
import { openSandbox, refusal } from "./judged";
import { sdk, sdkVersions } from "./sdk";

describe.each(sdkVersions)("Intercom's client, version %s", (version) => {
  test("asks who it is, and for admins and segments", async () => {
    const bench = await openSandbox({ seed: "workspace" });
    const { admins, segments } = sdk(bench, version);
    const { people, id } = bench.sandbox.workspace;
    const me = await admins.identify();
    expect(me).toMatchObject({ id: people.owner.id, app: { id_code: id, region: "US" } });
    const listed = await admins.list();
    expect(listed.admins?.map((admin) => admin?.id)).toEqual(people.admins.map((row) => row.id));
    const found = await admins.find({ admin_id: Number(people.owner.id) });
    expect(found?.email).toBe(people.owner.email);
    const { segments: list = [] } = await segments.list();
    expect(list.map(({ name }) => name)).toContain("Leads");
    expect(await segments.find({ segment_id: list[0]?.id ?? "" })).toEqual(list[0]);
  });
});

test("who I am says where the workspace is and what its time is", async () => {
  const { call, sandbox } = await openSandbox();
  sandbox.settings.region = "EU";
  sandbox.settings.timeZone = "Europe/Dublin";
  const { app } = (await call("GET", "/me")).body;
  expect(app).toMatchObject({ region: "EU", timezone: "Europe/Dublin" });
});

test("an admin or a segment that is not there is not found", async () => {
  const { call } = await openSandbox();
  expect(refusal(await call("GET", "/admins/1"))).toEqual({
    status: 404,
    code: "admin_not_found",
    message: "Admin not found",
  });
  expect(refusal(await call("GET", "/segments/1")).message).toBe("Resource Not Found");
});
