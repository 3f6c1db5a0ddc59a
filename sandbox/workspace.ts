import { Ids } from "./ids";
import type { Settings } from "./settings";
import { type AttributeRow, Attributes } from "./store/attributes";
import { Authorizations } from "./store/authorizations";
import { Companies } from "./store/companies";
import { Contacts } from "./store/contacts";
import { type AdminRow, People, type TeamRow } from "./store/people";
import { type SegmentRow, Segments } from "./store/segments";
import { Tags } from "./store/tags";
import { Tickets } from "./store/tickets";
import { type TicketStateRow, type TicketTypeRow, TicketTypes } from "./store/ticketTypes";

/** A workspace as JSON: what `save()` gives and a sandbox can be started from. */
export interface SavedState {
  format: 1;
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
  codes: string[];
}

const blank: SavedState = {
  format: 1,
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
  codes: [],
};

/** The state behind the API: rows and the rules for changing them. It knows nothing of HTTP. */
export class Workspace {
  /** `id_code` of the workspace, which rows carry as `app_id` and `workspace_id`. */
  readonly id = "sbx7q2mk";
  readonly name = "Sandbox";
  readonly createdAt = 1735689600;
  readonly ids = new Ids();
  readonly attributes = new Attributes();
  readonly people = new People();
  readonly segments = new Segments();
  readonly authorizations = new Authorizations();
  readonly contacts = new Contacts(this);
  readonly companies = new Companies(this);
  readonly tags = new Tags(this);
  readonly ticketTypes = new TicketTypes(this);
  readonly tickets = new Tickets(this);

  constructor(
    readonly nowMs: () => number,
    readonly settings: Settings,
  ) {}

  nowSeconds(): number {
    return Math.floor(this.nowMs() / 1000);
  }

  clear(): void {
    this.load(blank);
  }

  save(): SavedState {
    return structuredClone({
      format: 1,
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
      codes: this.authorizations.codes,
    });
  }

  load(saved: SavedState): void {
    if (saved.format !== 1) throw new TypeError("This is not the saved state of a sandbox.");
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
    this.tags.load(saved.tags);
    this.contacts.load(saved.contacts);
    this.companies.load(saved.companies);
    this.tickets.load(saved.tickets);
  }
}
