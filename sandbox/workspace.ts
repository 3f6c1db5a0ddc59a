import type { Change } from "./changes";
import { Ids } from "./ids";
import type { Settings } from "./settings";
import { type AttributeRow, Attributes } from "./store/attributes";
import { Authorizations } from "./store/authorizations";
import { Companies } from "./store/companies";
import { Contacts } from "./store/contacts";
import { Conversations } from "./store/conversations";
import { type AdminRow, People, type TeamRow } from "./store/people";
import { type SegmentRow, Segments } from "./store/segments";
import { Subscriptions } from "./store/subscriptions";
import { Tags } from "./store/tags";
import { Tickets } from "./store/tickets";
import { type TicketStateRow, type TicketTypeRow, TicketTypes } from "./store/ticketTypes";

/** A workspace as JSON: what `save()` gives and a sandbox can be started from. */
export interface SavedState {
  format: 2;
  ids: Record<string, number>;
  admins: AdminRow[];
  teams: TeamRow[];
  attributes: AttributeRow[];
  segments: SegmentRow[];
  ticketTypes: TicketTypeRow[];
  ticketStates: TicketStateRow[];
  tags: ReturnType<Tags["save"]>;
  contacts: ReturnType<Contacts["save"]>;
  companies: ReturnType<Companies["save"]>;
  tickets: ReturnType<Tickets["save"]>;
  conversations: ReturnType<Conversations["save"]>;
  codes: string[];
  subscriptions: ReturnType<Subscriptions["save"]>;
}

const blank: SavedState = {
  format: 2,
  ids: {},
  admins: [],
  teams: [],
  attributes: [],
  segments: [],
  ticketTypes: [],
  ticketStates: [],
  tags: [],
  contacts: [],
  companies: { rows: [], plans: [], scroll: null },
  tickets: [],
  conversations: [],
  codes: [],
  subscriptions: { rows: [], queue: [] },
};

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
    this.load(blank);
  }

  save(): SavedState {
    return structuredClone({
      format: 2,
      ids: this.ids.save(),
      admins: this.people.admins,
      teams: this.people.teams,
      attributes: this.attributes.rows,
      segments: this.segments.rows,
      ticketTypes: this.ticketTypes.rows,
      ticketStates: this.ticketTypes.states,
      tags: this.tags.save(),
      contacts: this.contacts.save(),
      companies: this.companies.save(),
      tickets: this.tickets.save(),
      conversations: this.conversations.save(),
      codes: this.authorizations.codes,
      subscriptions: this.subscriptions.save(),
    });
  }

  load(saved: SavedState): void {
    if (saved.format !== 2) {
      const isOlder = (saved.format as unknown) === 1;
      throw new TypeError(
        isOlder
          ? "This state was saved by an older sandbox: start without it."
          : "This is not the saved state of a sandbox.",
      );
    }
    const { ids, admins, teams, attributes, segments, ticketTypes, ticketStates, codes } =
      structuredClone(saved);
    this.ids.load(ids);
    this.people.admins = admins;
    this.people.teams = teams;
    this.attributes.rows = attributes;
    this.segments.rows = segments;
    this.ticketTypes.rows = ticketTypes;
    this.ticketTypes.states = ticketStates;
    this.authorizations.codes = codes;
    this.subscriptions.load(structuredClone(saved.subscriptions));
    this.tags.load(saved.tags);
    this.contacts.load(saved.contacts);
    this.companies.load(saved.companies);
    this.tickets.load(saved.tickets);
    this.conversations.load(saved.conversations);
  }
}
