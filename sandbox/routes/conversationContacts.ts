import { type Context, Hono } from "hono";
import { type Body, type Env, email, id, isText, needed, object, readBody } from "../http/request";
import type { ContactRow } from "../store/contacts";
import { addContact, removeContact } from "../store/conversationContacts";
import { adminAuthor, contactAuthor } from "../store/conversationParts";
import type { ConversationRow } from "../store/conversations";
import { contactNotFound } from "../store/refusal";
import type { Workspace } from "../store/workspace";

export const conversationContactCoverage = {
  "POST /conversations/:id/customers": "full",
  "DELETE /conversations/:id/customers/:contactId": "full",
};

/** Finds a contact by one of three keys (OpenAPI 2.16, contact_reply_conversation_request). */
export function findContact(
  { contacts }: Workspace,
  { intercom_user_id: contactId, user_id: externalId, email: address }: Body,
): ContactRow | undefined {
  if (isText(contactId)) return contacts.get(contactId);
  if (isText(externalId)) return contacts.findByExternalId(externalId);
  return address === undefined ? undefined : contacts.findByEmail(email(address, "email"));
}

export function conversationContactRoutes(workspace: Workspace) {
  const { admins, contacts, conversations } = workspace;
  const routes = new Hono<Env>();
  // The examples of OpenAPI 2.11 to 2.16 have this answer; the schemas describe the conversation.
  const answer = (c: Context<Env>, { contactIds }: ConversationRow) =>
    c.json({
      customers: contactIds.flatMap((contactId) => {
        const contact = contacts.rows.get(contactId);
        return contact ? [{ type: contact.role, id: contactId }] : [];
      }),
    });

  const readAdmin = (body: Body) => adminAuthor(admins.get(needed(body, "admin_id", id)));

  /** The admin, or the contact, who adds a contact. */
  const readAuthor = (body: Body, customer: Body) => {
    if (body.admin_id !== undefined || customer.customer === undefined) return readAdmin(body);
    const contact = findContact(workspace, object(customer.customer, "customer.customer"));
    if (!contact) throw contactNotFound();
    return contactAuthor(contact);
  };

  routes.post("/conversations/:id/customers", async (c) => {
    const body = await readBody(c);
    const row = conversations.get(c.req.param("id"));
    const customer = needed(body, "customer", object);
    const author = readAuthor(body, customer);
    const found = findContact(workspace, customer);
    if (!found && !isText(customer.email)) throw contactNotFound();
    // An unknown e-mail creates a lead.
    const contact = found ?? contacts.create({ role: "lead", email: customer.email as string });
    return answer(c, addContact(workspace, row, contact, author));
  });

  // This DELETE has a body, which names the admin.
  routes.delete("/conversations/:id/customers/:contactId", async (c) => {
    const body = await readBody(c);
    const { id: given, contactId } = c.req.param();
    const row = conversations.get(given ?? "");
    const author = readAdmin(body);
    return answer(c, removeContact(workspace, row, contactId ?? "", author));
  });

  return routes;
}
