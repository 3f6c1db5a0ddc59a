import { intercomQuery } from "../action";
import { ticketState, ticketTypes } from "../examples/tickets";
import { listOf } from "../schemas/schema";
import * as schemas from "../schemas/tickets";

export const listTicketStates = intercomQuery({
  label: "List Ticket States",
  description: "List the states that tickets can have",
  inputs: {},
  perform: (intercom) => intercom.ticketTypes.listStates(),
  output: listOf(schemas.detailedTicketState),
  example: [ticketState],
});

export const listTicketTypes = intercomQuery({
  label: "List Ticket Types",
  description: "Get a list of all ticket types for a workspace.",
  inputs: {},
  perform: (intercom) => intercom.ticketTypes.list(),
  output: schemas.ticketTypeList,
  example: ticketTypes,
});
