import { Hono } from "hono";
import type { Parts } from "./app";
import type { Fault } from "./faults";
import type { Sandbox } from "./index";
import { applySettings } from "./settings";
import type { Webhooks } from "./webhooks";

export const controlPrefix = "/_sandbox/";

/** What a fault of each kind takes, beside what every fault takes. */
const takenBy: Record<Fault["kind"], string[]> = {
  status: ["status", "headers", "body", "code", "message", "workDone"],
  closed: ["workDone"],
  cut: [],
  hang: ["workDone"],
  html: ["status", "workDone"],
  empty: ["status", "workDone"],
  rateLimited: ["resetInSeconds"],
  tokenRevoked: [],
  slow: ["delayMs"],
};
const takenByAll = ["kind", "method", "path", "times", "skip"];

/** A fault that came as JSON, where "always" stands for Infinity. */
function readFault(given: Omit<Fault, "times"> & { times?: number | "always" }): Fault {
  const kinds = Object.keys(takenBy);
  if (!kinds.includes(given.kind)) throw new TypeError(`A fault has a kind: ${kinds.join(", ")}.`);
  const taken = [...takenByAll, ...takenBy[given.kind]];
  const unknown = Object.keys(given).find((key) => !taken.includes(key));
  if (unknown) {
    throw new TypeError(`A fault of this kind takes ${taken.join(", ")}, and no "${unknown}".`);
  }
  if (given.times !== undefined && given.times !== "always" && !(Number(given.times) >= 1)) {
    throw new TypeError('The times of a fault are a number from 1, or "always".');
  }
  if (given.path !== undefined && !/^[/*]/.test(given.path)) {
    throw new TypeError("The path of a fault begins with a slash.");
  }
  if (given.kind === "slow" && typeof (given as { delayMs?: unknown }).delayMs !== "number") {
    throw new TypeError("A fault of the kind slow has a number of delayMs.");
  }
  const { status } = given as { status?: unknown };
  const needsStatus = given.kind === "status" || status !== undefined;
  if (
    needsStatus &&
    !(Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599)
  ) {
    throw new TypeError("The status of a fault is a number from 200 to 599.");
  }
  const times = given.times === "always" ? Number.POSITIVE_INFINITY : given.times;
  return { ...given, ...(times === undefined ? {} : { times }) } as Fault;
}

/** What steers the sandbox from outside, under `/_sandbox`: apart from all that is Intercom's. */
export function controlApp(parts: Parts, webhooks: Webhooks, reset: Sandbox["reset"]) {
  const { workspace, faults, requests } = parts;
  const app = new Hono().basePath(controlPrefix);
  const pending = () =>
    faults.pending.map((fault) => ({
      ...fault,
      times: fault.times === Infinity ? "always" : fault.times,
    }));

  app.get("/state", (c) => {
    const { contacts, companies, tags, tickets, conversations } = workspace;
    return c.json({
      contacts: contacts.listed.size,
      contactsArchivedOrDeleted: contacts.rows.size - contacts.listed.size,
      companies: companies.rows.size,
      companiesListed: companies.listed.size,
      tags: tags.rows.size,
      tickets: tickets.rows.size,
      conversations: conversations.rows.size,
      requests: requests.length,
      faults: faults.pending.length,
    });
  });
  app.post("/reset", async (c) => {
    const given = (await c.req.text()) === "" ? {} : await c.req.json();
    // A slip of the pen must not cost somebody their data.
    const unknown = Object.keys(given).find((key) => key !== "seed" && key !== "settings");
    if (unknown) throw new TypeError(`A reset takes a seed and settings, and no "${unknown}".`);
    reset(given);
    return c.json({ reset: true });
  });
  app.get("/settings", (c) => c.json(workspace.settings));
  app.patch("/settings", async (c) => {
    applySettings(workspace.settings, await c.req.json());
    return c.json(workspace.settings);
  });
  app.get("/faults", (c) => c.json(pending()));
  app.post("/faults", async (c) => {
    faults.add(readFault(await c.req.json()));
    return c.json(pending());
  });
  app.post("/storm", async (c) => {
    const { seed, share } = await c.req.json();
    if (!Number.isInteger(seed) || !(share >= 0 && share <= 1)) {
      throw new TypeError("A storm has a whole number as its seed and a share from 0 to 1.");
    }
    faults.storm({ seed, share });
    return c.json({ seed, share });
  });
  app.delete("/faults", (c) => {
    faults.clear();
    return c.json(pending());
  });
  app.get("/requests", (c) => c.json(requests));
  app.delete("/requests", (c) => {
    requests.length = 0;
    return c.json(requests);
  });
  const shown = () => {
    const { subscriptions, pending, deliveries } = webhooks;
    return { subscriptions, pending, deliveries };
  };
  app.get("/webhooks", (c) => c.json(shown()));
  // Without the log of all attempts, for who looks often.
  app.get("/webhooks/subscriptions", (c) => c.json(webhooks.subscriptions));
  app.post("/webhooks", async (c) => {
    const given = await c.req.json();
    const unknown = Object.keys(given).find((key) => key !== "url" && key !== "topics");
    if (unknown) throw new TypeError(`A subscription takes a url and topics, and no "${unknown}".`);
    return c.json(await webhooks.subscribe(given));
  });
  app.delete("/webhooks", (c) => {
    webhooks.unsubscribe(c.req.query("id"));
    return c.json(shown());
  });
  app.onError((error, c) => c.json({ error: error.message }, 400));
  app.notFound((c) => c.json({ error: `There is no ${c.req.method} ${c.req.path}.` }, 404));
  return app;
}
