import type { Context, Hono } from "hono";
import { flag, readChecked, text, wholeNumber } from "./checks";
import type { Env } from "./http/request";
import { rate, setPriority } from "./store/conversationRatings";
import type { Workspace } from "./store/workspace";

interface GivenRating {
  rating: number;
  remark?: string;
  contact_id?: string;
}

const ratingChecks = { rating: wholeNumber(1, 5), remark: text, contact_id: text };

/** What people do in the inbox and the Messenger, and no request of Intercom's API does. */
export function inboxRoutes(
  app: Hono<Env>,
  workspace: Workspace,
  readJson: (c: Context) => Promise<unknown>,
): void {
  const { contacts, conversations } = workspace;

  app.post("/conversations/:id/rating", async (c) => {
    const row = conversations.get(c.req.param("id"));
    const given = await readJson(c);
    const {
      rating: score,
      remark,
      contact_id: contactId,
    } = readChecked<GivenRating>("a rating", given, ratingChecks, ["rating"]);
    const contact = contactId === undefined ? undefined : contacts.get(contactId);
    return c.json(rate(workspace, row, { score, remark, contact }).rating);
  });

  app.post("/conversations/:id/priority", async (c) => {
    const row = conversations.get(c.req.param("id"));
    const checks = { priority: flag };
    const given = await readJson(c);
    const read = readChecked<{ priority: boolean }>("a priority", given, checks, ["priority"]);
    return c.json({ priority: setPriority(workspace, row, read.priority).isPriority });
  });
}
