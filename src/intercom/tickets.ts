import type { companies } from "./companies";
import type { Http } from "./http";
import { path } from "./path";
import type { Filter, Query } from "./search";
import { isAtLeast } from "./versions";

export interface TicketTypeAttribute {
  type: "ticket_type_attribute";
  id: string;
  name: string;
  description: string;
  /** `string`, `list`, `integer`, `decimal`, `boolean`, `datetime`, `files`. */
  data_type: string;
  input_options: {
    multiline?: boolean;
    list_options?: { id: string; label: string }[];
    [key: string]: unknown;
  } | null;
  /** Where it stands among the others. */
  order: number;
  required_to_create: boolean;
  ticket_type_id: number;
  archived: boolean;
  [key: string]: unknown;
}

export interface TicketType {
  type: "ticket_type";
  /** Decimal digits. */
  id: string;
  name: string;
  description: string;
  icon: string;
  workspace_id: string;
  archived: boolean;
  created_at: number;
  updated_at: number;
  is_internal: boolean;
  ticket_type_attributes: { type: "list"; data: TicketTypeAttribute[] };
  category: string;
  [key: string]: unknown;
}

export interface Ticket {
  type: "ticket";
  /** Decimal digits. */
  id: string;
  /** The number in the inbox; the API does not take it. */
  ticket_id: string;
  ticket_attributes: Record<string, unknown>;
  /** Text up to 2.11, an object from 2.12 on. */
  ticket_state: string | { type: "ticket_state"; id: string; category: string };
  ticket_type: TicketType;
  contacts: {
    type: "contact.list";
    contacts: { type: "contact"; id: string; external_id?: string | null }[];
  };
  /** Text up to 2.15, numbers from 2.16 on; 0 is nobody. */
  admin_assignee_id: string | number;
  team_assignee_id: string | number;
  created_at: number;
  updated_at: number;
  open: boolean;
  category: string;
  is_shared: boolean;
  [key: string]: unknown;
}

/** One person by one of three names. An unknown e-mail makes a new contact. */
export type TicketContact = { id: string } | { email: string } | { external_id: string };

export interface TicketFields {
  ticket_type_id: string;
  contact: TicketContact;
  /** Your own; it must be attached to the contact. */
  company_id?: string;
  /** By the names of the ticket type's attributes; a list attribute takes the id of its option. */
  ticket_attributes?: Record<string, unknown>;
  /** Whatever else goes into the body, over the rest. */
  more?: Record<string, unknown>;
}

export const tickets = (http: Http, { getByCompanyId }: ReturnType<typeof companies>) => ({
  /** Sent twice, it makes two. */
  create: async ({ contact, company_id, more, ...fields }: TicketFields) => {
    // Up to 2.11 your company_id, from 2.12 on Intercom's id (OpenAPI, create_ticket_request).
    const wantsIntercomId = company_id !== undefined && isAtLeast(http.apiVersion, "2.12");
    const companyId = wantsIntercomId ? (await getByCompanyId(company_id)).id : company_id;
    return http.send<Ticket>({
      permission: "Write tickets",
      purpose: "create the ticket",
      method: "POST",
      path: path`/tickets`,
      body: { ...fields, contacts: [contact], company_id: companyId, ...more },
    });
  },

  /** The newest, or those with a text in their title or description. At most 150. */
  find: async (text: string | undefined, most: number): Promise<Ticket[]> => {
    const holding = ["title", "description"].map(
      (field): Filter => ({ field, operator: "~", value: text }),
    );
    const any: Query = { field: "created_at", operator: ">", value: 0 };
    const answer = await http.send<{ tickets: Ticket[] }>({
      permission: "Read tickets",
      purpose: "search the tickets",
      method: "POST",
      path: path`/tickets/search`,
      body: {
        query: text === undefined ? any : { operator: "OR", value: holding },
        pagination: { per_page: most },
      },
      listedAs: "tickets",
      isRepeatable: true,
    });
    return answer.tickets;
  },

  /** Every ticket type, archived ones too: Intercom does not page this list. */
  listTypes: () =>
    http.send<{ type: "list"; data: TicketType[] }>({
      permission: "Read tickets",
      purpose: "list the ticket types",
      method: "GET",
      path: path`/ticket_types`,
      listedAs: "data",
    }),
});
