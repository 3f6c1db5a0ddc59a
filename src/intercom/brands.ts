import type { Http } from "./wire/http";
import { path } from "./wire/path";

interface Brand {
  id: string;
  name: string;
}

export const brands = (http: Http) => ({
  /** Every brand, including the default one: Intercom does not page this list. */
  list: async () => {
    const { data } = await http.send<{ data: Brand[] }>({
      permission: "Read admins",
      isPermissionGuessed: true,
      purpose: "list the brands",
      method: "GET",
      path: path`/brands`,
      listedAs: "data",
      since: "2.15",
    });
    return data;
  },
});
