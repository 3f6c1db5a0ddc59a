import { expect, test } from "vitest";
import { openSandbox } from "../judges/answers";

test("audiences are listed by page, from 2.16 on, and an article can be for each", async () => {
  const { call, sandbox } = await openSandbox();
  const all = (await call("GET", "/audiences", undefined, "2.16")).body;
  expect(all).toMatchObject({
    type: "list",
    total_count: 2,
    page: 1,
    per_page: 50,
    total_pages: 1,
  });
  const { body } = await call("GET", "/audiences?page=2&per_page=1", undefined, "2.16");
  expect(body).toMatchObject({ data: [all.data[1]], page: 2, per_page: 1, total_pages: 2 });
  const audience_ids = all.data.map(({ id }: { id: string }) => Number(id));
  const author_id = Number(sandbox.workspace.admins.owner.id);
  const article = { title: "How to pay", author_id, audience_ids };
  expect((await call("POST", "/articles", article, "2.16")).status).toBe(200);
  const older = await fetch(`${sandbox.url}/audiences`, {
    headers: { Authorization: `Bearer ${sandbox.token}`, "Intercom-Version": "2.15" },
  });
  expect(older.status).toBe(400);
});
