import { intercomAction, intercomQuery } from "../action";
import { ticket, ticketPart } from "../examples/tickets";
import { additionalFields, contactNamed } from "../fields/inputs";
import { flag, optionalNumericIdentifier, optionalText, text } from "../fields/kinds";
import { cursorInputs } from "../fields/lists";
import * as replies from "../fields/replies";
import { searchQuery } from "../fields/search";
import { changes, filters, ticketFieldsOf, ticketId, written } from "../fields/tickets";
import { findTimed } from "../fields/timedSearch";
import { refuseAllBlank } from "../fields/values";
import { ticketSearchRules } from "../intercom/tickets";
import { InvalidInputError } from "../intercom/wire/errors";
import { listWith } from "../schemas/lists";
import * as schemas from "../schemas/tickets";

const { skipNotifications } = replies;

export const createTicket = intercomAction({
  label: "Create Ticket",
  description: "Create a new Ticket",
  isImportant: true,
  inputs: written,
  perform: (intercom, given) => {
    const contact = contactNamed(given.contactId);
    return intercom.tickets.create(contact, given.companyId, ticketFieldsOf(given));
  },
  output: schemas.ticket,
  example: ticket,
});

export const getTicket = intercomQuery({
  label: "Get Ticket",
  description: "Retrieve a ticket with its parts",
  inputs: { ticketId },
  perform: (intercom, { ticketId }) => intercom.tickets.get(ticketId),
  output: schemas.ticket,
  example: ticket,
});

export const searchTickets = intercomQuery({
  label: "Search Tickets",
  description:
    "Search tickets by type, state, contact, assignee and time, or by a query of your own",
  inputs: {
    ...filters,
    jsonQuery: searchQuery("JSON Query", {
      rules: ticketSearchRules,
      comments:
        "A query of your own instead of the fields above: { field, operator, value }, a group of them, or a whole body { query, pagination, sort }. An attribute is ticket_attribute.{id}. Times match to the second.",
    }),
    ...cursorInputs(20),
  },
  perform: ({ tickets: { search } }, given) =>
    findTimed({ search, fields: filters }, given, {
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
