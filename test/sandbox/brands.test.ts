import { expect, test } from "vitest";
import { openSandbox } from "../judges/answers";

test("brands are listed from 2.15 on, the default one by the workspace's id", async () => {
  const { call, sandbox } = await openSandbox();
  const { body } = await call("GET", "/brands", undefined, "2.15");
  expect(body.data).toMatchObject([
    { type: "brand", id: sandbox.workspace.id, is_default: true },
    { type: "brand", is_default: false },
  ]);
  expect((await call("GET", "/brands", undefined, "2.14")).status).toBe(404);
});

test("conversation attributes have a path of their own from 2.16 on", async () => {
  const { call } = await openSandbox();
  const { body } = await call("GET", "/conversations/attributes", undefined, "2.16");
  expect(body.data).toMatchObject([
    { type: "conversation_attribute", name: "Topic", data_type: "list" },
  ]);
  expect(body.data[0].options.map(({ label }: { label: string }) => label)).toEqual([
    "Billing",
    "Other",
  ]);
  expect((await call("GET", "/conversations/attributes", undefined, "2.15")).status).toBe(404);
});
