export interface Coverage {
  /** As registered: method and path. */
  route: string;
  covers: "full" | "partial";
  /** What the real one does and this one does not. */
  missing?: string;
}

const full = (...routes: string[]): Coverage[] =>
  routes.map((route) => ({ route, covers: "full" }));
const partial = (route: string, missing: string): Coverage => ({
  route,
  covers: "partial",
  missing,
});

/** Every route of Intercom's that the sandbox answers, and how much of it. */
export const coverage: Coverage[] = [
  partial(
    "POST /contacts",
    "Custom object references; e-mail verification is taken and forgotten.",
  ),
  partial("GET /contacts", "No contact has social profiles, notes, subscriptions or devices."),
  partial(
    "POST /contacts/search",
    "The mobile fields are known and always unset; errors beside `invalid_sort_order` have codes of our choice.",
  ),
  ...full("GET /contacts/find_by_external_id/:externalId"),
  partial("GET /contacts/:id", "Merged contacts: there is no merging."),
  partial(
    "PUT /contacts/:id",
    "Custom object references; e-mail verification is taken and forgotten.",
  ),
  partial("DELETE /contacts/:id", "The contact is gone at once; only its identity stays reserved."),
  ...full("POST /contacts/:id/archive", "POST /contacts/:id/unarchive"),
  ...full("GET /contacts/:id/companies", "POST /contacts/:id/companies"),
  ...full("DELETE /contacts/:id/companies/:companyId"),
  ...full("GET /contacts/:id/tags", "POST /contacts/:id/tags", "DELETE /contacts/:id/tags/:tagId"),
  partial("POST /companies", "Notes of a company."),
  ...full("GET /companies", "POST /companies/list"),
  partial("GET /companies/scroll", "The 500 after a network failure is a fault to be added."),
  ...full("GET /companies/:id", "PUT /companies/:id"),
  partial("DELETE /companies/:id", "Done at once, where the real one works on in the background."),
  ...full("GET /companies/:id/contacts"),
  ...full("GET /tags", "GET /tags/:id", "POST /tags", "DELETE /tags/:id"),
  ...full("GET /ticket_types", "GET /ticket_types/:id"),
  partial(
    "POST /tickets",
    "Linked conversations, files, and e-mails to the contact, which nobody gets.",
  ),
  partial(
    "GET /tickets/:id",
    "Linked objects, replies, and parts beside those of state, attributes and assignment.",
  ),
  partial("PUT /tickets/:id", "Files, and e-mails to the contact, which nobody gets."),
  partial("POST /tickets/search", "Errors have codes of our choice."),
  partial(
    "GET /conversations",
    "No conversation has tags, ratings, an AI agent or linked objects.",
  ),
  partial("POST /conversations", "Attachments, visitors, brands; every message is in-app."),
  partial(
    "POST /conversations/search",
    "Ratings, AI agents and what is left out of the statistics are known and always unset.",
  ),
  partial("GET /conversations/:id", "Parts beside comments and notes."),
  partial("POST /conversations/:id/reply", "Attachments and quick replies."),
  partial("GET /segments", "Rules by tag, role and spend alone."),
  partial("GET /segments/:id", "Rules by tag, role and spend alone."),
  ...full("GET /me", "GET /admins", "GET /admins/:id"),
  partial("GET /teams", "Priorities, limits and ways of distributing work."),
  partial("GET /teams/:id", "Priorities, limits and ways of distributing work."),
  partial(
    "GET /data_attributes",
    "Some of the standard attributes of people, and two kinds of list.",
  ),
  partial("GET /oauth", "Nobody is asked to agree."),
  ...full("POST /auth/eagle/token"),
];

/** Paths of Intercom's that the sandbox does not have, and that a route with an id would catch. */
export const notCovered = [
  "/admins/activity_logs",
  "/admins/activity_log_event_types",
  "/conversations/attributes",
  "/conversations/deleted",
];
