import { expect, test } from "vitest";
import { openSandbox } from "../judges/answers";

test("brands are listed, the default one by the workspace's id", async () => {
  const { call, sandbox } = await openSandbox();
  const { body } = await call("GET", "/brands", undefined, "2.15");
  expect(body.data).toMatchObject([
    { type: "brand", id: sandbox.workspace.id, is_default: true },
    { type: "brand", is_default: false },
  ]);
});

test("conversation attributes have a path of their own", async () => {
  const { call } = await openSandbox();
  const { body } = await call("GET", "/conversations/attributes", undefined, "2.16");
  expect(body.data).toMatchObject([
    { type: "conversation_attribute", name: "Topic", data_type: "list" },
  ]);
  expect(body.data[0].options.map(({ label }: { label: string }) => label)).toEqual([
    "Billing",
    "Other",
  ]);
});
