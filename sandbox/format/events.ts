import type { ContactRow } from "../store/contacts";
import type { EventRow, EventSummary } from "../store/events";

/** Whose events they are. What a contact does not have is left out. */
const formatOwner = ({ id, externalId, email }: ContactRow) => ({
  ...(externalId === null ? {} : { user_id: externalId }),
  intercom_user_id: id,
  ...(email === null ? {} : { email }),
});

export const formatEvent = (row: EventRow, contact: ContactRow) => ({
  type: "event",
  event_name: row.name,
  created_at: row.createdAt,
  id: `8a88a590-e1c3-41e2-a502-${row.id.padStart(12, "0")}`,
  ...formatOwner(contact),
  metadata: row.metadata,
});

/** As `2014-01-16T23:12:21.000+00:00` (example of OpenAPI 2.16, data_event_summary_item). */
const isoTime = (seconds: number) => new Date(seconds * 1000).toISOString().replace("Z", "+00:00");

export const formatEventSummaries = (summaries: EventSummary[], contact: ContactRow) => ({
  type: "event.summary",
  ...formatOwner(contact),
  events: summaries.map(({ name, count, first, last }) => ({
    name,
    first: isoTime(first),
    last: isoTime(last),
    count,
    description: "",
  })),
});
