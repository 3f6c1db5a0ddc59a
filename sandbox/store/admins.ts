import { whole } from "./kept";
import { Refusal } from "./refusal";
import { Store } from "./store";

export interface AdminRow {
  id: string;
  name: string;
  email: string;
  jobTitle: string;
  hasInboxSeat: boolean;
  teamIds: string[];
}

export class Admins extends Store {
  /** Replaced when it changes. */
  rows: AdminRow[] = [];
  readonly tables = { admins: whole(this, "rows", []) };

  /** Whose token it is: `/me`, and who applies tags. */
  get owner(): AdminRow {
    const [owner] = this.rows;
    if (!owner) throw new Error("The workspace has no admin.");
    return owner;
  }

  get(id: string): AdminRow {
    const row = this.rows.find((admin) => admin.id === id);
    // Wording of OpenAPI 2.16, retrieveAdmin.
    if (!row) throw new Refusal(404, "admin_not_found", "Admin not found");
    return row;
  }
}
