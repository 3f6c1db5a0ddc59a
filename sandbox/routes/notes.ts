import { Hono } from "hono";
import { formatNote } from "../format/notes";
import { numberedList } from "../http/pages";
import { type Env, id, orNull, readBody, text } from "../http/request";
import { parameterMissing } from "../store/refusal";
import type { Workspace } from "../store/workspace";

export const noteCoverage = {
  "POST /contacts/:id/notes": "full",
  "GET /contacts/:id/notes": "full",
  "GET /notes/:id": "Notes of companies.",
};

export function noteRoutes(workspace: Workspace) {
  const { contacts, notes } = workspace;
  const routes = new Hono<Env>();

  routes.post("/contacts/:id/notes", async (c) => {
    const contact = contacts.get(c.req.param("id"));
    const { body, admin_id: given } = await readBody(c);
    if (body === undefined) throw parameterMissing("body");
    const adminId = orNull(id)(given ?? null, "admin_id");
    const note = { body: text(body, "body"), ...(adminId === null ? {} : { adminId }) };
    return c.json(formatNote(notes.create(contact, note), workspace));
  });

  routes.get("/contacts/:id/notes", (c) => {
    const listed = notes.of(contacts.get(c.req.param("id")));
    return c.json(numberedList(c, listed, (row) => formatNote(row, workspace)));
  });

  routes.get("/notes/:id", (c) => c.json(formatNote(notes.get(c.req.param("id")), workspace)));

  return routes;
}
