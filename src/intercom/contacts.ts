import type { Company } from "../schemas/companies";
import type { ArchivedContact, Contact, DeletedContact } from "../schemas/contacts";
import type { Tag } from "../schemas/tags";
import { type CursorPage, cursorList } from "./wire/cursorLists";
import { IntercomError } from "./wire/errors";
import type { Http } from "./wire/http";
import { numberedList } from "./wire/numberedLists";
import type { List, Order } from "./wire/pages";
import { path } from "./wire/path";
import { inOrder } from "./wire/readings";
import { type Filter, type Query, type SearchBody, searchIn, searchList } from "./wire/search";
import { searchRules } from "./wire/searchRules";
import { isAtLeast, type Need, needOf, versionWith } from "./wire/versions";

/** The fields that Intercom accepts; times are Unix seconds. An undefined field keeps its value. */
export interface ContactFields {
  role?: string;
  email?: string;
  /** Whether you know that the e-mail belongs to the contact; from 2.16 on. */
  email_verified?: boolean;
  external_id?: string;
  name?: string;
  phone?: string;
  /** The URL of an image. Intercom's answers have an object here. */
  avatar?: string;
  signed_up_at?: number;
  last_seen_at?: number;
  /** The id of an admin. */
  owner_id?: number | null;
  unsubscribed_from_emails?: boolean;
  /** Only attributes that the workspace has defined. */
  custom_attributes?: Record<string, unknown>;
  [key: string]: unknown;
}

/** A contact may be named in one of three ways. */
export type ContactName = { id: string } | { email: string } | { external_id: string };

/** Intercom sorts only searches, and documents the sorting since 2.16. */
export const contactSorting = { purpose: "sort the contacts", since: "2.16" } as const;

/** The searchable fields of a contact (OpenAPI 2.16, SearchContacts). */
export const contactSearchRules = searchRules({
  date: "created_at signed_up_at updated_at last_seen_at last_contacted_at last_replied_at last_email_opened_at last_email_clicked_at ios_last_seen_at android_last_seen_at",
  boolean: "unsubscribed_from_emails marked_email_as_spam has_hard_bounced",
  tag: "tag_id",
  owner: "owner_id",
  text: "id role name avatar email email_domain phone formatted_phone external_id language_override browser browser_language os location.country location.region location.city segment_id",
});

/** A query that matches every contact. Dates match by day, so it means after 1 January 1970. */
const everyone: Query = { field: "created_at", operator: ">", value: 0 };

const list = { permission: "Read and list users and companies" } as const;
const readOne = { permission: "Read one user and one company" } as const;
const write = { permission: "Read and write users" } as const;

export const contacts = (http: Http) => {
  /** An owner's id is a number up to 2.15, and text from 2.16 on. */
  const ownerIn = (id: number, need: Need): number | string =>
    isAtLeast(versionWith(http.apiVersion, need), "2.16") ? String(id) : id;

  /** The body, and the version that it needs. */
  const writtenOf = ({ owner_id, ...fields }: ContactFields) => {
    const need = needOf(fields, { email_verified: "2.16" });
    // Undefined is left out. Null, from Additional Fields, removes the owner.
    const owner = owner_id == null ? owner_id : ownerIn(owner_id, need);
    return { ...need, body: { ...fields, owner_id: owner } };
  };

  const listPage = (perPage?: number, startingAfter?: string) =>
    http.send<List<Contact>>({
      ...list,
      purpose: "list the contacts",
      method: "GET",
      path: path`/contacts`,
      query: { per_page: perPage, starting_after: startingAfter },
      listedAs: "data",
    });

  const searchPage = searchIn<Contact>(http, {
    resource: "contacts",
    ...list,
    path: path`/contacts/search`,
    listedAs: "data",
  });

  const oldestFirstPage = (perPage?: number, startingAfter?: string) =>
    searchPage(
      {
        query: everyone,
        sort: { field: "created_at", order: "ascending" },
        pagination: { per_page: perPage, starting_after: startingAfter },
      },
      contactSorting,
    );

  const listIn = (order: Order) =>
    cursorList<Contact>(http.log, {
      what: "contacts",
      readPage: order === "asc" ? oldestFirstPage : listPage,
      sort: (items) => inOrder(items, order, ({ created_at }) => created_at),
    });

  return {
    get: (id: string, { withMergeHistory }: { withMergeHistory?: boolean } = {}) => {
      const query = { include_merge_history: withMergeHistory ? "true" : undefined };
      return http.send<Contact>({
        ...readOne,
        ...needOf(query, { include_merge_history: "2.16" }),
        purpose: "get the contact",
        method: "GET",
        path: path`/contacts/${id}`,
        query,
      });
    },

    /** Finds users, not leads. A search would miss users of the last minutes. */
    getByExternalId: (externalId: string) =>
      http.send<Contact>({
        ...readOne,
        purpose: "get the contact by its external ID",
        method: "GET",
        path: path`/contacts/find_by_external_id/${externalId}`,
        since: "2.13",
      }),

    /** Merges the lead into the user, permanently. Intercom refuses a second merge. */
    merge: (fields: { from: string; into: string; skip_duplicate_validation?: true }) =>
      http.send<Contact>({
        ...write,
        ...needOf(fields, { skip_duplicate_validation: "2.16" }),
        purpose: "merge the contacts",
        method: "POST",
        path: path`/contacts/merge`,
        body: fields,
      }),

    /** All that a contact has of them: the contact itself shows ten. */
    companiesOf: (id: string) =>
      numberedList<Company>(http.log, {
        what: "companies of the contact",
        readPage: ({ page, perPage }, signal) =>
          http.send<List<Company>>({
            ...readOne,
            purpose: "list the companies of the contact",
            method: "GET",
            path: path`/contacts/${id}/companies`,
            query: { page, per_page: perPage },
            listedAs: "data",
            signal,
          }),
      }),

    /** All that a contact has of them: Intercom does not page this list. */
    tagsOf: async (id: string): Promise<Tag[]> => {
      const { data } = await http.send<{ data: Tag[] }>({
        ...readOne,
        purpose: "list the tags of the contact",
        method: "GET",
        path: path`/contacts/${id}/tags`,
        listedAs: "data",
      });
      return data;
    },

    /**
     * If a user has this e-mail or external id, archived or not, Intercom answers 409, and the message
     * names that user. Leads never conflict: sent twice, the request creates two leads.
     */
    create: (fields: ContactFields, { isRepeatable = false } = {}) =>
      http.send<Contact>({
        ...write,
        purpose: "create the contact",
        method: "POST",
        path: path`/contacts`,
        ...writtenOf(fields),
        isRepeatable,
      }),

    update: (id: string, fields: ContactFields) =>
      http.send<Contact>({
        ...write,
        purpose: "update the contact",
        method: "PUT",
        path: path`/contacts/${id}`,
        ...writtenOf(fields),
      }),

    /** Deletes for good. A user's e-mail and external id stay taken for some days. */
    delete: async (id: string): Promise<DeletedContact> => ({
      ...(await http.send<DeletedContact>({
        ...write,
        purpose: "delete the contact",
        method: "DELETE",
        path: path`/contacts/${id}`,
        says: { deleted: true },
        whenGone: () => ({ ...stubOf(id), deleted: true }),
      })),
      object: "contact",
    }),

    /** Removes the contact from every list. Only the contact's id can unarchive it. */
    archive: (id: string) => setArchived(id, "archive"),
    unarchive: (id: string) => setArchived(id, "unarchive"),

    /**
     * One page. `desc` is Intercom's own order. `asc` is a search sorted by creation, so contacts that
     * were created in the last minutes are missing.
     */
    list: ({ order, ...request }: CursorPage & { order: Order }) => listIn(order).page(request),

    /** Every contact, or every contact after the cursor. */
    listAll: ({ order, startingAfter }: { order: Order; startingAfter?: string }) =>
      listIn(order).all(startingAfter),

    /** The newest contacts, or those with a text in their name, e-mail or phone. At most 150. */
    find: async (text: string | undefined, most: number): Promise<Contact[]> => {
      if (text === undefined) return (await listPage(most)).data;
      const named = ["name", "email", "phone"].map(
        (field): Filter => ({ field, operator: "~", value: text }),
      );
      const query: Query = { operator: "OR", value: named };
      return (await searchPage({ query, pagination: { per_page: most } })).data;
    },

    searchPage,

    /** @throws BadRequestError where Intercom refuses the query. */
    search: (body: SearchBody) => searchPage(body, body.sort && contactSorting),

    /** Everything that the search finds, or everything after the cursor. */
    searchAll: (body: SearchBody, startingAfter?: string) => {
      const readPage = (page: SearchBody) => searchPage(page, page.sort && contactSorting);
      return searchList(http.log, "contacts", readPage, body).all(startingAfter);
    },

    /** An owner as the value of a filter, in a search with this sort. */
    ownerFor: (sort: SearchBody["sort"], id: number) => ownerIn(id, sort ? contactSorting : {}),
  };

  async function setArchived(id: string, verb: "archive" | "unarchive"): Promise<ArchivedContact> {
    const answer = await http.send<ArchivedContact>({
      ...write,
      purpose: `${verb} the contact`,
      method: "POST",
      path: path`/contacts/${id}/${verb}`,
      isRepeatable: true,
      says: { archived: verb === "archive" },
      // Intercom does not find an archived contact, so a retry that gets a 404 has done its work.
      whenGone: verb === "archive" ? () => ({ ...stubOf(id), archived: true }) : undefined,
    });
    return { ...answer, object: "contact" };
  }
};

const stubOf = (id: string) => ({ type: "contact", id, object: "contact" }) as const;

/** The wordings for a contact in Intercom's descriptions (OpenAPI 2.16, 404 and 400). */
const contactIsUnknown = /^(user|contact) not found( or could not be created)?\.?$/i;

const isUnknownContact = (error: unknown): boolean =>
  error instanceof IntercomError &&
  (error.status === 404 || error.status === 400) &&
  error.errors.length === 1 &&
  error.errors.every(({ message }) => contactIsUnknown.test(String(message)));

/**
 * Runs `use` with the name of a contact. Your ID may look like Intercom's. So if Intercom does not
 * know an ID, we run `use` again with the ID as yours. Intercom does nothing for an unknown contact,
 * so nothing is done twice.
 */
export async function withEitherId<Result>(
  contact: ContactName,
  use: (contact: ContactName) => Promise<Result>,
): Promise<Result> {
  if (!("id" in contact)) return use(contact);
  try {
    return await use(contact);
  } catch (error) {
    if (!isUnknownContact(error)) throw error;
    return use({ external_id: contact.id }).catch((failure: unknown) => {
      throw isUnknownContact(failure) ? error : failure;
    });
  }
}
