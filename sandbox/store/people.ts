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

export interface TeamRow {
  id: string;
  name: string;
}

/** The workspace's own people. */
export class People extends Store {
  /** Both are replaced when they change. */
  admins: AdminRow[] = [];
  teams: TeamRow[] = [];
  readonly tables = { admins: whole(this, "admins", []), teams: whole(this, "teams", []) };

  /** Whose token it is: `/me`, and who applies tags. */
  get owner(): AdminRow {
    const [owner] = this.admins;
    if (!owner) throw new Error("The workspace has no admin.");
    return owner;
  }

  admin(id: string): AdminRow {
    const row = this.admins.find((admin) => admin.id === id);
    // Wording of OpenAPI 2.16, retrieveAdmin.
    if (!row) throw new Refusal(404, "admin_not_found", "Admin not found");
    return row;
  }

  team(id: string): TeamRow {
    const row = this.teams.find((team) => team.id === id);
    // Wording of OpenAPI 2.16, retrieveTeam.
    if (!row) throw new Refusal(404, "team_not_found", "Team not found");
    return row;
  }
}
