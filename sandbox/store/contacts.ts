import { ContactIdentities } from "./contactIdentities";
import type { AttributeChanges, AttributeValues } from "./dataAttributes";
import { byRow } from "./kept";
import { byAge, byId, Groups, Ordered } from "./ordered";
import { contactNotFound, parameterInvalid, Refusal } from "./refusal";
import { SearchIndex } from "./searchIndex";
import { Store } from "./store";
import { Table } from "./table";

export interface Location {
  country: string;
  region: string;
  city: string;
  countryCode: string;
  continentCode: string;
}

/** What can be set on a contact; times are Unix seconds. */
export interface ContactFields {
  role: "user" | "lead";
  externalId: string | null;
  email: string | null;
  phone: string | null;
  name: string | null;
  avatar: string | null;
  ownerId: string | null;
  unsubscribedFromEmails: boolean;
  markedEmailAsSpam: boolean;
  hasHardBounced: boolean;
  createdAt: number;
  signedUpAt: number | null;
  lastSeenAt: number | null;
  lastRepliedAt: number | null;
  lastContactedAt: number | null;
  lastEmailOpenedAt: number | null;
  lastEmailClickedAt: number | null;
  languageOverride: string | null;
  browser: string | null;
  browserLanguage: string | null;
  os: string | null;
  location: Location | null;
}

/** The arrays and objects in a row are replaced, never changed: the search index keeps old rows. */
export interface ContactRow extends ContactFields {
  id: string;
  updatedAt: number;
  customAttributes: AttributeValues;
  tags: { id: string; appliedAt: number; adminId: string }[];
  companyIds: string[];
  /** What the contact chose: in to an opt-in type, out of an opt-out type. */
  subscriptionTypeIds: string[];
  state: "active" | "archived" | "deleted" | "merged";
  deletedAtMs: number | null;
  /** Of a merged lead: the user it became part of. */
  merged?: { into: string; at: number };
}

export type ContactChanges = Partial<ContactFields> & { customAttributes?: AttributeChanges };

export class Contacts extends Store {
  readonly rows = new Table<ContactRow>();
  override readonly index = new SearchIndex<ContactRow>();
  /** The active ones, oldest first. */
  readonly listed = new Ordered<ContactRow>(byAge);
  readonly #identities = new ContactIdentities();
  /** The merged leads, by the user they became part of. */
  readonly #mergedInto = new Groups<ContactRow>();

  readonly tables = { contacts: byRow(this.rows, (rows) => this.#load(rows)) };

  override count() {
    const contacts = this.listed.size;
    return { contacts, contactsArchivedOrDeleted: this.rows.size - contacts };
  }

  /** An active contact: archived and deleted ones are not found by their id. */
  get(id: string): ContactRow {
    const row = this.rows.get(id);
    if (row?.state !== "active") throw contactNotFound();
    return row;
  }

  findUserByExternalId(externalId: string): ContactRow | undefined {
    return this.#identities.findByExternalId(externalId, "user");
  }

  findByExternalId(externalId: string): ContactRow | undefined {
    return this.#identities.findByExternalId(externalId);
  }

  findByEmail(email: string): ContactRow | undefined {
    return this.#identities.findByEmail(email);
  }

  /** The active ones with this value; undefined for a field without an index. */
  having(field: string, value: string): ContactRow[] | undefined {
    const rows = field === "id" ? [this.rows.get(value)] : this.#identities.having(field, value);
    return rows?.flatMap((row) => (row?.state === "active" ? [row] : []));
  }

  /** The lead with this external id, where it was merged into a user. */
  findMergedByExternalId(externalId: string): ContactRow | undefined {
    return this.#identities.findMerged(externalId);
  }

  /** The leads that were merged into a user, in the order of their merging. */
  mergedInto(user: ContactRow): ContactRow[] {
    return [...this.#mergedInto.get(user.id)].sort(
      (a, b) => (a.merged?.at ?? 0) - (b.merged?.at ?? 0) || byId(a, b),
    );
  }

  create(changes: ContactChanges): ContactRow {
    const { workspace } = this;
    const nowSeconds = workspace.nowSeconds();
    const { customAttributes, ...fields } = changes;
    const row: ContactRow = {
      externalId: null,
      email: null,
      phone: null,
      name: null,
      avatar: null,
      ownerId: null,
      unsubscribedFromEmails: false,
      markedEmailAsSpam: false,
      hasHardBounced: false,
      createdAt: nowSeconds,
      signedUpAt: null,
      lastSeenAt: null,
      lastRepliedAt: null,
      lastContactedAt: null,
      lastEmailOpenedAt: null,
      lastEmailClickedAt: null,
      languageOverride: null,
      browser: null,
      browserLanguage: null,
      os: null,
      location: null,
      ...fields,
      role: fields.role ?? "user",
      id: "",
      updatedAt: fields.createdAt ?? nowSeconds,
      customAttributes: workspace.dataAttributes.merge("contact", {}, customAttributes ?? {}),
      tags: [],
      companyIds: [],
      subscriptionTypeIds: [],
      state: "active",
      deletedAtMs: null,
    };
    this.#check(row);
    row.id = workspace.ids.object();
    // A lead's external id is Intercom's to give (third-party recordings of the live API).
    if (row.role === "lead") row.externalId = workspace.ids.uuid();
    this.index.beforeWrite(row.id, undefined, workspace.nowMs(), workspace.settings.indexLagMs);
    this.#add(row);
    this.index.afterWrite(row);
    workspace.report({ what: "contact.created", contact: row });
    return row;
  }

  update(row: ContactRow, changes: ContactChanges): ContactRow {
    const { customAttributes, ...fields } = changes;
    if (row.role === "user" && fields.role === "lead") {
      throw new Refusal(
        400,
        "client_error",
        "Contact with user role can't be converted to a lead",
        "role",
      );
    }
    const next: ContactRow = { ...row, ...fields };
    if (next.role === "lead") next.externalId = row.externalId;
    if (customAttributes) {
      next.customAttributes = this.workspace.dataAttributes.merge(
        "contact",
        row.customAttributes,
        customAttributes,
      );
    }
    this.#check(next, row);
    const before = { ...row };
    const { updatedAt: _, ...written } = next;
    this.change(row, written);
    this.workspace.report({ what: "contact.updated", contact: row, before });
    return row;
  }

  /**
   * Writes fields into a row, with what the indexes need; the rules are checked before. Any write
   * is an update.
   */
  change(row: ContactRow, fields: Partial<ContactRow>): ContactRow {
    const { workspace } = this;
    this.index.beforeWrite(row.id, row, workspace.nowMs(), workspace.settings.indexLagMs);
    this.#remove(row);
    this.#add(Object.assign(row, { updatedAt: workspace.nowSeconds() }, fields));
    this.index.afterWrite(row);
    return row;
  }

  #check(row: ContactRow, before?: ContactRow): void {
    if (row.ownerId !== null && row.ownerId !== before?.ownerId) {
      if (!this.workspace.admins.rows.some((admin) => admin.id === row.ownerId)) {
        throw parameterInvalid("The owner specified is not a member of the workspace", "owner_id");
      }
    }
    if (row.role === "lead") return;
    if (row.email === null && row.externalId === null) {
      throw parameterInvalid("A user must have an email or an external_id");
    }
    if (before && !this.#identities.haveChanged(before, row)) return;
    const { identityReservedMs } = this.workspace.settings;
    const holder = this.#identities.holderOf(row, this.workspace.nowMs(), identityReservedMs);
    if (holder) {
      const kind = holder.state === "active" ? "A" : "An archived";
      throw new Refusal(
        409,
        "conflict",
        `${kind} contact matching those details already exists with id=${holder.id}`,
      );
    }
  }

  archive(row: ContactRow): ContactRow {
    return this.#move(row, "contact.archived", { state: "archived" });
  }

  /** Finds archived contacts too: their id is the only way back to them. */
  unarchive(id: string): ContactRow {
    const row = this.rows.get(id);
    if (!row || row.state === "merged") throw contactNotFound();
    if (row.state === "deleted") {
      throw new Refusal(
        400,
        "not_restorable",
        "This contact is marked for permanent deletion and is not restorable",
      );
    }
    return row.state === "active"
      ? row
      : this.#move(row, "contact.unarchived", { state: "active" });
  }

  delete(id: string): ContactRow {
    const row = this.rows.get(id);
    if (!row || row.state === "deleted" || row.state === "merged") throw contactNotFound();
    const { events, notes } = this.workspace;
    for (const store of [events, notes]) store.deleteOf(row);
    return this.#move(row, "contact.deleted", {
      state: "deleted",
      deletedAtMs: this.workspace.nowMs(),
      companyIds: [],
      subscriptionTypeIds: [],
      tags: [],
    });
  }

  #move(
    row: ContactRow,
    what: "contact.archived" | "contact.unarchived" | "contact.deleted",
    fields: Partial<ContactRow>,
  ): ContactRow {
    this.workspace.companies.exclude(row);
    this.change(row, fields);
    if (row.state === "active") this.workspace.companies.include(row);
    this.workspace.report({ what, contact: row });
    return row;
  }

  #add(row: ContactRow): void {
    this.rows.set(row.id, row);
    this.#index(row);
  }

  #index(row: ContactRow): void {
    this.#identities.add(row);
    this.#mergedInto.add(row.merged?.into ?? null, row);
    if (row.state === "active") this.listed.insert(row);
  }

  #remove(row: ContactRow): void {
    this.#identities.remove(row);
    this.#mergedInto.remove(row.merged?.into ?? null, row);
    if (row.state === "active") this.listed.remove(row);
  }

  #load(rows: readonly ContactRow[]): void {
    this.rows.clear();
    this.index.clear();
    this.listed.clear();
    this.#identities.clear();
    this.#mergedInto.clear();
    for (const row of rows) this.rows.set(row.id, row);
    // Rows that come in their order are inserted at the end, which moves no others.
    for (const row of [...rows].sort(this.listed.compare)) this.#index(row);
  }
}
