import type { Workspace } from "../../sandbox/index";
import { makeContact } from "./contacts";
import type { Use } from "./use";

function makeEvent(workspace: Workspace) {
  const contact = makeContact(workspace);
  workspace.events.create(contact, { name: "ordered", createdAt: workspace.nowSeconds() });
  return contact;
}

export const events: Record<string, Use> = {
  submitEvent: {
    inputs: (workspace) => ({ contact: makeContact(workspace).id, eventName: "updated-plan" }),
    more: {
      createdAt: "2026-11-02T09:30:00Z",
      metadata:
        '{"plan": "gold", "seats": 12, "order": {"url": "https://example.org/1", "value": "1"}, "price": {"amount": 34999, "currency": "eur"}}',
    },
    permissions: ["Write events"],
  },
  listEvents: {
    inputs: (workspace) => ({ contact: makeEvent(workspace).id }),
    more: { perPage: "10", startingAfter: "1389913941064" },
    permissions: ["Read events"],
    givesList: true,
    variants: [{ how: "*Fetch All*", inputs: { fetchAll: "true" }, permissions: ["Read events"] }],
  },
};
