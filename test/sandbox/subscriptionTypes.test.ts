import { expect, test } from "vitest";
import { openSandbox, refusal } from "../judges/answers";

async function openWithTypes() {
  const bench = await openSandbox();
  const { contacts, subscriptionTypes } = bench.sandbox.workspace;
  const { id } = contacts.create({ role: "lead" });
  const [outType, inType] = ["opt_out", "opt_in"].map((consent) => {
    const type = subscriptionTypes.rows.find(({ consentType }) => consentType === consent);
    if (!type) throw new Error(`no ${consent} type`);
    return type.id;
  });
  return { ...bench, path: `/contacts/${id}`, outType, inType };
}

test("a contact opts in and out, sees both in lists of their own, and takes it back", async () => {
  const { call, path, outType, inType } = await openWithTypes();
  const chosen = async () => {
    const { body } = await call("GET", path);
    const lists = [body.opted_out_subscription_types, body.opted_in_subscription_types];
    return lists.map(({ data }) => data.map(({ id }: { id: string }) => id));
  };
  for (const [id, consent_type] of [
    [outType, "opt_out"],
    [inType, "opt_in"],
    [inType, "opt_in"],
  ]) {
    await call("POST", `${path}/subscriptions`, { id, consent_type });
  }
  expect(await chosen()).toEqual([[outType], [inType]]);
  expect((await call("GET", `${path}/subscriptions`)).body.data).toMatchObject([
    { type: "subscription", id: outType, consent_type: "opt_out" },
    { type: "subscription", id: inType, consent_type: "opt_in" },
  ]);
  await call("DELETE", `${path}/subscriptions/${outType}`);
  expect(await chosen()).toEqual([[], [inType]]);
});

test("a subscription type that is unknown, or was not chosen, is refused", async () => {
  const { call, path, outType, inType } = await openWithTypes();
  const unknown = { status: 404, code: "not_found", message: "Resource Not Found" };
  const attach = (id: unknown) =>
    call("POST", `${path}/subscriptions`, { id, consent_type: "opt_in" });
  expect(refusal(await attach("1"))).toMatchObject(unknown);
  expect(refusal(await call("DELETE", `${path}/subscriptions/${inType}`))).toMatchObject(unknown);
  expect(refusal(await attach(outType))).toMatchObject({ status: 400, field: "consent_type" });
});
