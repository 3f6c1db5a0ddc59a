import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { intercomApp, type Parts } from "./app";
import { controlApp, isControl } from "./control";
import { Keeper } from "./dataFolder/keeper";
import { Faults } from "./faults/faults";
import { RateLimit } from "./http/rateLimit";
import { Log, type LoggedRequest } from "./http/requestLog";
import { type ResetOptions, readReset } from "./reset";
import { type SeedName, seeds } from "./seed/seeds";
import { defaultSettings, type Settings } from "./settings";
import { type SavedState, Workspace } from "./store/workspace";
import { Webhooks } from "./webhooks/webhooks";

export { sandboxHeader } from "./control";
export type { Fault } from "./faults/fault";
export type { LoggedRequest } from "./http/requestLog";
export { type SeedName, seeds } from "./seed/seeds";
export type { Settings } from "./settings";
export type { SavedState, Workspace } from "./store/workspace";
export type { Delivery, Webhooks } from "./webhooks/webhooks";

export interface SandboxOptions {
  /** A free one by default. */
  port?: number;
  /** Milliseconds since 1970; the machine's clock by default. */
  now?: () => number;
  /** What the workspace holds at first; "workspace" by default. */
  seed?: SeedName;
  settings?: Partial<Settings>;
  /** A folder that keeps the state from one run to the next; what it holds takes the seed's place. */
  data?: string;
  /** Gets a sentence when the folder fails; stderr by default. */
  warn?: (sentence: string) => void;
}

/** An Intercom on this machine, ready to be asked. */
export interface Sandbox {
  url: string;
  /** The access token that it takes. */
  token: string;
  clientId: string;
  clientSecret: string;
  /** The state, to look at and to fill. */
  workspace: Workspace;
  /** The knobs, to turn. */
  settings: Settings;
  /** The last 5,000 requests to Intercom's paths, in order. */
  requests: LoggedRequest[];
  /** How many there were. */
  readonly requestCount: number;
  faults: Faults;
  /** Who is told of changes, and the log of it. */
  webhooks: Webhooks;
  /** A copy of the state, to compare. */
  save(): SavedState;
  /** Back to a seed, with the settings of the start; forgets requests, faults and webhooks. */
  reset(options?: ResetOptions): void;
  /** Ends open connections too, those that hang included. */
  close(): Promise<void>;
}

const credentials = {
  // Intercom's tokens are base64 and begin with "tok:".
  token: Buffer.from("tok:sandbox_0b1e7c52_93ad_4f60_8c1d:1:0").toString("base64"),
  clientId: "sandbox-client-id",
  clientSecret: "sandbox-client-secret",
};

/** Starts a sandbox on 127.0.0.1; it takes requests when this resolves. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const settings = structuredClone(defaultSettings);
  const workspace = new Workspace(options.now ?? (() => Date.now()), settings);
  const parts: Parts = {
    workspace,
    credentials,
    faults: new Faults(),
    rateLimit: new RateLimit(),
    requests: new Log(),
  };

  const webhooks = new Webhooks(workspace, credentials.clientSecret, options.now === undefined);

  const initial = readReset({ seed: options.seed, settings: options.settings });
  const reset = (given: ResetOptions = {}) => {
    const { seed = initial.seed ?? "workspace", settings: changes } = readReset(given);
    const turned = { ...defaultSettings, ...initial.settings, ...changes };
    Object.assign(settings, structuredClone(turned));
    workspace.clear();
    seeds[seed](workspace);
    // Whatever the lag: a seed has been there for long.
    for (const { index } of workspace.stores) index?.clear();
    parts.requests.clear();
    parts.faults.clear();
    parts.rateLimit.reset();
    webhooks.reset();
  };
  reset();
  const keeper =
    options.data === undefined
      ? undefined
      : await Keeper.open(workspace, options.data, options.warn ?? console.error);

  const control = controlApp(parts, webhooks, reset);
  const intercom = intercomApp(parts);
  const server = createAdaptorServer({
    fetch: async (request, env) => {
      const app = isControl(new URL(request.url).pathname) ? control : intercom;
      const answer = await app.fetch(request, env);
      await keeper?.written();
      return answer;
    },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  }).catch(async (error) => {
    await keeper?.close();
    throw error;
  });
  const { port } = server.address() as AddressInfo;
  workspace.origin = `http://127.0.0.1:${port}`;
  if (keeper) void webhooks.deliverDue();

  let closed: Promise<void> | undefined;
  return {
    url: workspace.origin,
    ...credentials,
    workspace,
    settings,
    requests: parts.requests.entries,
    get requestCount() {
      return parts.requests.count;
    },
    faults: parts.faults,
    webhooks,
    save: () => workspace.save(),
    reset,
    close: () => {
      closed ??= new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      })
        .then(() => webhooks.close())
        .then(() => keeper?.close());
      return closed;
    },
  };
}
