import { expect, test } from "vitest";
import { minute, openSandbox, refusal } from "../judges/answers";

const orders = "/custom_object_instances/Order";

/** The numbers of an order in Intercom's own example. */
const custom_attributes = { order_number: "ORDER-12345", total_amount: 99.99 };

test("an instance is created, and then changed, by your id", async () => {
  const { call, clock } = await openSandbox();
  const now = clock.ms / 1000;
  const given = { external_id: "123", external_created_at: 1392036272, custom_attributes };
  const { body } = await call("POST", orders, given, "2.13");
  expect(body).toEqual({
    id: body.id,
    type: "Order",
    custom_attributes,
    external_id: "123",
    external_created_at: 1392036272,
    external_updated_at: null,
    created_at: now,
    updated_at: now,
  });
  clock.forward(minute);
  const changed = await call("POST", orders, {
    external_id: "123",
    external_updated_at: 1392036280,
    custom_attributes: { total_amount: null, placed_at: { date: "2026-11-02" }, is_gift: true },
  });
  expect(changed.body).toEqual({
    ...body,
    custom_attributes: { order_number: "ORDER-12345", placed_at: 1793577600, is_gift: true },
    external_updated_at: 1392036280,
    updated_at: now + 60,
  });
});

test("an instance is found by either id, within its type alone", async () => {
  const { call } = await openSandbox();
  const { body } = await call("POST", orders, { external_id: "123", custom_attributes });
  for (const path of [`${orders}/${body.id}`, `${orders}/123`, `${orders}?external_id=123`]) {
    expect((await call("GET", path)).body).toEqual(body);
  }
  const notFound = { status: 404, code: "not_found", message: "Custom object instance not found" };
  for (const path of [
    `${orders}/1`,
    `${orders}?external_id=1`,
    `/custom_object_instances/Shipment/${body.id}`,
    "/custom_object_instances/Shipment?external_id=123",
  ]) {
    expect(refusal(await call("GET", path))).toEqual(notFound);
  }
});

test("a type that does not exist is refused by its name", async () => {
  const { call } = await openSandbox();
  const unknown = {
    status: 404,
    code: "not_found",
    message: "Custom object type `Planet` not found",
  };
  const planets = "/custom_object_instances/Planet";
  expect(refusal(await call("POST", planets, { external_id: "1" }))).toEqual(unknown);
  expect(refusal(await call("GET", `${planets}?external_id=1`))).toEqual(unknown);
  expect(refusal(await call("GET", planets))).toEqual(unknown);
  expect(refusal(await call("DELETE", `${planets}/1`))).toEqual(unknown);
});

test.each([
  [{}, "external_id not specified"],
  [{ external_id: true }, "external_id must be a string"],
  [{ custom_attributes: { size: 1 } }, "Custom attribute 'size' does not exist"],
  [{ custom_attributes: { items: 1.5 } }, "Custom attribute 'items' must be of type integer"],
  [
    { custom_attributes: { placed_at: { date: "2 November" } } },
    "Custom attribute 'placed_at' must be of type date",
  ],
  [
    { external_created_at: "2026" },
    "external_created_at must be a Unix timestamp in whole seconds",
  ],
])("an instance with %j is refused", async (fields, message) => {
  const { call, sandbox } = await openSandbox();
  const given = Object.keys(fields).length === 0 ? {} : { external_id: "1", ...fields };
  expect(refusal(await call("POST", orders, given))).toMatchObject({ status: 400, message });
  expect(sandbox.workspace.customObjectInstances.rows.size).toBe(0);
});

test("instances of a type are listed from 2.16 on, the newest first", async () => {
  const { call, clock } = await openSandbox();
  for (const external_id of ["a", "b", "c"]) {
    await call("POST", orders, { external_id });
    clock.forward(minute);
  }
  await call("POST", "/custom_object_instances/Shipment", { external_id: "s" });
  const { body } = await call("GET", `${orders}?per_page=2`);
  const idsOf = (list: { data: { external_id: string }[] }) =>
    list.data.map(({ external_id }) => external_id);
  expect([idsOf(body), body.total_count]).toEqual([["c", "b"], 3]);
  const next = await call("GET", orders + new URL(body.pages.next).search);
  expect(idsOf(next.body)).toEqual(["a"]);
  expect(refusal(await call("GET", orders, undefined, "2.15"))).toMatchObject({
    status: 400,
    message: "external_id not specified",
  });
});

test("an instance is deleted by either id", async () => {
  const { call } = await openSandbox();
  const create = async () => (await call("POST", orders, { external_id: "123" })).body.id;
  const first = await create();
  const gone = (id: string) => ({ id, object: "Order", deleted: true });
  expect((await call("DELETE", `${orders}/${first}`)).body).toEqual(gone(first));
  const second = await create();
  expect((await call("DELETE", `${orders}?external_id=123`)).body).toEqual(gone(second));
  expect((await call("DELETE", `${orders}/${second}`)).status).toBe(404);
});
