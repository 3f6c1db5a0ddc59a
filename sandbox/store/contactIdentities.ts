import type { ContactRow } from "./contacts";
import { Groups } from "./ordered";

/** Addresses that differ only in case are the same. */
const addressOf = (email: string | null) => email?.toLowerCase() ?? null;

/** Contacts by what identifies them: their e-mail and their external id. */
export class ContactIdentities {
  #byEmail = new Groups<ContactRow>();
  #byExternalId = new Groups<ContactRow>();

  add(row: ContactRow): void {
    this.#byEmail.add(addressOf(row.email), row);
    this.#byExternalId.add(row.externalId, row);
  }

  remove(row: ContactRow): void {
    this.#byEmail.remove(addressOf(row.email), row);
    this.#byExternalId.remove(row.externalId, row);
  }

  clear(): void {
    this.#byEmail.clear();
    this.#byExternalId.clear();
  }

  /** An active contact. */
  findByExternalId(externalId: string, role?: "user"): ContactRow | undefined {
    return active(this.#byExternalId.get(externalId), role);
  }

  /** All with this value, whatever their state; undefined for another field. */
  having(field: string, value: string): ContactRow[] | undefined {
    if (field === "email") return [...this.#byEmail.get(value.toLowerCase())];
    return field === "external_id" ? [...this.#byExternalId.get(value)] : undefined;
  }

  /** A lead that became part of a user. */
  findMerged(externalId: string): ContactRow | undefined {
    return [...this.#byExternalId.get(externalId)].find(({ state }) => state === "merged");
  }

  /** An active contact; users before leads, who may share an address. */
  findByEmail(email: string): ContactRow | undefined {
    const rows = this.#byEmail.get(email.toLowerCase());
    return active(rows, "user") ?? active(rows);
  }

  haveChanged(before: ContactRow, now: ContactRow): boolean {
    return (
      before.role === "lead" ||
      addressOf(before.email) !== addressOf(now.email) ||
      before.externalId !== now.externalId
    );
  }

  /** Another user who has the e-mail or the external id, archived or lately deleted included. */
  holderOf(
    { id, email, externalId }: ContactRow,
    nowMs: number,
    reservedMs: number,
  ): ContactRow | undefined {
    const holders = [
      ...(externalId === null ? [] : this.#byExternalId.get(externalId)),
      ...(email === null ? [] : this.#byEmail.get(email.toLowerCase())),
    ].filter(
      (row) =>
        row.id !== id &&
        row.role === "user" &&
        (row.deletedAtMs === null || nowMs < row.deletedAtMs + reservedMs),
    );
    return holders.find((row) => row.state === "active") ?? holders[0];
  }
}

function active(rows: Iterable<ContactRow>, role?: "user"): ContactRow | undefined {
  for (const row of rows) {
    if (row.state === "active" && (!role || row.role === role)) return row;
  }
}
