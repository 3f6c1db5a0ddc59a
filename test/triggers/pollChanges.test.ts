import { describe, expect, test } from "vitest";
import type { Workspace } from "../../sandbox/index";
import { standBetween } from "../stage/between";
import { fillCompanies, fillContacts } from "../stage/crowd";
import { holdClock, openWorkbench, runClockFast, type Workbench } from "../stage/workbench";

interface Contact {
  id: string;
  name: string | null;
}

const noon = "2026-03-10T12:00:00Z";
const minute = 60;
const hour = 3600;

const poll = ({ poll }: Workbench, resourceType = "contacts") =>
  poll<Contact>("pollChangesTrigger", { resourceType });

const make = ({ contacts }: Workspace, name: string) =>
  contacts.create({ role: "user", email: `${name}@example.org`, name });

const change = ({ contacts }: Workspace, id: string, name: string) =>
  contacts.update(contacts.get(id), { name });

const namesOf = (records: Contact[]) => records.map(({ name }) => name).sort();

describe("polling for changes", () => {
  test("the first poll sets the mark and delivers nothing", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    make(bench.sandbox.workspace, "before");
    moveOn(minute);
    expect(await poll(bench)).toEqual({
      created: [],
      updated: [],
      resultType: "polled_no_changes",
    });
    moveOn(minute);
    expect((await poll(bench)).resultType).toBe("polled_no_changes");
  });

  test("new and changed records come once, each in its list", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    const { workspace } = bench.sandbox;
    const old = make(workspace, "old");
    moveOn(hour);
    await poll(bench);
    moveOn(minute);
    const fresh = make(workspace, "fresh");
    change(workspace, old.id, "old, changed");
    moveOn(minute);
    const first = await poll(bench);
    expect(namesOf(first.created)).toEqual(["fresh"]);
    expect(namesOf(first.updated)).toEqual(["old, changed"]);
    expect(first.resultType).toBe("completed");
    moveOn(minute);
    expect((await poll(bench)).resultType).toBe("polled_no_changes");
    change(workspace, fresh.id, "fresh, changed");
    moveOn(minute);
    const third = await poll(bench);
    expect(namesOf(third.created)).toEqual([]);
    expect(namesOf(third.updated)).toEqual(["fresh, changed"]);
  });

  test("a record that is created and changed between two polls is new, and comes once", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    await poll(bench);
    moveOn(minute);
    const { id } = make(bench.sandbox.workspace, "fresh");
    moveOn(minute);
    change(bench.sandbox.workspace, id, "fresh, changed");
    moveOn(minute);
    const { created, updated } = await poll(bench);
    expect([namesOf(created), updated]).toEqual([["fresh, changed"], []]);
  });

  test("one list may be off, and its records do not come later", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    const inputs = { resourceType: "contacts", showNewRecords: "false" };
    await bench.poll("pollChangesTrigger", inputs);
    moveOn(minute);
    const { id } = make(bench.sandbox.workspace, "fresh");
    moveOn(minute);
    expect((await bench.poll("pollChangesTrigger", inputs)).resultType).toBe("polled_no_changes");
    change(bench.sandbox.workspace, id, "changed");
    moveOn(minute);
    const { created, updated } = await bench.poll<Contact>("pollChangesTrigger", inputs);
    expect([created, namesOf(updated)]).toEqual([[], ["changed"]]);
  });

  test("changes in the same second as the mark come exactly once", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    const { workspace } = bench.sandbox;
    await poll(bench);
    const { id } = make(workspace, "first");
    const seen = [await poll(bench)];
    moveOn(0.3);
    change(workspace, id, "second");
    seen.push(await poll(bench));
    moveOn(0.3);
    change(workspace, id, "third");
    moveOn(5);
    seen.push(await poll(bench));
    moveOn(5);
    seen.push(await poll(bench));
    expect(seen.flatMap(({ created }) => namesOf(created))).toEqual(["third"]);
    expect(seen.flatMap(({ updated }) => updated)).toEqual([]);
  });

  test.each([5, 14])(
    "a record that the search finds %i minutes after its creation is not lost",
    async (lagMinutes) => {
      const moveOn = holdClock(noon);
      const bench = await openWorkbench({
        seed: "empty",
        settings: { indexLagMs: lagMinutes * minute * 1000 },
      });
      await poll(bench);
      const names: string[] = [];
      const delivered: Contact[] = [];
      for (let step = 0; step < 30; step += 1) {
        moveOn(minute);
        if (step < 10) {
          names.push(`late-${step}`);
          make(bench.sandbox.workspace, `late-${step}`);
        }
        delivered.push(...(await poll(bench)).created);
      }
      expect(namesOf(delivered)).toEqual(names.sort());
    },
  );

  test("a change before the first mark is not delivered, also if the search finds it late", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench({
      seed: "empty",
      settings: { indexLagMs: 5 * minute * 1000 },
    });
    make(bench.sandbox.workspace, "before");
    moveOn(minute);
    await poll(bench);
    moveOn(10 * minute);
    expect((await poll(bench)).resultType).toBe("polled_no_changes");
  });

  test("the state of the earlier component is read", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    make(bench.sandbox.workspace, "before");
    moveOn(hour);
    bench.instanceState.__prismaticInternal = {
      polling: { lastPolledAt: new Date().toISOString() },
    };
    moveOn(minute);
    make(bench.sandbox.workspace, "after");
    moveOn(minute);
    expect(namesOf((await poll(bench)).created)).toEqual(["after"]);
  });

  test("the state stays small", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    await poll(bench);
    moveOn(minute);
    fillContacts(bench.sandbox.workspace, 300);
    for (const { id } of [...bench.sandbox.workspace.contacts.rows.values()]) {
      change(bench.sandbox.workspace, id, "changed");
    }
    moveOn(minute);
    expect((await poll(bench)).updated).toHaveLength(300);
    for (let step = 0; step < 2; step += 1) {
      moveOn(hour);
      await poll(bench);
    }
    expect(JSON.stringify(bench.instanceState).length).toBeLessThan(300);
  });

  test("more changes than the state can hold still come once", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    await poll(bench);
    const delivered: string[] = [];
    let first: string | undefined;
    for (let step = 0; step < 20; step += 1) {
      moveOn(minute);
      // 6,000 in six minutes, some of them in the same second.
      for (let second = 0; second < (step < 6 ? 10 : 0); second += 1) {
        for (let index = 0; index < 100; index += 1) {
          const { id } = make(bench.sandbox.workspace, `${step}-${second}-${index}`);
          first ??= id;
        }
        moveOn(1);
      }
      moveOn(minute);
      // A forgotten record does not count as new.
      if (step === 6 && first) change(bench.sandbox.workspace, first, "changed");
      moveOn(minute);
      const { created, updated } = await poll(bench);
      expect(namesOf(updated)).toEqual(step === 6 ? ["changed"] : []);
      delivered.push(...namesOf(created).map(String));
      expect(JSON.stringify(bench.instanceState).length).toBeLessThan(200_000);
    }
    expect(new Set(delivered).size).toBe(6000);
    expect(delivered).toHaveLength(6000);
  });

  test("a state that we can't read is logged, and the poll starts anew", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    make(bench.sandbox.workspace, "before");
    bench.instanceState.__prismaticInternal = { polling: { lastPolledAt: 1773100000000 } };
    moveOn(minute);
    expect((await poll(bench)).resultType).toBe("polled_no_changes");
    expect(bench.log.join("\n")).toMatch(
      /^warn We can't read the state of the last poll, so this poll starts anew/m,
    );
    moveOn(minute);
    make(bench.sandbox.workspace, "after");
    moveOn(minute);
    expect(namesOf((await poll(bench)).created)).toEqual(["after"]);
  });
});

describe("around midnight and the change to or from summer time", () => {
  test.each([
    ["America/New_York", "2026-03-08T04:30:00Z"],
    ["America/New_York", "2026-11-01T03:30:00Z"],
    ["Europe/Dublin", "2026-03-28T23:30:00Z"],
    ["Europe/Dublin", "2026-10-24T22:30:00Z"],
    ["Pacific/Auckland", "2026-04-04T10:30:00Z"],
    ["Asia/Kolkata", "2026-06-01T17:30:00Z"],
    ["Pacific/Kiritimati", "2026-06-01T09:30:00Z"],
    ["Pacific/Pago_Pago", "2026-06-01T10:30:00Z"],
  ])(
    "in %s from %s on, every change of that midnight, the day and the next midnight comes once",
    async (timeZone, start) => {
      const moveOn = holdClock(start);
      const bench = await openWorkbench({ seed: "empty", settings: { timeZone } });
      const { workspace } = bench.sandbox;
      const old = make(workspace, "old");
      moveOn(minute);
      await poll(bench);
      const wanted: string[] = [];
      const delivered: (string | null)[] = [];
      const [often, seldom] = [10 * minute, 2 * hour];
      const steps = [...Array(18).fill(often), ...Array(10).fill(seldom), ...Array(24).fill(often)];
      for (const [step, seconds] of steps.entries()) {
        moveOn(seconds / 2);
        wanted.push(`new-${step}`, `changed-${step}`);
        make(workspace, `new-${step}`);
        change(workspace, old.id, `changed-${step}`);
        moveOn(seconds / 2);
        const { created, updated } = await poll(bench);
        delivered.push(...namesOf(created), ...namesOf(updated));
      }
      expect(delivered).toEqual(wanted);
    },
  );
});

describe("many changes at once", () => {
  test("several pages are read", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    await poll(bench);
    moveOn(minute);
    for (let index = 0; index < 400; index += 1) make(bench.sandbox.workspace, `new-${index}`);
    moveOn(minute);
    const { created } = await poll(bench);
    expect(new Set(namesOf(created)).size).toBe(400);
  });

  test("a poll that fails half-way keeps the mark, and the next one delivers everything", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    await poll(bench);
    moveOn(minute);
    for (let index = 0; index < 400; index += 1) make(bench.sandbox.workspace, `new-${index}`);
    moveOn(minute);
    const before = JSON.stringify(bench.instanceState);
    bench.sandbox.faults.add({ kind: "status", status: 400, skip: 2 });
    await expect(poll(bench)).rejects.toThrow("Intercom refused to search the contacts");
    expect(JSON.stringify(bench.instanceState)).toBe(before);
    moveOn(hour);
    expect((await poll(bench)).created).toHaveLength(400);
  });
});

describe("what a poll costs", () => {
  /** Half of the records were updated in another order than they were created. */
  async function openWithMany(apiVersion: string, isTouched: boolean, count = 500) {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench({ seed: "empty" }, { apiVersion });
    const { workspace } = bench.sandbox;
    const made = Array.from({ length: count }, (_, index) => {
      moveOn(1);
      return make(workspace, `old-${index}`);
    });
    moveOn(minute);
    for (const { id } of isTouched ? made.slice(0, 250).reverse() : []) {
      moveOn(1);
      change(workspace, id, "changed");
    }
    moveOn(hour);
    await poll(bench);
    moveOn(minute);
    bench.sandbox.requests.length = 0;
    expect((await poll(bench)).resultType).toBe("polled_no_changes");
    expect(bench.log.filter((line) => line.startsWith("warn"))).toEqual([]);
    return bench.sent();
  }

  test.each([
    ["2.11", true],
    ["2.16", true],
    ["2.16", false],
  ] as const)(
    "%s: one request without changes, however many changed earlier",
    async (apiVersion, isTouched) => {
      expect(await openWithMany(apiVersion, isTouched)).toEqual(["POST /contacts/search"]);
    },
  );

  test("before 2.16, a single page costs one request, in any order", async () => {
    expect(await openWithMany("2.11", false, 20)).toEqual(["POST /contacts/search"]);
  });

  test("before 2.16, records without updates cost a second request, because they may be in order of creation", async () => {
    expect(await openWithMany("2.11", false)).toEqual(Array(2).fill("POST /contacts/search"));
  });

  test("changes of the 15 minutes before the last poll are read again, and with several pages also page 1", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench({ seed: "empty" }, { apiVersion: "2.16" });
    await poll(bench);
    for (let index = 0; index < 400; index += 1) make(bench.sandbox.workspace, `new-${index}`);
    moveOn(minute);
    await poll(bench);
    const costs: number[] = [];
    for (let step = 0; step < 4; step += 1) {
      moveOn(7 * minute);
      bench.sandbox.requests.length = 0;
      expect((await poll(bench)).resultType).toBe("polled_no_changes");
      costs.push(bench.sandbox.requests.length);
    }
    expect(costs).toEqual([4, 4, 4, 1]);
  });

  test("the first poll costs one request, which needs the polls' permission", async () => {
    for (const [resourceType, request] of [
      ["contacts", "POST /contacts/search"],
      ["companies", "POST /companies/list"],
      ["tickets", "POST /tickets/search"],
      ["conversations", "POST /conversations/search"],
    ] as const) {
      const bench = await openWorkbench();
      await poll(bench, resourceType);
      expect(bench.sent().map((line) => line.split("?")[0])).toEqual([request]);
    }
  });

  test("an answer that is not in order is read to its end", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    const old = make(bench.sandbox.workspace, "old");
    moveOn(hour);
    await poll(bench);
    moveOn(minute);
    make(bench.sandbox.workspace, "fresh");
    moveOn(minute);
    // An unsorted answer: an old record first, a new one in the middle, an old one last.
    const stale = { id: old.id, created_at: 1, updated_at: 1 };
    const fresh = {
      id: "1",
      name: "unsorted",
      created_at: Date.now() / 1000 - 9,
      updated_at: Date.now() / 1000 - 9,
    };
    bench.sandbox.faults.add({
      kind: "status",
      status: 200,
      body: {
        type: "list",
        data: [stale, fresh, stale],
        total_count: 4,
        pages: { page: 1, total_pages: 2, next: { starting_after: "WzFd" } },
      },
    });
    bench.sandbox.faults.add({
      kind: "status",
      status: 200,
      body: {
        type: "list",
        data: [{ ...fresh, id: "2", name: "next page" }],
        pages: { page: 2, total_pages: 2 },
      },
    });
    // The poll reads page 1 again, and this answer comes from the sandbox itself.
    expect(namesOf((await poll(bench)).created)).toEqual(["fresh", "next page", "unsorted"]);
  });
});

test("a record on two pages comes once", async () => {
  const moveOn = holdClock(noon);
  const bench = await openWorkbench();
  await poll(bench);
  moveOn(hour);
  const at = Math.floor(Date.now() / 1000) - minute;
  const fresh = { id: "1", name: "twice", created_at: at, updated_at: at };
  const page = (number: number, next?: object) => ({
    type: "list",
    data: [fresh],
    pages: { page: number, total_pages: 2, next },
  });
  for (const body of [page(1, { starting_after: "WzFd" }), page(2)]) {
    bench.sandbox.faults.add({ kind: "status", status: 200, body });
  }
  expect(namesOf((await poll(bench)).created)).toEqual(["twice"]);
});

describe("companies", () => {
  test.each([60, 100_000])("are read completely, with a cap of %i", async (companyListCap) => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench({ seed: "empty", settings: { companyListCap } });
    const { workspace } = bench.sandbox;
    const [company] = fillCompanies(workspace, 150);
    moveOn(hour);
    await poll(bench, "companies");
    moveOn(minute);
    expect((await poll(bench, "companies")).resultType).toBe("polled_no_changes");
    moveOn(minute);
    if (company) workspace.companies.update(company, { name: "Renamed" });
    moveOn(minute);
    const { created, updated } = await poll(bench, "companies");
    expect([created, namesOf(updated)]).toEqual([[], ["Renamed"]]);
  });
});

describe.each(["tickets", "conversations"])("%s", (resourceType) => {
  /** One record of each kind, and a function that changes the record. */
  async function openWithOne() {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench({
      seed: "empty",
      settings: { indexLagMs: 2 * minute * 1000 },
    });
    const { workspace } = bench.sandbox;
    const contact = make(workspace, "Ada");
    const [type] = workspace.ticketTypes.rows;
    const priority = type?.attributes.find(({ name }) => name === "Priority")?.options?.[0]?.id;
    const headers = {
      authorization: `Bearer ${bench.sandbox.token}`,
      "content-type": "application/json",
    };
    const send = async (method: string, path: string, body: object) => {
      const answer = await fetch(`${bench.sandbox.url}${path}`, {
        method,
        headers,
        body: JSON.stringify(body),
      });
      expect(answer.status).toBe(200);
      return (await answer.json()) as { id: string; conversation_id?: string };
    };
    const create = async () => {
      if (resourceType === "tickets") {
        const ticket_attributes = { _default_title_: "Broken", Priority: priority };
        const contacts = [{ id: contact.id }];
        return (
          await send("POST", "/tickets", { ticket_type_id: type?.id, contacts, ticket_attributes })
        ).id;
      }
      const message = { from: { type: "user", id: contact.id }, body: "Hello" };
      const made = await send("POST", "/conversations", message);
      return made.conversation_id ?? made.id;
    };
    const change = (id: string) =>
      resourceType === "tickets"
        ? send("PUT", `/tickets/${id}`, { ticket_attributes: { _default_title_: "Mended" } })
        : send("POST", `/conversations/${id}/reply`, {
            message_type: "comment",
            type: "user",
            intercom_user_id: contact.id,
            body: "Again",
          });
    return { ...bench, moveOn, create, change };
  }

  test("come once when created and once when changed, also if found late", async () => {
    const bench = await openWithOne();
    const { moveOn, create, change } = bench;
    await poll(bench, resourceType);
    moveOn(minute);
    const id = await create();
    const created: string[] = [];
    const updated: string[] = [];
    for (let step = 0; step < 20; step += 1) {
      moveOn(minute);
      if (step === 8) await change(id);
      const found = await poll(bench, resourceType);
      created.push(...found.created.map((record) => record.id));
      updated.push(...found.updated.map((record) => record.id));
    }
    expect([created, updated]).toEqual([[id], [id]]);
  });

  test("come if they changed in the same second as the mark", async () => {
    const bench = await openWithOne();
    bench.sandbox.settings.indexLagMs = 0;
    await poll(bench, resourceType);
    const id = await bench.create();
    bench.moveOn(minute);
    expect((await poll(bench, resourceType)).created.map((record) => record.id)).toEqual([id]);
  });

  test("cost one request if nothing has changed", async () => {
    const bench = await openWithOne();
    await bench.create();
    bench.moveOn(hour);
    await poll(bench, resourceType);
    bench.moveOn(minute);
    bench.sandbox.requests.length = 0;
    expect((await poll(bench, resourceType)).resultType).toBe("polled_no_changes");
    expect(bench.sent()).toEqual([`POST /${resourceType}/search`]);
  });
});

test.each([
  ["all at once", 0, 40],
  ["one a second", 1, 40],
  ["one a second, and only the oldest changed", 1, 400],
])(
  "where Intercom does not sort, every change still comes: created %s",
  async (_, seconds, step) => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench({ seed: "empty", settings: { searchSort: "ignored" } });
    const made = Array.from({ length: 400 }, (_, index) => {
      moveOn(seconds);
      return make(bench.sandbox.workspace, `old-${index}`);
    });
    moveOn(hour);
    await poll(bench);
    moveOn(minute);
    for (const { id } of made.filter((_, index) => index % step === 0)) {
      change(bench.sandbox.workspace, id, "changed");
    }
    moveOn(minute);
    expect((await poll(bench)).updated).toHaveLength(400 / step);
  },
);

test("an unknown resource type is refused by name", async () => {
  const bench = await openWorkbench();
  await expect(poll(bench, "leads")).rejects.toThrow(
    '"Resource Type" must be one of contacts, companies, tickets, conversations, not "leads".',
  );
});

describe("a change during the read", () => {
  /** A poll through a server in front of the sandbox. */
  async function openWith(hooks: Parameters<typeof standBetween>[1]) {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    const baseUrl = await standBetween(bench.sandbox.url, hooks);
    const connection = { ...bench.connection, fields: { ...bench.connection.fields, baseUrl } };
    const pollBetween = (inputs: object = {}) =>
      bench.poll<Contact>("pollChangesTrigger", {
        connection,
        resourceType: "contacts",
        ...inputs,
      });
    return { ...bench, workspace: bench.sandbox.workspace, moveOn, poll: pollBetween };
  }

  test("comes with the next poll, although the clock moved on during the read", async () => {
    let answered = () => {};
    const { poll, workspace, moveOn } = await openWith({ answered: () => answered() });
    const made = Array.from({ length: 200 }, (_, index) => make(workspace, `old-${index}`));
    moveOn(hour);
    await poll();
    moveOn(minute);
    for (const { id } of made.slice(1)) change(workspace, id, "changed");
    moveOn(minute);
    // An unchanged record is updated while the first of two pages is on its way.
    answered = () => {
      answered = () => {};
      moveOn(minute);
      if (made[0]) change(workspace, made[0].id, "changed meanwhile");
      moveOn(20 * minute);
    };
    expect((await poll()).updated).toHaveLength(199);
    moveOn(minute);
    expect(namesOf((await poll()).updated)).toEqual(["changed meanwhile"]);
  });

  test.each([true, false])(
    "a record that is updated in the same second as two polls, an hour apart, is new: %s",
    async (isNew) => {
      const moveOn = holdClock(noon);
      const bench = await openWorkbench();
      const { workspace } = bench.sandbox;
      const early = make(workspace, "early");
      moveOn(hour);
      await poll(bench);
      moveOn(minute);
      const { id } = isNew ? make(workspace, "late") : early;
      for (let step = 0; step < 2; step += 1) {
        moveOn(hour);
        change(workspace, id, "touched");
        expect((await poll(bench)).resultType).toBe("polled_no_changes");
      }
      moveOn(hour);
      const { created, updated } = await poll(bench);
      expect([namesOf(created), namesOf(updated)]).toEqual(
        isNew ? [["touched"], []] : [[], ["touched"]],
      );
    },
  );

  test("a new record that moves to a page read already is still new in the next poll, an hour later", async () => {
    let answered = () => {};
    const { poll, workspace, moveOn } = await openWith({ answered: () => answered() });
    await poll();
    moveOn(minute);
    const made = Array.from({ length: 201 }, (_, index) => make(workspace, `new-${index}`));
    moveOn(hour);
    answered = () => {
      answered = () => {};
      for (const { id } of made) {
        if (workspace.contacts.get(id).name === "new-0") change(workspace, id, "touched");
      }
    };
    const inputs = { showUpdatedRecords: "false" };
    const delivered = namesOf((await poll(inputs)).created);
    expect(delivered).toHaveLength(200);
    moveOn(hour);
    delivered.push(...namesOf((await poll(inputs)).created));
    expect(delivered).toHaveLength(201);
    expect(delivered).toContain("touched");
  });

  test.each([
    ["the one before it as well", true],
    ["restless before that", false],
  ])("a new record that jumped ahead of the pages is still new: %s", async (_, isJumpingTwice) => {
    let answered = () => {};
    const { poll, workspace, moveOn } = await openWith({ answered: () => answered() });
    const others = Array.from({ length: 200 }, (_, index) => make(workspace, `other-${index}`));
    moveOn(hour);
    await poll();
    moveOn(minute);
    const { id } = make(workspace, "first");
    const jump = () => {
      answered = () => {
        answered = () => {};
        change(workspace, id, "touched");
      };
    };
    const touchOthers = () => {
      for (const other of others) change(workspace, other.id, "other");
    };
    const inputs = { showUpdatedRecords: "false" };
    touchOthers();
    moveOn(hour);
    if (isJumpingTwice) jump();
    else change(workspace, id, "touched");
    expect((await poll(inputs)).created).toEqual([]);
    moveOn(hour / 2);
    touchOthers();
    moveOn(hour / 2);
    jump();
    expect((await poll(inputs)).created).toEqual([]);
    moveOn(hour);
    expect(namesOf((await poll(inputs)).created)).toEqual(["touched"]);
  });

  test("a new record that one poll does not find is still new in a later poll", async () => {
    const { poll, workspace, moveOn } = await openWith({});
    await poll();
    moveOn(minute);
    const { id } = make(workspace, "first");
    moveOn(hour);
    change(workspace, id, "touched");
    await poll();
    workspace.contacts.archive(workspace.contacts.get(id));
    moveOn(hour);
    await poll();
    workspace.contacts.unarchive(id);
    moveOn(minute);
    expect(namesOf((await poll()).created)).toEqual(["touched"]);
  });

  test("that empties a page is not a failure", async () => {
    let answered = () => {};
    const { poll, workspace, moveOn, log } = await openWith({ answered: () => answered() });
    await poll();
    moveOn(minute);
    const made = Array.from({ length: 301 }, (_, index) => {
      if (index % 50 === 0) moveOn(1);
      return make(workspace, `new-${index}`);
    });
    moveOn(minute);
    answered = () => {
      answered = () => {};
      if (made[0]) change(workspace, made[0].id, "touched");
    };
    const delivered = (await poll()).created;
    expect(delivered).toHaveLength(300);
    expect(log.filter((line) => line.startsWith("warn"))).toEqual([]);
    moveOn(minute);
    delivered.push(...(await poll()).created);
    expect(delivered).toHaveLength(301);
  });

  test("moves a ticket to the end, and the poll does not miss it", async () => {
    let answered = () => {};
    const { poll, workspace, moveOn } = await openWith({ answered: () => answered() });
    const { contacts, ticketTypes, tickets } = workspace;
    const contact = { id: contacts.create({ role: "lead", email: "ada@example.org" }).id };
    const noted = { name: "Note", description: "", icon: "N", category: "Customer" } as const;
    const { id: typeId } = ticketTypes.define({ ...noted, attributes: [] });
    const inputs = { resourceType: "tickets" };
    await poll(inputs);
    moveOn(minute);
    const made = Array.from({ length: 301 }, (_, index) => {
      if (index % 50 === 0) moveOn(1);
      return tickets.create({ typeId, contact });
    });
    moveOn(minute);
    answered = () => {
      answered = () => {};
      if (made[0]) tickets.update(made[0], { values: { _default_title_: "Touched" } });
    };
    const ids = (await poll(inputs)).created.map(({ id }) => id);
    expect(ids).toHaveLength(300);
    moveOn(minute);
    expect((await poll(inputs)).created.map(({ id }) => id)).toEqual([made[0]?.id]);
  });

  test("up to a thousand restless records are remembered", async () => {
    const { poll, workspace, moveOn, instanceState } = await openWith({});
    await poll();
    moveOn(minute);
    for (let index = 0; index < 1500; index += 1) make(workspace, `new-${index}`);
    expect((await poll()).created).toEqual([]);
    const { polling } = instanceState.__prismaticInternal as { polling: { restless: string[] } };
    expect(polling.restless).toHaveLength(1000);
    moveOn(minute);
    expect((await poll()).created).toHaveLength(1500);
  });

  test("the next poll reads pages again that ended early for another reason", async () => {
    const { poll, sandbox, workspace, moveOn, log } = await openWith({});
    await poll();
    moveOn(minute);
    for (let index = 0; index < 160; index += 1) make(workspace, `new-${index}`);
    moveOn(minute);
    const pages = { type: "pages", page: 1, per_page: 150, total_pages: 2 };
    const body = { type: "list", data: [], total_count: 160, pages };
    sandbox.faults.add({ kind: "status", status: 200, times: 3, body });
    expect((await poll()).created).toEqual([]);
    expect(log.join("\n")).toContain("160 may be missing");
    moveOn(hour);
    expect((await poll()).created).toHaveLength(160);
  });

  test("10 minutes of the look back remain if an answer's clock was 9 minutes ahead", async () => {
    let headers = () => ({});
    const { poll, sandbox, workspace, moveOn } = await openWith({ headers: () => headers() });
    sandbox.settings.indexLagMs = 7 * minute * 1000;
    await poll();
    moveOn(hour);
    make(workspace, "late");
    moveOn(6.5 * minute);
    headers = () => ({ date: new Date(Date.now() + 9 * minute * 1000).toUTCString() });
    const delivered = (await poll()).created;
    headers = () => ({});
    for (let step = 0; step < 3; step += 1) {
      moveOn(7 * minute);
      delivered.push(...(await poll()).created);
    }
    expect(namesOf(delivered)).toEqual(["late"]);
  });

  test("is not lost if the clock of the answers is a second ahead", async () => {
    const { poll, workspace, moveOn } = await openWith({
      headers: () => ({ date: new Date(Date.now() + 1000).toUTCString() }),
    });
    await poll();
    moveOn(minute);
    const { id } = make(workspace, "first");
    moveOn(0.2);
    const names = namesOf((await poll()).created);
    moveOn(0.2);
    change(workspace, id, "second");
    moveOn(minute);
    const { created, updated } = await poll();
    expect([...names, ...namesOf(created), ...namesOf(updated)]).toEqual(["second"]);
  });

  test.each([
    ["ahead", 24 * hour],
    ["behind", -hour],
  ])("is not lost and comes once where one answer's clock is far %s", async (_, offset) => {
    let offsetMs = 0;
    const { poll, workspace, moveOn } = await openWith({
      headers: () => ({ date: new Date(Date.now() + offsetMs).toUTCString() }),
    });
    await poll();
    const names: (string | null)[] = [];
    for (let step = 0; step < 30; step += 1) {
      moveOn(minute);
      make(workspace, `step-${step}`);
      moveOn(minute);
      offsetMs = step === 10 ? offset * 1000 : 0;
      const { created, updated } = await poll();
      expect(updated).toEqual([]);
      names.push(...namesOf(created));
    }
    expect(names.sort()).toEqual(Array.from({ length: 30 }, (_, step) => `step-${step}`).sort());
  });

  test("the mark stays if companies may be missing, and they come with the next poll", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    const { workspace } = bench.sandbox;
    const [company] = fillCompanies(workspace, 50);
    moveOn(hour);
    await poll(bench, "companies");
    moveOn(minute);
    if (company) workspace.companies.update(company, { name: "Changed" });
    moveOn(hour);
    // A company that moves from page to page in each reading may be on none of the pages.
    const pages = { type: "pages", page: 1, per_page: 60, total_pages: 1, next: null };
    const body = { type: "list", data: [], total_count: 50, pages };
    bench.sandbox.faults.add({ kind: "status", status: 200, times: 3, body });
    expect((await poll(bench, "companies")).resultType).toBe("polled_no_changes");
    expect(bench.log.join("\n")).toContain("50 may be missing");
    moveOn(hour);
    expect(namesOf((await poll(bench, "companies")).updated)).toEqual(["Changed"]);
  });
});

test("if companies may be missing, the state forgets none of the others, however many", async () => {
  const moveOn = holdClock(noon);
  const bench = await openWorkbench();
  await poll(bench, "companies");
  moveOn(minute);
  const at = Math.floor(Date.now() / 1000);
  const all = Array.from({ length: 5200 }, (_, index) => {
    const made = at + 1 + (index % 500);
    return { id: `c${index}`, name: `c${index}`, created_at: made, updated_at: made };
  });
  moveOn(hour);
  const pages = { type: "pages", page: 1, per_page: 60, total_pages: 1, next: null };
  const answer = (data: object[]) => ({ type: "list", data, total_count: 5200, pages });
  const some = answer(all.filter(({ id }) => id !== "c3"));
  bench.sandbox.faults.add({ kind: "status", status: 200, times: 3, body: some });
  expect((await poll(bench, "companies")).created).toHaveLength(5199);
  moveOn(minute);
  bench.sandbox.faults.add({ kind: "status", status: 200, body: answer(all) });
  const { created, updated } = await poll(bench, "companies");
  expect([namesOf(created), updated]).toEqual([["c3"], []]);
});

test("before 2.16, an ascending order of creation does not count as the requested order", async () => {
  const moveOn = holdClock(noon);
  const bench = await openWorkbench();
  await poll(bench);
  moveOn(hour);
  const now = Math.floor(Date.now() / 1000);
  const fresh = { id: "f", name: "fresh", created_at: now - minute, updated_at: now - minute };
  const old = Array.from({ length: 150 }, (_, index) => ({
    ...fresh,
    id: `o${index}`,
    created_at: 1000 + index,
    updated_at: now - 20 * hour,
  }));
  const page = (number: number, data: object[]) => ({
    type: "list",
    data,
    total_count: 151,
    pages: { page: number, total_pages: 2, ...(number < 2 && { next: { starting_after: "W1" } }) },
  });
  const newest = { type: "list", data: [fresh] };
  for (const body of [page(1, old), newest, page(2, [fresh])]) {
    bench.sandbox.faults.add({ kind: "status", status: 200, body });
  }
  expect(namesOf((await poll(bench)).created)).toEqual(["fresh"]);
});

describe("each poll", () => {
  test("reads to the end after one page out of order", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    await poll(bench);
    moveOn(hour);
    const at = Math.floor(Date.now() / 1000) - minute;
    const record = (id: string, updated_at: number) => ({
      id,
      name: id,
      created_at: updated_at,
      updated_at,
    });
    const pages = [
      [record("old", 1), record("a", at)],
      [record("b", at), record("older", 1)],
      [record("c", at)],
    ];
    for (const [index, data] of pages.entries()) {
      const next = index < 2 ? { starting_after: `W${index}` } : undefined;
      const body = { type: "list", data, pages: { page: index + 1, total_pages: 3, next } };
      bench.sandbox.faults.add({ kind: "status", status: 200, body });
    }
    expect(namesOf((await poll(bench)).created)).toEqual(["a", "b", "c"]);
  });

  test.each([4 * minute, -4 * minute])("goes by Intercom's clock, %i s off ours", async (off) => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench({ seed: "empty", now: () => Date.now() + off * 1000 });
    make(bench.sandbox.workspace, "before");
    moveOn(minute);
    await poll(bench);
    moveOn(minute);
    make(bench.sandbox.workspace, "fresh");
    moveOn(minute);
    expect(namesOf((await poll(bench)).created)).toEqual(["fresh"]);
  });

  test("is retried after one failure", async () => {
    runClockFast();
    const bench = await openWorkbench();
    await poll(bench);
    bench.sandbox.faults.add({ kind: "status", status: 503 });
    expect((await poll(bench)).resultType).toBe("polled_no_changes");
  });

  test.each([
    ["contacts", "Read and list users and companies"],
    ["tickets", "Read tickets"],
    ["conversations", "Read conversations"],
  ])("names the permission to search %s when it lacks it", async (resourceType, permission) => {
    const bench = await openWorkbench();
    await poll(bench, resourceType);
    bench.sandbox.faults.add({ kind: "status", status: 403 });
    await expect(poll(bench, resourceType)).rejects.toThrow(permission);
  });

  test("remembers the latest changes: with more than that in 15 minutes, none comes twice", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    await poll(bench);
    for (let second = 0; second < 52; second += 1) {
      moveOn(1);
      for (let n = 0; n < 100; n += 1) make(bench.sandbox.workspace, `${second}-${n}`);
    }
    moveOn(minute);
    expect((await poll(bench)).created).toHaveLength(5200);
    const { polling } = bench.instanceState.__prismaticInternal as {
      polling: { delivered: Record<string, number> };
    };
    expect(Object.keys(polling.delivered).length).toBeGreaterThan(4800);
    moveOn(minute);
    expect((await poll(bench)).resultType).toBe("polled_no_changes");
  });

  test("may leave updates out, and keeps the state that the earlier component reads", async () => {
    const moveOn = holdClock(noon);
    const bench = await openWorkbench();
    const { id } = make(bench.sandbox.workspace, "old");
    moveOn(hour);
    const inputs = { resourceType: "contacts", showUpdatedRecords: "false" };
    await bench.poll("pollChangesTrigger", inputs);
    expect(JSON.stringify(bench.instanceState)).toContain(
      '"lastPolledAt":"2026-03-10T13:00:00.000Z"',
    );
    moveOn(minute);
    change(bench.sandbox.workspace, id, "changed");
    moveOn(minute);
    expect((await bench.poll("pollChangesTrigger", inputs)).resultType).toBe("polled_no_changes");
  });
});
