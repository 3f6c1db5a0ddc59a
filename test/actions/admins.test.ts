import { describe, expect, test } from "vitest";
import { openUse } from "../stage/openUse";
import { openWorkbench, runClockFast } from "../stage/workbench";

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

describe("the admin of an action whose Admin ID is empty", () => {
  test.each([
    ["closeConversation", "Admin ID"],
    ["createArticle", "Author ID"],
    ["sendMessage", "Admin ID"],
    ["attachTagToConversation", "Admin ID"],
  ])(
    "%s: where the token has none, the error names %s, and nothing is done",
    async (key, label) => {
      const { inputs, refusal, sandbox } = await openUse(key);
      // OpenAPI 2.11 to 2.16, admin_with_app: nullable.
      sandbox.faults.add({ path: "/me", kind: "status", status: 200, body: null });
      const { message } = await refusal(key, { ...inputs, adminId: "", authorId: "" });
      expect(message).toBe(
        `"${label}" is empty, and the access token belongs to no admin: fill it in.`,
      );
      expect(sandbox.requests.at(-1)).toMatchObject({ path: "/me", status: 200 });
    },
  );

  test("is asked for again where a proxy gives an empty answer", async () => {
    runClockFast();
    const { inputs, run, sandbox, sent } = await openUse("closeConversation");
    sandbox.faults.add({ path: "/me", kind: "empty" });
    await run("closeConversation", { ...inputs, adminId: "" });
    expect(sent().filter((line) => line === "GET /me")).toHaveLength(2);
  });
});
