import type { AttributeChanges, AttributeValues } from "./attributes";
import type { ContactRow } from "./contacts";
import { byAge, byId, Groups, Ordered } from "./ordered";
import { companyNotFound, Refusal } from "./refusal";
import { Table } from "./table";
import type { Workspace } from "./workspace";

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

export interface PlanRow {
  id: string;
  name: string;
}

/** Replaced with each call, never changed. */
export interface Scroll {
  param: string;
  /** The last row given. */
  after: string;
  usedAtMs: number;
}

const contactCompaniesMax = 1000;
const scrollPage = 100;

export class Companies {
  readonly rows = new Table<CompanyRow>();
  /** Those with a contact, which are the only ones that lists show; by last request, then age. */
  readonly listed = new Ordered<CompanyRow>(
    (a, b) => (a.lastRequestAt ?? 0) - (b.lastRequestAt ?? 0) || byAge(a, b),
  );
  #byCreation = new Ordered<CompanyRow>(byId);
  #byCompanyId = new Map<string, CompanyRow>();
  #byName = new Groups<CompanyRow>();
  /** Active contacts of each company, oldest first. */
  #contactsOf = new Map<string, Ordered<ContactRow>>();
  readonly plans = new Table<PlanRow>();
  #planByName = new Map<string, PlanRow>();
  /** The one that is open, if any. */
  openScroll: Scroll | null = null;

  constructor(readonly workspace: Workspace) {}

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
    const values = workspace.attributes.merge("company", {}, customAttributes ?? {});
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
    const values = this.workspace.attributes.merge(
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
    if (!name) return null;
    const found = this.#planByName.get(name);
    if (found) return found;
    const plan = { id: this.workspace.ids.number("plan"), name };
    this.#addPlan(plan);
    return plan;
  }

  #addPlan(plan: PlanRow): void {
    this.plans.set(plan.id, plan);
    this.#planByName.set(plan.name, plan);
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
    this.#byCreation.remove(row);
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

  /** Counts a contact that is active again in all its companies. */
  count(contact: ContactRow): void {
    for (const id of contact.companyIds) {
      this.#withContacts(this.get(id), (contacts) => contacts.insert(contact));
    }
  }

  /** The reverse of `count`. */
  forget(contact: ContactRow): void {
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

  /**
   * The next companies of the one scroll there can be. Every call moves it on, so a call that is
   * repeated does not give the same page again.
   */
  scroll(param: string | undefined): { param: string; rows: CompanyRow[] } {
    const { workspace } = this;
    const nowMs = workspace.nowMs();
    const { scrollIdleMs, scrollEnd } = workspace.settings;
    if (this.openScroll && nowMs - this.openScroll.usedAtMs >= scrollIdleMs) this.openScroll = null;
    if (param === undefined) {
      if (this.openScroll) {
        throw new Refusal(400, "scroll_exists", "scroll already exists for this workspace");
      }
      this.openScroll = { param: workspace.ids.uuid(), after: "", usedAtMs: nowMs };
    }
    const scroll = this.openScroll;
    const lost = new Refusal(404, "not_found", "scroll parameter not found");
    if (!scroll || (param !== undefined && scroll.param !== param)) throw lost;
    const rows: CompanyRow[] = [];
    for (let at = this.#byCreation.countBefore({ id: scroll.after } as CompanyRow); ; at++) {
      const row = this.#byCreation.at(at);
      if (!row || rows.length === scrollPage) break;
      if (row.id !== scroll.after && this.contactsOf(row).size > 0) rows.push(row);
    }
    this.openScroll = { ...scroll, usedAtMs: nowMs, after: rows.at(-1)?.id ?? scroll.after };
    if (rows.length === 0 && param !== undefined) {
      this.openScroll = null;
      if (scrollEnd === "404") throw lost;
    }
    return { param: scroll.param, rows };
  }

  #add(row: CompanyRow): void {
    this.rows.set(row.id, row);
    this.#byCreation.insert(row);
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

  loadPlans(plans: readonly PlanRow[]): void {
    this.plans.clear();
    this.#planByName.clear();
    for (const plan of plans) this.#addPlan(plan);
  }

  /** Load the contacts first: they say which companies have any. */
  load(rows: readonly CompanyRow[]): void {
    this.rows.clear();
    this.listed.clear();
    this.#byCreation.clear();
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
      this.#byCreation.insert(row);
      this.#byCompanyId.set(row.companyId, row);
    }
    // Rows that come in their order are inserted at the end, which moves no others.
    for (const row of [...rows].sort(this.listed.compare)) this.#list(row);
  }
}
