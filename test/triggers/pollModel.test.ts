import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { Workspace } from "../../sandbox/index";
import { batchesOf } from "../stage/batches";
import { standBetween } from "../stage/between";
import { holdClock, openWorkbench } from "../stage/workbench";

/**
 * `POLL_RUNS=2000 npx vitest run test/triggers/pollModel.test.ts` tries more, and other ones each
 * time.
 */
const runs = process.env.POLL_RUNS;

type Event = { make: number } | { change: number; count: number } | { seconds: number };
type Poll = { between: Event[][]; failsAfter: number | null };
type Found = { id: string; updated_at: number; name: string; ticket_attributes?: typeof title };
const title = { _default_title_: "" };

const seconds = fc.constantFrom(0.1, 0.5, 1, 2.5, 4, 30, 120, 300, 420, 800, 1500, 3600, 9000);
const change = fc.oneof(fc.constant(0), fc.nat(400));
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ make: fc.constantFrom(1, 1, 2, 7) }),
  fc.record({ change, count: fc.constantFrom(1, 1, 3, 200) }),
  fc.record({ seconds }),
);
/** A poll: the events after each of its first answers, and the number of answers before one fails. */
const poll: fc.Arbitrary<Poll> = fc.record({
  between: fc.array(fc.array(event, { maxLength: 3 }), { maxLength: 3 }),
  failsAfter: fc.option(fc.nat(2), { freq: 5 }),
});
const world = fc.record({
  resourceType: fc.constantFrom("contacts", "tickets", "companies"),
  apiVersion: fc.constantFrom("2.11", "2.16"),
  settings: fc.record({
    searchSort: fc.constantFrom("kept" as const, "ignored" as const),
    timeZone: fc.constantFrom("America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"),
    indexLagMs: fc.oneof(fc.constant(0), fc.nat(14 * 60_000)),
  }),
  /** Times of two days; in the second night, New York changes its clocks. */
  hour: fc.nat(47),
  old: fc.constantFrom(0, 1, 8, 155, 310),
  steps: fc.array(fc.oneof(event, poll), { maxLength: 25 }),
});

/** Creates a record, or changes the given one. */
function write(workspace: Workspace, kind: string, name: string, id?: string) {
  const { contacts, companies, tickets, ticketTypes } = workspace;
  if (kind === "contacts") {
    if (id) return contacts.update(contacts.get(id), { name });
    return contacts.create({ role: "user", email: `${name}@example.org`, name });
  }
  const owner = contacts.findByEmail("owner") ?? contacts.create({ role: "lead", email: "owner" });
  if (kind === "companies") {
    // The company with the latest request is first in the list.
    const fields = { name, lastRequestAt: workspace.nowSeconds() };
    if (id) return companies.update(companies.get(id), fields);
    const company = companies.upsert({ companyId: name, ...fields });
    companies.attach(owner, company);
    return company;
  }
  const [type] = ticketTypes.rows;
  const Priority = type?.attributes.find((one) => one.name === "Priority")?.options[0]?.id ?? null;
  const values = { _default_title_: name, Priority };
  if (id) return tickets.update(tickets.get(id), { values });
  return tickets.create({ typeId: type?.id ?? "", contact: { id: owner.id }, values });
}

test.each(["New and Updated Records", "New and Updated Records (Batched)"])(
  "%s: after any sequence of events, each change is delivered once, and new records as new",
  async (label) => {
    holdClock("2026-11-01");
    const bench = await openWorkbench();
    const { sandbox, instanceState, connection, poll } = bench;
    const { workspace, faults } = sandbox;
    const batches = batchesOf(bench);
    const isBatched = label.endsWith("(Batched)");
    let answered = () => {};
    const baseUrl = await standBetween(sandbox.url, { answered: () => answered() });

    const property = fc.asyncProperty(world, async ({ resourceType, apiVersion, ...given }) => {
      vi.setSystemTime(Date.UTC(2026, 9, 31, given.hour));
      sandbox.reset({
        settings: { ...given.settings, requestsPerWindow: 1e9, companiesPerPageMax: 20 },
      });
      instanceState.__prismaticInternal = {};
      batches.forget();
      const fields = { ...connection.fields, baseUrl, apiVersion };
      const inputs = { resourceType, connection: { ...connection, fields } };
      const rows: { id: string; name: string; updatedAt: number }[] = [];
      let writes = 0;
      const happen = (event: Event) => {
        if ("seconds" in event) return vi.setSystemTime(Date.now() + event.seconds * 1000);
        const from = "make" in event ? rows.length : event.change % (rows.length || 1);
        const to = "make" in event ? from + event.make : Math.min(from + event.count, rows.length);
        for (let index = from; index < to; index += 1) {
          const name = `n-${writes++}`;
          const { id, updatedAt } = write(workspace, resourceType, name, rows[index]?.id);
          rows[index] = { id, name, updatedAt };
        }
      };
      for (let n = 0; n < given.old; n += 1) [{ make: 1 }, { seconds: 4 }].forEach(happen);
      /** The last known state of each record: at first as created, later as delivered. */
      const known = new Map(rows.map((row) => [row.id, row]));
      const pollPlain = () =>
        poll<Found>("pollChangesTrigger", inputs).catch((error: Error) => ({
          created: [],
          updated: [],
          error,
        }));
      /** A batch does not say what is new, so we take what the test knows. */
      const pollBatches = async () => {
        const { items, error } = await batches.poll<Found>(inputs);
        return {
          created: items.filter(({ id }) => !known.has(id)),
          updated: items.filter(({ id }) => known.has(id)),
          error,
        };
      };
      const pollOnce = async ({ between, failsAfter }: Poll) => {
        const toHappen = [...between];
        answered = () => toHappen.shift()?.forEach(happen);
        if (failsAfter !== null) faults.add({ kind: "status", status: 400, skip: failsAfter });
        const found = await (isBatched ? pollBatches() : pollPlain());
        if ("error" in found && found.error && failsAfter === null) throw found.error;
        faults.clear();
        for (const list of ["created", "updated"] as const) {
          for (const { id, updated_at: updatedAt, name, ticket_attributes } of found[list]) {
            expect(list).toBe(known.has(id) ? "updated" : "created");
            expect(updatedAt).toBeGreaterThan(known.get(id)?.updatedAt ?? 0);
            known.set(id, { id, name: ticket_attributes?._default_title_ ?? name, updatedAt });
          }
        }
      };
      const quietly = { between: [], failsAfter: null };
      await pollOnce(quietly);
      for (const step of given.steps) await ("between" in step ? pollOnce(step) : happen(step));
      happen({ seconds: 20 * 60 });
      for (const step of [quietly, quietly]) await pollOnce(step);
      for (const row of rows) expect(known.get(row.id)).toEqual(row);
    });
    await fc.assert(property, { numRuns: Number(runs ?? 60), ...(runs ? {} : { seed: 20261123 }) });
  },
  300_000,
);
