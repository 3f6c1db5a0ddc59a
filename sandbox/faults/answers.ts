import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";
import { errorList } from "../http/errorList";
import type { Env } from "../http/request";
import type { Fault, FaultEffect } from "./fault";

export const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Codes that Intercom publishes for statuses a fault may want. */
const codes: Record<number, [code: string, message: string]> = {
  408: ["request_timeout", "server timed out processing"],
  429: ["rate_limit_exceeded", "Exceeded rate limit of 1666 in 10_seconds"],
  500: ["server_error", "Server Error"],
  502: ["server_error", "Bad Gateway"],
  503: ["service_unavailable", "Service Unavailable"],
  504: ["server_error", "Gateway Timeout"],
};

/**
 * Whether an answer is Intercom's own to a request with a valid token, so that it says how much of the
 * rate limit is left (Intercom's page on rate limiting, 2.17). Pages and empty answers stand for what
 * is between; a 429 has what the fault gives it.
 */
export const isIntercoms = (fault: FaultEffect): boolean =>
  fault.kind === "slow" ||
  fault.kind === "cut" ||
  (fault.kind === "status" && fault.status !== 401 && fault.status !== 429);

/**
 * Plays a fault on a request. `work` handles the request as usual, and leaves its answer in
 * `c.res`. Gives `undefined` where that answer shall go out.
 */
export async function playFault(
  c: Context<Env>,
  fault: Fault,
  work: () => Promise<void>,
  nowMs: number,
): Promise<Response | undefined> {
  if (fault.kind === "slow") {
    await wait(fault.delayMs);
    await work();
    return undefined;
  }
  if (doesWork(fault)) await work();
  switch (fault.kind) {
    case "closed":
      c.env.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    case "cut":
      await cutShort(c);
      return RESPONSE_ALREADY_SENT;
    case "hang":
      // Nobody sends it: the connection stays open until one of the two closes it.
      return RESPONSE_ALREADY_SENT;
    default:
      return answerOf(c, fault, nowMs);
  }
}

function doesWork(fault: FaultEffect): boolean {
  if (fault.kind === "cut") return true;
  if (fault.kind === "empty") return fault.workDone ?? true;
  return "workDone" in fault && fault.workDone === true;
}

async function cutShort(c: Context<Env>): Promise<void> {
  const { outgoing } = c.env;
  const body = Buffer.from(await c.res.arrayBuffer());
  outgoing.writeHead(c.res.status, {
    ...c.get("rateHeaders"),
    "Content-Type": c.res.headers.get("Content-Type") ?? "application/json",
    "Content-Length": body.length + 1,
  });
  outgoing.write(body.subarray(0, body.length / 2));
  // Sent before the connection goes, or the client would see one that closed without an answer.
  await new Promise((resolve) => setImmediate(resolve));
  outgoing.destroy();
}

function answerOf(
  c: Context<Env>,
  fault: Exclude<Fault, { kind: "closed" | "cut" | "hang" | "slow" }>,
  nowMs: number,
): Response {
  const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    Response.json(body, { status, headers });
  const error = (code: string, message: string) => errorList(c.get("requestId"), { code, message });
  switch (fault.kind) {
    case "status": {
      const [code, message] = codes[fault.status] ?? ["client_error", "Client Error"];
      const body = error(fault.code ?? code, fault.message ?? message);
      return json(fault.status, fault.body === undefined ? body : fault.body, fault.headers);
    }
    case "html": {
      const status = fault.status ?? 502;
      return new Response(`<html><body><h1>${status}</h1><p>nginx</p></body></html>\n`, {
        status,
        headers: { "Content-Type": "text/html" },
      });
    }
    case "empty":
      return new Response(null, { status: fault.status ?? 200 });
    case "rateLimited": {
      const headers: Record<string, string> = {};
      if (fault.resetInSeconds !== undefined) {
        headers["X-RateLimit-Limit"] = "1666";
        headers["X-RateLimit-Remaining"] = "0";
        headers["X-RateLimit-Reset"] = String(Math.floor(nowMs / 1000) + fault.resetInSeconds);
      }
      return json(429, error(...(codes[429] as [string, string])), headers);
    }
    case "tokenRevoked":
      return json(401, error("token_revoked", "Token revoked"));
  }
}
