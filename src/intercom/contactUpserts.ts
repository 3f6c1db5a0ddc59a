import type { Contact, UpsertedContact } from "../schemas/contacts";
import type { companies as companiesOf } from "./companies";
import type { ContactFields, contacts as contactsOf } from "./contacts";
import {
  adding,
  ConflictError,
  IntercomError,
  InvalidInputError,
  NotFoundError,
} from "./wire/errors";
import type { Http } from "./wire/http";
import { path } from "./wire/path";
import type { Filter } from "./wire/search";

export interface ContactUpsert {
  /** What to do with a contact that exists; by default it is updated. */
  ifFound?: "update" | "keep";
  /** Whether an archived contact that has the e-mail or the external id comes back; by default not. */
  unarchive?: boolean;
  /** A company to attach the contact to, by Intercom's id or yours. */
  companyId?: string;
}

interface Resources {
  contacts: ReturnType<typeof contactsOf>;
  companies: ReturnType<typeof companiesOf>;
}

const equals = (field: string, value: unknown): Filter => ({ field, operator: "=", value });

const isBlank = (value: unknown) => value === undefined || value === null || value === "";

export const contactUpserts = (http: Http, { contacts, companies }: Resources) => {
  const search = async (...filters: Filter[]): Promise<Contact[]> =>
    (await contacts.searchAll({ query: { operator: "AND", value: filters } })).data;

  /** The contact that this one was merged into. Only 2.16 tells. */
  const mergedInto = (id: string): Promise<string | undefined> =>
    http
      .send({
        permission: "Read one user and one company",
        purpose: "tell into which contact the contact was merged",
        method: "GET",
        path: path`/contacts/${id}`,
        since: "2.16",
      })
      .then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof NotFoundError) return error.mergedInto;
          throw error;
        },
      );

  /**
   * Runs `use` with a contact; if it was merged meanwhile, then with the one that it was merged into.
   * Undefined where it no longer exists.
   */
  async function onContact(id: string, use: (id: string) => Promise<Contact>) {
    try {
      return await use(id);
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      const into = error.mergedInto ?? (await mergedInto(id));
      return into === undefined ? undefined : use(into);
    }
  }

  /** Intercom allows one user per e-mail and external id, so its refusal tells who has them. */
  async function upsertUser(
    fields: ContactFields,
    how: ContactUpsert,
    isSecondTry = false,
  ): Promise<UpsertedContact> {
    const startedAtMs = Date.now();
    const made = await contacts.create(fields, { isRepeatable: true }).catch(unlessConflict);
    if (!(made instanceof ConflictError)) return { outcome: "created", contact: made };
    const twin = twinIn(made);
    if (twin === undefined) throw made;
    if (twin.isArchived) {
      if (!how.unarchive) throw adding(made, 'Or tick "Unarchive".');
      if (!(await hasUnarchived(twin.id)) && !isSecondTry) return upsertUser(fields, how, true);
    }
    const contact = await onContact(twin.id, (id) =>
      how.ifFound === "keep" ? keep(id, fields) : write(id, fields),
    ).catch((error: unknown) => {
      if (!twin.isArchived || !(error instanceof IntercomError)) throw error;
      throw adding(error, `We had unarchived the contact ${twin.id}, and it stays so.`);
    });
    if (contact === undefined) {
      if (isSecondTry) throw made;
      return upsertUser(fields, how, true);
    }
    if (twin.isArchived) return { outcome: "unarchived", contact };
    // The answer to the create was lost, and the create meets its own contact.
    const startedAt = Math.floor((startedAtMs + http.nowMs() - Date.now()) / 1000);
    if (made.mayBeDone && contact.created_at >= startedAt) return { outcome: "created", contact };
    return { outcome: how.ifFound === "keep" ? "kept" : "updated", contact };
  }

  /** Whether the contact is active now; not if it no longer exists. */
  const hasUnarchived = (id: string): Promise<boolean> =>
    contacts.unarchive(id).then(
      () => true,
      (error: unknown) => {
        if (error instanceof NotFoundError) return false;
        if (!(error instanceof IntercomError)) throw error;
        throw adding(
          error,
          `The contact ${id} has this email or external ID. If it was deleted, both stay taken for some days.`,
        );
      },
    );

  const write = (id: string, fields: ContactFields): Promise<Contact> =>
    contacts.update(id, fields).catch((error: unknown) => {
      const other = error instanceof ConflictError ? twinIn(error)?.id : undefined;
      if (other === undefined || isBlank(fields.email) || isBlank(fields.external_id)) throw error;
      throw ofTwo(id, other, error as ConflictError);
    });

  /** @throws ConflictError where a second contact has the other half of the identity. */
  async function keep(id: string, { email, external_id }: ContactFields): Promise<Contact> {
    const contact = await contacts.get(id);
    if (isBlank(email) || isBlank(external_id)) return contact;
    const differing =
      contact.external_id !== external_id
        ? equals("external_id", external_id)
        : contact.email?.toLowerCase() !== email?.toLowerCase()
          ? equals("email", email)
          : undefined;
    if (differing === undefined) return contact;
    const others = await search(equals("role", "user"), differing);
    const other = others.find((each) => each.id !== contact.id);
    if (other) throw ofTwo(contact.id, other.id);
    return contact;
  }

  /** Leads never conflict, so we search first. A lead of the last minutes may not be found. */
  async function upsertLead(
    { external_id, ...fields }: ContactFields,
    how: ContactUpsert,
    isSecondTry = false,
  ): Promise<UpsertedContact> {
    const isByEmail = !isBlank(fields.email);
    const known = isByEmail ? equals("email", fields.email) : equals("external_id", external_id);
    const leads = isBlank(known.value) ? [] : await search(equals("role", "lead"), known);
    const [lead] = leads.sort((a, b) => b.created_at - a.created_at);
    if (lead === undefined) {
      if (!isBlank(external_id) && !isByEmail) {
        throw new NotFoundError(
          "No lead has this external ID, and Intercom gives a new lead an external ID of its own: give the lead's email.",
        );
      }
      return { outcome: "created", contact: await contacts.create(fields) };
    }
    if (how.ifFound === "keep") return { outcome: "kept", contact: lead };
    // The lead may have been merged into a user, who is never made a lead.
    const contact = await onContact(lead.id, (id) =>
      contacts.update(id, { ...fields, role: undefined }),
    );
    if (contact) return { outcome: "updated", contact };
    if (!isSecondTry) return upsertLead({ external_id, ...fields }, how, true);
    throw new NotFoundError(
      `Intercom's search gives the lead ${lead.id}, which no longer exists: try again in a minute.`,
    );
  }

  return {
    /**
     * Updates the contact that has this e-mail or external id, or creates one. A new user costs one
     * request, an existing one two.
     *
     * @throws InvalidInputError for a user without both, before anything is sent.
     * @throws ConflictError where the e-mail and the external id belong to two contacts, or to an
     * archived one that may not come back.
     */
    upsert: async (fields: ContactFields, how: ContactUpsert = {}): Promise<UpsertedContact> => {
      const { role = "user", email, external_id } = fields;
      const isLead = role === "lead";
      if (!isLead && isBlank(email) && isBlank(external_id)) {
        throw new InvalidInputError(
          '"Email" and "External ID" are both empty: fill in one of them, because a user needs one.',
        );
      }
      const done = await (isLead ? upsertLead : upsertUser)({ ...fields, role }, how);
      if (how.companyId === undefined) return done;
      const { outcome, contact } = done;
      await companies.attachToContact(contact.id, how.companyId).catch((error: unknown) => {
        if (!(error instanceof IntercomError)) throw error;
        throw adding(
          error,
          `The contact ${contact.id} was ${outcome} before that: attach the company with "Attach Company to Contact".`,
        );
      });
      return done;
    },
  };
};

function unlessConflict(error: unknown): ConflictError {
  if (error instanceof ConflictError) return error;
  throw error;
}

/** "An archived contact matching those details already exists with id=…" */
function twinIn({ errors }: ConflictError) {
  const said = errors[0]?.message ?? "";
  const id = /\bid=([\w-]+)/.exec(said)?.[1];
  return id === undefined ? undefined : { id, isArchived: /archived/i.test(said) };
}

const ofTwo = (id: string, other: string, error?: ConflictError) =>
  new ConflictError(
    `The email and the external ID belong to two contacts, ${id} and ${other}: give only one of them, or correct the contacts in Intercom.${error ? ` ${error.message}` : ""}`,
    error,
  );
