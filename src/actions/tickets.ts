import { intercomAction, intercomQuery } from "../action";
import { ticket, ticketPart } from "../examples/tickets";
import {
  additionalFields,
  contactNamed,
  customAttributes,
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
  optionalNumericIdentifier,
  optionalText,
  optionalTimestamp,
  text,
  yesOrNo,
} from "../fields/kinds";
import { cursorInputs } from "../fields/lists";
import * as replies from "../fields/replies";
import { searchQuery } from "../fields/search";
import { findTimed, times } from "../fields/timedSearch";
import { refuseAllBlank } from "../fields/values";
import { ticketSearchRules } from "../intercom/tickets";
import { InvalidInputError } from "../intercom/wire/errors";
import { listWith } from "../schemas/lists";
import * as schemas from "../schemas/tickets";

const ticketId = identifier("Ticket ID", {
  comments: "The ticket's ID. It is not the number that the inbox shows.",
  dataSource: "selectTicket",
});

const { skipNotifications } = replies;

export const createTicket = intercomAction({
  label: "Create Ticket",
  description: "Create a new Ticket",
  isImportant: true,
  inputs: {
    ticketTypeId,
    contactId: identifier("Contact ID", {
      comments:
        "The ID / email / external Id of the user affected by this ticket. For an unknown email, Intercom creates a lead. We read 24 hex digits as the ID, or as the external ID if no contact has that ID.",
      example: "6657af026abd0167d9419def",
      dataSource: "selectContact",
    }),
    companyId: optionalIdentifier("Company ID", {
      comments:
        "The ID of the company that the ticket is associated with. The ID that you set upon company creation.",
      example: "147",
      dataSource: "selectCompanyByOwnId",
    }),
    ticketAttributes: flat(
      attributeValues("Ticket Attributes", {
        comments:
          "The attributes set on the ticket. When setting the default title and description attributes, the attribute keys that should be used are _default_title_ and _default_description_",
      }),
      { takesLists: true },
    ),
    customAttributes: flat(
      {
        ...customAttributes,
        comments:
          "More ticket attributes. They replace those of the same name in Ticket Attributes.",
        example: '{"Affected users": 12, "Blocking": true}',
      },
      { takesLists: true },
    ),
    adminAssigneeId: optionalIdentifier("Admin Assignee ID", {
      comments: "ID of the admin who is to work on the ticket. Empty means nobody.",
      dataSource: "selectAdmin",
    }),
    teamAssigneeId: optionalIdentifier("Team Assignee ID", {
      comments: "ID of the team that is to work on the ticket. Empty means none.",
      dataSource: "selectTeam",
    }),
    conversationId: optionalIdentifier("Conversation ID", {
      comments:
        "The conversation that the ticket is linked to, for back-office and tracker tickets. To turn a conversation into a customer ticket, use Convert Conversation to Ticket.",
      dataSource: "selectConversation",
    }),
    createdAt: optionalTimestamp("Created At", {
      comments: "When it was opened, for what is brought over from elsewhere. Empty means now.",
    }),
    skipNotifications,
    additionalFields: { ...additionalFields, example: '{"created_at": 1762075800}' },
  },
  perform: (intercom, inputs) =>
    intercom.tickets.create(contactNamed(inputs.contactId), inputs.companyId, {
      ticket_type_id: inputs.ticketTypeId,
      ticket_attributes: attributesOf(inputs.ticketAttributes, inputs.customAttributes),
      assignment: assignmentOf(inputs),
      conversation_to_link_id: inputs.conversationId,
      created_at: inputs.createdAt,
      skip_notifications: inputs.skipNotifications || undefined,
      ...inputs.additionalFields,
    }),
  output: schemas.ticket,
  example: ticket,
});

const assignmentOf = (given: { adminAssigneeId?: string; teamAssigneeId?: string }) =>
  given.adminAssigneeId === undefined && given.teamAssigneeId === undefined
    ? undefined
    : { admin_assignee_id: given.adminAssigneeId, team_assignee_id: given.teamAssigneeId };

type Attributes = Record<string, unknown> | undefined;

/** Tickets have no attributes besides those of their type, so both inputs mean the same. */
const attributesOf = (attributes: Attributes, more: Attributes): Attributes =>
  attributes || more ? { ...attributes, ...more } : undefined;

export const getTicket = intercomQuery({
  label: "Get Ticket",
  description: "Retrieve a ticket with its parts",
  inputs: { ticketId },
  perform: (intercom, { ticketId }) => intercom.tickets.get(ticketId),
  output: schemas.ticket,
  example: ticket,
});

const searchFields = {
  ticketTypeId: optionalIdentifier("Ticket Type ID", {
    comments: "Only tickets of this type.",
    dataSource: "selectTicketType",
  }),
  category: optionalChoice(
    "Category",
    [
      { label: "Customer", value: "request" },
      { label: "Back-office", value: "task" },
      { label: "Tracker", value: "tracker" },
    ],
    { comments: "Only tickets of this category." },
  ),
  state: optionalChoice(
    "State",
    [
      { label: "Submitted", value: "submitted" },
      { label: "In Progress", value: "in_progress" },
      { label: "Waiting on Customer", value: "waiting_on_customer" },
      { label: "Resolved", value: "resolved" },
    ],
    { comments: "Only tickets whose state is of this kind." },
  ),
  open: yesOrNo("Open", { comments: "Only tickets that are open, or only those that are not." }),
  contactId: optionalIdentifier("Contact ID", {
    comments: "Only tickets of this contact.",
    dataSource: "selectContact",
  }),
  adminAssigneeId: optionalIdentifier("Admin Assignee ID", {
    comments: "Only tickets of this admin; 0 for those of none.",
    dataSource: "selectAdmin",
  }),
  teamAssigneeId: optionalIdentifier("Team Assignee ID", {
    comments: "Only tickets of this team; 0 for those of none.",
    dataSource: "selectTeam",
  }),
  ...times,
};

export const searchTickets = intercomQuery({
  label: "Search Tickets",
  description:
    "Search tickets by type, state, contact, assignee and time, or by a query of your own",
  inputs: {
    ...searchFields,
    jsonQuery: searchQuery("JSON Query", {
      rules: ticketSearchRules,
      comments:
        "A query of your own instead of the fields above: { field, operator, value }, a group of them, or a whole body { query, pagination, sort }. An attribute is ticket_attribute.{id}. Times match to the second.",
    }),
    ...cursorInputs(20),
  },
  perform: ({ tickets: { search } }, given) =>
    findTimed({ search, fields: searchFields }, given, {
      ticket_type_id: given.ticketTypeId,
      category: given.category,
      state: given.state,
      open: given.open,
      contact_ids: given.contactId,
      admin_assignee_id: given.adminAssigneeId,
      team_assignee_id: given.teamAssigneeId,
    }),
  output: listWith(schemas.ticket),
});

const changes = {
  ticketAttributes,
  ticketStateId: optionalIdentifier("Ticket State ID", {
    comments:
      "The state to go to. With API version 2.11 one of in_progress, waiting_on_customer and resolved can be given instead.",
    dataSource: "selectTicketState",
  }),
  open: yesOrNo("Open", {
    comments: "No closes the ticket, which ends a snooze as well. Empty leaves it.",
  }),
  snoozedUntil: optionalTimestamp("Snoozed Until", {
    comments: "Snoozes the ticket until then.",
  }),
  isShared: yesOrNo("Shared", {
    comments: "Whether customers see the ticket. Empty leaves it.",
  }),
  assigneeId: optionalIdentifier("Assignee ID", {
    comments: "ID of an admin or a team; 0 for none. Assign Ticket takes both at once.",
    dataSource: "selectAdmin",
  }),
  companyId: optionalIdentifier("Company ID", {
    comments:
      "The company that the ticket is about: Intercom's ID, or your own. It must belong to a contact of the ticket. Additional Fields with null takes it away.",
    dataSource: "selectCompany",
  }),
};

export const updateTicket = intercomAction({
  label: "Update Ticket",
  description: "Change a ticket's attributes, state, assignee, company or visibility",
  inputs: {
    ticketId,
    ...changes,
    adminId: optionalNumericIdentifier("Admin ID", {
      comments: replies.adminId.comments,
      dataSource: "selectAdmin",
    }),
    skipNotifications,
    additionalFields: { ...additionalFields, example: '{"company_id": null}' },
  },
  perform: (intercom, { ticketId, adminId, skipNotifications, additionalFields, ...given }) => {
    const isChange = additionalFields ?? Object.values(given).find((value) => value !== undefined);
    if (isChange === undefined) {
      const labels = Object.values(changes).map(({ label }) => label);
      refuseAllBlank([...labels, "Additional Fields"]);
    }
    return intercom.tickets.update(ticketId, {
      state: given.ticketStateId,
      assigneeId: given.assigneeId,
      companyId: given.companyId,
      adminId,
      fields: {
        ticket_attributes: given.ticketAttributes,
        open: given.open,
        snoozed_until: given.snoozedUntil,
        is_shared: given.isShared,
        skip_notifications: skipNotifications || undefined,
      },
      additional: additionalFields,
    });
  },
  output: schemas.ticket,
  example: ticket,
});

export const replyToTicket = intercomAction({
  label: "Reply to Ticket",
  description: "Reply to a ticket, as a teammate or on behalf of a contact",
  inputs: {
    ticketId,
    authorType: replies.authorType,
    adminId: replies.adminId,
    contact: replies.replyingContact,
    body: optionalText("Body", {
      comments:
        "Text of the reply. The customer sees it: for an internal note use Add Note to Ticket.",
    }),
    quickReplies: replies.quickReplies,
    attachmentUrls: replies.attachmentUrls,
    attachmentFiles: replies.attachmentFiles,
    createdAt: replies.createdAt,
    skipNotifications,
  },
  perform: async (intercom, { ticketId, ...given }) => {
    const { author, message } = replies.replyOf(given);
    if ("contact" in author && message.attachment_files !== undefined) {
      throw new InvalidInputError(
        '"Attachment Files" can be sent on tickets by an admin only, and "Author Type" is Contact: use "Attachment URLs".',
      );
    }
    return intercom.tickets.reply(ticketId, author, message);
  },
  output: schemas.ticketPart,
  example: ticketPart,
});

export const addNoteToTicket = intercomAction({
  label: "Add Note to Ticket",
  description: "Write an internal note on a ticket, which the customer does not see",
  inputs: {
    ticketId,
    body: text("Body", { comments: "Text of the note. Some HTML is taken." }),
    adminId: replies.adminId,
    crossPost: flag("Cross Post", {
      comments: "Writes it in all linked conversations too. For back-office tickets.",
    }),
    attachmentUrls: replies.attachmentUrls,
    attachmentFiles: replies.attachmentFiles,
    createdAt: replies.createdAt,
    skipNotifications,
  },
  perform: async (intercom, { ticketId, crossPost, ...given }) => {
    const { author, message } = replies.noteOf(given);
    return intercom.tickets.reply(ticketId, author, {
      ...message,
      cross_post: crossPost || undefined,
    });
  },
  output: schemas.ticketPart,
  example: { ...ticketPart, part_type: "note" },
});
