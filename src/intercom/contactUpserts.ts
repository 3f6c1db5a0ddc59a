import type { Contact, UpsertedContact } from "../schemas/contacts";
import type { companies as companiesOf } from "./companies";
import type { ContactFields, contacts as contactsOf } from "./contacts";
import {
  BadRequestError,
  ConflictError,
  InvalidInputError,
  NotFoundError,
  noting,
} from "./wire/errors";
import type { Http } from "./wire/http";
import { path } from "./wire/path";
import type { Filter, Query } from "./wire/search";

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

export const contactUpserts = (http: Http, { contacts, companies }: Resources) => {
  const search = async (role: string, query: Query): Promise<Contact[]> => {
    const value = [equals("role", role), query];
    return (await contacts.searchAll({ query: { operator: "AND", value } })).data;
  };

  /** The contact that this one was merged into. Only 2.16 tells. */
  const mergedInto = (id: string): Promise<string | undefined> =>
    http
      .send({
        permission: "Read one user and one company",
        purpose: "follow the merged contact",
        method: "GET",
        path: path`/contacts/${id}`,
        since: "2.16",
      })
      .then(
        () => undefined,
        (error: unknown) => onlyNotFound(error).mergedInto,
      );

  /**
   * Runs `use` with a contact; if it was merged meanwhile, then with the one that it is part of.
   *
   * @throws NotFoundError where it is neither.
   */
  const onContact = (id: string, use: (id: string) => Promise<Contact>): Promise<Contact> =>
    use(id).catch(async (error: unknown) => {
      const into = onlyNotFound(error).mergedInto ?? (await mergedInto(id));
      return into === undefined ? noting(`That is the contact ${id}.`)(error) : use(into);
    });

  const write = (id: string, fields: ContactFields): Promise<Contact> =>
    contacts.update(id, fields).catch((error: unknown) => {
      const other = idIn(onlyConflict(error));
      throw other && fields.email && fields.external_id ? ofTwo(id, other) : error;
    });

  /** @throws ConflictError where a second contact has the other half of the identity. */
  async function keep(id: string, { email, external_id }: ContactFields): Promise<Contact> {
    const contact = await contacts.get(id);
    if (!email || !external_id) return contact;
    const hasBoth =
      contact.external_id === external_id && contact.email?.toLowerCase() === email.toLowerCase();
    if (hasBoth) return contact;
    const value = [equals("external_id", external_id), equals("email", email)];
    const users = await search("user", { operator: "OR", value });
    const other = users.find((user) => user.id !== contact.id);
    if (other) throw ofTwo(contact.id, other.id);
    return contact;
  }

  /** Intercom allows one user per e-mail and external id, so its refusal tells who has them. */
  async function upsertUser(fields: ContactFields, how: ContactUpsert): Promise<UpsertedContact> {
    const startedAtMs = Date.now();
    const made = await contacts.create(fields, { isRepeatable: true }).catch(onlyConflict);
    if (!(made instanceof ConflictError)) return { outcome: "created", contact: made };
    const id = idIn(made);
    if (id === undefined) throw made;
    const isKept = how.ifFound === "keep";
    const finish = () => onContact(id, (id) => (isKept ? keep : write)(id, fields));
    if (/archived/i.test(made.errors[0]?.message ?? "")) {
      if (!how.unarchive) return noting('Or tick "Unarchive".')(made);
      await contacts
        .unarchive(id)
        .catch(
          noting(
            `The contact ${id} has this email or external ID. If it was deleted, both stay taken for some days.`,
          ),
        );
      const contact = await finish().catch(
        noting(`We had unarchived the contact ${id}, and it stays so.`),
      );
      return { outcome: "unarchived", contact };
    }
    const contact = await finish();
    // After a lost answer, the create meets its own contact. Our clock may be wrong.
    const startedAt = Math.floor((startedAtMs + http.nowMs() - Date.now()) / 1000);
    const isOurs = made.mayBeDone && contact.created_at >= startedAt;
    return { outcome: isOurs ? "created" : isKept ? "kept" : "updated", contact };
  }

  /** Leads never conflict, so we search first. A lead of the last minutes may not be found. */
  async function upsertLead(
    { external_id, ...fields }: ContactFields,
    how: ContactUpsert,
  ): Promise<UpsertedContact> {
    const { email } = fields;
    const known = email ? equals("email", email) : equals("external_id", external_id);
    const leads = known.value ? await search("lead", known) : [];
    const [lead] = leads.sort((a, b) => b.created_at - a.created_at);
    if (lead === undefined) {
      if (!email && external_id) {
        throw new BadRequestError(
          "No lead has this external ID, and Intercom gives a new lead one of its own: give the lead's email.",
        );
      }
      return { outcome: "created", contact: await contacts.create(fields) };
    }
    if (how.ifFound === "keep") return { outcome: "kept", contact: lead };
    // The lead may have become part of a user, who is never made a lead.
    const changes = { ...fields, role: undefined };
    const contact = await onContact(lead.id, (id) => contacts.update(id, changes));
    return { outcome: "updated", contact };
  }

  return {
    /**
     * Updates the contact that has this e-mail or external id, or creates one. A new user costs one
     * request, an existing one two. A contact that disappears meanwhile is sought a second time.
     *
     * @throws InvalidInputError for a user without both, before anything is sent.
     * @throws ConflictError where the e-mail and the external id belong to two contacts, or to an
     * archived one that may not come back.
     */
    upsert: async (fields: ContactFields, how: ContactUpsert = {}): Promise<UpsertedContact> => {
      const { role = "user", email, external_id } = fields;
      const isLead = role === "lead";
      if (!isLead && !email && !external_id) {
        throw new InvalidInputError(
          '"Email" and "External ID" are both empty: fill in one of them, because a user needs one.',
        );
      }
      const once = () => (isLead ? upsertLead : upsertUser)({ ...fields, role }, how);
      const done = await once().catch((error: unknown) => {
        if (onlyNotFound(error).mergedInto !== undefined) throw error;
        return once();
      });
      const { outcome, contact } = done;
      if (how.companyId !== undefined) {
        await companies
          .attachToContact(contact.id, how.companyId)
          .catch(noting(`The contact ${contact.id} was ${outcome} before that.`));
      }
      return done;
    },
  };
};

const equals = (field: string, value: unknown): Filter => ({ field, operator: "=", value });

const only =
  <Kind extends Error>(kind: new (message: string) => Kind) =>
  (error: unknown): Kind => {
    if (error instanceof kind) return error;
    throw error;
  };
const onlyConflict = only(ConflictError);
const onlyNotFound = only(NotFoundError);

/** "A contact matching those details already exists with id=…" */
const idIn = ({ errors }: ConflictError): string | undefined =>
  /\bid=([\w-]+)/.exec(errors[0]?.message ?? "")?.[1];

const ofTwo = (id: string, other: string) =>
  new ConflictError(
    `The email and the external ID belong to two contacts, ${id} and ${other}: give one of the two, or correct the contacts in Intercom.`,
    { status: 409, code: "conflict" },
  );
