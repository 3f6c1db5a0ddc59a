import type { CompanyRow } from "./companies";
import { whole } from "./kept";
import { Refusal } from "./refusal";
import { Store } from "./store";

/** Each call replaces the object. */
export interface Scroll {
  param: string;
  /** The id of the last row that we gave. */
  after: string;
  usedAtMs: number;
}

const perPage = 100;

/** The one scroll over companies that a workspace can have. */
export class CompanyScroll extends Store {
  open: Scroll | null = null;
  readonly tables = { scroll: whole(this, "open", null) };

  /** The next companies. Every call moves the scroll on, so a retry gets the page after. */
  next(param: string | undefined): { param: string; rows: CompanyRow[] } {
    const { workspace } = this;
    const { companies } = workspace;
    const nowMs = workspace.nowMs();
    const { scrollIdleMs, scrollEnd } = workspace.settings;
    if (this.open && nowMs - this.open.usedAtMs >= scrollIdleMs) this.open = null;
    if (param === undefined) {
      if (this.open) {
        throw new Refusal(400, "scroll_exists", "scroll already exists for this workspace");
      }
      this.open = { param: workspace.ids.uuid(), after: "", usedAtMs: nowMs };
    }
    const scroll = this.open;
    const lost = new Refusal(404, "not_found", "scroll parameter not found");
    if (!scroll || (param !== undefined && scroll.param !== param)) throw lost;
    const rows: CompanyRow[] = [];
    for (let at = companies.byCreation.countBefore({ id: scroll.after } as CompanyRow); ; at++) {
      const row = companies.byCreation.at(at);
      if (!row || rows.length === perPage) break;
      if (row.id !== scroll.after && companies.contactsOf(row).size > 0) rows.push(row);
    }
    this.open = { ...scroll, usedAtMs: nowMs, after: rows.at(-1)?.id ?? scroll.after };
    if (rows.length === 0 && param !== undefined) {
      this.open = null;
      if (scrollEnd === "404") throw lost;
    }
    return { param: scroll.param, rows };
  }
}
