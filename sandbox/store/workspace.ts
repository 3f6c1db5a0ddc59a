import type { Settings } from "../settings";
import { Attributes } from "./attributes";
import { Authorizations } from "./authorizations";
import type { Change } from "./changes";
import { Companies } from "./companies";
import { Contacts } from "./contacts";
import { Conversations } from "./conversations";
import { Ids } from "./ids";
import { byRow, type Kept, whole } from "./kept";
import { People } from "./people";
import { Segments } from "./segments";
import { Tags } from "./tags";
import { Tickets } from "./tickets";
import { TicketTypes } from "./ticketTypes";
import { Subscriptions } from "./webhookSubscriptions";

export type TableName = keyof Workspace["tables"];

/** What a workspace holds: the values of each table. */
export type SavedState = Record<TableName, unknown[]>;

/** The state behind the API: rows and the rules for changing them. It knows nothing of HTTP. */
export class Workspace {
  /** `id_code` of the workspace, which rows carry as `app_id` and `workspace_id`. */
  readonly id = "sbx7q2mk";
  readonly name = "Sandbox";
  readonly createdAt = 1735689600;
  readonly ids = new Ids();
  readonly attributes = new Attributes(this);
  readonly people = new People();
  readonly segments = new Segments(this);
  readonly authorizations = new Authorizations();
  readonly subscriptions = new Subscriptions();
  readonly contacts = new Contacts(this);
  readonly companies = new Companies(this);
  readonly tags = new Tags(this);
  readonly ticketTypes = new TicketTypes(this);
  readonly tickets = new Tickets(this);
  readonly conversations = new Conversations(this);
  /** All that is kept, in the order of loading: companies count their contacts. */
  readonly tables = {
    ids: whole(this.ids, "kept", {}),
    admins: whole(this.people, "admins", []),
    teams: whole(this.people, "teams", []),
    attributes: whole(this.attributes, "rows", []),
    segments: whole(this.segments, "rows", []),
    ticketTypes: whole(this.ticketTypes, "rows", []),
    ticketStates: whole(this.ticketTypes, "states", []),
    tags: byRow(this.tags.rows, (rows) => this.tags.load(rows)),
    contacts: byRow(this.contacts.rows, (rows) => this.contacts.load(rows)),
    companies: byRow(this.companies.rows, (rows) => this.companies.load(rows)),
    plans: byRow(this.companies.plans, (rows) => this.companies.loadPlans(rows)),
    scroll: whole(this.companies, "openScroll", null),
    tickets: byRow(this.tickets.rows, (rows) => this.tickets.load(rows)),
    conversations: byRow(this.conversations.rows, (rows) => this.conversations.load(rows)),
    codes: whole(this.authorizations, "codes", []),
    subscriptions: whole(this.subscriptions, "rows", []),
    notifications: byRow(this.subscriptions.queued, (rows) => this.subscriptions.loadQueue(rows)),
  } satisfies Record<string, Kept>;
  #listeners: ((change: Change) => void)[] = [];
  #asOf: number | undefined;

  constructor(
    readonly nowMs: () => number,
    readonly settings: Settings,
  ) {}

  nowSeconds(): number {
    return this.#asOf ?? Math.floor(this.nowMs() / 1000);
  }

  /** Does work as if it were another time: what a seed writes was written long ago. */
  asOf<Done>(seconds: number, work: () => Done): Done {
    const before = this.#asOf;
    this.#asOf = seconds;
    try {
      return work();
    } finally {
      this.#asOf = before;
    }
  }

  /** Calls `listener` after every change of a row, when all of it is written. */
  onChange(listener: (change: Change) => void): void {
    this.#listeners.push(listener);
  }

  /** For the stores: tells those who listen what happened. */
  report(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  clear(): void {
    this.load({});
  }

  save(): SavedState {
    const tables = Object.entries(this.tables).map(([name, table]) => [
      name,
      table.records().map(([, value]) => value),
    ]);
    return structuredClone(Object.fromEntries(tables));
  }

  /** Takes over what it is given, without a copy. */
  load(state: Partial<SavedState>): void {
    for (const [name, table] of Object.entries(this.tables)) {
      table.load(state[name as TableName] ?? []);
    }
  }
}
