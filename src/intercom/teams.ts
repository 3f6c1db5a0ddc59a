import type { Team } from "../schemas/teams";
import type { Http } from "./wire/http";
import { path } from "./wire/path";

export const teams = (http: Http) => ({
  /** Every team: Intercom does not page this list. */
  list: async () => {
    const { teams } = await http.send<{ teams: Team[] }>({
      permission: "Read admins",
      isPermissionGuessed: true,
      purpose: "list the teams",
      method: "GET",
      path: path`/teams`,
      listedAs: "teams",
    });
    return teams;
  },
});
