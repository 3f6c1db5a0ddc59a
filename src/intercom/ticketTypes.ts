import type { DetailedTicketState, TicketType, TicketTypeAttribute } from "../schemas/tickets";
import type { Http } from "./wire/http";
import { inShort, textOf } from "./wire/json";
import type { Speech } from "./wire/log";
import { path } from "./wire/path";
import { quoting } from "./wire/quote";
import { rowsOf } from "./wire/rows";

const read = { permission: "Read tickets" } as const;

export const ticketTypes = (http: Http) => ({
  /** Every ticket type, archived ones too: Intercom does not page this list. */
  list: () =>
    http.send<{ type: "list"; data: TicketType[] }>({
      ...read,
      purpose: "list the ticket types",
      method: "GET",
      path: path`/ticket_types`,
      listedAs: "data",
    }),

  /** Every state, archived ones too, with the ticket types that can have the state. */
  listStates: async () => {
    const list = await http.send<{ data: DetailedTicketState[] }>({
      ...read,
      purpose: "list the ticket states",
      method: "GET",
      path: path`/ticket_states`,
      listedAs: "data",
      since: "2.12",
    });
    return list.data;
  },
});

/** What to write instead of labels, for each list attribute that was given something else. */
export function adviseOnOptions(
  type: TicketType,
  given: Record<string, unknown>,
  speech: Speech,
): string[] {
  return attributesOf(type, speech).flatMap((attribute) => adviseOn(attribute, given, speech));
}

/** What to write instead of a value that is no option; the options that were meant come first. */
function adviseOn(
  attribute: TicketTypeAttribute,
  given: Record<string, unknown>,
  speech: Speech,
): string[] {
  const quote = quoting(speech.redaction);
  const { name, data_type } = attribute;
  if (data_type !== "list" || !Object.hasOwn(given, name)) return [];
  const options = optionsOf(attribute, speech);
  const values = [given[name]].flat();
  const isId = (value: unknown) => value == null || options.some(({ id }) => id === value);
  if (options.length === 0 || values.every(isId)) return [];
  const meant = new Set(values.map((value) => String(value).trim().toLowerCase()));
  const isMeant = ({ label }: Option) => meant.has(label.trim().toLowerCase());
  const inOrder = [...options.filter(isMeant), ...options.filter((option) => !isMeant(option))];
  const named = inShort(inOrder.map(({ id, label }) => `${quote(label)} is ${id}`));
  return [`"${name}" takes the ID of an option, not ${quote(given[name])}: ${named}.`];
}

/** The attributes of a ticket type, as far as they can be read. */
export const attributesOf = ({ name, ticket_type_attributes }: TicketType, speech: Speech) =>
  rowsOf(
    ticket_type_attributes?.data,
    `the attributes of the ticket type ${quoting(speech.redaction)(name)}`,
    speech,
  ) as unknown as TicketTypeAttribute[];

export interface Option {
  id: string;
  label: string;
}

/** The options of a list attribute; one without an ID can't be chosen. */
export const optionsOf = ({ name, input_options }: TicketTypeAttribute, speech: Speech): Option[] =>
  rowsOf(
    input_options?.list_options,
    `the options of ${quoting(speech.redaction)(name)}`,
    speech,
  ).flatMap(({ id, label }) => {
    const key = textOf(id);
    return key === undefined ? [] : [{ id: key, label: textOf(label) ?? key }];
  });
