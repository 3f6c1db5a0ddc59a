import type { ContactRow } from "./contacts";
import { whole } from "./kept";
import { resourceNotFound } from "./refusal";
import { Store } from "./store";

/** Messages of one kind, which a contact gets unless, or only if, the contact chose so. */
export interface SubscriptionTypeRow {
  id: string;
  name: string;
  description: string;
  consentType: "opt_in" | "opt_out";
  contentTypes: ("email" | "sms_message")[];
}

/** There is no request that makes one. */
export class SubscriptionTypes extends Store {
  /** Replaced when they change. */
  rows: SubscriptionTypeRow[] = [];

  readonly tables = { subscriptionTypes: whole(this, "rows", []) };

  get(id: string): SubscriptionTypeRow {
    const row = this.rows.find((type) => type.id === id);
    if (!row) throw resourceNotFound();
    return row;
  }

  define(fields: Omit<SubscriptionTypeRow, "id">): SubscriptionTypeRow {
    const row = { id: this.workspace.ids.number("subscriptionType"), ...fields };
    this.rows = [...this.rows, row];
    return row;
  }

  /** What a contact chose: in to an opt-in type, out of an opt-out type. */
  ofContact({ subscriptionTypeIds }: ContactRow): SubscriptionTypeRow[] {
    return subscriptionTypeIds.map((id) => this.get(id));
  }

  /** Choosing again changes nothing. */
  attach(contact: ContactRow, { id }: SubscriptionTypeRow): void {
    const { subscriptionTypeIds: ids } = contact;
    if (ids.includes(id)) return;
    this.workspace.contacts.change(contact, { subscriptionTypeIds: [...ids, id] });
  }

  detach(contact: ContactRow, { id }: SubscriptionTypeRow): void {
    const { subscriptionTypeIds: ids } = contact;
    if (!ids.includes(id)) throw resourceNotFound();
    const left = ids.filter((other) => other !== id);
    this.workspace.contacts.change(contact, { subscriptionTypeIds: left });
  }
}
