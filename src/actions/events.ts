import { intercomAction, intercomQuery } from "../action";
import { event, eventList } from "../examples/events";
import { contactNamed } from "../fields/inputs";
import { eventMetadata, identifier, optionalTimestamp, text } from "../fields/kinds";
import { fetchAll, perPageOfUnknown, startingAfter } from "../fields/lists";
import * as schemas from "../schemas/events";
import { listWith } from "../schemas/lists";

export const submitEvent = intercomAction({
  label: "Submit Event",
  description: "Record that a contact did something",
  inputs: {
    contact: identifier("Contact", {
      comments:
        "Who did it: Intercom's ID, an e-mail, or your external ID. A lead needs Intercom's ID.",
      dataSource: "selectContact",
    }),
    eventName: text("Event Name", {
      comments: "What happened, as in updated-plan. At most 120 names are in use at a time.",
    }),
    createdAt: optionalTimestamp("Created At", {
      comments: "When it happened. Empty means now.",
    }),
    metadata: eventMetadata("Metadata", {
      comments:
        'Up to 10 values, by name. A name that ends in _date takes Unix seconds; { "url", "value" } is a link, { "amount", "currency" } money in cents. Nothing else may be nested.',
      example: '{"plan": "gold", "price": {"amount": 34999, "currency": "eur"}}',
    }),
  },
  perform: (intercom, { contact, eventName, createdAt, metadata }) =>
    intercom.events.submit(contactNamed(contact), {
      event_name: eventName,
      created_at: createdAt,
      metadata,
    }),
  output: schemas.event,
  example: event,
});

export const listEvents = intercomQuery({
  label: "List Events",
  description: "List what a contact did in the last 90 days, the latest first",
  inputs: {
    contact: identifier("Contact", {
      comments:
        "Intercom's ID of the contact, their e-mail, or your external ID; told apart by form, as in Create Ticket.",
      dataSource: "selectContact",
    }),
    fetchAll,
    perPage: perPageOfUnknown,
    startingAfter,
  },
  perform: (intercom, { contact, fetchAll, ...page }) =>
    fetchAll
      ? intercom.events.listAll(contactNamed(contact), page.startingAfter)
      : intercom.events.list(contactNamed(contact), page),
  output: listWith(schemas.event),
  example: eventList,
});
