import { intercomAction, intercomQuery } from "../action";
import { ticket, ticketTypes } from "../examples/tickets";
import { additionalFields, contactNamed, customAttributes, ticketTypeId } from "../fields/inputs";
import { attributeValues, flat, identifier, optionalIdentifier } from "../fields/kinds";
import * as schemas from "../schemas/tickets";

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
    additionalFields: { ...additionalFields, example: '{"created_at": 1762075800}' },
  },
  perform: (intercom, inputs) =>
    intercom.tickets.create(contactNamed(inputs.contactId), inputs.companyId, {
      ticket_type_id: inputs.ticketTypeId,
      ticket_attributes: attributesOf(inputs.ticketAttributes, inputs.customAttributes),
      ...inputs.additionalFields,
    }),
  output: schemas.ticket,
  example: ticket,
});

type Attributes = Record<string, unknown> | undefined;

/** Tickets have no attributes besides those of their type, so both inputs mean the same. */
const attributesOf = (attributes: Attributes, more: Attributes): Attributes =>
  attributes || more ? { ...attributes, ...more } : undefined;

export const getTicket = intercomQuery({
  label: "Get Ticket",
  description: "Retrieve a ticket with its parts",
  inputs: {
    ticketId: identifier("Ticket ID", {
      comments: "The ticket's ID. It is not the number that the inbox shows.",
      dataSource: "selectTicket",
    }),
  },
  perform: (intercom, { ticketId }) => intercom.tickets.get(ticketId),
  output: schemas.ticket,
  example: ticket,
});

export const listTicketTypes = intercomQuery({
  label: "List Ticket Types",
  description: "Get a list of all ticket types for a workspace.",
  inputs: {},
  perform: (intercom) => intercom.tickets.listTypes(),
  output: schemas.ticketTypeList,
  example: ticketTypes,
});
