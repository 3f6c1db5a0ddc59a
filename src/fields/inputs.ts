import { type Connection, input } from "@prismatic-io/spectral";
import type { ContactName } from "../intercom/contacts";
import {
  attributeValues,
  flag,
  flat,
  identifier,
  optionalChoice,
  optionalIdentifier,
  optionalJsonObject,
  optionalWholeNumber,
} from "./kinds";

/** Inputs that two or more resources use. Other inputs stand in the resource's own file. */

export const customAttributes = attributeValues("Custom Attributes", {
  comments:
    'The values of custom attributes, by name. Each attribute must be defined in Intercom; one that is not named keeps its value. A date is Unix seconds or {"date": "2026-11-02"}.',
  example: '{"plan_level": "gold", "seats": 12}',
});

/** The same, in the words that the newer actions have. */
export const attributesByName = {
  ...customAttributes,
  comments:
    'The values of custom attributes, by name. Each must be defined in Intercom; one that is not named keeps its value. A date is Unix seconds or {"date": "2026-11-02"}.',
};

/** The catalogue page has no star here, although every action needs this input. */
export const contactId = identifier("ID", {
  comments: "Unique identifier for the entity given by Intercom",
  dataSource: "selectContact",
  required: false,
});

export const intercomContactId = identifier("Contact ID", {
  comments: "The contact's ID, as Intercom gave it.",
  dataSource: "selectContact",
});

/** Intercom's id of a company, or yours. */
export const eitherCompanyId = identifier("Company ID", {
  comments: "Intercom's ID of the company, or your own; Intercom's is tried first.",
  dataSource: "selectCompany",
});

export const conversationId = identifier("Conversation ID", {
  comments: "ID of the conversation.",
  dataSource: "selectConversation",
});

export const ticketTypeId = identifier("Ticket Type ID", {
  comments: "The ID of the type of ticket you want to create",
  example: "147",
  dataSource: "selectTicketType",
});

export const ticketAttributes = flat(
  attributeValues("Ticket Attributes", {
    comments:
      "Values by the name of the attribute. Title and description are _default_title_ and _default_description_; a list takes the ID of its option, not the label.",
  }),
  { takesLists: true },
);

export const additionalFields = optionalJsonObject("Additional Fields", {
  comments:
    "Whatever else Intercom takes, laid over the request last. A field is cleared with null.",
  example: '{"phone": null}',
});

export const fetchAll = flag("Fetch All", {
  comments:
    "If true, all pages of results will be fetched. Where Intercom gives fewer results than its own count, missing_count says how many may be missing.",
});

export const order = optionalChoice(
  "Order",
  [
    { label: "Ascending", value: "asc" },
    { label: "Descending", value: "desc" },
  ] as const,
  {
    default: "desc",
    comments: "The order to sort the results in. Default is 'desc'.",
  },
);

const pageNumbers = { least: 1, most: 1_000_000 };

export const page = optionalWholeNumber("Page", pageNumbers, {
  comments: "The page of results to fetch.",
  example: "1",
});

/** The catalogue page says 50, which was Intercom's earlier limit. */
export const perPage = optionalWholeNumber(
  "Per Page",
  { least: 1, most: 150 },
  {
    comments:
      "How many results to return per page. Default is 15. Max is 50. Today the maximum is 150, and Intercom returns at most 60 companies per page.",
    example: "15",
  },
);

export const startingAfter = optionalIdentifier("Starting After Cursor", {
  comments:
    "If you want to get the next page of data in the batch, you must make a new request with the starting_after parameter equal to the cursor pointer string. Use the starting_after parameter of the previous response.",
});

/** The connection, typed as spectral gives it. */
export const connection = input({
  label: "Connection",
  type: "connection",
  required: true,
  clean: (value: unknown) => value as Connection,
});

/** Reads one input as an ID, an e-mail or an external ID, by its form. */
export function contactNamed(name: string): ContactName {
  if (/^[0-9a-f]{24}$/i.test(name)) return { id: name };
  return name.includes("@") ? { email: name } : { external_id: name };
}
