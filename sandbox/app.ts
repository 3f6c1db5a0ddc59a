import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { TrieRouter } from "hono/router/trie-router";
import { isApiVersion, refusalOfVersion } from "./apiVersion";
import { notCovered } from "./coverage";
import { errorList, isIntercoms, playFault, wait } from "./faultAnswers";
import type { Faults } from "./faults";
import type { Env } from "./http";
import { refuseOtherSites } from "./origin";
import type { RateLimit } from "./rateLimit";
import { Refusal } from "./refusal";
import { bodyForLog, headersForLog, type Log, type LoggedRequest, parseBody } from "./requestLog";
import { adminRoutes } from "./routes/admins";
import { companyRoutes } from "./routes/companies";
import { contactRoutes } from "./routes/contacts";
import { conversationRoutes } from "./routes/conversations";
import { dataAttributeRoutes } from "./routes/dataAttributes";
import { type Credentials, oauthRoutes } from "./routes/oauth";
import { segmentRoutes } from "./routes/segments";
import { tagRoutes } from "./routes/tags";
import { teamRoutes } from "./routes/teams";
import { ticketRoutes } from "./routes/tickets";
import type { Workspace } from "./workspace";

/** What a sandbox is made of, beside its HTTP server. */
export interface Parts {
  workspace: Workspace;
  credentials: Credentials;
  faults: Faults;
  rateLimit: RateLimit;
  requests: Log<LoggedRequest>;
}

/** The routes that take no token: they are how one comes by it. */
const openPaths = ["/oauth", "/auth/eagle/token"];

/** Intercom's limit is not documented; this one is above all that its API has a use for. */
const longestBody = 10 * 1024 * 1024;

const refuseLongBody = () => {
  const message = `The body of a request must have at most ${longestBody} bytes: send less at once`;
  throw new Refusal(413, "request_entity_too_large", message);
};

const limitStream = bodyLimit({ maxSize: longestBody, onError: refuseLongBody });

/**
 * For both apps of the sandbox; a body that is too long is not read to its end. Hono's own limit turns
 * every request into a slow one of undici's, so it gets only those that don't say their length.
 */
export const limitBody: MiddlewareHandler<Env> = (c, next) => {
  if (hasNoBody(c)) return next();
  const length = c.req.header("Content-Length");
  if (length === undefined || c.req.header("Transfer-Encoding")) return limitStream(c, next);
  return Number(length) > longestBody ? refuseLongBody() : next();
};

const hasNoBody = ({ req }: Context<Env>) => req.method === "GET" || req.method === "HEAD";

/** Whether the client went away before all of its request had come. */
export const isHungUp = ({ env: { incoming } }: Context<Env>) =>
  incoming.destroyed && !incoming.complete;

/** Intercom's paths: every request is checked, logged, struck by faults, and then routed. */
export function intercomApp({ workspace, credentials, faults, rateLimit, requests }: Parts) {
  const { settings } = workspace;
  // As in Rails, a slash at the end changes nothing: a blank id makes a list of a get.
  // Hono's default router first tries one that can't take these paths.
  const app = new Hono<Env>({ strict: false, router: new TrieRouter() });

  app.use(refuseOtherSites);

  app.use(async (c, next) => {
    const atMs = workspace.nowMs();
    const startedAt = performance.now();
    const version = c.req.header("Intercom-Version") ?? settings.defaultApiVersion;
    const requestId = workspace.ids.request();
    const logged: LoggedRequest = {
      method: c.req.method,
      path: c.env.incoming.url ?? c.req.path,
      query: c.req.query(),
      headers: headersForLog(c.req.raw.headers),
      body: undefined,
      status: null,
      apiVersion: version,
      requestId,
      atMs,
      durationMs: null,
    };
    c.set("requestId", requestId);
    c.set("logged", logged);
    await next();
    if (c.res === RESPONSE_ALREADY_SENT || isHungUp(c)) return;
    logged.status = c.res.status;
    logged.durationMs = Math.round(performance.now() - startedAt);
    // Hono's c.header() would make the answer anew for each.
    const { headers } = c.res;
    if (/json/.test(headers.get("Content-Type") ?? "")) {
      headers.set("Content-Type", "application/json; charset=utf-8");
    }
    for (const [name, value] of Object.entries(c.get("rateHeaders") ?? {})) {
      // A fault may have its own.
      if (!headers.has(name)) headers.set(name, value);
    }
    headers.set("Date", new Date(atMs).toUTCString());
    headers.set("X-Request-Id", requestId);
    headers.set("Intercom-Version", version);
  });

  function checkToken(c: Context<Env>) {
    if (openPaths.includes(c.req.path)) return;
    // Before the rate limit: an answer to a bad token carries no rate headers.
    if (c.req.header("Authorization") !== `Bearer ${credentials.token}`) {
      throw new Refusal(401, "unauthorized", "Access Token Invalid");
    }
    const limit = settings.requestsPerWindow;
    const { allowed, headers } = rateLimit.count(workspace.nowMs(), limit);
    c.set("rateHeaders", headers);
    if (!allowed) {
      const message = `Exceeded rate limit of ${limit} in 10_seconds`;
      throw new Refusal(429, "rate_limit_exceeded", message);
    }
  }

  // No body is read for a stranger.
  app.use(async (c, next) => {
    const logged = c.get("logged");
    try {
      checkToken(c);
      await limitBody(c, async () => {
        logged.body = hasNoBody(c) ? undefined : parseBody(bodyForLog(await c.req.text()));
      });
    } finally {
      requests.add(logged);
      if (settings.latencyMs > 0) await wait(settings.latencyMs);
    }
    await next();
  });

  app.use(async (c, next) => {
    const fault = faults.take(c.req.method, c.req.path);
    if (!fault) return next();
    const logged = c.get("logged");
    logged.fault = fault.kind;
    if (!isIntercoms(fault)) c.set("rateHeaders", undefined);
    const answer = await playFault(c, fault, next, logged.atMs);
    if (!answer) return;
    // Cleared first: the headers of an answer that is replaced would be carried over.
    c.res = undefined;
    c.res = answer;
  });

  app.use((c, next) => {
    if (openPaths.includes(c.req.path)) return next();
    const { apiVersion } = c.get("logged");
    if (!isApiVersion(apiVersion)) {
      throw new Refusal(400, "intercom_version_invalid", refusalOfVersion(apiVersion));
    }
    c.set("version", apiVersion);
    return next();
  });

  for (const path of notCovered) app.all(path, (c) => c.notFound());
  for (const routes of [
    contactRoutes(workspace),
    companyRoutes(workspace),
    tagRoutes(workspace),
    ticketRoutes(workspace),
    conversationRoutes(workspace),
    segmentRoutes(workspace),
    adminRoutes(workspace),
    teamRoutes(workspace),
    dataAttributeRoutes(workspace),
    oauthRoutes(workspace, credentials),
  ]) {
    app.route("/", routes);
  }

  app.notFound((c) => {
    // Intercom may have it: whoever reads this must not look for the mistake in the path.
    const message = `This sandbox has no ${c.req.method} ${c.req.path}: docs/sandbox.md has what it covers`;
    throw new Refusal(404, "not_found", message);
  });
  app.onError((error, c) => {
    if (isHungUp(c)) return c.body(null);
    if (error instanceof Refusal) {
      const { status, code, message, field } = error;
      const refused = field === undefined ? { code, message } : { code, message, field };
      return c.json(errorList(c.get("requestId") ?? null, refused), status);
    }
    // A fault of the sandbox itself, and not one to hide.
    console.error(error);
    const failed = { code: "server_error", message: "Server Error" };
    return c.json(errorList(c.get("requestId") ?? null, failed), 500);
  });

  return app;
}
