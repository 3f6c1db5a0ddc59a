import { form } from "../dataSource";
import { refuse, ticketTypeId } from "../fields";
import type { DataAttribute } from "../intercom/attributes";
import type { TicketTypeAttribute } from "../intercom/tickets";
import type { Attribute, Kind } from "../jsonForm";

export const ticketAttributesForm = form({
  label: "Ticket Attributes Form",
  description: "A form for the attributes of a ticket type, for Ticket Attributes",
  inputs: { ticketTypeId },
  read: async (intercom, { ticketTypeId }) => {
    const { data } = await intercom.tickets.listTypes();
    const type = data.find(({ id, archived }) => id === ticketTypeId && !archived);
    const wanted = "the ID of a ticket type that is not archived";
    const { ticket_type_attributes } = type ?? refuse("Ticket Type ID", wanted, ticketTypeId);
    return ticket_type_attributes.data
      .filter(({ archived }) => !archived)
      .sort((a, b) => a.order - b.order)
      .map(ofTicket);
  },
});

export const contactAttributesForm = form({
  label: "Contact Attributes Form",
  description: "A form for the custom attributes of contacts, for Custom Attributes",
  inputs: {},
  read: async ({ attributes }) => (await attributes.listWritable("contact")).map(ofModel),
});

export const companyAttributesForm = form({
  label: "Company Attributes Form",
  description: "A form for the custom attributes of companies, for Custom Attributes",
  inputs: {},
  read: async ({ attributes }) => (await attributes.listWritable("company")).map(ofModel),
});

const builtInLabels = new Map([
  ["_default_title_", "Title"],
  ["_default_description_", "Description"],
]);

/** By Intercom's data types; files can only be attached by people. */
const ticketKinds: Record<string, Kind> = {
  string: "text",
  list: "choice",
  integer: "wholeNumber",
  decimal: "number",
  boolean: "box",
  datetime: "time",
};

function ofTicket(attribute: TicketTypeAttribute): Attribute {
  const { name, description, data_type, input_options, required_to_create } = attribute;
  const isLong = name === "_default_description_" || input_options?.multiline === true;
  return {
    name,
    label: builtInLabels.get(name) ?? name,
    description,
    kind: isLong && data_type === "string" ? "longText" : ticketKinds[data_type],
    options: input_options?.list_options?.map(({ id, label }) => ({ value: id, label })),
    isRequired: required_to_create,
  };
}

const kinds: Record<string, Kind> = {
  string: "text",
  integer: "wholeNumber",
  float: "number",
  boolean: "box",
  date: "date",
};

function ofModel({ name, label, description, data_type, options }: DataAttribute): Attribute {
  const isChoice = data_type === "string" && options !== undefined;
  return {
    name,
    label: label || name,
    description,
    kind: isChoice ? "choice" : kinds[data_type],
    options: isChoice ? options.map((value) => ({ value, label: value })) : undefined,
    isRequired: false,
  };
}
