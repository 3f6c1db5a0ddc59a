import type { Conversation, StartedConversation } from "../schemas/conversations";
import type { companies } from "./companies";
import type { contacts } from "./contacts";
import { cursorList } from "./wire/cursorLists";
import { NotFoundError } from "./wire/errors";
import type { Http } from "./wire/http";
import type { List } from "./wire/pages";
import { path } from "./wire/path";
import { type Filter, type Query, type SearchBody, searchIn, searchList } from "./wire/search";
import { searchRules } from "./wire/searchRules";
import { needOf } from "./wire/versions";

/** The searchable fields of a conversation (OpenAPI 2.16, searchConversations). */
export const conversationSearchRules = searchRules({
  time: `created_at updated_at waiting_since snoozed_until statistics.first_contact_reply_at
    statistics.first_assignment_at statistics.first_admin_reply_at statistics.first_close_at
    statistics.last_assignment_at statistics.last_assignment_admin_reply_at
    statistics.last_contact_reply_at statistics.last_admin_reply_at statistics.last_close_at
    conversation_rating.requested_at conversation_rating.replied_at`,
  number: `admin_assignee_id team_assignee_id statistics.time_to_assignment
    statistics.time_to_admin_reply statistics.time_to_first_close statistics.time_to_last_close
    statistics.median_time_to_reply statistics.count_reopens statistics.count_assignments
    statistics.count_conversation_parts conversation_rating.score ai_agent.rating`,
  boolean: "open read ai_agent_participated",
  text: `id source.type source.id source.delivered_as source.subject source.body source.author.id
    source.author.type source.author.name source.author.email source.url contact_ids teammate_ids
    channel_initiated state tag_ids priority statistics.last_closed_by_id
    conversation_rating.remark conversation_rating.contact_id conversation_rating.admin_d
    ai_agent.resolution_state ai_agent.last_answer_type ai_agent.rating_remark
    ai_agent.source_type ai_agent.source_title`,
});

/** What can be changed. An undefined field keeps its value. */
export interface ConversationFields {
  title?: string;
  read?: boolean;
  company_id?: string;
  custom_attributes?: Record<string, unknown>;
  [key: string]: unknown;
}

/** A message from a contact. Undefined fields are left out. */
export interface NewConversation {
  body: string;
  attachment_urls?: string[];
  /** Unix seconds. */
  created_at?: number;
  brand_id?: string;
  [key: string]: unknown;
}

const read = { permission: "Read conversations" } as const;
const write = { permission: "Write conversations" } as const;

interface Known {
  companies: ReturnType<typeof companies>;
  contacts: ReturnType<typeof contacts>;
}

/** Intercom cuts the parts (OpenAPI 2.16, retrieveConversation): `has_more` then says so. */
export function withCut({ log }: Http, conversation: Conversation): Conversation {
  const { conversation_parts: parts, statistics } = conversation;
  const counts = [parts?.total_count, statistics?.count_conversation_parts].map(Number);
  const most = Math.max(...counts.filter(Number.isInteger), 0);
  const missing = most - (parts?.conversation_parts?.length ?? 0);
  if (!parts || !(missing > 0)) return conversation;
  log.warn(`Intercom gave the conversation without ${missing} of its parts.`);
  return { ...conversation, conversation_parts: { ...parts, has_more: true } };
}

export const conversations = (http: Http, { companies, contacts }: Known) => {
  /** Intercom lists the results under `conversations` (OpenAPI 2.16, searchConversations). */
  const searchPage = searchIn<Conversation>(http, {
    resource: "conversations",
    ...read,
    path: path`/conversations/search`,
  });

  async function listPage(perPage?: number, startingAfter?: string): Promise<List<Conversation>> {
    type Answer = Omit<List<Conversation>, "data"> & { conversations: Conversation[] };
    const { conversations: data, ...rest } = await http.send<Answer>({
      ...read,
      purpose: "list the conversations",
      method: "GET",
      path: path`/conversations`,
      query: { per_page: perPage, starting_after: startingAfter },
      listedAs: "conversations",
    });
    return { ...rest, data };
  }

  /**
   * The `type` of a message's sender. Intercom takes a visitor as a `contact`, and an unknown contact
   * may be a visitor. A merged contact (410) is none.
   */
  const roleOf = (contactId: string): Promise<string> =>
    contacts.get(contactId).then(
      ({ role }) => role,
      (error: unknown) => {
        if (error instanceof NotFoundError && error.status === 404) return "contact";
        throw error;
      },
    );

  return {
    searchPage,

    list: cursorList<Conversation>(http.log, { what: "conversations", readPage: listPage }),

    /** @throws BadRequestError where Intercom refuses the query. */
    search: (body: SearchBody) => searchList(http.log, "conversations", searchPage, body),

    /** The latest, or those with this ID or with all these words in their first message. */
    find: async (text: string | undefined, most: number): Promise<Conversation[]> => {
      if (text === undefined) return (await listPage(most)).data;
      // Intercom searches the text word by word (OpenAPI 2.16, searchConversations).
      const words = text.split(/\s+/).slice(0, 15);
      const holding = words.map(
        (value): Filter => ({ field: "source.body", operator: "~", value }),
      );
      const query: Query = /^\d+$/.test(text)
        ? { operator: "OR", value: [{ field: "id", operator: "=", value: text }, ...holding] }
        : { operator: "AND", value: holding };
      return (await searchPage({ query, pagination: { per_page: most } })).data;
    },

    get: async (
      id: string,
      { asText, withTranslations }: { asText: boolean; withTranslations: boolean },
    ): Promise<Conversation> => {
      const query = {
        display_as: asText ? "plaintext" : undefined,
        include_translations: withTranslations ? "true" : undefined,
      };
      const conversation = await http.send<Conversation>({
        ...read,
        purpose: "get the conversation",
        method: "GET",
        path: path`/conversations/${id}`,
        query,
        ...needOf(query, { include_translations: "2.14" }),
      });
      return withCut(http, conversation);
    },

    /**
     * Starts a conversation with a message from a contact, or from a visitor, who becomes a lead. Not
     * idempotent: sent twice, it starts two conversations.
     */
    create: async (contactId: string, role: string | undefined, message: NewConversation) =>
      http.send<StartedConversation>({
        ...write,
        purpose: "create the conversation",
        method: "POST",
        path: path`/conversations`,
        body: { from: { type: role ?? (await roleOf(contactId)), id: contactId }, ...message },
        ...needOf(message, { brand_id: "2.16" }),
      }),

    /** Takes Intercom's id or yours for the company. */
    update: (id: string, companyId: string | undefined, fields: ConversationFields) => {
      const change = async (company_id?: string) => {
        const body = { company_id, ...fields };
        const conversation = await http.send<Conversation>({
          ...write,
          purpose: "update the conversation",
          method: "PUT",
          path: path`/conversations/${id}`,
          body,
          ...needOf(body, { title: "2.13", company_id: "2.14" }),
        });
        return withCut(http, conversation);
      };
      return companyId === undefined ? change() : companies.withIntercomsId(companyId, change);
    },
  };
};
