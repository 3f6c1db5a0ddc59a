import type { Http } from "./wire/http";
import { path } from "./wire/path";

export interface HelpCenter {
  /** Decimal digits. */
  id: string;
  /** The name that only teammates see. */
  display_name?: string | null;
  /** The part of the address that names the help center. */
  identifier?: string | null;
}

export const helpCenters = (http: Http) => ({
  /** Every help center: a workspace has few, so we ask for no page. */
  list: async () => {
    const { data } = await http.send<{ data: HelpCenter[] }>({
      permission: "Read and list articles",
      purpose: "list the help centers",
      method: "GET",
      path: path`/help_center/help_centers`,
      listedAs: "data",
    });
    return data;
  },
});
