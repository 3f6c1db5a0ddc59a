import type { Http } from "./wire/http";
import { path } from "./wire/path";

export interface HelpCenter {
  /** Decimal digits. */
  id: string;
  /** Seen by teammates alone. */
  display_name?: string | null;
  /** Of its address. */
  identifier?: string | null;
}

export const helpCenters = (http: Http) => ({
  /** Every help center: there are few, and no page is asked for. */
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
