import { expect, test } from "vitest";
import { openWorkbench } from "../stage/workbench";

interface Instance {
  id: string;
  custom_attributes: Record<string, unknown>;
}

test("an instance is made once, then updated, and got by either ID", async () => {
  const { run, sandbox } = await openWorkbench();
  const order = { objectTypeId: "Order", externalId: "o/1" };
  const made = await run<Instance>("upsertCustomObjectInstance", {
    ...order,
    customAttributes: '{"order_number": "A-17", "placed_at": {"date": "2026-11-02"}}',
    externalCreatedAt: "2026-11-02",
  });
  const attributes = { order_number: "A-17", placed_at: 1_793_577_600 };
  expect(made).toMatchObject({ type: "Order", custom_attributes: attributes });
  const again = await run<Instance>("upsertCustomObjectInstance", {
    ...order,
    customAttributes: { total_amount: 12.5 },
    externalUpdatedAt: "1793577700",
  });
  expect(again.id).toBe(made.id);
  const wanted = {
    id: made.id,
    external_id: "o/1",
    custom_attributes: { ...attributes, total_amount: 12.5 },
    external_created_at: 1_793_577_600,
    external_updated_at: 1_793_577_700,
  };
  const byId = { objectTypeId: "Order", instanceId: made.id };
  expect(await run("getCustomObjectInstance", byId)).toMatchObject(wanted);
  expect(await run("getCustomObjectInstance", order)).toMatchObject(wanted);
  // Custom objects are there from 2.13 on, and the connection says 2.11.
  expect(sandbox.requests.map(({ apiVersion }) => apiVersion)).toEqual(Array(4).fill("2.13"));
});

test("an external ID that no instance has is an error, also where a list is given", async () => {
  const { refusal, sandbox } = await openWorkbench();
  const inputs = { objectTypeId: "Order", externalId: "o-1" };
  expect(await refusal("getCustomObjectInstance", inputs)).toMatchObject({ status: 404 });
  for (const data of [null, [], [{ id: "1", type: "Order", external_id: "o-2" }]]) {
    sandbox.faults.add({ kind: "status", status: 200, body: { id: "1", type: "list", data } });
    const error = await refusal("getCustomObjectInstance", inputs);
    expect(error.name).toBe("NotFoundError");
    expect(error.message).toMatch(/find the custom object instance by your external ID: /);
  }
});

test.each([
  [
    { objectTypeId: "Order" },
    '"Instance ID" and "External ID" are both empty: fill in one of them.',
  ],
  [
    { objectTypeId: "Order", instanceId: "1", externalId: "o-1" },
    '"Instance ID" and "External ID" can\'t be used together, because they may name two instances: empty one of them.',
  ],
  [{ externalId: "o-1" }, '"Object Type" is empty: fill it in.'],
])("%j is refused by name, and nothing is sent", async (inputs, sentence) => {
  const { refusal, sandbox } = await openWorkbench();
  expect((await refusal("getCustomObjectInstance", inputs)).message).toBe(sentence);
  expect(sandbox.requests).toEqual([]);
});
