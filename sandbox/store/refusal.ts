/** An error answer of Intercom. One handler renders it as `error.list`. */
export class Refusal extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 421 | 422 | 429,
    readonly code: string,
    message: string,
    readonly field?: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

// Wordings of OpenAPI 2.16 (ShowContact, RetrieveACompanyById, findTag, getTicket).
export const contactNotFound = () => new Refusal(404, "not_found", "User Not Found");
export const companyNotFound = () => new Refusal(404, "company_not_found", "Company Not Found");
// Wordings of OpenAPI 2.16 (attachTagToConversation, detachTagFromConversation).
export const conversationNotFound = () => new Refusal(404, "not_found", "Conversation not found");
export const tagNotFound = () => new Refusal(404, "tag_not_found", "Tag not found");
// Wording of OpenAPI 2.16, updateTicket.
export const assigneeNotFound = () => new Refusal(404, "assignee_not_found", "Assignee not found");
export const resourceNotFound = () => new Refusal(404, "not_found", "Resource Not Found");
export const parameterInvalid = (message: string, field?: string) =>
  new Refusal(400, "parameter_invalid", message, field);
export const parameterMissing = (key: string) =>
  new Refusal(400, "parameter_not_found", `${key} not specified`, key);
/** The header leads to the contact that the lead became part of (OpenAPI 2.16, ShowContact). */
export const contactMerged = (into: string) =>
  new Refusal(
    410,
    "contact_merged",
    "This contact has been merged. See the 'Link' header for the canonical contact.",
    undefined,
    { Link: `</contacts/${into}>; rel="canonical"` },
  );
