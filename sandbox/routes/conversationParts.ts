import { type Context, Hono } from "hono";
import { formatConversation } from "../format/conversations";
import { type Body, type Env, id, needed, readBody, text, timestamp } from "../http/request";
import type { Assignee } from "../store/conversationParts";
import { type Act, assign, close, open, snooze } from "../store/conversationStates";
import type { ConversationRow } from "../store/conversations";
import { assigneeNotFound, parameterInvalid } from "../store/refusal";
import type { Workspace } from "../store/workspace";

export const conversationPartCoverage = {
  "POST /conversations/:id/parts": "full",
};

/** What an admin does to a conversation. `message_type` says which act it is. */
export function conversationPartRoutes(workspace: Workspace) {
  const { admins, conversations, teams } = workspace;
  const routes = new Hono<Env>();
  const answer = (c: Context<Env>, row: ConversationRow) =>
    c.json(formatConversation(row, workspace, c.get("version"), { single: true }));

  const readAct = (body: Body): Act => {
    const adminId = admins.get(needed(body, "admin_id", id)).id;
    return body.body === undefined ? { adminId } : { adminId, body: text(body.body, "body") };
  };

  const readType = <Type extends string>(body: Body, ...types: Type[]): Type => {
    const given = needed(body, "type", text);
    const type = types.find((known) => known === given);
    if (!type) throw parameterInvalid(`type must be ${types.join(" or ")}`, "type");
    return type;
  };

  /** "0" means nobody. */
  const readAssignee = (body: Body): Assignee | null => {
    const type = readType(body, "admin", "team");
    const assigneeId = needed(body, "assignee_id", id);
    if (assigneeId === "0") return null;
    const { rows } = type === "admin" ? admins : teams;
    if (!rows.some((row) => row.id === assigneeId)) throw assigneeNotFound();
    return { type, id: assigneeId };
  };

  const acts: Record<string, (row: ConversationRow, body: Body) => ConversationRow> = {
    close(row, body) {
      readType(body, "admin");
      return close(workspace, row, readAct(body));
    },
    snoozed(row, body) {
      const { adminId } = readAct(body);
      return snooze(workspace, row, { adminId, until: needed(body, "snoozed_until", timestamp) });
    },
    open: (row, body) => open(workspace, row, { adminId: readAct(body).adminId }),
    assignment(row, body) {
      const assignee = readAssignee(body);
      return assign(workspace, row, { ...readAct(body), assignee });
    },
  };

  routes.post("/conversations/:id/parts", async (c) => {
    const body = await readBody(c);
    const row = conversations.get(c.req.param("id"));
    const type = needed(body, "message_type", text);
    const act = Object.hasOwn(acts, type) ? acts[type] : undefined;
    if (!act) {
      const types = Object.keys(acts).join(", ");
      throw parameterInvalid(`message_type must be one of: ${types}`, "message_type");
    }
    return answer(c, act(row, body));
  });

  return routes;
}
