import type { Http } from "./wire/http";
import { path } from "./wire/path";

export interface Admin {
  type: "admin";
  /** Decimal digits. */
  id: string;
  name: string;
  email: string;
}

export interface Team {
  type: "team";
  /** Decimal digits. */
  id: string;
  name: string;
}

/** Who works in the workspace. Intercom pages neither list. */
export const people = (http: Http) => ({
  listAdmins: async () => {
    const { admins } = await http.send<{ admins: Admin[] }>({
      permission: "Read admins",
      purpose: "list the admins",
      method: "GET",
      path: path`/admins`,
      listedAs: "admins",
    });
    return admins;
  },

  listTeams: async () => {
    const { teams } = await http.send<{ teams: Team[] }>({
      permission: "Read admins",
      purpose: "list the teams",
      method: "GET",
      path: path`/teams`,
      listedAs: "teams",
    });
    return teams;
  },
});
