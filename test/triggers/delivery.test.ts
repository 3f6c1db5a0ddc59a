import { testing } from "@prismatic-io/spectral";
import { expect, test } from "vitest";
import component from "../../src/index";
import { serve } from "../stage/serve";
import { holdClock, loggerInto, openWorkbench } from "../stage/workbench";

interface Result {
  branch: string;
  payload: { body: { data: { topic: string; data: { item: { id: string } } } } };
  response: { statusCode: number };
  instanceState?: Record<string, unknown>;
}

/**
 * Runs the webhook as the platform does: passes HTTP requests to the trigger, and its answers back.
 */
async function openWebhook(clientSecret: string) {
  const harness = testing.createHarness(component as never);
  const connection = { key: "intercom", configVarKey: "", fields: { clientSecret } };
  const results: Result[] = [];
  let instanceState: Record<string, unknown> = {};
  const url = await serve(async (request, response) => {
    const data = Buffer.concat(await request.toArray());
    const payload = { headers: request.headers, rawBody: { data } } as never;
    const context = { instanceState, logger: loggerInto([]) } as never;
    const result = (await harness.trigger(
      "webhook",
      payload,
      { connection },
      context,
    )) as never as Result;
    results.push(result);
    instanceState = { ...instanceState, ...result.instanceState };
    response.writeHead(result.response.statusCode).end();
  });
  const started = () => results.filter(({ branch }) => branch !== "Nothing to Do");
  return { url: `${url}/`, results, started };
}

test("a notification that is sent twice starts the flow once", async () => {
  holdClock("2026-03-10T12:00:00Z");
  const { run, sandbox } = await openWorkbench({
    seed: "empty",
    settings: { webhookDuplicateEvery: 1 },
  });
  const { url, results, started } = await openWebhook(sandbox.clientSecret);
  await sandbox.webhooks.subscribe({ url });
  const { id } = await run<{ id: string }>("createContact", {
    email: "ada@example.org",
    role: "user",
  });
  await run("archiveContact", { id });
  await sandbox.webhooks.deliverDue();
  // The HEAD request and the ping came first, and each notification twice.
  expect(results.length).toBeGreaterThanOrEqual(2 + 2 * 2);
  expect(results.map(({ response }) => response.statusCode)).not.toContain(401);
  expect(started().map(({ branch, payload }) => [branch, payload.body.data.topic])).toEqual([
    ["Contact", "contact.user.created"],
    ["Contact", "contact.archived"],
  ]);
  expect(started()[0]?.payload.body.data.data.item.id).toBe(id);
});

test("a notification of an app with another secret is refused, and starts no flow", async () => {
  holdClock("2026-03-10T12:00:00Z");
  const { sandbox } = await openWorkbench();
  const { url, results, started } = await openWebhook("another secret");
  await sandbox.webhooks.subscribe({ url }).catch(() => undefined);
  expect(results.map(({ response }) => response.statusCode)).toContain(401);
  expect(started()).toEqual([]);
});
