import type { SeedName } from "../sandbox/seed/seeds";
import { type Inputs, openWorkbench } from "./stage/workbench";

const ada = { email: "ada@example.org", role: "user" };
const works = { company_id: "works-1", name: "Works", remote_created_at: "1394531169" };

/** A workspace with one of each, and the inputs by which every action does something to them. */
export async function openFurnished(
  fields: Record<string, unknown> = {},
  built?: unknown,
  seed: SeedName = "empty",
) {
  const bench = await openWorkbench({ seed }, fields, built);
  const { workspace } = bench.sandbox;
  const contact = workspace.contacts.create({ role: "user", email: "bob@example.org" });
  const archived = workspace.contacts.create({ role: "user", email: "eve@example.org" });
  workspace.contacts.archive(archived);
  const company = workspace.companies.upsert({ companyId: "smithy", name: "Smithy" });
  const tag = workspace.tags.findOrCreate("VIP");
  workspace.companies.attach(contact, company);
  workspace.tags.tagContact(contact, tag);
  const [ticketType] = workspace.ticketTypes.rows.values();
  const attributes = { _default_title_: "Broken", Priority: undefined as string | undefined };
  const priority = ticketType?.attributes.find(({ name }) => name === "Priority");
  attributes.Priority = priority?.options?.[0]?.id;
  const id = contact.id;
  const inputs: Record<string, Inputs> = {
    listTags: {},
    createTag: { name: "Gold" },
    updateTag: { id: tag.id, name: "Gold" },
    deleteTag: { id: tag.id },
    createCompany: works,
    updateCompany: { company_id: "smithy", name: "Smithy & Sons" },
    getCompany: { id: company.id },
    listCompanies: {},
    deleteCompany: { id: company.id },
    createContact: ada,
    updateContact: { ...ada, id },
    getContact: { id },
    listContacts: {},
    searchContacts: { role: "user" },
    archiveContact: { id },
    unarchiveContact: { id: archived.id },
    deleteContact: { id },
    attachTag: { id, tagId: tag.id },
    detachTag: { id, tagId: tag.id },
    attachCompany: { id, companyId: company.id },
    detachCompany: { id, companyId: company.id },
    listTicketTypes: {},
    rawRequest: { method: "GET", url: "/me" },
    createTicket: { ticketTypeId: ticketType?.id, contactId: id, ticketAttributes: attributes },
  };
  return { ...bench, inputs };
}
