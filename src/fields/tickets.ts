import type { ActionInputParameters } from "@prismatic-io/spectral/dist/types/ActionInputParameters";
import type { TicketFields } from "../intercom/tickets";
import { additionalFields, customAttributes, ticketAttributes, ticketTypeId } from "./inputs";
import {
  attributeValues,
  flat,
  identifier,
  optionalChoice,
  optionalIdentifier,
  optionalTimestamp,
  yesOrNo,
} from "./kinds";
import { skipNotifications } from "./replies";
import { times } from "./timedSearch";

/** What is written on a ticket, and what a ticket is searched by. */

export const ticketId = identifier("Ticket ID", {
  comments: "The ticket's ID. It is not the number that the inbox shows.",
  dataSource: "selectTicket",
});

/** What can be written on a new ticket. */
export const written = {
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
      comments: "More ticket attributes. They replace those of the same name in Ticket Attributes.",
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
};

type Given = ActionInputParameters<typeof written>;

/** The fields of a new ticket, without its contact and its company. */
export const ticketFieldsOf = (given: Given): TicketFields => ({
  ticket_type_id: given.ticketTypeId,
  ticket_attributes: attributesOf(given),
  assignment: assignmentOf(given),
  conversation_to_link_id: given.conversationId,
  created_at: given.createdAt,
  skip_notifications: given.skipNotifications || undefined,
  ...given.additionalFields,
});

const assignmentOf = ({ adminAssigneeId, teamAssigneeId }: Given) =>
  adminAssigneeId === undefined && teamAssigneeId === undefined
    ? undefined
    : { admin_assignee_id: adminAssigneeId, team_assignee_id: teamAssigneeId };

/** Tickets have no attributes except those of their type, so both inputs mean the same. */
const attributesOf = ({ ticketAttributes, customAttributes }: Given) =>
  ticketAttributes || customAttributes ? { ...ticketAttributes, ...customAttributes } : undefined;

/** What can be changed in a ticket. */
export const changes = {
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

/** The inputs of a search without a JSON query. All that are filled in must match. */
export const filters = {
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
