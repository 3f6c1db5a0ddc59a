import { expect, test } from "vitest";
import { openWorkbench } from "../stage/workbench";

test("the teams of the workspace are listed, with their admins", async () => {
  const { run, sandbox } = await openWorkbench();
  const { admins, teams } = sandbox.workspace;
  const listed = await run<{ id: string; name: string; admin_ids: number[] }[]>("listTeams");
  expect(listed.map(({ id, name }) => [id, name])).toEqual(
    teams.rows.map(({ id, name }) => [id, name]),
  );
  for (const { id, admin_ids } of listed) {
    const members = admins.rows.filter(({ teamIds }) => teamIds.includes(id));
    expect(admin_ids).toEqual(members.map(({ id }) => Number(id)));
  }
});

test("a missing permission for teams is named as probable, because Intercom names none", async () => {
  const { refusal, sandbox } = await openWorkbench();
  sandbox.faults.add({ kind: "status", status: 403, code: "forbidden" });
  expect((await refusal("listTeams")).message).toContain(
    'The token probably lacks the "Read admins" permission',
  );
});
