import type { Ticket, TicketType, TicketTypeAttribute } from "../schemas/tickets";
import type { companies } from "./companies";
import { type ContactName, withEitherId } from "./contacts";
import { BadRequestError } from "./wire/errors";
import type { Http } from "./wire/http";
import { inShort, isRecord, textOf } from "./wire/json";
import type { Speech } from "./wire/log";
import { path } from "./wire/path";
import { quoting } from "./wire/quote";
import { rowsOf } from "./wire/rows";
import { type Filter, type Query, searchIn } from "./wire/search";
import { isAtLeast } from "./wire/versions";

/** What can be written. What is undefined is left out. */
export interface TicketFields {
  ticket_type_id?: unknown;
  /** By the names of the ticket type's attributes; a list attribute takes the id of its option. */
  ticket_attributes?: unknown;
  [key: string]: unknown;
}

export const tickets = (http: Http, { getByCompanyId }: ReturnType<typeof companies>) => {
  const post = (body: object) =>
    http.send<Ticket>({
      permission: "Write tickets",
      purpose: "create the ticket",
      method: "POST",
      path: path`/tickets`,
      body,
    });

  /** Intercom lists the results under `tickets` (OpenAPI 2.16, searchTickets). */
  const searchPage = searchIn<Ticket>(http, {
    resource: "tickets",
    permission: "Read tickets",
    path: path`/tickets/search`,
  });

  /** Every ticket type, archived ones too: Intercom does not page this list. */
  const listTypes = () =>
    http.send<{ type: "list"; data: TicketType[] }>({
      permission: "Read tickets",
      purpose: "list the ticket types",
      method: "GET",
      path: path`/ticket_types`,
      listedAs: "data",
    });

  /** The refusal, with the options of each list attribute that was given something else. */
  async function withOptions(error: unknown, { ticket_type_id, ticket_attributes }: TicketFields) {
    if (!(error instanceof BadRequestError) || !isRecord(ticket_attributes)) return error;
    // Intercom's words for such a value are not known, and the IDs of options are text.
    if (
      !Object.values(ticket_attributes)
        .flat()
        .some((value) => typeof value === "string")
    ) {
      return error;
    }
    const types = await listTypes().catch(() => undefined);
    const type = types?.data.find(({ id }) => textOf(id) === String(ticket_type_id));
    const advice = (type ? attributesOf(type, http) : []).flatMap((attribute) =>
      adviseOn(attribute, ticket_attributes, http),
    );
    return advice.length === 0
      ? error
      : new BadRequestError([error.message, ...advice].join(" "), error);
  }

  return {
    /** Intercom cuts the parts (OpenAPI 2.16, ticket_parts): `has_more` then says so. */
    get: async (id: string): Promise<Ticket> => {
      const ticket = await http.send<Ticket>({
        permission: "Read tickets",
        purpose: "get the ticket",
        method: "GET",
        path: path`/tickets/${id}`,
      });
      const { ticket_parts: parts } = ticket;
      const missing = (parts?.total_count ?? 0) - (parts?.ticket_parts?.length ?? 0);
      if (!parts || !(missing > 0)) return ticket;
      http.log.warn(`Intercom gave the ticket without ${missing} of its parts.`);
      return { ...ticket, ticket_parts: { ...parts, has_more: true } };
    },

    /**
     * Sent twice, it makes two. An unknown e-mail makes a new lead. Takes Intercom's id or yours for a
     * contact that is named by its id. The company is named by your own id, and must be attached to
     * the contact.
     */
    create: async (
      contact: ContactName,
      ownCompanyId: string | undefined,
      fields: TicketFields,
    ) => {
      // Up to 2.11 your company_id, from 2.12 on Intercom's id (OpenAPI, create_ticket_request).
      const wantsIntercomId = ownCompanyId !== undefined && isAtLeast(http.apiVersion, "2.12");
      const companyId = wantsIntercomId ? (await getByCompanyId(ownCompanyId)).id : ownCompanyId;
      const bodyFor = (contact: ContactName): TicketFields => ({
        contacts: [contact],
        company_id: companyId,
        ...fields,
      });
      const create = (contact: ContactName) => post(bodyFor(contact));
      const created =
        fields.contacts === undefined ? withEitherId(contact, create) : create(contact);
      return created.catch(async (error: unknown) => {
        throw await withOptions(error, bodyFor(contact));
      });
    },

    /** The newest, or those with a text in their title or description. At most 150. */
    find: async (text: string | undefined, most: number): Promise<Ticket[]> => {
      const holding = ["title", "description"].map(
        (field): Filter => ({ field, operator: "~", value: text }),
      );
      const any: Query = { field: "created_at", operator: ">", value: 0 };
      const query: Query = text === undefined ? any : { operator: "OR", value: holding };
      return (await searchPage({ query, pagination: { per_page: most } })).data;
    },

    searchPage,

    listTypes,
  };
};

/** What to write instead of a value that is no option of a list attribute; those that fit come first. */
function adviseOn(
  attribute: TicketTypeAttribute,
  given: Record<string, unknown>,
  speech: Speech,
): string[] {
  const quote = quoting(speech.redaction);
  const { name, data_type } = attribute;
  if (data_type !== "list" || !Object.hasOwn(given, name)) return [];
  const options = optionsOf(attribute, speech);
  const values = [given[name]].flat();
  const isId = (value: unknown) => value == null || options.some(({ id }) => id === value);
  if (options.length === 0 || values.every(isId)) return [];
  const meant = new Set(values.map((value) => String(value).trim().toLowerCase()));
  const isMeant = ({ label }: Option) => meant.has(label.trim().toLowerCase());
  const inOrder = [...options.filter(isMeant), ...options.filter((option) => !isMeant(option))];
  const named = inShort(inOrder.map(({ id, label }) => `${quote(label)} is ${id}`));
  return [`"${name}" takes the ID of an option, not ${quote(given[name])}: ${named}.`];
}

/** The attributes of a ticket type, as far as they can be read. */
export const attributesOf = ({ name, ticket_type_attributes }: TicketType, speech: Speech) =>
  rowsOf(
    ticket_type_attributes?.data,
    `the attributes of the ticket type ${quoting(speech.redaction)(name)}`,
    speech,
  ) as unknown as TicketTypeAttribute[];

export interface Option {
  id: string;
  label: string;
}

/** The options of a list attribute; one without an ID can't be chosen. */
export const optionsOf = ({ name, input_options }: TicketTypeAttribute, speech: Speech): Option[] =>
  rowsOf(
    input_options?.list_options,
    `the options of ${quoting(speech.redaction)(name)}`,
    speech,
  ).flatMap(({ id, label }) => {
    const key = textOf(id);
    return key === undefined ? [] : [{ id: key, label: textOf(label) ?? key }];
  });
