import type { ContactRow } from "./contacts";
import type { AttributeChanges, AttributeValues } from "./dataAttributes";
import { byRow } from "./kept";
import { byAge, byId, Groups, Ordered } from "./ordered";
import type { PlanRow } from "./plans";
import { companyNotFound, Refusal } from "./refusal";
import { Store } from "./store";
import { Table } from "./table";

/** What can be set on a company; times are Unix seconds. */
export interface CompanyFields {
  companyId: string;
  name: string;
  plan: PlanRow | null;
  size: number | null;
  website: string | null;
  industry: string | null;
  monthlySpend: number;
  remoteCreatedAt: number;
  createdAt: number;
  lastRequestAt: number | null;
  sessionCount: number;
}

export interface CompanyRow extends CompanyFields {
  id: string;
  updatedAt: number;
  customAttributes: AttributeValues;
  tagIds: string[];
}

export type CompanyChanges = Partial<Omit<CompanyFields, "plan">> & {
  /** By its name; `null` takes it away. */
  plan?: string | null;
  customAttributes?: AttributeChanges;
};

const contactCompaniesMax = 1000;

export class Companies extends Store {
  readonly rows = new Table<CompanyRow>();
  /** Those with a contact, which are the only ones that lists show; by last request, then age. */
  readonly listed = new Ordered<CompanyRow>(
    (a, b) => (a.lastRequestAt ?? 0) - (b.lastRequestAt ?? 0) || byAge(a, b),
  );
  /** All of them, in the order of their making. */
  readonly byCreation = new Ordered<CompanyRow>(byId);
  #byCompanyId = new Map<string, CompanyRow>();
  #byName = new Groups<CompanyRow>();
  /** Active contacts of each company, oldest first. */
  #contactsOf = new Map<string, Ordered<ContactRow>>();
  readonly tables = { companies: byRow(this.rows, (rows) => this.#load(rows)) };

  override count() {
    return { companies: this.rows.size, companiesListed: this.listed.size };
  }

  get(id: string): CompanyRow {
    const row = this.rows.get(id);
    if (!row) throw companyNotFound();
    return row;
  }

  findByCompanyId(companyId: string): CompanyRow | undefined {
    return this.#byCompanyId.get(companyId);
  }

  findByName(name: string): CompanyRow | undefined {
    for (const row of this.#byName.get(name)) return row;
  }

  contactsOf(row: CompanyRow): Ordered<ContactRow> {
    return this.#contactsOf.get(row.id) ?? new Ordered<ContactRow>(byAge);
  }

  /** Finds the company by `companyId`, and makes it where there is none. */
  upsert(changes: CompanyChanges & { companyId: string }): CompanyRow {
    const { workspace } = this;
    const found = this.#byCompanyId.get(changes.companyId);
    if (found) return this.update(found, changes);
    const nowSeconds = workspace.nowSeconds();
    const { customAttributes, plan, ...fields } = changes;
    const createdAt = fields.createdAt ?? nowSeconds;
    const values = workspace.dataAttributes.merge("company", {}, customAttributes ?? {});
    const row: CompanyRow = {
      name: "",
      size: null,
      website: null,
      industry: null,
      monthlySpend: 0,
      remoteCreatedAt: createdAt,
      lastRequestAt: null,
      sessionCount: 0,
      ...fields,
      plan: plan === undefined ? null : this.#planOf(plan),
      createdAt,
      id: workspace.ids.object(),
      updatedAt: createdAt,
      customAttributes: values,
      tagIds: [],
    };
    this.#add(row);
    workspace.report({ what: "company.created", company: row });
    return row;
  }

  update(row: CompanyRow, changes: CompanyChanges): CompanyRow {
    const { customAttributes, plan, ...fields } = changes;
    const values = this.workspace.dataAttributes.merge(
      "company",
      row.customAttributes,
      customAttributes ?? {},
    );
    this.change(row, {
      ...fields,
      customAttributes: values,
      ...(plan === undefined ? {} : { plan: this.#planOf(plan) }),
    });
    this.workspace.report({ what: "company.updated", company: row });
    return row;
  }

  /** Writes fields into a row; any write is an update. */
  change(row: CompanyRow, fields: Partial<CompanyRow>): void {
    this.#unlist(row);
    Object.assign(row, fields, { updatedAt: this.workspace.nowSeconds() });
    this.rows.set(row.id, row);
    this.#list(row);
  }

  #planOf(name: string | null): CompanyRow["plan"] {
    return name ? this.workspace.plans.findOrCreate(name) : null;
  }

  delete(row: CompanyRow): void {
    // Archived contacts as well, which may come back.
    for (const contact of this.workspace.contacts.rows.values()) {
      if (!contact.companyIds.includes(row.id)) continue;
      this.workspace.contacts.change(contact, {
        companyIds: contact.companyIds.filter((id) => id !== row.id),
      });
    }
    this.#unlist(row);
    this.rows.delete(row.id);
    this.byCreation.remove(row);
    this.#byCompanyId.delete(row.companyId);
    this.#contactsOf.delete(row.id);
    this.workspace.report({ what: "company.deleted", company: row });
  }

  attach(contact: ContactRow, row: CompanyRow): void {
    if (contact.companyIds.includes(row.id)) return;
    if (contact.companyIds.length >= contactCompaniesMax) {
      // Wording of OpenAPI 2.16, attachContactToACompany.
      throw new Refusal(
        400,
        "contact_company_limit_exceeded",
        `Contact has reached the maximum of ${contactCompaniesMax} company associations`,
      );
    }
    this.workspace.contacts.change(contact, { companyIds: [...contact.companyIds, row.id] });
    this.#withContacts(row, (contacts) => contacts.insert(contact));
    this.workspace.report({ what: "company.attached", company: row, contact });
  }

  detach(contact: ContactRow, row: CompanyRow): void {
    if (!contact.companyIds.includes(row.id)) throw companyNotFound();
    this.#withContacts(row, (contacts) => contacts.remove(contact));
    this.workspace.contacts.change(contact, {
      companyIds: contact.companyIds.filter((id) => id !== row.id),
    });
    this.workspace.report({ what: "company.detached", company: row, contact });
  }

  /** Puts a contact that is active again into all its companies. */
  include(contact: ContactRow): void {
    for (const id of contact.companyIds) {
      this.#withContacts(this.get(id), (contacts) => contacts.insert(contact));
    }
  }

  /** The reverse of `include`. */
  exclude(contact: ContactRow): void {
    for (const id of contact.companyIds) {
      this.#withContacts(this.get(id), (contacts) => contacts.remove(contact));
    }
  }

  /** With its first contact a company enters the list, and leaves it with the last. */
  #withContacts(row: CompanyRow, change: (contacts: Ordered<ContactRow>) => void): void {
    const contacts = this.contactsOf(row);
    this.#contactsOf.set(row.id, contacts);
    this.#unlist(row);
    change(contacts);
    this.#list(row);
  }

  #add(row: CompanyRow): void {
    this.rows.set(row.id, row);
    this.byCreation.insert(row);
    this.#byCompanyId.set(row.companyId, row);
    this.#list(row);
  }

  #list(row: CompanyRow): void {
    this.#byName.add(row.name, row);
    if (this.contactsOf(row).size > 0) this.listed.insert(row);
  }

  #unlist(row: CompanyRow): void {
    this.#byName.remove(row.name, row);
    if (this.contactsOf(row).size > 0) this.listed.remove(row);
  }

  /** Load the contacts first: they say which companies have any. */
  #load(rows: readonly CompanyRow[]): void {
    this.rows.clear();
    this.listed.clear();
    this.byCreation.clear();
    this.#byCompanyId.clear();
    this.#byName.clear();
    this.#contactsOf.clear();
    for (const contact of this.workspace.contacts.listed) {
      for (const id of contact.companyIds) {
        const contacts = this.#contactsOf.get(id) ?? new Ordered<ContactRow>(byAge);
        contacts.insert(contact);
        this.#contactsOf.set(id, contacts);
      }
    }
    for (const row of rows) {
      this.rows.set(row.id, row);
      this.byCreation.insert(row);
      this.#byCompanyId.set(row.companyId, row);
    }
    // Rows that come in their order are inserted at the end, which moves no others.
    for (const row of [...rows].sort(this.listed.compare)) this.#list(row);
  }
}
