import { type Context, Hono } from "hono";
import { atLeast } from "../apiVersion";
import { formatAppliedTag, formatTag } from "../format/tags";
import { type Body, type Env, isText, needed, readBody, id as readId } from "../http/request";
import type { CompanyRow } from "../store/companies";
import type { ContactRow } from "../store/contacts";
import {
  companyNotFound,
  contactNotFound,
  conversationNotFound,
  parameterInvalid,
  resourceNotFound,
  tagNotFound,
} from "../store/refusal";
import type { TagRow } from "../store/tags";
import type { Workspace } from "../store/workspace";

export const tagCoverage = {
  "GET /tags": "full",
  "GET /tags/:id": "full",
  "POST /tags": "full",
  "DELETE /tags/:id": "full",
  "GET /contacts/:id/tags": "full",
  "POST /contacts/:id/tags": "full",
  "DELETE /contacts/:id/tags/:tagId": "full",
  "POST /conversations/:id/tags": "full",
  "DELETE /conversations/:id/tags/:tagId": "full",
};

// Wording of OpenAPI 2.16, createTag.
const invalid = () => parameterInvalid("invalid tag parameters");

/** A contact or company to tag, with the id that the request gives. */
interface Target<Row> {
  id: string;
  row: Row | undefined;
  untag: boolean;
}

/** Finds each item by the first of these keys that the item has. */
function readTargets<Row>(
  given: unknown,
  ...finders: [key: string, find: (id: string) => Row | undefined][]
) {
  if (given === undefined) return [];
  if (!Array.isArray(given) || given.length === 0) throw invalid();
  return given.map((item: unknown): Target<Row> => {
    if (typeof item !== "object" || item === null) throw invalid();
    const target = item as Body;
    const [key, find] = finders.find(([key]) => target[key] !== undefined) ?? [];
    const id = key && target[key];
    if (!find || !isText(id)) throw invalid();
    return { id, row: find(id), untag: target.untag === true };
  });
}

export function tagRoutes(workspace: Workspace) {
  const { tags, contacts, companies, conversations, admins } = workspace;
  const routes = new Hono<Env>();

  routes.get("/tags", (c) =>
    c.json({ type: "list", data: [...tags.rows.values()].map(formatTag) }),
  );

  routes.get("/tags/:id", (c) => c.json(formatTag(tags.get(c.req.param("id")))));

  routes.post("/tags", async (c) => {
    const body = await readBody(c);
    const { name } = body;
    if (!isText(name) || name.trim() === "") throw invalid();
    if (body.id !== undefined) {
      return answer(c, tags.rename(tags.get(readId(body.id, "id")), name), [], []);
    }
    const users = readTargets(body.users, [
      "id",
      (id) => {
        const row = contacts.rows.get(id);
        return row?.state === "active" ? row : undefined;
      },
    ]);
    const tagged = readTargets(
      body.companies,
      ["id", (id) => companies.rows.get(id)],
      ["company_id", (id) => companies.findByCompanyId(id)],
    );
    // From 2.16 on, Intercom skips what does not exist (OpenAPI 2.16, createTag).
    if (!atLeast(c.get("version"), "2.16")) {
      if (users.some(({ row }) => !row)) throw contactNotFound();
      if (tagged.some(({ row }) => !row)) throw companyNotFound();
    }
    const tag = tags.findOrCreate(name);
    for (const { row, untag } of users) {
      if (row) untag ? tags.untagContact(row, tag) : tags.tagContact(row, tag);
    }
    for (const { row, untag } of tagged) {
      if (row) untag ? tags.untagCompany(row, tag) : tags.tagCompany(row, tag);
    }
    return answer(c, tag, users, tagged);
  });

  const outcomes = (targets: Target<ContactRow | CompanyRow>[]) =>
    targets.filter(({ row }) => row).map(({ id, untag }) => ({ id, tagged: !untag }));

  const answer = (
    c: Context<Env>,
    tag: TagRow,
    users: Target<ContactRow>[],
    tagged: Target<CompanyRow>[],
  ) =>
    c.json({
      ...formatTag(tag),
      ...(atLeast(c.get("version"), "2.16")
        ? { users: outcomes(users), companies: outcomes(tagged) }
        : {}),
    });

  routes.delete("/tags/:id", (c) => {
    tags.delete(tags.get(c.req.param("id")));
    return c.body(null, 200);
  });

  routes.get("/contacts/:id/tags", (c) => {
    const contact = contacts.get(c.req.param("id"));
    const data = contact.tags.map((applied) => formatAppliedTag(tags.get(applied.id), applied));
    return c.json({ type: "list", data });
  });

  routes.post("/contacts/:id/tags", async (c) => {
    const contact = contacts.get(c.req.param("id"));
    const { id } = await readBody(c);
    const tag = tags.get(readId(id, "id"));
    return c.json(formatAppliedTag(tag, tags.tagContact(contact, tag)));
  });

  routes.delete("/contacts/:id/tags/:tagId", (c) => {
    const contact = contacts.get(c.req.param("id"));
    const tag = tags.get(c.req.param("tagId"));
    const applied = tags.untagContact(contact, tag);
    if (!applied) throw resourceNotFound();
    return c.json(formatAppliedTag(tag, applied));
  });

  const conversationOf = (c: Context<Env>) => {
    const row = conversations.rows.get(c.req.param("id") ?? "");
    if (!row) throw conversationNotFound();
    return row;
  };
  const tagOf = (id: string) => {
    const row = tags.rows.get(id);
    if (!row) throw tagNotFound();
    return row;
  };

  routes.post("/conversations/:id/tags", async (c) => {
    const body = await readBody(c);
    const conversation = conversationOf(c);
    const { id: adminId } = admins.get(needed(body, "admin_id", readId));
    const tag = tagOf(needed(body, "id", readId));
    return c.json(formatAppliedTag(tag, tags.tagConversation(conversation, tag, adminId)));
  });

  // This DELETE has a body, which names the admin.
  routes.delete("/conversations/:id/tags/:tagId", async (c) => {
    const body = await readBody(c);
    const conversation = conversationOf(c);
    const { id: adminId } = admins.get(needed(body, "admin_id", readId));
    const tag = tagOf(c.req.param("tagId"));
    const applied = tags.untagConversation(conversation, tag, adminId);
    if (!applied) throw tagNotFound();
    return c.json(formatAppliedTag(tag, applied));
  });

  return routes;
}
