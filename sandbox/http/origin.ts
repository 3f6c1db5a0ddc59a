import type { Context, MiddlewareHandler } from "hono";
import { Refusal } from "../store/refusal";
import type { Env } from "./request";

/** The names by which a client reaches this machine and no other. */
const names = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Refuses what a page of another site sends from a browser on this machine. Such a page names itself
 * in `Origin` or is named by `Sec-Fetch-Site`; a page whose own host name resolves to this machine
 * (DNS rebinding) sends that name as `Host`. Programs such as curl send only a right `Host`. (Vite
 * GHSA-vg6x-rcgg-rjx6 and Mailpit CVE-2026-22689 lacked this.)
 */
export const refuseOtherSites: MiddlewareHandler<Env> = (c, next) => {
  const port = c.env.incoming.socket.localPort;
  const host = c.req.header("Host")?.toLowerCase() ?? "";
  const hosts = names.map((name) => `${name}:${port}`);
  // A client leaves out the port of the protocol.
  if (!hosts.includes(host) && !(port === 80 && names.includes(host))) {
    // Misdirected Request (RFC 9110, 15.5.20): a client takes 403 for a missing permission.
    const message = `The Host "${host}" is not the sandbox's: use ${hosts[0]}`;
    throw new Refusal(421, "misdirected_request", message);
  }
  const origin = c.req.header("Origin");
  if (origin !== undefined && origin !== `http://${host}`) {
    throw forbidden(`The Origin "${origin}" is another site's: send the request from a program`);
  }
  const site = c.req.header("Sec-Fetch-Site") ?? "none";
  if (site !== "none" && site !== "same-origin" && !isLoginPage(c)) {
    throw forbidden(`A page of another site sent this (Sec-Fetch-Site: ${site}): open it by hand`);
  }
  return next();
};

/**
 * Whether a person's browser goes to the page where an app gets its code: sites lead there by a link
 * or a redirect, so it must open. A page inside of another one, and anything fetched, must not.
 */
const isLoginPage = ({ req }: Context<Env>) =>
  req.method === "GET" &&
  req.path === "/oauth" &&
  req.header("Sec-Fetch-Mode") === "navigate" &&
  req.header("Sec-Fetch-Dest") === "document";

const forbidden = (message: string) => new Refusal(403, "forbidden", message);
