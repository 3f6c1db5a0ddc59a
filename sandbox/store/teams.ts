import { whole } from "./kept";
import { Refusal } from "./refusal";
import { Store } from "./store";

/** The admins of a team name it in their own rows. */
export interface TeamRow {
  id: string;
  name: string;
}

export class Teams extends Store {
  /** Replaced when it changes. */
  rows: TeamRow[] = [];
  readonly tables = { teams: whole(this, "rows", []) };

  get(id: string): TeamRow {
    const row = this.rows.find((team) => team.id === id);
    // Wording of OpenAPI 2.16, retrieveTeam.
    if (!row) throw new Refusal(404, "team_not_found", "Team not found");
    return row;
  }
}
