import type { Workspace } from "../../sandbox/index";
import type { ContactRow } from "../../sandbox/store/contacts";

/** Users created one day apart, the first on 1 January 2020. */
export function fillContacts({ contacts }: Workspace, count: number) {
  return Array.from({ length: count }, (_, index) =>
    contacts.create({
      role: "user",
      email: `person-${index}@example.org`,
      createdAt: 1577836800 + index * 3600,
    }),
  );
}

/** Companies, twenty per contact, with their last requests one hour apart. */
export function fillCompanies({ companies, contacts }: Workspace, count: number) {
  const perContact = 20;
  const people = Array.from({ length: Math.ceil(count / perContact) }, (_, index) =>
    contacts.create({ role: "user", email: `owner-${index}@example.org` }),
  );
  return Array.from({ length: count }, (_, index) => {
    const company = companies.upsert({
      companyId: `company-${index}`,
      name: `Company ${index}`,
      lastRequestAt: 1577836800 + index * 3600,
    });
    const person = people[Math.floor(index / perContact)];
    if (person) companies.attach(person, company);
    return company;
  });
}

/** Conversations one hour apart, by one contact after the other. */
export function fillConversations(
  { conversations }: Workspace,
  contacts: ContactRow[],
  count: number,
) {
  return contacts.slice(0, count).map((contact, index) =>
    conversations.create({
      contact,
      body: `Hello ${index}`,
      createdAt: 1577836800 + index * 3600,
    }),
  );
}
