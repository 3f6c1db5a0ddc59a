import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import { isApiVersion } from "./apiVersion";
import { notCovered } from "./coverage";
import { errorList, playFault, wait } from "./faultAnswers";
import type { Faults } from "./faults";
import type { Env } from "./http";
import type { RateLimit } from "./rateLimit";
import { Refusal } from "./refusal";
import { headersForLog, type LoggedRequest, parseBody } from "./requestLog";
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
  requests: LoggedRequest[];
}

/** The routes that take no token: they are how one comes by it. */
const openPaths = ["/oauth", "/auth/eagle/token"];

/** Intercom's paths: every request is logged, struck by faults, checked, and then routed. */
export function intercomApp({ workspace, credentials, faults, rateLimit, requests }: Parts) {
  const { settings } = workspace;
  // As in Rails, a slash at the end changes nothing: a blank id makes a list of a get.
  const app = new Hono<Env>({ strict: false });

  app.use(async (c, next) => {
    const atMs = workspace.nowMs();
    const startedAt = performance.now();
    const version = c.req.header("Intercom-Version") ?? settings.defaultApiVersion;
    const requestId = workspace.ids.request();
    c.set("requestId", requestId);
    const logged: LoggedRequest = {
      method: c.req.method,
      path: c.env.incoming.url ?? c.req.path,
      query: c.req.query(),
      headers: headersForLog(c.req.raw.headers),
      body: parseBody(await c.req.text()),
      status: null,
      apiVersion: version,
      requestId,
      atMs,
      durationMs: null,
    };
    requests.push(logged);
    const fault = faults.take(c.req.method, c.req.path);
    if (fault) logged.fault = fault.kind;
    if (settings.latencyMs > 0) await wait(settings.latencyMs);
    let answer: Response | undefined;
    if (fault) answer = await playFault(c, fault, next, atMs);
    else await next();
    if (answer) {
      // Cleared first: the headers of an answer that is replaced would be carried over.
      c.res = undefined;
      c.res = answer;
    }
    if (answer === RESPONSE_ALREADY_SENT) return;
    logged.status = c.res.status;
    logged.durationMs = Math.round(performance.now() - startedAt);
    if (/json/.test(c.res.headers.get("Content-Type") ?? "")) {
      c.header("Content-Type", "application/json; charset=utf-8");
    }
    c.header("Date", new Date(atMs).toUTCString());
    c.header("X-Request-Id", requestId);
    c.header("Intercom-Version", version);
  });

  app.use(async (c, next) => {
    if (openPaths.includes(c.req.path)) return next();
    // Before the rate limit: an answer to a bad token carries no rate headers.
    if (c.req.header("Authorization") !== `Bearer ${credentials.token}`) {
      throw new Refusal(401, "unauthorized", "Access Token Invalid");
    }
    const limit = settings.requestsPerWindow;
    const { allowed, headers } = rateLimit.count(workspace.nowMs(), limit);
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    if (!allowed) {
      const message = `Exceeded rate limit of ${limit} in 10_seconds`;
      throw new Refusal(429, "rate_limit_exceeded", message);
    }
    const version = c.req.header("Intercom-Version") ?? settings.defaultApiVersion;
    if (!isApiVersion(version)) {
      const message = "The requested version could not be found";
      throw new Refusal(400, "intercom_version_invalid", message);
    }
    c.set("version", version);
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
    if (error instanceof Refusal) {
      const { status, code, message, field } = error;
      const refused = field === undefined ? { code, message } : { code, message, field };
      return c.json(errorList(c.get("requestId"), refused), status);
    }
    // A fault of the sandbox itself, and not one to hide.
    console.error(error);
    const failed = { code: "server_error", message: "Server Error" };
    return c.json(errorList(c.get("requestId"), failed), 500);
  });

  return app;
}
