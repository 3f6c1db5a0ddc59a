import { inspect } from "node:util";
import { isConnectionError } from "@prismatic-io/spectral";
import { expect, test } from "vitest";
import { IntercomError } from "../src/intercom/wire/errors";
import { fillCompanies, fillContacts } from "./stage/crowd";
import { type Inputs, openWorkbench, runClockFast, type Workbench } from "./stage/workbench";

/** `STORM_ACTIONS=50000 STORM_SEED=7 npm test -- storm` plays a longer one, or another. */
const actionCount = Number(process.env.STORM_ACTIONS ?? 1500);
const seed = Number(process.env.STORM_SEED ?? Date.now() % 1_000_000);
const share = 0.2;
const workers = 8;

/** The possible values of something: several if an error left it open. */
type Belief<Value> = Set<Value>;

/** The actions' reports, which the test compares with the sandbox's state at the end. */
interface Report {
  /** The possible numbers of leads, by e-mail. */
  leads: Map<string, Belief<number>>;
  /** The possible numbers of tickets, by title. */
  tickets: Map<string, Belief<number>>;
  contacts: Map<string, ContactBelief>;
  /** The possible monthly spends, by company_id; -1 means that the company does not exist. */
  companies: Map<string, Belief<number>>;
  counts: { done: number; failed: number };
}

interface ContactBelief {
  name: Belief<string | null>;
  isTagged: Belief<boolean>;
  hasCompany: Belief<boolean>;
  state: Belief<"active" | "archived" | "deleted">;
}

/** Pseudo-random numbers from 0 to 1, by a seed (mulberry32). */
function randomFrom(start: number) {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const mayBeDone = (error: Error) =>
  error.message.includes("Intercom may have done it nevertheless");

/** Runs lives of contacts and companies, one after the other, until enough actions have run. */
async function work(bench: Workbench, report: Report, number: number, base: Base) {
  const random = randomFrom(seed + number * 7919);
  const { counts } = report;
  const isOver = () => counts.done + counts.failed >= actionCount;

  /** Runs an action; an error must be one that is made for the caller. */
  async function act<Data>(key: string, inputs: Inputs): Promise<Data | Error> {
    try {
      const data = await bench.run<Data>(key, inputs);
      counts.done += 1;
      return data;
    } catch (error) {
      counts.failed += 1;
      base.emitted.push(inspect(error, { depth: 9 }), JSON.stringify(error));
      if (!(error instanceof IntercomError) && !isConnectionError(error)) throw error;
      return error as Error;
    }
  }

  /**
   * After success, the new value is certain. After a failure, the new or the old value is possible.
   */
  async function change<Value>(belief: Belief<Value>, value: Value, key: string, inputs: Inputs) {
    const result = await act(key, inputs);
    if (!(result instanceof Error)) belief.clear();
    belief.add(value);
    return result;
  }

  /**
   * A create without retries: after success there is one record, after a doubtful error perhaps
   * one.
   */
  async function make(
    made: Map<string, Belief<number>>,
    name: string,
    key: string,
    inputs: Inputs,
  ) {
    const result = await act<{ id: string }>(key, inputs);
    if (!(result instanceof Error)) made.set(name, new Set([1]));
    else made.set(name, new Set(mayBeDone(result) ? [0, 1] : [0]));
    return result;
  }

  for (let life = 0; !isOver(); life += 1) {
    const name = `${number}-${life}`;
    const email = `storm-${name}@example.org`;
    const made = await make(report.leads, email, "createContact", { email, role: "lead" });

    const companyId = `storm-${name}`;
    const spend: Belief<number> = new Set([-1]);
    report.companies.set(companyId, spend);
    const company = { company_id: companyId, name, remote_created_at: "1571069751" };
    await change(spend, 7, "createCompany", { ...company, monthly_spend: "7" });
    if (!spend.has(-1)) {
      await change(spend, 8, "updateCompany", { company_id: companyId, monthly_spend: 8 });
      await act("getCompany", { id: companyId });
    }

    if (!(made instanceof Error)) {
      const { id } = made;
      const contact: ContactBelief = {
        name: new Set([null]),
        isTagged: new Set([false]),
        hasCompany: new Set([false]),
        state: new Set(["active"]),
      };
      report.contacts.set(id, contact);
      await change(contact.name, `Name ${name}`, "updateContact", {
        id,
        email,
        role: "lead",
        name: `Name ${name}`,
      });
      const got = await act<{ name: string | null }>("getContact", { id });
      if (!(got instanceof Error)) expect(contact.name).toContain(got.name);
      await change(contact.isTagged, true, "attachTag", { id, tagId: base.tagId });
      if (random() < 0.5) {
        await change(contact.isTagged, false, "detachTag", { id, tagId: base.tagId });
      }
      if (!spend.has(-1)) {
        await change(contact.hasCompany, true, "attachCompany", { id, companyId });
        if (random() < 0.5) {
          await change(contact.hasCompany, false, "detachCompany", { id, companyId });
        }
      }
      await make(report.tickets, `Ticket ${name}`, "createTicket", {
        ticketTypeId: base.ticketTypeId,
        contactId: id,
        ticketAttributes: { ...base.ticketAttributes, _default_title_: `Ticket ${name}` },
      });
      if (random() < 0.5) {
        await change(contact.state, "archived", "archiveContact", { id });
        if (random() < 0.5) await change(contact.state, "active", "unarchiveContact", { id });
      }
      if (random() < 0.3 && !contact.state.has("archived")) {
        await change(contact.state, "deleted", "deleteContact", { id });
      }
    }
    if (random() < 0.3 && !spend.has(-1)) {
      await change(spend, -1, "deleteCompany", { id: companyId });
      // A deleted company no longer has its contacts.
      if (!(made instanceof Error)) report.contacts.get(made.id)?.hasCompany.add(false);
    }

    const lists = [
      ["listContacts", base.contactIds],
      ["listCompanies", base.companyIds],
    ] as const;
    const [key, wanted] = lists[life % 2] ?? lists[0];
    const list = await act<{ data: { id: string }[] }>(key, { fetchAll: "true" });
    if (!(list instanceof Error)) {
      const ids = list.data.map(({ id }) => id);
      expect(new Set(ids).size, `${key} gives nothing twice`).toBe(ids.length);
      const given = new Set(ids);
      expect(
        wanted.filter((id) => !given.has(id)),
        `${key} loses nothing`,
      ).toEqual([]);
    }
    const found = await act<{ data: { id: string }[] }>("searchContacts", { email: base.email });
    if (!(found instanceof Error)) expect(found.data).toHaveLength(1);
    const tag = await act<{ id: string }>("createTag", { name: "Storm" });
    if (!(tag instanceof Error)) expect(tag.id).toBe(base.tagId);
    await act("listTags", {});
    await act("listTicketTypes", {});
    await act("rawRequest", { method: "GET", url: "/me", maxRetries: "2", debugRequest: "true" });
  }
}

interface Base {
  contactIds: string[];
  companyIds: string[];
  email: string;
  tagId: string;
  ticketTypeId: string;
  ticketAttributes: Record<string, unknown>;
  /** Every error, in each form that a person may see. */
  emitted: string[];
}

/** The records before the storm, which every list must have. */
function furnish({ sandbox }: Workbench): Base {
  const { workspace } = sandbox;
  const contacts = fillContacts(workspace, 400);
  const companies = fillCompanies(workspace, 200);
  const [ticketType] = workspace.ticketTypes.rows;
  const priority = ticketType?.attributes.find(({ name }) => name === "Priority");
  return {
    contactIds: contacts.map(({ id }) => id),
    companyIds: companies.map(({ id }) => id),
    email: contacts[7]?.email ?? "",
    tagId: workspace.tags.findOrCreate("Storm").id,
    ticketTypeId: ticketType?.id ?? "",
    ticketAttributes: { Priority: priority?.options?.[0]?.id },
    emitted: [],
  };
}

test(`a storm of ${actionCount} actions, with a fault on every fifth request, loses nothing and duplicates nothing (STORM_SEED=${seed})`, {
  timeout: 120_000 + actionCount * 40,
}, async () => {
  runClockFast();
  const bench = await openWorkbench();
  const { sandbox, log } = bench;
  const { workspace } = sandbox;
  const base = furnish(bench);
  const report: Report = {
    leads: new Map(),
    tickets: new Map(),
    contacts: new Map(),
    companies: new Map(),
    counts: { done: 0, failed: 0 },
  };
  sandbox.settings.indexLagMs = 60_000;
  sandbox.faults.storm({ seed, share });
  await Promise.all(
    Array.from({ length: workers }, (_, number) => work(bench, report, number, base)),
  );
  sandbox.faults.clear();

  const { done, failed } = report.counts;
  const struck = sandbox.requests.filter(({ fault }) => fault).length / sandbox.requests.length;
  process.stderr.write(
    `storm ${seed}: ${done} actions done, ${failed} failed, ${sandbox.requestCount} requests, ${Math.round(struck * 100)} % struck\n`,
  );
  expect(done + failed).toBeGreaterThanOrEqual(actionCount);
  expect(struck).toBeGreaterThan(share * 0.8);
  expect(failed / done).toBeLessThan(0.2);

  const contacts = [...workspace.contacts.rows.values()];
  const tickets = [...workspace.tickets.rows.values()];
  for (const [email, belief] of report.leads) {
    const count = contacts.filter((row) => row.email === email).length;
    expect(belief, `leads with ${email}`).toContain(count);
  }
  for (const [title, belief] of report.tickets) {
    const count = tickets.filter((row) => row.values._default_title_ === title).length;
    expect(belief, `tickets with the title ${title}`).toContain(count);
  }
  for (const [id, belief] of report.contacts) {
    const row = workspace.contacts.rows.get(id);
    expect(belief.state, `state of ${id}`).toContain(row?.state);
    if (row?.state === "deleted") continue;
    expect(belief.name, `name of ${id}`).toContain(row?.name);
    expect(belief.isTagged, `tag of ${id}`).toContain(row?.tags.length === 1);
    expect(belief.hasCompany, `company of ${id}`).toContain(row?.companyIds.length === 1);
  }
  for (const [companyId, belief] of report.companies) {
    const rows = [...workspace.companies.rows.values()].filter(
      (row) => row.companyId === companyId,
    );
    expect(rows.length, `companies ${companyId}`).toBeLessThanOrEqual(1);
    expect(belief, `spend of ${companyId}`).toContain(rows[0]?.monthlySpend ?? -1);
  }

  const emitted = [...log, ...base.emitted].join("\n");
  expect(emitted.length).toBeGreaterThan(10_000);
  expect(emitted).not.toContain(sandbox.token);
  expect(emitted).not.toContain("Bearer");
});
