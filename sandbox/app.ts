import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import { TrieRouter } from "hono/router/trie-router";
import { isApiVersion, refusalOfVersion } from "./apiVersion";
import { isIntercoms, playFault, wait } from "./faults/answers";
import type { Faults } from "./faults/faults";
import { errorList } from "./http/errorList";
import { refuseOtherSites } from "./http/origin";
import type { RateLimit } from "./http/rateLimit";
import { type Env, hasNoBody, isHungUp, limitBody, parseBody } from "./http/request";
import { bodyForLog, headersForLog, type Log, type LoggedRequest } from "./http/requestLog";
import { adminRoutes } from "./routes/admins";
import { articleRoutes } from "./routes/articles";
import { audienceRoutes } from "./routes/audiences";
import { brandRoutes } from "./routes/brands";
import { collectionRoutes } from "./routes/collections";
import { companyRoutes } from "./routes/companies";
import { contactRoutes } from "./routes/contacts";
import { conversationContactRoutes } from "./routes/conversationContacts";
import { conversationPartRoutes } from "./routes/conversationParts";
import { conversationReplyRoutes } from "./routes/conversationReplies";
import { conversationRoutes } from "./routes/conversations";
import { conversationTicketRoutes } from "./routes/conversationTickets";
import { customObjectInstanceRoutes } from "./routes/customObjectInstances";
import { dataAttributeRoutes } from "./routes/dataAttributes";
import { eventRoutes } from "./routes/events";
import { helpCenterRoutes } from "./routes/helpCenters";
import { messageRoutes } from "./routes/messages";
import { noteRoutes } from "./routes/notes";
import { type Credentials, oauthRoutes } from "./routes/oauth";
import { segmentRoutes } from "./routes/segments";
import { subscriptionTypeRoutes } from "./routes/subscriptionTypes";
import { tagRoutes } from "./routes/tags";
import { teamRoutes } from "./routes/teams";
import { ticketReplyRoutes } from "./routes/ticketReplies";
import { ticketRoutes } from "./routes/tickets";
import { ticketTypeRoutes } from "./routes/ticketTypes";
import { Refusal } from "./store/refusal";
import type { Workspace } from "./store/workspace";

/** The parts of a sandbox, except its HTTP server. */
export interface Parts {
  workspace: Workspace;
  credentials: Credentials;
  faults: Faults;
  rateLimit: RateLimit;
  requests: Log<LoggedRequest>;
}

/** The routes that need no token, because a client gets its token from them. */
const openPaths = ["/oauth", "/auth/eagle/token"];

/** Intercom's paths. We check and log every request, play a fault if one is due, and then route. */
export function intercomApp({ workspace, credentials, faults, rateLimit, requests }: Parts) {
  const { settings } = workspace;
  // As in Rails, a slash at the end changes nothing: a blank id makes a list of a get.
  // Hono's default router first tries one that can't take these paths.
  const app = new Hono<Env>({ strict: false, router: new TrieRouter() });

  app.use(refuseOtherSites);

  app.use(async (c, next) => {
    const atMs = workspace.nowMs();
    workspace.doDue();
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
    // Hono's c.header() would make a new answer for each header.
    const { headers } = c.res;
    if (/json/.test(headers.get("Content-Type") ?? "")) {
      headers.set("Content-Type", "application/json; charset=utf-8");
    }
    for (const [name, value] of Object.entries(c.get("rateHeaders") ?? {})) {
      // A fault may set this header itself.
      if (!headers.has(name)) headers.set(name, value);
    }
    headers.set("Date", new Date(atMs).toUTCString());
    headers.set("X-Request-Id", requestId);
    headers.set("Intercom-Version", version);
  });

  function checkToken(c: Context<Env>) {
    if (openPaths.includes(c.req.path)) return;
    // We check the token before the rate limit, because a 401 has no rate headers.
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

  // We read no body of a client without the token.
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
    // We clear the answer first, because Hono copies the headers of a replaced answer.
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

  for (const routes of [
    contactRoutes(workspace),
    companyRoutes(workspace),
    tagRoutes(workspace),
    subscriptionTypeRoutes(workspace),
    ticketTypeRoutes(workspace),
    ticketRoutes(workspace),
    ticketReplyRoutes(workspace),
    dataAttributeRoutes(workspace),
    conversationRoutes(workspace),
    conversationPartRoutes(workspace),
    conversationTicketRoutes(workspace),
    conversationReplyRoutes(workspace),
    conversationContactRoutes(workspace),
    messageRoutes(workspace),
    noteRoutes(workspace),
    eventRoutes(workspace),
    articleRoutes(workspace),
    audienceRoutes(),
    collectionRoutes(workspace),
    helpCenterRoutes(workspace),
    customObjectInstanceRoutes(workspace),
    segmentRoutes(workspace),
    adminRoutes(workspace),
    teamRoutes(workspace),
    brandRoutes(workspace),
    oauthRoutes(workspace, credentials),
  ]) {
    app.route("/", routes);
  }

  app.notFound((c) => {
    // Intercom may have this path, so the message does not blame the path.
    const message = `This sandbox has no ${c.req.method} ${c.req.path}: docs/sandbox.md has what it covers`;
    throw new Refusal(404, "not_found", message);
  });
  app.onError((error, c) => {
    if (isHungUp(c)) return c.body(null);
    if (error instanceof Refusal) {
      const { status, code, message, field, headers } = error;
      const refused = field === undefined ? { code, message } : { code, message, field };
      return c.json(errorList(c.get("requestId") ?? null, refused), status, headers);
    }
    // A mistake in the sandbox itself, so we show it.
    console.error(error);
    const failed = { code: "server_error", message: "Server Error" };
    return c.json(errorList(c.get("requestId") ?? null, failed), 500);
  });

  return app;
}
