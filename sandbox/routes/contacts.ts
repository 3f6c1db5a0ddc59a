import { type Context, Hono } from "hono";
import { atLeast } from "../apiVersion";
import { type ContactForm, formatContact, formatContactReference } from "../format/contacts";
import { cursorPage } from "../http/pages";
import {
  type Body,
  type Env,
  email,
  flag,
  id,
  object,
  orNull,
  type Reader,
  type Readers,
  readBody,
  readFields,
  since,
  text,
  timestamp,
} from "../http/request";
import { searchContacts } from "../search/contacts";
import { mergeContacts } from "../store/contactMerges";
import type { ContactChanges, ContactRow } from "../store/contacts";
import {
  contactMerged,
  contactNotFound,
  parameterInvalid,
  parameterMissing,
} from "../store/refusal";
import type { Workspace } from "../store/workspace";

export const contactCoverage = {
  "POST /contacts": "Custom object references; e-mail verification is taken and forgotten.",
  "GET /contacts": "No contact has social profiles or devices.",
  "POST /contacts/search":
    "Values of the mobile fields. Errors other than `invalid_sort_order` have codes of our choice.",
  "GET /contacts/find_by_external_id/:externalId": "full",
  "GET /contacts/:id": "full",
  "PUT /contacts/:id": "Custom object references; e-mail verification is taken and forgotten.",
  "DELETE /contacts/:id": "The delay: the contact is deleted at once. Its identity stays reserved.",
  "POST /contacts/merge":
    "The lead's attributes: they are dropped, even if the user has none. Errors other than `invalid_merge` have codes of our choice.",
  "POST /contacts/:id/archive": "full",
  "POST /contacts/:id/unarchive": "full",
};

const role: Reader<"user" | "lead"> = (value, key) => {
  if (value === "user" || value === "lead") return value;
  throw parameterInvalid(`${key} must be user or lead`, key);
};

/** Your own id of a user. A blank id would be the same for all users without an id. */
const externalId: Reader<string> = (value, key) => {
  const given = id(value, key);
  if (given.trim() === "") throw parameterInvalid(`${key} can't be blank`, key);
  return given;
};

const readers: Readers<ContactChanges> = {
  role: ["role", role],
  external_id: ["externalId", orNull(externalId)],
  email: ["email", orNull(email)],
  phone: ["phone", orNull(text)],
  name: ["name", orNull(text)],
  avatar: ["avatar", orNull(text)],
  signed_up_at: ["signedUpAt", orNull(timestamp)],
  last_seen_at: ["lastSeenAt", orNull(timestamp)],
  owner_id: ["ownerId", orNull(id)],
  unsubscribed_from_emails: [
    "unsubscribedFromEmails",
    (value, key) => orNull(flag)(value, key) ?? false,
  ],
  custom_attributes: ["customAttributes", (value, key) => orNull(object)(value, key) ?? {}],
};

function readChanges(body: Body, c: Context<Env>): ContactChanges {
  if (atLeast(c.get("version"), "2.16") && body.email_verified !== undefined) {
    orNull(flag)(body.email_verified, "email_verified");
    if (body.email === undefined) {
      throw parameterInvalid("email_verified must accompany email", "email_verified");
    }
  }
  return readFields(body, readers);
}

export function contactRoutes(workspace: Workspace) {
  const { contacts } = workspace;
  const routes = new Hono<Env>();

  const form = (c: Context<Env>, single: boolean): ContactForm => ({
    single,
    mergeHistory:
      atLeast(c.get("version"), "2.16") && c.req.query("include_merge_history") === "true",
  });
  /** From 2.16 on, a merged contact is gone (410) instead of unknown (404). */
  const refusalOf = (c: Context<Env>, row: ContactRow | undefined) =>
    row?.merged && atLeast(c.get("version"), "2.16")
      ? contactMerged(row.merged.into)
      : contactNotFound();
  const answer = (c: Context<Env>, row: ContactRow) =>
    c.json(formatContact(row, workspace, c.get("version"), form(c, true)));

  routes.post("/contacts", async (c) =>
    answer(c, contacts.create(readChanges(await readBody(c), c))),
  );

  routes.get("/contacts", (c) => {
    const { rows, total, pages } = cursorPage(c, "contacts", contacts.listed, [10, 150]);
    return c.json({
      type: "list",
      data: rows.map((row) => formatContact(row, workspace, c.get("version"), form(c, false))),
      total_count: total,
      pages,
    });
  });

  routes.post("/contacts/search", async (c) => {
    const found = searchContacts(await readBody(c), workspace, c.get("version"));
    return c.json({
      type: "list",
      data: found.rows.map((row) =>
        formatContact(row, workspace, c.get("version"), form(c, false)),
      ),
      total_count: found.total,
      pages: found.pages,
    });
  });

  routes.get(
    "/contacts/find_by_external_id/:externalId",
    since("2.13", (c) => {
      const externalId = c.req.param("externalId") ?? "";
      const row = contacts.findUserByExternalId(externalId);
      if (row) return answer(c as Context<Env>, row);
      throw refusalOf(c as Context<Env>, contacts.findMergedByExternalId(externalId));
    }),
  );

  routes.get("/contacts/:id", (c) => {
    const row = contacts.rows.get(c.req.param("id"));
    if (row?.state === "active") return answer(c, row);
    throw refusalOf(c, row);
  });

  routes.put("/contacts/:id", async (c) => {
    const row = contacts.get(c.req.param("id"));
    return answer(c, contacts.update(row, readChanges(await readBody(c), c)));
  });

  routes.delete("/contacts/:id", (c) => {
    const row = contacts.delete(c.req.param("id"));
    return c.json({ ...formatContactReference(row), deleted: true });
  });

  routes.post("/contacts/merge", async (c) => {
    const { from, into, skip_duplicate_validation: skip } = await readBody(c);
    if (from === undefined) throw parameterMissing("from");
    if (into === undefined) throw parameterMissing("into");
    const row = mergeContacts(workspace, {
      from: text(from, "from"),
      into: text(into, "into"),
      checksDuplicate:
        atLeast(c.get("version"), "2.16") &&
        !(skip !== undefined && flag(skip, "skip_duplicate_validation")),
    });
    return answer(c, row);
  });

  routes.post("/contacts/:id/archive", (c) => {
    const row = contacts.archive(contacts.get(c.req.param("id")));
    return c.json({ ...formatContactReference(row), archived: true });
  });

  routes.post("/contacts/:id/unarchive", (c) => {
    const row = contacts.unarchive(c.req.param("id"));
    return c.json({ ...formatContactReference(row), archived: false });
  });

  return routes;
}
