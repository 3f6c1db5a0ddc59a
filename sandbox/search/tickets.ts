import type { ApiVersion } from "../apiVersion";
import type { Body } from "../http/request";
import type { TicketRow } from "../store/tickets";
import type { TicketAttributeRow, TicketTypeRow, TicketValue } from "../store/ticketTypes";
import type { Workspace } from "../store/workspace";
import { searchPage } from "./page";
import type { SearchField } from "./query";

type Field = SearchField<TicketRow>;

const string = (of: Field["of"]): Field => ({ type: "string", of });
const date = (of: Field["of"]): Field => ({ type: "date", of });

/** Categories have words of their own here (OpenAPI 2.16, searchTickets). */
const categories: Record<TicketTypeRow["category"], string> = {
  Customer: "request",
  "Back-office": "task",
  Tracker: "tracker",
};

const fields: Record<string, Field> = {
  id: string((row) => row.id),
  created_at: date((row) => row.createdAt),
  updated_at: date((row) => row.updatedAt),
  title: string((row) => row.values._default_title_ as string | null),
  description: string((row) => row.values._default_description_ as string | null),
  ticket_type_id: string((row) => row.typeId),
  contact_ids: string((row) => [row.contactId]),
  teammate_ids: string(({ adminId }) => (adminId === null ? [] : [adminId])),
  admin_assignee_id: string((row) => row.adminId ?? "0"),
  team_assignee_id: string((row) => row.teamId ?? "0"),
  open: { type: "boolean", of: (row) => row.isOpen },
  snoozed_until: date((row) => row.snoozedUntil),
};

const typeOf: Record<TicketAttributeRow["dataType"], Field["type"]> = {
  string: "string",
  list: "string",
  integer: "integer",
  decimal: "integer",
  boolean: "boolean",
  datetime: "date",
  files: "string",
};

/** Dates are kept as they were given: as a timestamp or as text. */
const secondsOf = (value: TicketValue) =>
  typeof value === "string" ? Math.floor(Date.parse(value) / 1000) : value;

function fieldOf(name: string, { ticketTypes }: Workspace): Field | undefined {
  if (name === "category") {
    return string((row) => categories[ticketTypes.get(row.typeId).category]);
  }
  if (name === "state") return string((row) => ticketTypes.state(row.stateId).category);
  const [, id] = /^ticket_attribute\.(.+)$/s.exec(name) ?? [];
  if (id === undefined) return Object.hasOwn(fields, name) ? fields[name] : undefined;
  for (const type of ticketTypes.rows) {
    const attribute = type.attributes.find((row) => row.id === id);
    if (!attribute) continue;
    const { dataType, name: key } = attribute;
    return {
      type: typeOf[dataType],
      of: (row) => {
        const value = row.typeId === type.id ? (row.values[key] ?? null) : null;
        return dataType === "datetime" ? secondsOf(value) : value;
      },
    };
  }
  return undefined;
}

/** One page of what `POST /tickets/search` finds, with its `pages`. */
export function searchTickets(body: Body, workspace: Workspace, version: ApiVersion) {
  const { tickets, settings } = workspace;
  return searchPage(body, {
    name: "tickets/search",
    rows: tickets.rows.values(),
    get: (id) => tickets.rows.get(id),
    lookup: tickets.having,
    index: tickets.index,
    nowMs: workspace.nowMs(),
    field: (name) => fieldOf(name, workspace),
    dates: { by: "second" },
    perPage: { byDefault: 20, max: 150 },
    version,
    searchSort: settings.searchSort,
  });
}
