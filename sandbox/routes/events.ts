import { type Context, Hono } from "hono";
import { formatEvent, formatEventSummaries } from "../format/events";
import { queryPageSize } from "../http/pages";
import {
  type Body,
  type Env,
  email,
  isText,
  object,
  queryFlag,
  readBody,
  id as readId,
  text,
  timestamp,
} from "../http/request";
import type { ContactRow } from "../store/contacts";
import type { EventRow, EventValue } from "../store/events";
import type { Ordered } from "../store/ordered";
import { contactNotFound, parameterInvalid, parameterMissing } from "../store/refusal";
import type { Workspace } from "../store/workspace";

export const eventCoverage = {
  "POST /events":
    "The limit of names, and the delay of new metadata. Errors have codes of our choice.",
  "GET /events": "Errors have codes of our choice.",
};

/** The keys of the two kinds of object that metadata may hold. */
const objectsInMetadata = ["url value", "amount currency"];

// JSON's 1e999 is read as Infinity, which JSON can't write.
const isPlain = (value: unknown) => isText(value) || Number.isFinite(value);

function isEventValue(value: unknown): value is EventValue {
  if (value === null || typeof value === "boolean" || isPlain(value)) return true;
  if (typeof value !== "object") return false;
  const keys = Object.keys(value).sort().join(" ");
  return objectsInMetadata.includes(keys) && Object.values(value).every(isPlain);
}

function readMetadata(given: unknown): EventRow["metadata"] {
  const metadata = object(given, "metadata");
  for (const [key, value] of Object.entries(metadata)) {
    if (!isEventValue(value)) throw parameterInvalid(`metadata.${key} can't be nested`, "metadata");
  }
  return metadata as EventRow["metadata"];
}

/**
 * The place of an event among the contact's events, in milliseconds. The first event of a second gets
 * the whole second, and each further one a millisecond more. The example of OpenAPI 2.16,
 * data_event_list, has such numbers.
 */
function placeAt(rows: Ordered<EventRow>, position: number): number {
  const second = rows.at(position)?.createdAt ?? 0;
  return second * 1000 + position - rows.countWhile(({ createdAt }) => createdAt < second);
}

function positionOf(rows: Ordered<EventRow>, place: string, name: string): number {
  if (!/^\d{1,15}$/.test(place)) throw parameterInvalid(`${name} must be a timestamp`, name);
  const second = Math.floor(Number(place) / 1000);
  const begin = rows.countWhile(({ createdAt }) => createdAt < second);
  const end = rows.countWhile(({ createdAt }) => createdAt <= second);
  return Math.min(begin + (Number(place) % 1000), end);
}

export function eventRoutes(workspace: Workspace) {
  const { contacts, events } = workspace;
  const routes = new Hono<Env>();

  /** Finds a user. A lead can be named only by Intercom's id (OpenAPI 2.16, createDataEvent). */
  const findUser = (body: Body): ContactRow => {
    const found =
      body.user_id !== undefined
        ? contacts.findUserByExternalId(readId(body.user_id, "user_id"))
        : contacts.findByEmail(email(body.email, "email"));
    if (found?.role !== "user") throw contactNotFound();
    return found;
  };

  routes.post("/events", async (c) => {
    const body = await readBody(c);
    for (const key of ["event_name", "created_at"])
      if (body[key] === undefined) throw parameterMissing(key);
    const event = {
      name: text(body.event_name, "event_name"),
      createdAt: timestamp(body.created_at, "created_at"),
      metadata: readMetadata(body.metadata ?? {}),
    };
    if (event.name.trim() === "") throw parameterInvalid("event_name can't be blank", "event_name");
    if (body.id === undefined && body.user_id === undefined && body.email === undefined) {
      throw parameterMissing("id, user_id or email");
    }
    const contact = body.id === undefined ? findUser(body) : contacts.get(text(body.id, "id"));
    events.create(contact, event);
    return c.body(null, 202);
  });

  const page = (c: Context<Env>, contact: ContactRow) => {
    const { rows, from: oldest } = events.listed(contact);
    const { before, since } = c.req.query();
    const perPage = queryPageSize(c, "per_page", 15, 150);
    const least = since === undefined ? oldest : Math.max(positionOf(rows, since, "since"), oldest);
    const to = before === undefined ? rows.size : positionOf(rows, before, "before");
    const from = Math.max(to - perPage, least);
    const urlWith = (name: "before" | "since", place: number) => {
      const url = new URL(c.req.url);
      url.searchParams.delete("before");
      url.searchParams.set(name, String(place));
      return url.href;
    };
    return {
      type: "event.list",
      events: rows
        .slice(from, Math.max(from, to), "ascending")
        .reverse()
        .map((row) => formatEvent(row, contact)),
      pages: {
        ...(from > least ? { next: urlWith("before", placeAt(rows, from)) } : {}),
        ...(rows.size > oldest
          ? { since: urlWith("since", placeAt(rows, rows.size - 1) + 1) }
          : {}),
      },
    };
  };

  routes.get("/events", (c) => {
    const { type, user_id, email, intercom_user_id: contactId } = c.req.query();
    if (type !== "user") throw parameterInvalid("type must be user", "type");
    if (contactId === undefined && user_id === undefined && email === undefined) {
      throw parameterMissing("user_id, email or intercom_user_id");
    }
    const contact =
      contactId === undefined ? findUser({ user_id, email }) : contacts.get(contactId);
    return c.json(
      queryFlag(c, "summary")
        ? formatEventSummaries(events.summaries(contact), contact)
        : page(c, contact),
    );
  });

  return routes;
}
