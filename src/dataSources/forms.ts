import { form } from "../dataSource";
import { ticketTypeId } from "../fields/inputs";
import { refuse } from "../fields/values";
import type { ConversationAttribute } from "../intercom/conversationAttributes";
import type { DataAttribute } from "../intercom/dataAttributes";
import { attributesOf, optionsOf } from "../intercom/ticketTypes";
import { textOf } from "../intercom/wire/json";
import type { Speech } from "../intercom/wire/log";
import { quoting } from "../intercom/wire/quote";
import { rowsOf } from "../intercom/wire/rows";
import { isAtLeast } from "../intercom/wire/versions";
import type { Attribute, Kind } from "../jsonForm";
import type { TicketTypeAttribute } from "../schemas/tickets";

export const ticketAttributesForm = form({
  label: "Ticket Attributes Form",
  description: "A form for the attributes of a ticket type, for Ticket Attributes",
  inputs: { ticketTypeId },
  read: async (intercom, { ticketTypeId }) => {
    const { data } = await intercom.ticketTypes.list();
    const type = data.find(({ id, archived }) => textOf(id) === ticketTypeId && !archived);
    const wanted = "the ID of a ticket type that is not archived";
    const { http } = intercom;
    return attributesOf(type ?? refuse("Ticket Type ID", wanted, ticketTypeId), http)
      .filter(({ archived }) => !archived)
      .sort((a, b) => placeOf(a) - placeOf(b))
      .map((attribute) => ofTicket(attribute, http));
  },
});

export const contactAttributesForm = form({
  label: "Contact Attributes Form",
  description: "A form for the custom attributes of contacts, for Custom Attributes",
  inputs: {},
  read: async ({ dataAttributes }) => (await dataAttributes.listWritable("contact")).map(ofModel),
});

export const companyAttributesForm = form({
  label: "Company Attributes Form",
  description: "A form for the custom attributes of companies, for Custom Attributes",
  inputs: {},
  read: async ({ dataAttributes }) => (await dataAttributes.listWritable("company")).map(ofModel),
});

export const conversationAttributesForm = form({
  label: "Conversation Attributes Form",
  description: "A form for the attributes of conversations, for Custom Attributes",
  inputs: {},
  read: async ({ conversationAttributes, dataAttributes, http }) => {
    if (!isAtLeast(http.apiVersion, "2.16")) {
      return (await dataAttributes.listWritable("conversation")).map(ofModel);
    }
    const attributes = await conversationAttributes.list();
    return attributes
      .filter(({ archived }) => !archived)
      .map((attribute) => ofConversation(attribute, http));
  },
});

const builtInLabels = new Map([
  ["_default_title_", "Title"],
  ["_default_description_", "Description"],
]);

/** An attribute without an order comes last. */
const placeOf = ({ order }: TicketTypeAttribute): number =>
  typeof order === "number" ? order : Number.MAX_VALUE;

/** The label of an attribute without a name, which can't be filled in. */
const nameless = ({ id }: { id?: unknown }) => `attribute ${textOf(id) ?? "without a name"}`;

/** By the data types of tickets and conversations; files can only be attached by people. */
const kindsOfInbox = new Map<string, Kind>([
  ["string", "text"],
  ["list", "choice"],
  ["integer", "wholeNumber"],
  ["decimal", "number"],
  ["boolean", "box"],
  ["datetime", "time"],
]);

function ofTicket(attribute: TicketTypeAttribute, speech: Speech): Attribute {
  const { description, data_type, input_options, required_to_create } = attribute;
  const name = textOf(attribute.name) ?? "";
  const isLong = name === "_default_description_" || input_options?.multiline === true;
  return {
    name,
    label: builtInLabels.get(name) ?? (name || nameless(attribute)),
    description: textOf(description) ?? "",
    kind: isLong && data_type === "string" ? "longText" : kindsOfInbox.get(data_type),
    options:
      data_type === "list"
        ? optionsOf(attribute, speech).map(({ id, label }) => ({ value: id, label }))
        : undefined,
    isRequired: required_to_create === true,
  };
}

const kinds = new Map<string, Kind>([
  ["string", "text"],
  ["integer", "wholeNumber"],
  ["float", "number"],
  ["boolean", "box"],
  ["date", "date"],
]);

function ofModel(attribute: DataAttribute): Attribute {
  const { label, description, data_type, options } = attribute;
  const name = textOf(attribute.name) ?? "";
  const isChoice = data_type === "string" && Array.isArray(options);
  return {
    name,
    label: textOf(label) ?? (name || nameless(attribute)),
    description: textOf(description) ?? "",
    kind: isChoice ? "choice" : kinds.get(data_type),
    options: isChoice
      ? options.flatMap((option) => {
          const value = textOf(option);
          return value === undefined ? [] : [{ value, label: value }];
        })
      : undefined,
    isRequired: false,
  };
}

/** Conversations hold an option's label; its ID is for changing the option (OpenAPI 2.16). */
function ofConversation(attribute: ConversationAttribute, speech: Speech): Attribute {
  const { description, data_type, multiline, options } = attribute;
  const name = textOf(attribute.name) ?? "";
  return {
    name,
    label: name || nameless(attribute),
    description: textOf(description) ?? "",
    kind: multiline === true ? "longText" : kindsOfInbox.get(data_type),
    options:
      data_type === "list"
        ? rowsOf(options, `the options of ${quoting(speech.redaction)(name)}`, speech).flatMap(
            ({ label, archived }) => {
              const value = textOf(label);
              return value === undefined || archived === true ? [] : [{ value, label: value }];
            },
          )
        : undefined,
    isRequired: false,
  };
}
