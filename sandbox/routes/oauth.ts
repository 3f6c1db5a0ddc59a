import { Hono } from "hono";
import { type Env, parseBody } from "../http/request";
import { Refusal } from "../store/refusal";
import type { Workspace } from "../store/workspace";

export const oauthCoverage = {
  "GET /oauth": "Nobody is asked to agree.",
  "POST /auth/eagle/token": "full",
};

/** What an app gets in the Developer Hub, and what it gets for a code. */
export interface Credentials {
  clientId: string;
  clientSecret: string;
  token: string;
}

export function oauthRoutes(workspace: Workspace, credentials: Credentials) {
  const { oauth, settings } = workspace;
  const routes = new Hono<Env>();

  // Nobody is asked: whoever opens the page has agreed.
  routes.get("/oauth", (c) => {
    const { client_id: clientId, redirect_uri: redirectUri, state } = c.req.query();
    if (clientId !== credentials.clientId) return c.text("There is no such app.", 404);
    const target = redirectUri ?? settings.redirectUris[0];
    const registered = settings.redirectUris;
    if (!target || (registered.length > 0 && !registered.includes(target))) {
      return c.text("The redirect URL is not one of the app's.", 400);
    }
    if (!/^https?:/i.test(target) || !URL.canParse(target)) {
      return c.text("The redirect URL must be a URL that begins with http: or https:.", 400);
    }
    const url = new URL(target);
    url.searchParams.set("code", oauth.grant());
    if (state !== undefined) url.searchParams.set("state", state);
    return c.redirect(url.href, 302);
  });

  routes.post("/auth/eagle/token", async (c) => {
    const sent = await c.req.text();
    const parsed = parseBody(sent);
    const body =
      typeof parsed === "object" && parsed !== null
        ? (parsed as Record<string, unknown>)
        : Object.fromEntries(new URLSearchParams(sent));
    if (
      body.client_id !== credentials.clientId ||
      body.client_secret !== credentials.clientSecret
    ) {
      throw new Refusal(401, "unauthorized", "Unauthorized Code");
    }
    oauth.redeem(body.code);
    const { token } = credentials;
    return c.json({ token_type: "Bearer", token, access_token: token });
  });

  return routes;
}
