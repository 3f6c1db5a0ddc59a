import type { SubscriptionType } from "../schemas/subscriptionTypes";
import type { Http } from "./wire/http";
import { path } from "./wire/path";

export const subscriptionTypes = (http: Http) => ({
  /** What a contact opted in to or out of, by an explicit choice. Intercom does not page this list. */
  ofContact: async (contactId: string) => {
    const { data } = await http.send<{ data: SubscriptionType[] }>({
      permission: "Read one user and one company",
      // Intercom names the permission nowhere.
      isPermissionGuessed: true,
      purpose: "list the subscriptions",
      method: "GET",
      path: path`/contacts/${contactId}/subscriptions`,
      listedAs: "data",
    });
    return data;
  },
});
