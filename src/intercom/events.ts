import type { Event } from "../schemas/events";
import { type ContactName, withEitherId } from "./contacts";
import { type CursorPage, cursorList } from "./wire/cursorLists";
import type { Http } from "./wire/http";
import type { List, Pages } from "./wire/pages";
import { path } from "./wire/path";
import { cursorIn } from "./wire/walks";

export interface EventFields {
  event_name: string;
  /** Unix seconds; by default now. */
  created_at?: number;
  /** Intercom keeps ten values and drops the others silently. */
  metadata?: Record<string, unknown>;
}

/** The cursor's name in the URL of `pages.next` (OpenAPI 2.16, data_event_list). */
const cursorName = "before";

export const events = (http: Http) => {
  const post = (event: Event) =>
    http.send({
      permission: "Write events",
      purpose: "submit the event",
      method: "POST",
      path: path`/events`,
      body: event,
      isRepeatable: true,
      mayBeEmpty: true,
      // OpenAPI 2.16, createDataEvent. An empty 200 comes from a proxy.
      status: 202,
    });

  const readPage = async (contact: ContactName, perPage?: number, before?: string) => {
    const { events, pages } = await http.send<{ events: Event[]; pages?: Pages | null }>({
      permission: "Read events",
      purpose: "list the events",
      method: "GET",
      path: path`/events`,
      query: { type: "user", ...queryOf(contact), per_page: perPage, [cursorName]: before },
      listedAs: "events",
    });
    const cursor = cursorIn(pages?.next, cursorName);
    return {
      events,
      next: cursor === undefined ? (pages?.next ?? null) : { starting_after: cursor },
    };
  };

  /** With the contact, this identifies an event. An event's `id` may be the contact's. */
  const keyOf = ({ event_name, created_at }: Event) => `${created_at} ${event_name}`;

  /** The events of a contact, as rows with an id of our own, which a walk needs. */
  const listOf = (contact: ContactName) =>
    cursorList<{ id: string; event: Event }>(http.log, {
      what: "events",
      readPage: async (perPage, before) => {
        const { events, next } = await readPage(contact, perPage, before);
        return { data: events.map((event) => ({ id: keyOf(event), event })), pages: { next } };
      },
    });

  return {
    /**
     * Intercom ignores a second event with the same contact, name and second. We set the time here, so
     * the request is idempotent. Intercom's answer is empty, so the result is what we sent.
     */
    submit: (contact: ContactName, { created_at, ...fields }: EventFields): Promise<Event> => {
      const createdAt = created_at ?? Math.floor(http.nowMs() / 1000);
      return withEitherId(contact, async (contact) => {
        const event: Event = { ...fields, created_at: createdAt, ...nameOf(contact) };
        await post(event);
        return event;
      });
    },

    /** One page of a contact's events of the last 90 days, the latest first. */
    list: (contact: ContactName, page: CursorPage): Promise<List<Event>> =>
      withEitherId(contact, async (contact) => eventsIn(await listOf(contact).page(page))),

    listAll: (contact: ContactName, startingAfter?: string): Promise<List<Event>> =>
      withEitherId(contact, async (contact) => eventsIn(await listOf(contact).all(startingAfter))),
  };
};

const eventsIn = ({ data, ...list }: List<{ id: string; event: Event }>): List<Event> => ({
  ...list,
  data: data.map(({ event }) => event),
});

/** The contact of an event, as POST /events takes it. */
const nameOf = (contact: ContactName) =>
  "external_id" in contact ? { user_id: contact.external_id } : contact;

/** The contact in a query, where Intercom's ID has another name. */
const queryOf = (contact: ContactName) =>
  "id" in contact ? { intercom_user_id: contact.id } : nameOf(contact);
