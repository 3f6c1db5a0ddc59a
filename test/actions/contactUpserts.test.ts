import { describe, expect, test } from "vitest";
import type { Fault } from "../../sandbox/index";
import { mergeContacts } from "../../sandbox/store/contactMerges";
import { standBetween } from "../stage/between";
import { type Inputs, openWorkbench, runClockFast, type Workbench } from "../stage/workbench";

interface Upserted {
  outcome: string;
  contact: { id: string; name: string | null; role: string; email: string };
}

const email = "ada@example.org";
const unknownCompanyId = "0123456789abcdef01234567";

async function open(apiVersion = "2.11") {
  const bench = await openWorkbench({ seed: "empty" }, { apiVersion });
  const { contacts, companies } = bench.sandbox.workspace;
  return {
    ...bench,
    contacts,
    companies,
    upsert: (inputs: Inputs) => bench.run<Upserted>("upsertContact", inputs),
    refused: (inputs: Inputs) => bench.refusal("upsertContact", inputs),
    /** The contacts with the e-mail, whatever their state. */
    rows: () => [...contacts.rows.values()].filter((row) => row.email === email),
  };
}

/** Runs `change` once, after the answer to the first request on a path, and before it arrives. */
async function meddle({ connection, sandbox }: Workbench, path: RegExp, change: () => void) {
  let isDone = false;
  const baseUrl = await standBetween(sandbox.url, {
    answered: (asked) => {
      if (isDone || !path.test(asked)) return;
      isDone = true;
      change();
    },
  });
  return { connection: { ...connection, fields: { ...connection.fields, baseUrl } } };
}

describe("upserting a user", () => {
  test("creates a new one with one request", async () => {
    const { rows, sandbox, sent, upsert } = await open();
    expect(await upsert({ email, name: "Ada" })).toMatchObject({
      outcome: "created",
      contact: { email, name: "Ada", role: "user" },
    });
    expect(sent()).toEqual(["POST /contacts"]);
    expect(sandbox.requests[0]?.body).toEqual({ email, name: "Ada", role: "user" });
    expect(rows()).toHaveLength(1);
  });

  test.each([{ email: "Ada@Example.org" }, { external_id: "crm-25" }])(
    "updates the one with %j with two requests, the same fields in both, also one made a moment ago",
    async (identity) => {
      const { contacts, sandbox, sent, upsert } = await open();
      sandbox.settings.indexLagMs = 60_000;
      const { id } = contacts.create({ role: "user", email, externalId: "crm-25", phone: "1" });
      const { outcome, contact } = await upsert({ ...identity, name: "Ada" });
      expect([outcome, contact.id, contact.name]).toEqual(["updated", id, "Ada"]);
      expect(sent()).toEqual(["POST /contacts", `PUT /contacts/${id}`]);
      expect(sandbox.requests[1]?.body).toEqual(sandbox.requests[0]?.body);
      expect(contacts.get(id)).toMatchObject({ phone: "1", externalId: "crm-25" });
    },
  );

  test.each([{}, { email: " ", external_id: "" }, { additionalFields: '{"email": null}' }])(
    "without an email and an external ID (%j) is refused before anything is sent",
    async (inputs) => {
      const { refused, sent } = await open();
      expect((await refused({ name: "Ada", ...inputs })).message).toBe(
        '"Email" and "External ID" are both empty: fill in one of them, because a user needs one.',
      );
      expect(sent()).toEqual([]);
    },
  );

  test("takes an email from Additional Fields", async () => {
    const { rows, upsert } = await open();
    await upsert({ additionalFields: { email } });
    expect(rows()).toHaveLength(1);
  });

  test("leaves one that is there as it is, where that is chosen", async () => {
    const { contacts, sent, upsert } = await open();
    const { id } = contacts.create({ role: "user", email, name: "Before" });
    const { outcome, contact } = await upsert({ email, name: "After", ifFound: "keep" });
    expect([outcome, contact.id, contact.name]).toEqual(["kept", id, "Before"]);
    expect(sent()).toEqual(["POST /contacts", `GET /contacts/${id}`]);
    const other = { email: "bob@example.org", name: "Bob", ifFound: "keep" };
    expect(await upsert(other)).toMatchObject({ outcome: "created", contact: { name: "Bob" } });
  });

  test("gives a refusal that names no contact as it is", async () => {
    const { refused, sandbox, sent } = await open();
    sandbox.faults.add({ kind: "status", status: 409, code: "conflict", message: "Busy" });
    expect((await refused({ email })).message).toMatch(
      /^Intercom refused to create the contact: Busy \(409 conflict, request \w+\)\.$/,
    );
    expect(sent()).toHaveLength(1);
  });
});

describe("upserting an archived user", () => {
  async function openArchived() {
    const bench = await open();
    const row = bench.contacts.create({ role: "user", email, name: "Before" });
    bench.contacts.archive(row);
    return { ...bench, row };
  }

  test.each([
    ["update", "After"],
    ["keep", "Before"],
  ])("brings it back (%s)", async (ifFound, name) => {
    const { row, rows, sent, upsert } = await openArchived();
    const { outcome, contact } = await upsert({ email, name: "After", ifFound });
    expect([outcome, contact.id, contact.name]).toEqual(["unarchived", row.id, name]);
    expect(rows()).toMatchObject([{ state: "active", name }]);
    expect(sent().slice(0, 2)).toEqual(["POST /contacts", `POST /contacts/${row.id}/unarchive`]);
    expect(sent()).toHaveLength(3);
  });

  test("is an error that names it, where Unarchive is not ticked", async () => {
    const { refused, row, sent } = await openArchived();
    const error = await refused({ email, unarchive: "false" });
    expect(error).toMatchObject({ name: "ConflictError", status: 409 });
    expect(error.message).toContain(`id=${row.id}`);
    expect(error.message).toContain('Or tick "Unarchive".');
    expect(row.state).toBe("archived");
    expect(sent()).toHaveLength(1);
  });

  test("is an error that names it, where it was deleted", async () => {
    const { contacts, refused, row } = await openArchived();
    contacts.delete(row.id);
    const error = await refused({ email });
    expect(error).toMatchObject({ name: "BadRequestError", code: "not_restorable" });
    expect(error.message).toContain(`The contact ${row.id} has this email or external ID.`);
  });

  test("is an error that names it, where Intercom does not know it twice", async () => {
    const { refused, row, sandbox, sent } = await openArchived();
    const path = `/contacts/${row.id}/unarchive`;
    sandbox.faults.add({ path, kind: "status", status: 404, times: 9 });
    expect((await refused({ email })).message).toContain(row.id);
    expect(sent().filter((each) => each === `POST ${path}`)).toHaveLength(2);
  });

  test("says that it is back, where the update is refused then", async () => {
    const { contacts, refused, row } = await openArchived();
    const { id } = contacts.create({ role: "user", externalId: "crm-26" });
    contacts.archive(contacts.get(id));
    const error = await refused({ email, external_id: "crm-26" });
    for (const each of [row.id, id]) expect(error.message).toContain(each);
    expect(error.message).toContain("We had unarchived the contact");
  });
});

describe("an email and an external ID of two contacts", () => {
  async function openTwo() {
    const bench = await open();
    const [first, second] = [
      bench.contacts.create({ role: "user", email, name: "Before" }),
      bench.contacts.create({ role: "user", externalId: "crm-26", name: "Before" }),
    ];
    return { ...bench, first, second };
  }

  test.each(["update", "keep"])("are an error that names both (%s)", async (ifFound) => {
    const { first, refused, second } = await openTwo();
    const error = await refused({ email, external_id: "crm-26", name: "After", ifFound });
    expect(error.name).toBe("ConflictError");
    expect(error.message).toMatch(/^The email and the external ID belong to two contacts, /);
    for (const { id, name } of [first, second]) {
      expect(error.message).toContain(id);
      expect(name).toBe("Before");
    }
  });

  test.each(["first", "second"] as const)(
    "are found out where Intercom names the %s one, which is left as it is",
    async (named) => {
      const { refused, sandbox, ...two } = await openTwo();
      const message = `A contact matching those details already exists with id=${two[named].id}`;
      sandbox.faults.add({ kind: "status", status: 409, code: "conflict", message });
      const error = await refused({ email, external_id: "crm-26", ifFound: "keep" });
      for (const { id } of [two.first, two.second]) expect(error.message).toContain(id);
    },
  );

  test("are no error where nobody has the other of the two", async () => {
    const { first, second, upsert } = await openTwo();
    const kept = { ifFound: "keep", email, external_id: "crm-99" };
    expect(await upsert(kept)).toMatchObject({ outcome: "kept", contact: { id: first.id } });
    const updated = { email: "new@example.org", external_id: "crm-26" };
    expect(await upsert(updated)).toMatchObject({
      outcome: "updated",
      contact: { id: second.id, email: "new@example.org" },
    });
  });
});

describe("a contact that changes during the upsert", () => {
  const merged = (into: string): Fault => ({
    method: "PUT",
    kind: "status",
    status: 410,
    code: "contact_merged",
    headers: { Link: `</contacts/${into}>; rel="canonical"` },
  });

  test("is followed once, where it was merged", async () => {
    const { contacts, refused, sandbox, sent, upsert } = await open("2.16");
    const { id } = contacts.create({ role: "user", email });
    const into = contacts.create({ role: "user", externalId: "crm-26" });
    sandbox.faults.add(merged(into.id));
    expect(await upsert({ external_id: "crm-26", name: "Ada" })).toMatchObject({
      outcome: "updated",
      contact: { id: into.id, name: "Ada" },
    });
    sandbox.faults.add({ ...merged(into.id), times: 2 });
    const count = sent().length;
    const error = await refused({ email });
    expect(error).toMatchObject({ name: "NotFoundError", status: 410, mergedInto: into.id });
    expect(sent().slice(count)).toEqual([
      "POST /contacts",
      `PUT /contacts/${id}`,
      `PUT /contacts/${into.id}`,
    ]);
  });

  test.each(["2.11", "2.16"])(
    "is followed, where a lead was merged into a user, who stays a user with an ID of its own (%s)",
    async (version) => {
      const bench = await open(version);
      const { contacts, rows, sandbox, upsert } = bench;
      const lead = contacts.create({ role: "lead", email });
      const user = contacts.create({ role: "user", email, externalId: "crm-25" });
      const merge = { from: lead.id, into: user.id, checksDuplicate: true };
      const changed = await meddle(bench, /\/contacts\/search/, () => {
        mergeContacts(sandbox.workspace, merge);
      });
      const inputs = { email, role: "lead", external_id: "no", name: "Ada" };
      const { outcome, contact } = await upsert({ ...changed, ...inputs });
      expect(outcome).toBe("updated");
      expect(contact).toMatchObject({ id: user.id, name: "Ada", role: "user" });
      expect(user).toMatchObject({ externalId: "crm-25", role: "user" });
      expect(rows()).toHaveLength(2);
    },
  );

  test("is sought again, where it was archived", async () => {
    const bench = await open();
    const row = bench.contacts.create({ role: "user", email });
    const changed = await meddle(bench, /^\/contacts$/, () => bench.contacts.archive(row));
    expect(await bench.upsert({ ...changed, email })).toMatchObject({
      outcome: "unarchived",
      contact: { id: row.id },
    });
    expect(bench.rows()).toMatchObject([{ state: "active" }]);
  });

  test("is made anew, where it is gone altogether", async () => {
    const bench = await open();
    bench.sandbox.settings.identityReservedMs = 0;
    const row = bench.contacts.create({ role: "user", email });
    const changed = await meddle(bench, /^\/contacts$/, () => bench.contacts.delete(row.id));
    const { outcome, contact } = await bench.upsert({ ...changed, email });
    expect(outcome).toBe("created");
    expect(contact.id).not.toBe(row.id);
  });

  test("is an error after the second time", async () => {
    const { contacts, refused, sandbox, sent } = await open();
    const { id } = contacts.create({ role: "user", email });
    sandbox.faults.add({ method: "PUT", kind: "status", status: 404, times: 2 });
    expect((await refused({ email })).message).toContain(`That is the contact ${id}.`);
    expect(sent().filter((each) => each === "POST /contacts")).toHaveLength(2);
  });
});

describe("upserting a lead", () => {
  const lead = { email, role: "lead", name: "Ada" };

  test("creates one where no lead has the email, and leaves a user alone who has it", async () => {
    const { contacts, rows, sent, upsert } = await open();
    contacts.create({ role: "user", email, name: "User" });
    expect(await upsert(lead)).toMatchObject({ outcome: "created", contact: { role: "lead" } });
    expect(sent()).toEqual(["POST /contacts/search", "POST /contacts"]);
    expect(rows().map(({ name }) => name)).toEqual(["User", "Ada"]);
  });

  test.each([
    ["update", "updated", "Ada"],
    ["keep", "kept", null],
  ])("takes the newest of those with the email (%s)", async (ifFound, outcome, name) => {
    const { contacts, rows, upsert } = await open();
    const [newest] = [30, 10, 20].map((days) =>
      contacts.create({ role: "lead", email, createdAt: 1_700_000_000 + days * 86_400 }),
    );
    expect(await upsert({ ...lead, ifFound })).toMatchObject({
      outcome,
      contact: { id: newest?.id, name },
    });
    expect(rows().map((row) => row.name)).toEqual([name, null, null]);
  });

  test("finds a lead by the external ID that Intercom gave it, and makes none for another", async () => {
    const { contacts, refused, rows, upsert } = await open();
    const { externalId } = contacts.create({ role: "lead", email });
    const inputs = { role: "lead", name: "Ada" };
    expect(await upsert({ ...inputs, external_id: externalId })).toMatchObject({
      outcome: "updated",
    });
    const error = await refused({ ...inputs, external_id: "crm-25" });
    expect(error.message).toMatch(/^No lead has this external ID, .*: give the lead's email\.$/);
    expect(rows()).toMatchObject([{ name: "Ada" }]);
    expect(contacts.listed.size).toBe(1);
  });

  test("creates one without an email", async () => {
    const { sent, upsert } = await open();
    expect(await upsert({ role: "lead", name: "Ada" })).toMatchObject({ outcome: "created" });
    expect(sent()).toEqual(["POST /contacts"]);
  });

  test.each(["closed", "empty"] as const)(
    "does not create a second one after a lost answer (%s), and says that one may exist",
    async (kind) => {
      const { refused, rows, sandbox } = await open();
      sandbox.faults.add({ kind, path: "/contacts", workDone: true });
      const error = await refused(lead);
      expect(error).toMatchObject({ name: "NoAnswerError", mayBeDone: true });
      expect(error.message).toContain("Intercom may have done it nevertheless");
      expect(rows()).toHaveLength(1);
    },
  );

  test("creates one where the lead is deleted meanwhile", async () => {
    const bench = await open();
    const { id } = bench.contacts.create({ role: "lead", email });
    const changed = await meddle(bench, /\/search/, () => bench.contacts.delete(id));
    const { outcome, contact } = await bench.upsert({ ...changed, ...lead });
    expect(outcome).toBe("created");
    expect(contact.id).not.toBe(id);
  });

  test("says so where the search gives a lead that no longer exists", async () => {
    const { contacts, refused, rows, sandbox } = await open();
    const { id } = contacts.create({ role: "lead", email });
    sandbox.faults.add({ method: "PUT", kind: "status", status: 404, times: 2 });
    expect((await refused(lead)).message).toContain(`That is the contact ${id}.`);
    expect(rows()).toHaveLength(1);
  });
});

describe("a company for the upserted contact", () => {
  test.each(["update", "keep"])("is attached afterwards, by either ID (%s)", async (ifFound) => {
    const { companies, contacts, upsert } = await open();
    const company = companies.upsert({ companyId: "smithy" });
    for (const companyId of [company.id, "smithy"]) {
      const { contact } = await upsert({ email, companyId, ifFound });
      expect(contacts.get(contact.id).companyIds).toEqual([company.id]);
    }
  });

  test("that does not exist is an error that says that the contact was written", async () => {
    const { refused, rows } = await open();
    const error = await refused({ email, companyId: unknownCompanyId });
    expect(error).toMatchObject({ name: "NotFoundError", code: "company_not_found" });
    expect(error.message).toContain(`The contact ${rows()[0]?.id} was created before that.`);
  });
});

describe("a lost answer", () => {
  /** What is there before the upsert, and how many requests it takes. */
  const cases: [string, number, Inputs, (bench: Awaited<ReturnType<typeof open>>) => void][] = [
    ["created", 1, {}, () => undefined],
    ["updated", 2, {}, ({ contacts }) => contacts.create({ role: "user", email, createdAt: 7 })],
    ["kept", 2, { ifFound: "keep" }, ({ contacts }) => make(contacts)],
    ["unarchived", 3, {}, ({ contacts }) => contacts.archive(make(contacts))],
    ["updated", 2, { role: "lead" }, ({ contacts }) => contacts.create({ role: "lead", email })],
    [
      "created",
      4,
      { companyId: "smithy" },
      ({ companies }) => companies.upsert({ companyId: "smithy" }),
    ],
  ];
  const make = (contacts: Workbench["sandbox"]["workspace"]["contacts"]) =>
    contacts.create({ role: "user", email, createdAt: 7 });
  const places = cases.flatMap(([outcome, count, inputs, prepare]) =>
    Array.from({ length: count }, (_, skip) => ({ outcome, skip, inputs, prepare })),
  );

  test.each(places)(
    "to request $skip of an upsert with $inputs loses and doubles nothing: $outcome",
    async ({ outcome, skip, inputs, prepare }) => {
      runClockFast();
      for (const fault of [
        { kind: "closed", workDone: true },
        { kind: "status", status: 503 },
        { kind: "cut" },
      ] satisfies Fault[]) {
        const bench = await open();
        prepare(bench);
        bench.sandbox.faults.add({ ...fault, skip });
        const done = await bench.upsert({ email, name: "Ada", ...inputs });
        expect(done.outcome).toBe(outcome);
        expect(bench.rows()).toMatchObject([
          { state: "active", name: inputs.ifFound === "keep" ? null : "Ada" },
        ]);
        expect(bench.rows()[0]?.companyIds).toHaveLength(inputs.companyId ? 1 : 0);
        expect(bench.sandbox.requests.some(({ fault }) => fault)).toBe(true);
      }
    },
  );
});

test("two upserts of one identity at once, thirty times over, make one contact each time", async () => {
  const { contacts, sandbox, upsert } = await open();
  sandbox.settings.indexLagMs = 60_000;
  for (let round = 0; round < 30; round += 1) {
    const inputs = { email: `ada-${round}@example.org`, external_id: `crm-${round}` };
    const both = await Promise.all(["a", "b"].map((name) => upsert({ ...inputs, name })));
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(["created", "updated"]);
    expect(new Set(both.map(({ contact }) => contact.id)).size).toBe(1);
    expect(contacts.listed.size).toBe(round + 1);
  }
});

test("two upserts of one archived contact at once bring it back once", async () => {
  const { contacts, rows, upsert } = await open();
  contacts.archive(contacts.create({ role: "user", email }));
  await Promise.all(["a", "b"].map((name) => upsert({ email, name })));
  expect(rows()).toMatchObject([{ state: "active" }]);
});
