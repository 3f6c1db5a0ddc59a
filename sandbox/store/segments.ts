import type { CompanyRow } from "./companies";
import type { ContactRow } from "./contacts";
import { whole } from "./kept";
import { resourceNotFound } from "./refusal";
import { Store } from "./store";

/** A segment holds whoever meets its rule; there is no way to put somebody in by hand. */
export interface SegmentRow {
  id: string;
  name: string;
  createdAt: number;
  updatedAt: number;
  rule:
    | { of: "contact" | "company"; tagId: string }
    | { of: "contact"; role: "user" | "lead" }
    | { of: "company"; monthlySpendFrom: number };
}

export class Segments extends Store {
  /** Replaced when it changes. */
  rows: SegmentRow[] = [];

  readonly tables = { segments: whole(this, "rows", []) };

  get(id: string): SegmentRow {
    const row = this.rows.find((segment) => segment.id === id);
    if (!row) throw resourceNotFound();
    return row;
  }

  dependingOn(tagId: string): SegmentRow[] {
    return this.rows.filter(({ rule }) => "tagId" in rule && rule.tagId === tagId);
  }

  /** How many meet its rule. */
  size({ id, rule }: SegmentRow): number {
    const { contacts, companies } = this.workspace;
    const segments =
      rule.of === "contact"
        ? [...contacts.listed].map((row) => this.ofContact(row))
        : [...companies.rows.values()].map((row) => this.ofCompany(row));
    return segments.filter((rows) => rows.some((row) => row.id === id)).length;
  }

  ofContact(contact: ContactRow): SegmentRow[] {
    return this.rows.filter(({ rule }) => {
      if (rule.of !== "contact") return false;
      return "role" in rule
        ? contact.role === rule.role
        : contact.tags.some(({ id }) => id === rule.tagId);
    });
  }

  ofCompany(company: CompanyRow): SegmentRow[] {
    return this.rows.filter(({ rule }) => {
      if (rule.of !== "company") return false;
      return "tagId" in rule
        ? company.tagIds.includes(rule.tagId)
        : company.monthlySpend >= rule.monthlySpendFrom;
    });
  }
}
