import { describe, expect, test } from "vitest";
import { holdClock, openWorkbench, runClockFast } from "../stage/workbench";

interface Event {
  event_name: string;
  created_at: number;
  metadata: Record<string, unknown>;
}

interface List {
  data: Event[];
  pages: { next: { starting_after: string } | null };
}

const email = "ada@example.org";
const hexadecimal = "0123456789abcdef01234567";

/** A user who did as many things, one a second, the last now. */
async function openWithEvents(count = 0) {
  const bench = await openWorkbench();
  const { contacts, events } = bench.sandbox.workspace;
  const user = contacts.create({ role: "user", email, externalId: hexadecimal });
  const now = Math.floor(Date.now() / 1000);
  const names = Array.from({ length: count }, (_, n) => `did-${n}`);
  for (const [n, name] of names.entries()) {
    events.create(user, { name, createdAt: now - count + n });
  }
  return { ...bench, contact: user.id, names: names.reverse() };
}

const namesOf = ({ data }: List) => data.map(({ event_name }) => event_name);

describe("submitting an event", () => {
  test("gives what was sent, and the event is listed", async () => {
    holdClock("2026-11-25T10:00:00Z");
    const { contact, run } = await openWithEvents();
    const metadata = {
      plan: "gold",
      seats: 12,
      renewal_date: 1794787200,
      order: { url: "https://example.org/1", value: "#1" },
      price: { amount: 34999, currency: "eur" },
    };
    const event = { event_name: "updated-plan", created_at: 1795600800 };
    const inputs = { contact, eventName: "updated-plan", metadata: JSON.stringify(metadata) };
    expect(await run("submitEvent", inputs)).toEqual({ ...event, id: contact, metadata });
    const { data } = await run<List>("listEvents", { contact });
    expect(data).toMatchObject([{ ...event, intercom_user_id: contact, metadata }]);
  });

  test.each([
    ["an e-mail", { contact: email }, { email }],
    ["an external ID", { contact: "crm-1" }, { user_id: "crm-1" }],
    [
      "an external ID in the form of Intercom's",
      { contact: hexadecimal },
      { user_id: hexadecimal },
    ],
  ])("takes %s for the contact", async (_what, inputs, name) => {
    const { run, sandbox } = await openWithEvents();
    sandbox.workspace.contacts.create({ role: "user", externalId: "crm-1" });
    const given = { ...inputs, eventName: "paid", createdAt: "2026-11-02T09:30:00Z" };
    const sent = { event_name: "paid", created_at: 1793611800, ...name };
    expect(await run("submitEvent", given)).toEqual(sent);
    expect(sandbox.requests.at(-1)?.body).toEqual(sent);
    expect(namesOf(await run<List>("listEvents", inputs))).toEqual(["paid"]);
  });

  test("after a lost answer it is sent again with the same time, so that it counts once", async () => {
    runClockFast();
    const { contact, run, sandbox } = await openWithEvents();
    sandbox.faults.add({ kind: "closed", workDone: true });
    await run("submitEvent", { contact, eventName: "paid" });
    const [first, second] = sandbox.requests.map(({ body }) => body);
    expect(second).toEqual(first);
    expect(sandbox.workspace.events.rows.size).toBe(1);
  });

  test("an unknown contact is an error that names what was asked for", async () => {
    const { refusal } = await openWithEvents();
    const error = await refusal("submitEvent", { contact: "nobody", eventName: "paid" });
    expect(error).toMatchObject({ name: "NotFoundError", status: 404 });
    expect(error.message).toMatch(/^Intercom refused to submit the event: User Not Found/);
  });

  const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`key_${n}`, n]));

  test.each([
    [{ eventName: "" }, '"Event Name" is empty: fill it in.'],
    [{ contact: " " }, '"Contact" is empty: fill it in.'],
    [
      { createdAt: "yesterday" },
      '"Created At" must be Unix seconds or an ISO 8601 date, not "yesterday".',
    ],
    [{ metadata: "[1]" }, '"Metadata" must be a JSON object, not "[1]".'],
    [{ metadata: eleven }, '"Metadata" takes up to 10, not 11.'],
    [
      { metadata: { order: { id: 1 } } },
      '"Metadata" must be made of plain values, { url, value } and { amount, currency }, not {"order":{"id":1}}.',
    ],
    [
      { metadata: { price: { amount: "5", currency: "eur" } } },
      '"Metadata" must be made of plain values, { url, value } and { amount, currency }, not {"price":{"amount":"5","currency":"eur"}}.',
    ],
    [
      { metadata: { tags: ["a"] } },
      '"Metadata" must be made of plain values, { url, value } and { amount, currency }, not {"tags":["a"]}.',
    ],
  ])("%j is refused by name, and nothing is sent", async (inputs, sentence) => {
    const { contact, refusal, sandbox } = await openWithEvents();
    const given = { contact, eventName: "paid", ...inputs };
    expect((await refusal("submitEvent", given)).message).toBe(sentence);
    expect(sandbox.requests).toEqual([]);
  });
});

describe("listing events", () => {
  test("gives the latest first, page by page, by the cursor of the page before", async () => {
    const { contact, names, run } = await openWithEvents(5);
    const first = await run<List>("listEvents", { contact, perPage: "2" });
    const startingAfter = first.pages.next?.starting_after;
    const second = await run<List>("listEvents", { contact, perPage: "3", startingAfter });
    expect([...namesOf(first), ...namesOf(second)]).toEqual(names);
    expect(second.pages.next).toBeNull();
  });

  test("Fetch All gives all of them, or all after a cursor", async () => {
    const { contact, names, run, sent } = await openWithEvents(151);
    const all = await run<List>("listEvents", { contact, fetchAll: "true" });
    expect(namesOf(all)).toEqual(names);
    expect(sent()).toHaveLength(2);
    const { pages } = await run<List>("listEvents", { contact, perPage: "150" });
    const startingAfter = pages.next?.starting_after;
    const rest = await run<List>("listEvents", { contact, fetchAll: "true", startingAfter });
    expect(namesOf(rest)).toEqual(["did-0"]);
  });

  test("events that share an id, which may be the contact's, are not taken for one", async () => {
    const { contact, run, sandbox } = await openWithEvents();
    const events = ["paid", "ordered"].map((name) => ({
      type: "event",
      event_name: name,
      created_at: 1,
      id: contact,
    }));
    sandbox.faults.add({ kind: "status", status: 200, body: { type: "event.list", events } });
    const list = await run<List>("listEvents", { contact, fetchAll: "true" });
    expect(list.data).toEqual(events);
  });

  test("a next page on another host is asked of Intercom, by its cursor alone", async () => {
    const { contact, names, run, sandbox, sent } = await openWithEvents(1);
    const next = "https://example.com/events?before=9999999999999&token=x";
    const body = { type: "event.list", events: [], pages: { next } };
    sandbox.faults.add({ kind: "status", status: 200, body });
    const list = await run<List>("listEvents", { contact, fetchAll: "true" });
    expect(namesOf(list)).toEqual(names);
    const query = `type=user&intercom_user_id=${contact}&per_page=150`;
    expect(sent()).toEqual([`GET /events?${query}`, `GET /events?${query}&before=9999999999999`]);
  });

  test("a next page without a cursor is an error of Fetch All, and no end", async () => {
    const { contact, refusal, sandbox } = await openWithEvents(1);
    const body = { type: "event.list", events: [], pages: { next: "/events?next page" } };
    sandbox.faults.add({ kind: "status", status: 200, body });
    expect(await refusal("listEvents", { contact, fetchAll: "true" })).toMatchObject({
      name: "CutShortError",
    });
  });
});
