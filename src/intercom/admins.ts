import type { Http } from "./wire/http";
import { path } from "./wire/path";

export interface Admin {
  type: "admin";
  /** Decimal digits. */
  id: string;
  name: string;
  email: string;
}

export const admins = (http: Http) => ({
  /** Every admin: Intercom does not page this list. */
  list: async () => {
    const { admins } = await http.send<{ admins: Admin[] }>({
      permission: "Read admins",
      purpose: "list the admins",
      method: "GET",
      path: path`/admins`,
      listedAs: "admins",
    });
    return admins;
  },
});
