import type { Contact } from "../schemas/contacts";
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

/** The lists that a contact itself shows only the beginning of. */
type Shown = Pick<
  Contact,
  "tags" | "notes" | "companies" | "opted_in_subscription_types" | "opted_out_subscription_types"
>;
type Stubs = Contact["tags"];

/** One list: what a stub in it is, and all that belongs in it. */
interface Reading {
  of: keyof Shown;
  type: string;
  /** In the words of the log. */
  what: string;
  /** Where a stub leads to. */
  folder: string;
  read(id: string): Promise<List<Listed>>;
}

/** As many as Intercom shows (OpenAPI 2.16, contact_tags). */
const mostShown = 10;

/** Whether Intercom shows only a part. A list without a count may be cut where it has ten. */
function isCut({ data, has_more, total_count }: Partial<Stubs> = {}): boolean {
  const shown = data?.length ?? 0;
  const total = totalOf({ data: [], total_count });
  return has_more === true || (total ?? 0) > shown || (total === undefined && shown >= mostShown);
}

/** A refusal that no retry helps. Any other failure is the action's own. */
const isRefusal = (error: unknown): error is Error =>
  [BadRequestError, NotFoundError, PermissionError].some((kind) => error instanceof kind);

export const contactLists = (http: Http, { contacts, notes, subscriptionTypes }: Lists) => {
  const readings = (): Reading[] => {
    // Both lists of subscriptions come with one request.
    let chosen: ReturnType<typeof subscriptionTypes.ofContact> | undefined;
    const subscriptions = (consent: "in" | "out"): Reading => ({
      of: `opted_${consent}_subscription_types`,
      type: "subscription",
      what: `opt-${consent} subscriptions`,
      folder: "subscriptions",
      read: async (id) => {
        chosen ??= subscriptionTypes.ofContact(id);
        return wholeList(
          (await chosen).filter(({ consent_type }) => consent_type === `opt_${consent}`),
        );
      },
    });
    return [
      {
        of: "tags",
        type: "tag",
        what: "tags",
        folder: "tags",
        read: async (id) => wholeList(await contacts.tagsOf(id)),
      },
      {
        of: "notes",
        type: "note",
        what: "notes",
        folder: "notes",
        read: (id) => notes.ofContact(id).all(),
      },
      {
        of: "companies",
        type: "company",
        what: "companies",
        folder: "companies",
        read: (id) => contacts.companiesOf(id).all(),
      },
      subscriptions("out"),
      subscriptions("in"),
    ];
  };

  /** Says that a part of the list is missing, in the list and in the log. */
  function cut(stubs: Stubs, what: string, why: string): Stubs {
    http.log.warn(`The contact has more ${what} than we can give. ${why}`);
    return { ...stubs, has_more: true };
  }

  async function complete(id: string, shown: Stubs, reading: Reading): Promise<Stubs> {
    const { what, type, folder } = reading;
    let list: List<Listed>;
    try {
      list = await reading.read(id);
    } catch (error) {
      if (isRefusal(error)) return cut(shown, what, error.message);
      throw error;
    }
    const own = new Map(shown.data?.map((stub) => [stub.id, stub]));
    const data = list.data.map(({ id }) => own.get(id) ?? { type, id, url: `/${folder}/${id}` });
    const total = Math.max(totalOf(list) ?? 0, totalOf({ ...shown, data: [] }) ?? 0);
    const stubs = { ...shown, data, total_count: total, has_more: false };
    if (data.length >= total) return stubs;
    return cut(stubs, what, `Intercom lists ${data.length} of ${total}.`);
  }

  return {
    /** The contact with all stubs in its lists; Intercom itself shows ten of each. */
    withWholeLists: async (contact: Contact): Promise<Contact> => {
      const cutOnes = readings().filter(({ of }) => isCut(contact[of]));
      const completed = await Promise.all(
        cutOnes.map(async (reading) => {
          const shown = contact[reading.of] ?? {};
          return [reading.of, await complete(contact.id, shown, reading)] as const;
        }),
      );
      return { ...contact, ...(Object.fromEntries(completed) as Partial<Shown>) };
    },
  };
};
