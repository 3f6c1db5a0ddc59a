import { type Context, Hono } from "hono";
import type { Parts } from "./app";
import { inShort, SteeringError } from "./checks";
import { readFault } from "./faults/fault";
import { readStorm } from "./faults/storm";
import { fileRoutes } from "./files";
import { refuseOtherSites } from "./http/origin";
import { type Env, isHungUp, limitBody } from "./http/request";
import { inboxRoutes } from "./inbox";
import type { ResetOptions } from "./reset";
import { readSettings } from "./settings";
import { Refusal } from "./store/refusal";
import type { Webhooks } from "./webhooks/webhooks";

const prefix = "/_sandbox";

export const isControl = (path: string) => path === prefix || path.startsWith(`${prefix}/`);

/** Every answer under `/_sandbox/` has this header, so that clients can recognise a sandbox. */
export const sandboxHeader = { name: "X-Sandbox", value: "intercom" } as const;

const manual = "docs/sandbox.md";

async function readJson(c: Context): Promise<unknown> {
  const text = await c.req.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new SteeringError(`The body must be JSON, not ${inShort(text)}.`);
  }
}

/** The control paths under `/_sandbox`, which Intercom does not have. */
export function controlApp(
  parts: Parts,
  webhooks: Webhooks,
  reset: (options: ResetOptions) => void,
) {
  const { workspace, faults, requests } = parts;
  const app = new Hono<Env>({ strict: false }).basePath(prefix);
  const pending = () =>
    faults.pending.map((fault) => ({
      ...fault,
      times: fault.times === Infinity ? "always" : fault.times,
    }));

  app.use(refuseOtherSites);
  app.use((_, next) => {
    workspace.doDue();
    return next();
  });
  app.use(limitBody);
  app.use(async (c, next) => {
    await next();
    c.header(sandboxHeader.name, sandboxHeader.value);
  });

  app.get("/", (c) => c.json({ sandbox: sandboxHeader.value, workspace: workspace.id, manual }));
  app.get("/state", (c) =>
    c.json({
      ...workspace.count(),
      requests: requests.count,
      deliveries: webhooks.deliveryCount,
      faults: faults.pending.length,
    }),
  );
  app.post("/reset", async (c) => {
    reset((await c.req.text()) === "" ? {} : ((await readJson(c)) as object));
    return c.json({ reset: true });
  });
  app.get("/settings", (c) => c.json(workspace.settings));
  app.patch("/settings", async (c) => {
    Object.assign(workspace.settings, readSettings(await readJson(c)));
    return c.json(workspace.settings);
  });
  app.get("/faults", (c) => c.json(pending()));
  app.post("/faults", async (c) => {
    faults.add(readFault(await readJson(c)));
    return c.json(pending());
  });
  app.post("/storm", async (c) => {
    const storm = readStorm(await readJson(c));
    faults.storm(storm);
    return c.json(storm);
  });
  app.delete("/faults", (c) => {
    faults.clear();
    return c.json(pending());
  });
  app.get("/requests", (c) => c.json(requests.entries));
  app.delete("/requests", (c) => {
    requests.clear();
    return c.json(requests.entries);
  });
  const shown = () => {
    const { subscriptions, pending, deliveries } = webhooks;
    return { subscriptions, pending, deliveries };
  };
  app.get("/webhooks", (c) => c.json(shown()));
  // Without the log of all attempts, for clients that ask often.
  app.get("/webhooks/subscriptions", (c) => c.json(webhooks.subscriptions));
  app.post("/webhooks", async (c) => {
    return c.json(await webhooks.subscribe((await readJson(c)) as { url: string }));
  });
  app.delete("/webhooks", (c) => {
    const { id, ...others } = c.req.query();
    // A mistyped parameter must not delete all webhooks.
    const [unknown] = Object.keys(others);
    if (unknown)
      throw new SteeringError(`Webhooks are removed by "id", not by ${inShort(unknown)}.`);
    webhooks.unsubscribe(id);
    return c.json(shown());
  });
  fileRoutes(app, workspace);
  inboxRoutes(app, workspace, readJson);
  app.onError((error, c) => {
    if (isHungUp(c)) return c.body(null);
    if (error instanceof Refusal) return c.json({ error: error.message }, error.status);
    if (error instanceof SteeringError) return c.json({ error: error.message }, 400);
    // A mistake in the sandbox itself, so we show it.
    console.error(error);
    return c.json({ error: "The sandbox failed; its output says why." }, 500);
  });
  app.notFound((c) => {
    const error = `There is no ${c.req.method} ${c.req.path}: ${manual} has what steers the sandbox.`;
    return c.json({ error }, 404);
  });
  return app;
}
