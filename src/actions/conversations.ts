import { intercomAction, intercomQuery } from "../action";
import { conversation, conversationList, startedConversation } from "../examples/conversations";
import { ticket } from "../examples/tickets";
import { roles } from "../fields/contacts";
import {
  additionalFields,
  contactNamed,
  conversationId,
  ticketAttributes,
  ticketTypeId,
} from "../fields/inputs";
import {
  attributeValues,
  flag,
  flat,
  identifier,
  optionalChoice,
  optionalIdentifier,
  optionalText,
  optionalWholeNumber,
  text,
  yesOrNo,
} from "../fields/kinds";
import { cursorInputs } from "../fields/lists";
import { attachmentsOf, attachmentUrls, createdAt } from "../fields/replies";
import { searchQuery } from "../fields/search";
import { findTimed, times } from "../fields/timedSearch";
import { refuse, refuseAllBlank, toIdentifier } from "../fields/values";
import { conversationSearchRules } from "../intercom/conversations";
import * as schemas from "../schemas/conversations";
import { listWith } from "../schemas/lists";
import { ticket as ticketSchema } from "../schemas/tickets";

const writerId = identifier("Contact ID", {
  comments: "Who writes, by the ID that Intercom gave. A visitor becomes a lead by it.",
  dataSource: "selectContact",
});

const assigneeIds = { least: 0, most: Number.MAX_SAFE_INTEGER };

export const createConversation = intercomAction({
  label: "Create Conversation",
  description: "Start a conversation with a message from a contact",
  inputs: {
    contactId: {
      ...writerId,
      clean: (value: unknown) => {
        const id = writerId.clean(value);
        const isIntercoms = "id" in contactNamed(id);
        return isIntercoms ? id : refuse(writerId.label, "an ID of 24 hex digits", value);
      },
    },
    contactRole: optionalChoice("Contact Role", roles, {
      comments:
        "What the contact is. Empty means that it is looked up first, which costs one more request.",
    }),
    body: text("Body", { comments: "Text of the message. HTML is not taken here." }),
    attachmentUrls,
    createdAt,
    brandId: optionalIdentifier("Brand ID", {
      comments: "The brand that the conversation belongs to.",
      dataSource: "selectBrand",
    }),
    additionalFields: {
      ...additionalFields,
      example: '{"message_type": "email", "subject": "Hello"}',
    },
  },
  perform: (intercom, inputs) =>
    intercom.conversations.create(inputs.contactId, inputs.contactRole, {
      body: inputs.body,
      ...attachmentsOf({ attachmentUrls: inputs.attachmentUrls, attachmentFiles: [] }),
      created_at: inputs.createdAt,
      brand_id: inputs.brandId,
      ...inputs.additionalFields,
    }),
  output: schemas.startedConversation,
  example: startedConversation,
});

export const getConversation = intercomQuery({
  label: "Get Conversation",
  description: "Retrieve a conversation with all its parts",
  inputs: {
    conversationId,
    displayAs: optionalChoice(
      "Display As",
      [
        { label: "HTML", value: "html" },
        { label: "Plain Text", value: "plaintext" },
      ],
      { default: "html", comments: "How the text of messages is given." },
    ),
    includeTranslations: flag("Include Translations", {
      comments: "Adds translations of the parts into the language of the conversation.",
    }),
  },
  perform: (intercom, { conversationId, displayAs, includeTranslations }) =>
    intercom.conversations.get(conversationId, {
      asText: displayAs === "plaintext",
      withTranslations: includeTranslations,
    }),
  output: schemas.conversation,
  example: conversation,
});

export const listConversations = intercomQuery({
  label: "List Conversations",
  description: "Page through all conversations, the ones that changed last first",
  inputs: cursorInputs(20),
  perform: ({ conversations: { list } }, { fetchAll, perPage, startingAfter }) =>
    fetchAll ? list.all(startingAfter) : list.page({ perPage, startingAfter }),
  output: listWith(schemas.conversation),
  example: conversationList,
});

const searchFields = {
  contactId: optionalIdentifier("Contact ID", {
    comments: "Only conversations of this contact.",
    dataSource: "selectContact",
  }),
  state: optionalChoice(
    "State",
    [
      { label: "Open", value: "open" },
      { label: "Closed", value: "closed" },
      { label: "Snoozed", value: "snoozed" },
    ],
    { comments: "Only conversations in this state." },
  ),
  adminAssigneeId: optionalWholeNumber("Admin Assignee ID", assigneeIds, {
    comments: "Only conversations of this admin; 0 for those of none.",
    dataSource: "selectAdmin",
  }),
  teamAssigneeId: optionalWholeNumber("Team Assignee ID", assigneeIds, {
    comments: "Only conversations of this team; 0 for those of none.",
    dataSource: "selectTeam",
  }),
  tagId: optionalIdentifier("Tag ID", {
    comments: "Only conversations that have this tag.",
    dataSource: "selectTag",
  }),
  ...times,
};

export const searchConversations = intercomQuery({
  label: "Search Conversations",
  description:
    "Search conversations by contact, state, assignee, tag and time, or by a query of your own",
  inputs: {
    ...searchFields,
    jsonQuery: searchQuery("JSON Query", {
      rules: conversationSearchRules,
      comments:
        "A query of your own instead of the fields above: { field, operator, value }, a group of them, or a whole body { query, pagination, sort }. Times match to the second here. What changed in the last minutes may be missing.",
    }),
    ...cursorInputs(20),
  },
  perform: ({ conversations: { search } }, given) =>
    findTimed(
      { search, fields: searchFields, orElse: ", or use List Conversations for all" },
      given,
      {
        contact_ids: given.contactId,
        state: given.state,
        admin_assignee_id: given.adminAssigneeId,
        team_assignee_id: given.teamAssigneeId,
        tag_ids: given.tagId,
      },
    ),
  output: listWith(schemas.conversation),
  example: conversationList,
});

const customAttributes = flat(
  attributeValues("Custom Attributes", {
    comments:
      "The values of conversation attributes, by name. A list of custom object IDs links those.",
    example: '{"Topic": "Billing"}',
  }),
  { takesLists: true },
);

/** Checks lists of custom objects' IDs. We leave no row out: an empty list would unlink all. */
const withIds = (label: string, given: Record<string, unknown> | undefined) => {
  const idOf = (id: unknown) => toIdentifier(label, id) ?? refuse(label, "made of full lists", id);
  return (
    given &&
    Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.map(idOf) : value,
      ]),
    )
  );
};

const changes = {
  title: optionalText("Title", { comments: "Title of the conversation." }),
  read: yesOrNo("Read", { comments: "Whether it counts as read. Empty leaves it." }),
  companyId: optionalIdentifier("Company ID", {
    comments:
      "The company that the conversation is about: Intercom's ID, or your own. Additional Fields with null takes it away.",
    dataSource: "selectCompany",
  }),
  customAttributes: {
    ...customAttributes,
    clean: (value: unknown) => withIds(customAttributes.label, customAttributes.clean(value)),
  },
};

export const updateConversation = intercomAction({
  label: "Update Conversation",
  description: "Change a conversation's title, attributes or company, or mark it as read",
  inputs: {
    conversationId,
    ...changes,
    additionalFields: { ...additionalFields, example: '{"company_id": null}' },
  },
  perform: (intercom, { conversationId, companyId, customAttributes, ...inputs }) => {
    const { title, read, additionalFields } = inputs;
    const given = { title, read, companyId, customAttributes, additionalFields };
    if (Object.values(given).every((each) => each === undefined)) {
      const labels = Object.values(changes).map(({ label }) => label);
      refuseAllBlank([...labels, "Additional Fields"]);
    }
    return intercom.conversations.update(conversationId, companyId, {
      title,
      read,
      custom_attributes: customAttributes,
      ...additionalFields,
    });
  },
  output: schemas.conversation,
  example: conversation,
});

export const convertConversationToTicket = intercomAction({
  label: "Convert Conversation to Ticket",
  description: "Make a conversation a customer ticket",
  inputs: {
    conversationId,
    ticketTypeId: {
      ...ticketTypeId,
      comments: "Type of the ticket. It must be a customer ticket type.",
    },
    ticketStateId: optionalIdentifier("Ticket State ID", {
      comments: "State that the ticket starts in. It must belong to the type.",
      dataSource: "selectTicketState",
    }),
    ticketAttributes,
  },
  perform: (intercom, { conversationId, ticketTypeId, ticketStateId, ticketAttributes }) =>
    intercom.conversationParts.convert(conversationId, {
      ticket_type_id: ticketTypeId,
      ticket_state_id: ticketStateId,
      attributes: ticketAttributes,
    }),
  output: ticketSchema,
  example: ticket,
});
