import type { Settings } from "../settings";
import { Admins } from "./admins";
import { Articles } from "./articles";
import { Brands } from "./brands";
import type { Change } from "./changes";
import { Collections } from "./collections";
import { Companies } from "./companies";
import { CompanyScroll } from "./companyScroll";
import { Contacts } from "./contacts";
import { Conversations } from "./conversations";
import { CustomObjectInstances } from "./customObjectInstances";
import { DataAttributes } from "./dataAttributes";
import { Events } from "./events";
import { Ids } from "./ids";
import { Messages } from "./messages";
import { Notes } from "./notes";
import { OAuthCodes } from "./oauth";
import { Plans } from "./plans";
import { Segments } from "./segments";
import { Store } from "./store";
import { SubscriptionTypes } from "./subscriptionTypes";
import { Tags } from "./tags";
import { Teams } from "./teams";
import { Tickets } from "./tickets";
import { TicketTypes } from "./ticketTypes";
import { WebhookSubscriptions } from "./webhookSubscriptions";

type TablesOf<Part> = Part extends Store ? keyof Part["tables"] : never;

export type TableName = { [Name in keyof Workspace]: TablesOf<Workspace[Name]> }[keyof Workspace];

/** What a workspace holds: the values of each table. */
export type SavedState = Record<TableName, unknown[]>;

/**
 * The state behind the API: a store for each kind of row. A new store is imported and made here; all
 * that walks the stores then finds it.
 */
export class Workspace {
  /** `id_code` of the workspace, which rows carry as `app_id` and `workspace_id`. */
  readonly id = "sbx7q2mk";
  readonly name = "Sandbox";
  readonly createdAt = 1735689600;
  // The stores, in the order of loading: companies count their contacts.
  readonly ids = new Ids(this);
  readonly admins = new Admins(this);
  readonly teams = new Teams(this);
  readonly brands = new Brands(this);
  readonly dataAttributes = new DataAttributes(this);
  readonly segments = new Segments(this);
  readonly subscriptionTypes = new SubscriptionTypes(this);
  readonly contacts = new Contacts(this);
  readonly companies = new Companies(this);
  readonly plans = new Plans(this);
  readonly companyScroll = new CompanyScroll(this);
  readonly tags = new Tags(this);
  readonly ticketTypes = new TicketTypes(this);
  readonly tickets = new Tickets(this);
  readonly conversations = new Conversations(this);
  readonly messages = new Messages(this);
  readonly notes = new Notes(this);
  readonly events = new Events(this);
  readonly collections = new Collections(this);
  readonly articles = new Articles(this);
  readonly customObjectInstances = new CustomObjectInstances(this);
  readonly oauth = new OAuthCodes(this);
  readonly webhookSubscriptions = new WebhookSubscriptions(this);
  /** Every store above. */
  readonly stores: readonly Store[] = Object.values(this).filter((part) => part instanceof Store);
  /** The origin of the sandbox's server, for the addresses of files. */
  origin = "http://127.0.0.1";
  #listeners: ((change: Change) => void)[] = [];
  #asOf: number | undefined;

  constructor(
    readonly nowMs: () => number,
    readonly settings: Settings,
  ) {}

  nowSeconds(): number {
    return this.#asOf ?? Math.floor(this.nowMs() / 1000);
  }

  /** Runs `work` with another time as now. A seed uses this to write rows of long ago. */
  asOf<Done>(seconds: number, work: () => Done): Done {
    const before = this.#asOf;
    this.#asOf = seconds;
    try {
      return work();
    } finally {
      this.#asOf = before;
    }
  }

  /** When the clock next changes a row by itself, in Unix seconds. */
  get nextDue(): number | undefined {
    const due = this.stores.flatMap(({ nextDue = [] }) => nextDue);
    return due.length > 0 ? Math.min(...due) : undefined;
  }

  /** Does what is due. Call this before you read rows or move the clock. */
  doDue(): void {
    const nowSeconds = this.nowSeconds();
    for (const store of this.stores) {
      if ((store.nextDue ?? Infinity) <= nowSeconds) store.doDue(nowSeconds);
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
    return Object.assign({}, ...this.stores.map((store) => store.save()));
  }

  /** Takes over what it is given, without a copy. */
  load(state: Partial<SavedState>): void {
    for (const store of this.stores) store.load(state);
  }

  /** The number of records of each kind. */
  count(): Record<string, number> {
    return Object.assign({}, ...this.stores.map((store) => store.count()));
  }
}
