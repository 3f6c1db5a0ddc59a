import type { Ticket, TicketPart, TicketType } from "../schemas/tickets";
import type { admins } from "./admins";
import type { companies } from "./companies";
import { type ContactName, withEitherId } from "./contacts";
import { type Author, authorOf, type Message } from "./replies";
import { adviseOnOptions, type ticketTypes } from "./ticketTypes";
import { BadRequestError, InvalidInputError } from "./wire/errors";
import type { Http } from "./wire/http";
import { isRecord, textOf, toJson } from "./wire/json";
import { path } from "./wire/path";
import { type Filter, type Query, type SearchBody, searchIn, searchList } from "./wire/search";
import { searchRules } from "./wire/searchRules";
import { type ApiVersion, isAtLeast, type Need, needOf, versionWith } from "./wire/versions";

/** The fields that Intercom accepts. The request leaves undefined fields out. */
export interface TicketFields {
  ticket_type_id?: unknown;
  /**
   * The keys are the names of the ticket type's attributes; a list attribute takes an option's id.
   */
  ticket_attributes?: unknown;
  [key: string]: unknown;
}

/** What can be changed. An undefined field keeps its value. */
export interface TicketChanges {
  /** The id of a state; with 2.11 also its category. */
  state?: string;
  /** An admin or a team; "0" is nobody. */
  assigneeId?: string;
  /** Intercom's id, or yours. */
  companyId?: string;
  /** Who makes the change; by default the admin of the access token. */
  adminId?: number;
  fields: TicketFields;
  /** These fields replace all others of the same name. */
  additional?: Record<string, unknown>;
}

/** The searchable fields of a ticket (OpenAPI 2.16, searchTickets). */
export const ticketSearchRules = searchRules({
  time: "created_at updated_at snoozed_until",
  boolean: "open",
  owner: "admin_assignee_id teammate_ids",
  text: "id title description category ticket_type_id contact_ids state",
});

/** The first version in which each field can be written (OpenAPI 2.11 to 2.16). */
const sinceOfNew = {
  skip_notifications: "2.13",
  assignment: "2.14",
  conversation_to_link_id: "2.14",
} as const;
const sinceOfChanges = {
  ticket_state_id: "2.12",
  company_id: "2.12",
  skip_notifications: "2.13",
} as const;

const read = { permission: "Read tickets" } as const;
const write = { permission: "Write tickets" } as const;

interface Others {
  admins: ReturnType<typeof admins>;
  companies: ReturnType<typeof companies>;
  ticketTypes: ReturnType<typeof ticketTypes>;
}

/** Intercom cuts the parts (OpenAPI 2.16, ticket_parts): `has_more` then says so. */
export function withCutParts({ log }: Http, ticket: Ticket): Ticket {
  const { ticket_parts: parts } = ticket;
  const missing = (parts?.total_count ?? 0) - (parts?.ticket_parts?.length ?? 0);
  if (!parts || !(missing > 0)) return ticket;
  log.warn(`Intercom gave the ticket without ${missing} of its parts.`);
  return { ...ticket, ticket_parts: { ...parts, has_more: true } };
}

export const tickets = (http: Http, { admins, companies, ticketTypes }: Others) => {
  const get = (id: string, need: Need = {}) =>
    http.send<Ticket>({
      ...read,
      ...need,
      purpose: "get the ticket",
      method: "GET",
      path: path`/tickets/${id}`,
    });

  const post = (body: TicketFields) =>
    http.send<Ticket>({
      ...write,
      ...needOf(body, sinceOfNew),
      purpose: "create the ticket",
      method: "POST",
      path: path`/tickets`,
      body,
    });

  const put = (id: string, body: TicketFields) =>
    http
      .send<Ticket>({
        ...write,
        ...needOf(body, sinceOfChanges),
        purpose: "update the ticket",
        method: "PUT",
        path: path`/tickets/${id}`,
        body,
      })
      .catch(async (error: unknown) => {
        if (!isDoneBefore(error)) throw error;
        const ticket = await get(id, needOf(body, sinceOfChanges));
        if (!hasTaken(ticket, body)) throw error;
        return ticket;
      });

  /** Intercom lists the results under `tickets` (OpenAPI 2.16, searchTickets). */
  const searchPage = searchIn<Ticket>(http, {
    ...read,
    resource: "tickets",
    path: path`/tickets/search`,
  });

  /** The refusal, with the options of each list attribute that was given something else. */
  async function withOptions(
    error: unknown,
    attributes: unknown,
    typeOf: () => Promise<TicketType | undefined>,
  ) {
    if (!(error instanceof BadRequestError) || !isRecord(attributes)) return error;
    // We don't know Intercom's words for such a value. The IDs of options are text.
    if (
      !Object.values(attributes)
        .flat()
        .some((value) => typeof value === "string")
    ) {
      return error;
    }
    const type = await typeOf().catch(() => undefined);
    const advice = type ? adviseOnOptions(type, attributes, http) : [];
    return advice.length === 0
      ? error
      : new BadRequestError([error.message, ...advice].join(" "), error);
  }

  /** Who is assigned, and who assigns. Up to 2.13 both are in an object `assignment`. */
  async function assignmentIn(version: ApiVersion, { adminId, assigneeId }: TicketChanges) {
    if (isAtLeast(version, "2.14")) {
      return { admin_id: await admins.numberOf(adminId), assignee_id: assigneeId };
    }
    if (adminId === undefined && assigneeId === undefined) return {};
    const admin_id = String(await admins.numberOf(adminId));
    return { assignment: { admin_id, assignee_id: assigneeId } };
  }

  return {
    get: async (id: string) => withCutParts(http, await get(id)),

    /**
     * Not idempotent: sent twice, it creates two tickets. For an unknown e-mail, Intercom creates a
     * lead. An `id` may be Intercom's id or yours. The company goes by your own id, and must be
     * attached to the contact.
     */
    create: async (
      contact: ContactName,
      ownCompanyId: string | undefined,
      fields: TicketFields,
    ) => {
      const version = versionWith(http.apiVersion, needOf(fields, sinceOfNew));
      // Up to 2.11 your company_id, from 2.12 on Intercom's id (OpenAPI, create_ticket_request).
      const wantsIntercomId = ownCompanyId !== undefined && isAtLeast(version, "2.12");
      const companyId = wantsIntercomId
        ? (await companies.getByCompanyId(ownCompanyId)).id
        : ownCompanyId;
      const bodyFor = (contact: ContactName): TicketFields => ({
        contacts: [contact],
        company_id: companyId,
        ...fields,
      });
      const create = (contact: ContactName) => post(bodyFor(contact));
      const created =
        fields.contacts === undefined ? withEitherId(contact, create) : create(contact);
      return created.catch(async (error: unknown) => {
        throw await withOptions(error, fields.ticket_attributes, async () => {
          const { data } = await ticketTypes.list();
          return data.find(({ id }) => textOf(id) === String(fields.ticket_type_id));
        });
      });
    },

    /** Also opens the ticket, unless the update resolves or closes it. */
    update: async (id: string, changes: TicketChanges) => {
      const { state, companyId, fields, additional } = changes;
      const isCategory = state !== undefined && categories.includes(state);
      const ticket_state_id = isCategory ? undefined : state;
      const given = { ticket_state_id, company_id: companyId, ...fields, ...additional };
      const version = versionWith(http.apiVersion, needOf(given, sinceOfChanges));
      if (isCategory && version !== "2.11") {
        throw new InvalidInputError(
          (quote) =>
            `"Ticket State ID" must be the ID of a state from API version 2.12 on, not ${quote(state)}: List Ticket States gives the IDs.`,
        );
      }
      const body: TicketFields = {
        ...fields,
        ...(isCategory ? { state } : { ticket_state_id }),
        ...(await assignmentIn(version, changes)),
      };
      const update = (company_id?: string) => put(id, { ...body, company_id, ...additional });
      const updated =
        companyId === undefined ? update() : companies.withIntercomsId(companyId, update);
      return withCutParts(
        http,
        await updated.catch(async (error: unknown) => {
          const attributes = { ...fields, ...additional }.ticket_attributes;
          throw await withOptions(error, attributes, async () => (await get(id)).ticket_type);
        }),
      );
    },

    /** A reply or a note. Not idempotent: sent twice, it creates two. */
    reply: async (id: string, author: Author, message: Message) => {
      const body = { ...message, ...(await authorOf(author, admins.idOf)) };
      const isNote = message.message_type === "note";
      return http.send<TicketPart>({
        ...write,
        ...needOf(message, { skip_notifications: "2.13", attachment_files: "2.16" }),
        purpose: isNote ? "add the note" : "send the reply",
        method: "POST",
        path: path`/tickets/${id}/reply`,
        body,
      });
    },

    /** The newest tickets, or those with a text in their title or description. At most 150. */
    find: async (text: string | undefined, most: number): Promise<Ticket[]> => {
      const holding = ["title", "description"].map(
        (field): Filter => ({ field, operator: "~", value: text }),
      );
      const any: Query = { field: "created_at", operator: ">", value: 0 };
      const query: Query = text === undefined ? any : { operator: "OR", value: holding };
      return (await searchPage({ query, pagination: { per_page: most } })).data;
    },

    searchPage,

    /** @throws BadRequestError where Intercom refuses the query. */
    search: (body: SearchBody) => searchList(http.log, "tickets", searchPage, body),
  };
};

/** The categories, by which 2.11 names the states of tickets. */
const categories = ["in_progress", "waiting_on_customer", "resolved"];

/** Third-party recordings of the live API: 400 for the same state, 422 for the same assignee. */
const saysItIsSo = /to the same state|already assigned/i;

/** Whether Intercom refuses a change because an earlier try may have made it. */
const isDoneBefore = (error: unknown): boolean =>
  error instanceof BadRequestError && error.mayBeDone && saysItIsSo.test(error.message);

/** Whether the ticket is as the body asks. What we can't compare counts as not done. */
function hasTaken(ticket: Ticket, body: TicketFields): boolean {
  const { admin_id, skip_notifications, assignment, ...asked } = body;
  const { ticket_attributes, ticket_state_id, state, assignee_id, ...others }: TicketFields = {
    ...asked,
    ...(isRecord(assignment) && { assignee_id: assignment.assignee_id }),
  };
  const { ticket_state: stateNow, admin_assignee_id, team_assignee_id } = ticket;
  const assignees = [admin_assignee_id, team_assignee_id].map(String);
  const attributes = Object.entries(isRecord(ticket_attributes) ? ticket_attributes : {});
  const pairs = [
    [ticket_state_id, isRecord(stateNow) ? stateNow.id : undefined],
    [state, stateNow],
    [assignee_id, assignees.find((id) => id === String(assignee_id))],
    ...attributes.map(([name, value]) => [value, ticket.ticket_attributes[name]]),
    ...Object.entries(others).map(([key, value]) => [value, ticket[key as keyof Ticket]]),
  ];
  return pairs.every(
    ([wanted, given]) => wanted === undefined || toJson(given ?? null) === toJson(wanted),
  );
}
