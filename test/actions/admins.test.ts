import { expect, test } from "vitest";
import { openWorkbench } from "../stage/workbench";

test("the admins of the workspace are listed, with their teams", async () => {
  const { run, sandbox } = await openWorkbench();
  const { rows } = sandbox.workspace.admins;
  const listed = await run<{ id: string; email: string; team_ids: number[] }[]>("listAdmins");
  expect(listed.map(({ id, team_ids }) => [id, team_ids])).toEqual(
    rows.map(({ id, teamIds }) => [id, teamIds.map(Number)]),
  );
});

test("the current admin is the one whose access token it is, with the workspace", async () => {
  const { run, sandbox } = await openWorkbench();
  const { admins, id } = sandbox.workspace;
  expect(await run("getCurrentAdmin")).toMatchObject({
    type: "admin",
    id: admins.owner.id,
    email: admins.owner.email,
    app: { id_code: id, region: "US", timezone: "America/New_York" },
  });
});
