/** A schema in the form of OpenAPI 3.0. */
export interface Schema {
  $ref?: string;
  type?: string;
  nullable?: boolean;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  minLength?: number;
}

/** Corrections where a named schema contradicts Intercom's own examples or the live API. */
export interface SchemaCorrection {
  in: "answers" | "requests";
  schemas: string[];
  /** Properties that replace the schema's. */
  set?: Record<string, Schema>;
  remove?: string[];
  notRequired?: string[];
  reason: string;
}

const text: Schema = { type: "string" };
const whole: Schema = { type: "integer" };
const nullableText: Schema = { type: "string", nullable: true };
const scalar: Schema = {
  anyOf: [{ type: "string", nullable: true }, { type: "number" }, { type: "boolean" }],
};
const scalars: Schema = { type: "object", additionalProperties: scalar };
/** Of custom objects that a conversation is linked to. */
const instances: Schema = {
  type: "object",
  properties: { type: { type: "string" }, instances: { type: "array", items: {} } },
  required: ["type", "instances"],
};
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const listOf = (items: Schema): Schema => ({
  type: "object",
  properties: { type: text, data: { type: "array", items } },
  required: ["type", "data"],
});
const stubs: Schema = {
  type: "object",
  properties: {
    ...listOf(ref("addressable_list")).properties,
    url: text,
    total_count: whole,
    has_more: { type: "boolean" },
  },
  required: ["type", "data", "url", "total_count", "has_more"],
};

/** Who takes part in a conversation, as the examples of two operations show it. */
const customers: Schema = {
  type: "object",
  properties: { customers: { type: "array", items: ref("reference") } },
  required: ["customers"],
};

export const schemaCorrections: SchemaCorrection[] = [
  {
    in: "answers",
    schemas: ["contact"],
    set: {
      email: nullableText,
      formatted_phone: nullableText,
      opted_in_subscription_types: stubs,
      opted_out_subscription_types: stubs,
      utm_campaign: nullableText,
      utm_content: nullableText,
      utm_medium: nullableText,
      utm_source: nullableText,
      utm_term: nullableText,
      referrer: nullableText,
    },
    reason: "In recorded examples of a contact; contacts without an e-mail exist.",
  },
  {
    in: "answers",
    schemas: ["contact_location"],
    set: { country_code: nullableText, continent_code: nullableText },
    reason: "In every recorded example of a contact.",
  },
  {
    in: "answers",
    schemas: ["contact_tags", "contact_notes", "contact_companies", "contact_social_profiles"],
    set: { type: { type: "string", enum: ["list"] } },
    reason: "In every recorded example of a contact.",
  },
  {
    in: "answers",
    schemas: ["company"],
    set: {
      plan: {
        type: "object",
        properties: { type: { type: "string", enum: ["plan"] }, id: text, name: text },
      },
      custom_attributes: scalars,
    },
    notRequired: ["last_request_at", "size", "website", "industry"],
    reason: "Absent until set in recorded examples, which also hold numbers and booleans.",
  },
  {
    in: "requests",
    schemas: ["create_or_update_company_request", "update_company_request"],
    set: { custom_attributes: scalars },
    reason: "The schema allows text alone; its own example holds numbers and booleans.",
  },
  {
    in: "requests",
    schemas: ["update_conversation_request"],
    set: {
      custom_attributes: {
        type: "object",
        additionalProperties: {
          anyOf: [...(scalar.anyOf ?? []), { type: "array", items: { type: "string" } }],
        },
      },
    },
    reason:
      "Version 2.11 refers to a schema that it lacks; the later ones allow text and whole numbers alone, and their own example holds true and 155.5. What a list for custom objects holds is not described.",
  },
  {
    in: "answers",
    schemas: ["tag"],
    notRequired: ["applied_at", "applied_by"],
    reason: "Recorded lists of tags do not say who applied them, nor when.",
  },
  {
    in: "answers",
    schemas: ["contact_attached_companies"],
    set: { data: { type: "array", items: ref("company") } },
    remove: ["companies"],
    notRequired: ["companies"],
    reason: 'The recorded example, and the live API, say "data" (intercom-node issue 489).',
  },
  {
    in: "answers",
    schemas: ["ticket_type_attribute_list"],
    set: {
      type: { type: "string", enum: ["list"] },
      data: { type: "array", items: ref("ticket_type_attribute") },
    },
    remove: ["ticket_type_attributes"],
    notRequired: ["ticket_type_attributes"],
    reason: 'Every recorded example says "data" (intercom-node issue 499).',
  },
  {
    in: "answers",
    schemas: ["ticket_type_list"],
    set: {
      type: { type: "string", enum: ["list"] },
      data: { type: "array", items: ref("ticket_type") },
    },
    remove: ["ticket_types"],
    notRequired: ["ticket_types"],
    reason: 'Version 2.11 says "ticket_types", its example and the later versions "data".',
  },
  {
    in: "answers",
    schemas: ["ticket_type_attribute"],
    set: { input_options: { type: "object", nullable: true } },
    reason: "null in recorded examples of attributes without options.",
  },
  {
    in: "answers",
    schemas: ["ticket_type"],
    set: { is_internal: { type: "boolean" } },
    reason: "In every recorded example of a ticket type.",
  },
  {
    in: "answers",
    schemas: ["custom_object_instance"],
    set: { custom_attributes: scalars },
    reason: "The schema allows text alone; its recorded examples hold numbers.",
  },
  {
    in: "answers",
    schemas: ["article_list_item"],
    notRequired: ["statistics", "default_locale", "translated_content"],
    reason: "Version 2.11 requires what its recorded lists, of one language, do not have.",
  },
  {
    in: "answers",
    schemas: ["article_statistics"],
    set: { conversations: whole },
    notRequired: ["conversions"],
    reason: 'Every recorded example says "conversations" where the schema says "conversions".',
  },
  {
    in: "answers",
    schemas: ["collection"],
    notRequired: ["default_locale"],
    reason: "Version 2.11 requires what recorded collections of one language do not have.",
  },
  {
    in: "answers",
    schemas: ["ticket_reply"],
    set: { app_package_code: text },
    reason: "In the recorded example of a note; described for other parts of a ticket.",
  },
  {
    in: "answers",
    schemas: ["ticket_state_detailed"],
    set: {
      ticket_types: listOf({
        type: "object",
        properties: {
          type: text,
          id: text,
          name: text,
          description: text,
          icon: text,
          archived: { type: "boolean" },
          is_internal: { type: "boolean" },
          category: { type: "string", enum: ["Customer", "Back-office", "Tracker"] },
        },
        required: ["type", "id", "name", "category"],
      }),
    },
    reason: "The recorded types of a state have neither attributes, workspace nor time.",
  },
  {
    in: "answers",
    schemas: ["ticket_part"],
    notRequired: ["body", "ticket_state"],
    reason: "Parts without text, or of an attribute, have none in the recorded examples.",
  },
  {
    in: "answers",
    schemas: ["conversation", "conversation_list_item"],
    set: {
      topics: { type: "object" },
      ticket: { type: "object", nullable: true },
      conversation_rating: { ...ref("conversation_rating"), nullable: true },
      first_contact_reply: { ...ref("conversation_first_contact_reply"), nullable: true },
      sla_applied: { ...ref("sla_applied"), nullable: true },
      statistics: { ...ref("conversation_statistics"), nullable: true },
      teammates: { ...ref("conversation_teammates"), nullable: true },
      custom_attributes: {
        type: "object",
        additionalProperties: { anyOf: [...(scalar.anyOf ?? []), instances] },
      },
    },
    reason: "In every recorded example; version 2.11 requires `topics` without describing it.",
  },
  {
    in: "answers",
    schemas: ["conversation_part"],
    set: {
      id: { anyOf: [text, whole] },
      metadata: { type: "object", nullable: true },
    },
    reason: "Recorded examples hold numbers as ids, and `metadata` before it is described.",
  },
  {
    in: "answers",
    schemas: ["data_attribute"],
    set: { model: { type: "string", enum: ["contact", "company", "conversation"] } },
    reason: "Until 2.15 the list can be asked for those of conversations (its `model` parameter).",
  },
  {
    in: "answers",
    schemas: ["data_event"],
    set: { metadata: { type: "object" } },
    reason: "The schema allows text alone; the text of POST /events lists numbers and objects too.",
  },
  {
    in: "requests",
    schemas: ["create_data_event_request"],
    set: {
      metadata: {
        type: "object",
        additionalProperties: {
          anyOf: [
            ...(scalar.anyOf ?? []),
            { type: "object", properties: { url: text, value: text } },
            { type: "object", properties: { amount: whole, currency: text } },
          ],
        },
      },
    },
    reason: "The schema allows text alone; the text of POST /events lists numbers and objects too.",
  },
  {
    in: "answers",
    schemas: ["data_event_summary"],
    set: { pages: { type: "object", properties: { next: text, since: text } } },
    notRequired: ["email", "user_id"],
    reason: "The recorded example has `pages`; leads may have neither e-mail nor user_id.",
  },
  {
    in: "answers",
    schemas: ["message"],
    set: { owner: ref("admin") },
    notRequired: ["subject", "conversation_id"],
    reason: "Recorded examples have an owner, or no subject, or no conversation before an answer.",
  },
  {
    in: "answers",
    schemas: ["cursor_pages"],
    set: {
      next: {
        anyOf: [
          {
            type: "object",
            nullable: true,
            properties: { page: whole, per_page: whole, starting_after: nullableText },
          },
          text,
        ],
      },
    },
    reason: "A live answer had a page in it (intercom-node issue 489); page lists give a URL.",
  },
  {
    in: "answers",
    schemas: ["company_scroll"],
    set: { pages: { ...ref("cursor_pages"), nullable: true } },
    reason: "null in the recorded example.",
  },
  {
    in: "answers",
    schemas: ["company_attached_segments", "company_attached_contacts"],
    notRequired: ["total_count"],
    reason: "Version 2.11 requires what it does not define; its example has none.",
  },
  {
    in: "answers",
    schemas: ["admin", "admin_with_app"],
    notRequired: [
      "job_title",
      "away_mode_enabled",
      "away_mode_reassign",
      "has_inbox_seat",
      "team_ids",
    ],
    reason: "Absent in the recorded examples of /me, of the list of admins, and of notes.",
  },
  {
    in: "answers",
    schemas: ["app"],
    set: { secure: { type: "boolean" } },
    reason: "In the recorded example of /me.",
  },
  {
    in: "requests",
    schemas: ["create_or_update_custom_object_instance_request"],
    set: {
      custom_attributes: {
        type: "object",
        additionalProperties: { anyOf: [...(scalar.anyOf ?? []), { type: "array" }] },
      },
    },
    reason:
      "The schema allows text alone; its own example holds numbers, and references are lists.",
  },
  {
    in: "requests",
    schemas: ["create_message_request"],
    set: { message_type: { type: "string", enum: ["inapp", "email"] } },
    reason: "The enum has `in_app`; the alternatives, the examples and Intercom's client `inapp`.",
  },
  {
    in: "requests",
    schemas: ["starting_after_paging"],
    notRequired: ["per_page"],
    reason: "Version 2.11 requires it of the request too, where the text says it has a default.",
  },
  {
    in: "requests",
    schemas: ["search_request"],
    set: {
      sort: {
        type: "object",
        properties: { field: text, order: { type: "string", enum: ["ascending", "descending"] } },
      },
    },
    reason: "Described from 2.16 on (contact_search_request), taken by the live API before.",
  },
  {
    in: "requests",
    schemas: ["untag_company_request"],
    notRequired: ["companies.id", "companies.company_id"],
    reason: "Version 2.11 asks for both ids of a company where its text asks for one.",
  },
];

/** Parts that the description of an operation lacks. Paths have no names of parameters. */
export const operationCorrections: {
  operation: string;
  query?: Record<string, Schema>;
  body?: Schema;
  answer?: Schema;
  reason: string;
}[] = [
  {
    operation: "GET /contacts",
    query: { per_page: whole, starting_after: text },
    reason: "Described in 2.11, then lost; the list is still paged (Intercom-OpenAPI issue 639).",
  },
  {
    operation: "GET /companies",
    answer: { anyOf: [ref("company"), ref("company_list")] },
    reason: "With company_id or name the answer is one bare company (the union of Intercom's SDK).",
  },
  ...["GET /articles", "GET /articles/search", "GET /help_center/collections"].map((operation) => ({
    operation,
    query: { page: whole, per_page: whole },
    reason: "Answers have pages in every version; 2.11 alone describes how to ask for them.",
  })),
  {
    operation: "GET /custom_object_instances/{}",
    answer: {
      anyOf: [
        ref("custom_object_instance"),
        {
          type: "object",
          properties: {
            type: { type: "string", enum: ["list"] },
            pages: ref("cursor_pages"),
            total_count: whole,
            data: { type: "array", items: ref("custom_object_instance") },
          },
          required: ["type", "pages", "total_count", "data"],
        },
      ],
    },
    reason: "From 2.16 on the path gives a list too; its text says that external_id gives one.",
  },
  {
    operation: "GET /conversations",
    answer: {
      type: "object",
      properties: {
        type: { type: "string", enum: ["conversation.list"] },
        conversations: { type: "array", items: ref("conversation_list_item") },
        total_count: whole,
        pages: ref("cursor_pages"),
      },
      required: ["type", "conversations", "total_count", "pages"],
    },
    reason: "Version 2.12 describes a list of news here; its example is one of conversations.",
  },
  {
    operation: "POST /conversations/{}/customers",
    answer: customers,
    reason: "Every version describes the conversation; every recorded example has the contacts.",
  },
  {
    operation: "DELETE /conversations/{}/customers/{}",
    answer: customers,
    reason: "Every version describes the conversation; every recorded example has the contacts.",
  },
  {
    operation: "GET /companies/{}/contacts",
    query: { page: whole, per_page: whole, starting_after: text },
    reason: "Live answers are paged, with a cursor in `next` (intercom-node issue 489).",
  },
  {
    operation: "GET /contacts/{}/companies",
    query: { page: whole, per_page: whole },
    reason: "The recorded example carries `pages` with a size of 50.",
  },
  {
    operation: "GET /contacts/{}/notes",
    query: { page: whole, per_page: whole },
    reason: "Described in 2.11, then lost; the recorded example carries `pages` with a size of 50.",
  },
  {
    operation: "GET /events",
    query: {
      user_id: text,
      intercom_user_id: text,
      email: text,
      per_page: whole,
      before: text,
    },
    reason:
      "The names are described as one exploded object, the rest in the text and in the URLs of data_event_list.",
  },
  {
    operation: "GET /events",
    answer: { anyOf: [ref("data_event_list"), ref("data_event_summary")] },
    reason: "The summary alone is described; the schema of the list is there, and nothing uses it.",
  },
  {
    operation: "PUT /companies/{}",
    body: {
      type: "object",
      properties: {
        name: text,
        plan: text,
        size: whole,
        website: text,
        industry: text,
        custom_attributes: scalars,
        monthly_spend: whole,
      },
    },
    reason: "The body is described from 2.14 on only (update_company_request).",
  },
];
