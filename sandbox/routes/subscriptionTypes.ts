import { Hono } from "hono";
import { formatSubscriptionType } from "../format/subscriptionTypes";
import { type Env, needed, readBody, id as readId, text } from "../http/request";
import { parameterInvalid } from "../store/refusal";
import type { Workspace } from "../store/workspace";

export const subscriptionTypeCoverage = {
  "GET /subscription_types": "All are live and in one language.",
  "GET /contacts/:id/subscriptions": "full",
  "POST /contacts/:id/subscriptions":
    "Tells no webhook. The refusal of a consent type that the subscription type does not have is our guess.",
  "DELETE /contacts/:id/subscriptions/:subscriptionId": "Tells no webhook.",
};

export function subscriptionTypeRoutes({ contacts, subscriptionTypes }: Workspace) {
  const routes = new Hono<Env>();

  routes.get("/subscription_types", (c) =>
    c.json({ type: "list", data: subscriptionTypes.rows.map(formatSubscriptionType) }),
  );

  routes.get("/contacts/:id/subscriptions", (c) => {
    const chosen = subscriptionTypes.ofContact(contacts.get(c.req.param("id")));
    return c.json({ type: "list", data: chosen.map(formatSubscriptionType) });
  });

  routes.post("/contacts/:id/subscriptions", async (c) => {
    const contact = contacts.get(c.req.param("id"));
    const body = await readBody(c);
    const type = subscriptionTypes.get(needed(body, "id", readId));
    if (needed(body, "consent_type", text) !== type.consentType) {
      throw parameterInvalid(`consent_type must be ${type.consentType}`, "consent_type");
    }
    subscriptionTypes.attach(contact, type);
    return c.json(formatSubscriptionType(type));
  });

  routes.delete("/contacts/:id/subscriptions/:subscriptionId", (c) => {
    const contact = contacts.get(c.req.param("id"));
    const type = subscriptionTypes.get(c.req.param("subscriptionId"));
    subscriptionTypes.detach(contact, type);
    return c.json(formatSubscriptionType(type));
  });

  return routes;
}
