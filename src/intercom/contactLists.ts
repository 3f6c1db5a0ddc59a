import type { Contact } from "../schemas/contacts";
import type { SubscriptionType } from "../schemas/subscriptionTypes";
import type { contacts } from "./contacts";
import type { notes } from "./notes";
import type { subscriptionTypes } from "./subscriptionTypes";
import { BadRequestError, NotFoundError, PermissionError } from "./wire/errors";
import type { Http } from "./wire/http";
import { type List, type Listed, totalOf, wholeList } from "./wire/pages";

interface Lists {
  contacts: ReturnType<typeof contacts>;
  notes: ReturnType<typeof notes>;
  subscriptionTypes: ReturnType<typeof subscriptionTypes>;
}

type Stubs = Contact["tags"];
/** All that belongs in a list of the contact, where a stub in it leads to, and what the stub is. */
type Reading = readonly [
  list:
    | "tags"
    | "notes"
    | "companies"
    | "opted_in_subscription_types"
    | "opted_out_subscription_types",
  folder: string,
  type: string,
  read: () => Promise<List<Listed>> | Promise<Listed[]>,
];

/** Whether Intercom shows only a part: ten at the most (OpenAPI 2.16, contact_tags). */
const isCut = (stubs: Stubs) => stubs.has_more || (totalOf(stubs) ?? 0) > (stubs.data?.length ?? 0);

export const contactLists = (http: Http, { contacts, notes, subscriptionTypes }: Lists) => {
  const readingsOf = (id: string): Reading[] => {
    let chosen: Promise<SubscriptionType[]> | undefined;
    // Both lists of subscriptions come with one request.
    const subscriptions = (consent: "in" | "out"): Reading => [
      `opted_${consent}_subscription_types`,
      "subscriptions",
      "subscription",
      async () => {
        chosen ??= subscriptionTypes.ofContact(id);
        return (await chosen).filter(({ consent_type }) => consent_type === `opt_${consent}`);
      },
    ];
    return [
      ["tags", "tags", "tag", () => contacts.tagsOf(id)],
      ["notes", "notes", "note", () => notes.ofContact(id).all()],
      ["companies", "companies", "company", () => contacts.companiesOf(id).all()],
      subscriptions("out"),
      subscriptions("in"),
    ];
  };

  /** Says that a part of the list is missing, in the list and in the log. */
  function cut(stubs: Stubs, what: string, why: string): Stubs {
    http.log.warn(`The contact has more ${what}. ${why}`);
    return { ...stubs, has_more: true };
  }

  async function complete(shown: Stubs, [, folder, type, read]: Reading): Promise<Stubs> {
    try {
      const answer = await read();
      const list = Array.isArray(answer) ? wholeList(answer) : answer;
      const own = new Map(shown.data?.map((stub) => [stub.id, stub]));
      const data = list.data.map(({ id }) => own.get(id) ?? { type, id, url: `/${folder}/${id}` });
      const total = Math.max(totalOf(list) ?? 0, totalOf(shown) ?? 0);
      const stubs = { ...shown, data, total_count: total, has_more: false };
      if (data.length >= total) return stubs;
      return cut(stubs, folder, `Intercom lists ${data.length} of ${total}.`);
    } catch (error) {
      // A refusal that no retry helps. Any other failure is the action's own.
      for (const refusal of [BadRequestError, NotFoundError, PermissionError]) {
        if (error instanceof refusal) return cut(shown, folder, error.message);
      }
      throw error;
    }
  }

  return {
    /** The contact with all stubs in its lists; Intercom itself shows ten of each. */
    withWholeLists: async (contact: Contact): Promise<Contact> => {
      const whole = { ...contact };
      await Promise.all(
        readingsOf(contact.id).map(async (reading) => {
          const [list] = reading;
          const shown = contact[list];
          if (shown && isCut(shown)) whole[list] = await complete(shown, reading);
        }),
      );
      return whole;
    },
  };
};
