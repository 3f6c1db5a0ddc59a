import { describe, expect, onTestFinished, test } from "vitest";
import { fillContacts } from "../stage/crowd";
import { openWorkbench } from "../stage/workbench";

interface Contact {
  id: string;
  role: string;
  email: string;
  name: string | null;
  unsubscribed_from_emails: boolean;
  custom_attributes: Record<string, unknown>;
  tags: { total_count: number };
  companies: { total_count: number };
}

interface List {
  data: Contact[];
  total_count: number;
  pages: { page: number; total_pages: number; next?: { starting_after: string } | null };
}

const ada = { email: "ada@example.org", role: "user" };
const unknownId = "0123456789abcdef01234567";
const idsOf = ({ data }: List) => data.map(({ id }) => id);

/** Changes this process's time zone for one test. */
function liveIn(zone: string) {
  const before = process.env.TZ;
  onTestFinished(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });
  process.env.TZ = zone;
  expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
}

describe("an email that is verified or not", () => {
  test.each([
    ["true", true],
    ["false", false],
  ])("goes out as %s, with 2.16 and an owner in its form", async (emailVerified, sent) => {
    const { log, run, sandbox } = await openWorkbench();
    const { id } = await run<Contact>("createContact", {
      ...ada,
      emailVerified,
      ownerId: "5017602",
    });
    await run("updateContact", { ...ada, id, emailVerified, ownerId: "5017602" });
    const body = { email: "ada@example.org", email_verified: sent, owner_id: "5017602" };
    expect(sandbox.requests).toMatchObject([
      { apiVersion: "2.16", body },
      { apiVersion: "2.16", body },
    ]);
    expect(log).toContain(
      "info We send this request with API version 2.16, because 2.11 can't create the contact with email_verified.",
    );
  });

  test("is left out where nothing is chosen", async () => {
    const { run, sandbox } = await openWorkbench();
    await run("createContact", { ...ada, emailVerified: "" });
    expect(sandbox.requests).toMatchObject([{ apiVersion: "2.11" }]);
    expect(sandbox.requests[0]?.body).toEqual(ada);
  });
});

describe("creating a contact", () => {
  test("the required inputs are enough to create a contact", async () => {
    const { run, sandbox } = await openWorkbench();
    const contact = await run<Contact>("createContact", ada);
    expect(contact).toMatchObject({ type: "contact", ...ada, name: null });
    expect(sandbox.requests.at(-1)?.body).toEqual(ada);
  });

  test("every field that is filled in arrives", async () => {
    const { run, sandbox } = await openWorkbench({ seed: "workspace" });
    const owner = sandbox.workspace.admins.rows[0];
    const { id } = await run<Contact>("createContact", {
      ...ada,
      name: "Ada",
      phone: "+3531234567",
      external_id: "25",
      avatar: "https://example.org/ada.png",
      signed_up_at: "2019-10-14T16:15:51Z",
      last_seen_at: "1571069751",
      unsubscribed_from_emails: "true",
      ownerId: owner?.id,
    });
    expect(sandbox.workspace.contacts.rows.get(id)).toMatchObject({
      ...ada,
      name: "Ada",
      phone: "+3531234567",
      externalId: "25",
      avatar: "https://example.org/ada.png",
      signedUpAt: 1571069751,
      lastSeenAt: 1571069751,
      unsubscribedFromEmails: true,
      ownerId: owner?.id,
    });
  });

  test.each([
    ["with no zone", "2019-10-14T16:15:51"],
    ["with a space for the T", "2019-10-14 16:15:51"],
    ["in lower case", "2019-10-14t16:15:51z"],
    ["with a zone", "2019-10-14T21:45:51+05:30"],
    ["with parts of a second", "2019-10-14T16:15:51,999Z"],
    ["as a value", new Date(1571069751999)],
    ["as seconds", 1571069751],
  ])("a time %s is the same second, wherever this runs", async (_name, signed_up_at) => {
    const { run, sandbox } = await openWorkbench();
    for (const [index, zone] of ["America/New_York", "Asia/Karachi"].entries()) {
      liveIn(zone);
      const email = `person-${index}@example.org`;
      await run("createContact", { email, role: "user", signed_up_at });
      expect(sandbox.requests.at(-1)?.body).toMatchObject({ signed_up_at: 1571069751 });
    }
  });

  test("a day begins at its midnight in UTC, wherever this runs", async () => {
    const { run, sandbox } = await openWorkbench();
    liveIn("America/New_York");
    await run("createContact", { ...ada, signed_up_at: "1970-01-01", last_seen_at: "2019-10-14" });
    expect(sandbox.requests.at(-1)?.body).toMatchObject({
      signed_up_at: 0,
      last_seen_at: 1571011200,
    });
  });

  test("blanks around an e-mail and a box are removed", async () => {
    const { run, sandbox } = await openWorkbench();
    const email = ` ${ada.email}\n`;
    await run("createContact", { ...ada, email, unsubscribed_from_emails: " true\n" });
    expect(sandbox.requests.at(-1)?.body).toEqual({ ...ada, unsubscribed_from_emails: true });
  });

  test("the request has custom attributes and then additional fields", async () => {
    const { run, sandbox } = await openWorkbench();
    sandbox.workspace.dataAttributes.define({
      model: "contact",
      name: "seats",
      dataType: "integer",
    });
    const { id } = await run<Contact>("createContact", {
      ...ada,
      name: "Ada",
      customAttributes: '{"seats": 12}',
      additionalFields: { name: "Augusta" },
    });
    expect(sandbox.workspace.contacts.rows.get(id)).toMatchObject({
      name: "Augusta",
      customAttributes: { seats: 12 },
    });
  });

  test("a contact that exists is named in the error", async () => {
    const { refusal, run } = await openWorkbench();
    const { id } = await run<Contact>("createContact", ada);
    const error = await refusal("createContact", ada);
    expect(error).toMatchObject({ name: "ConflictError", status: 409, code: "conflict" });
    expect(error.message).toContain(`id=${id}`);
    expect(error.message).not.toContain("archived");
  });

  test("a conflict with an archived contact says that it is archived, and what to do", async () => {
    const { refusal, run } = await openWorkbench();
    const { id } = await run<Contact>("createContact", ada);
    await run("archiveContact", { id });
    const { message } = await refusal("createContact", ada);
    expect(message).toContain(`id=${id}`);
    expect(message).toContain(
      " That contact is archived: unarchive it by this ID, then update it.",
    );
  });

  test("an owner is sent as a number up to 2.15 and as text from 2.16 on", async () => {
    for (const [apiVersion, ownerId] of [
      ["2.15", 991267465],
      ["2.16", "991267465"],
    ]) {
      const { refusal, sandbox } = await openWorkbench({ seed: "empty" }, { apiVersion });
      await refusal("createContact", { ...ada, ownerId: "991267465" });
      expect(sandbox.requests.at(-1)?.body).toEqual({ ...ada, owner_id: ownerId });
    }
  });

  test.each([
    [{ role: "user" }, '"Email" is empty: fill it in.'],
    [{ email: "ada@example.org" }, '"Role" is empty: fill it in.'],
    [
      { ...ada, role: "x".repeat(78) },
      `"Role" must be one of user, lead, not "${"x".repeat(78)}".`,
    ],
    [
      { ...ada, role: "x".repeat(79) },
      `"Role" must be one of user, lead, not "${"x".repeat(78)}….`,
    ],
    [{ ...ada, role: "owner" }, '"Role" must be one of user, lead, not "owner".'],
    [
      { ...ada, signed_up_at: "yesterday" },
      '"Signed Up At" must be Unix seconds or an ISO 8601 date, not "yesterday".',
    ],
    [
      { ...ada, last_seen_at: "1571069751000" },
      '"Last Seen At" must be Unix seconds or an ISO 8601 date, not "1571069751000".',
    ],
    [
      { ...ada, last_seen_at: "2026-02-30" },
      '"Last Seen At" must be Unix seconds or an ISO 8601 date, not "2026-02-30".',
    ],
    [
      { ...ada, last_seen_at: "1969-12-31" },
      '"Last Seen At" must be Unix seconds or an ISO 8601 date, not "1969-12-31".',
    ],
    [
      { ...ada, last_seen_at: new Date(-1) },
      '"Last Seen At" must be Unix seconds or an ISO 8601 date, not "1969-12-31T23:59:59.999Z".',
    ],
    [{ ...ada, ownerId: "Nora" }, '"Owner ID" must be a whole number, not "Nora".'],
    [{ ...ada, ownerId: "12.5" }, '"Owner ID" must be a whole number, not "12.5".'],
    [
      { ...ada, unsubscribed_from_emails: "yes" },
      '"Unsubscribed From Emails" must be true or false, not "yes".',
    ],
    [
      { ...ada, customAttributes: "{seats: 12}" },
      '"Custom Attributes" must be valid JSON, not "{seats: 12}".',
    ],
    [
      { ...ada, external_id: "x".repeat(1001) },
      `"External ID" must be at most 1000 characters, not "${"x".repeat(78)}….`,
    ],
    [
      { ...ada, customAttributes: `${'{"a":'.repeat(21)}1${"}".repeat(21)}` },
      `"Custom Attributes" must be nested at most 20 deep, not "${'{\\"a\\":'.repeat(13).slice(0, 78)}….`,
    ],
    [{ ...ada, additionalFields: "[1]" }, '"Additional Fields" must be a JSON object, not "[1]".'],
  ])("%j is refused by name, and nothing is sent", async (inputs, sentence) => {
    const { refusal, sandbox } = await openWorkbench();
    expect((await refusal("createContact", inputs)).message).toBe(sentence);
    expect(sandbox.requests).toEqual([]);
  });
});

test("an object that JSON can't hold is refused by name", async () => {
  const { refusal, sandbox } = await openWorkbench();
  const self: Record<string, unknown> = {};
  self.self = self;
  for (const [additionalFields, sentence] of [
    [{ at: 1n }, '"Additional Fields" must be a value that JSON can hold, not an object.'],
    [self, '"Additional Fields" must be nested at most 20 deep, not an object.'],
    [() => ada, '"Additional Fields" must be a value that JSON can hold, not a function.'],
  ] as const) {
    expect((await refusal("createContact", { ...ada, additionalFields })).message).toBe(sentence);
  }
  expect(sandbox.requests).toEqual([]);
});

describe("updating a contact", () => {
  test("an empty input leaves the field unchanged", async () => {
    const { run, sandbox } = await openWorkbench();
    const { id } = await run<Contact>("createContact", {
      ...ada,
      name: "Ada",
      phone: "+3531234567",
      signed_up_at: "1571069751",
    });
    await run("updateContact", { id, ...ada, name: "", phone: undefined, signed_up_at: null });
    expect(sandbox.requests.at(-1)?.body).toEqual(ada);
    expect(sandbox.workspace.contacts.rows.get(id)).toMatchObject({
      name: "Ada",
      phone: "+3531234567",
      signedUpAt: 1571069751,
    });
  });

  test("an untouched box does not subscribe a contact again", async () => {
    const { run, sandbox } = await openWorkbench();
    const { id } = await run<Contact>("createContact", {
      ...ada,
      unsubscribed_from_emails: "true",
    });
    await run("updateContact", { id, ...ada, unsubscribed_from_emails: "false" });
    expect(sandbox.workspace.contacts.rows.get(id)?.unsubscribedFromEmails).toBe(true);
  });

  test("additional fields subscribe again, and clear a field with null", async () => {
    const { run, sandbox } = await openWorkbench();
    const { id } = await run<Contact>("createContact", {
      ...ada,
      phone: "+3531234567",
      unsubscribed_from_emails: "true",
    });
    await run("updateContact", {
      id,
      ...ada,
      additionalFields: '{"phone": null, "unsubscribed_from_emails": false}',
    });
    expect(sandbox.workspace.contacts.rows.get(id)).toMatchObject({
      phone: null,
      unsubscribedFromEmails: false,
    });
  });

  test.each(["2.11", "2.16"])("null removes the owner in version %s", async (apiVersion) => {
    const { run, sandbox } = await openWorkbench({ seed: "workspace" }, { apiVersion });
    const ownerId = sandbox.workspace.admins.rows[0]?.id;
    const { id } = await run<Contact>("createContact", { ...ada, ownerId });
    expect(sandbox.workspace.contacts.rows.get(id)?.ownerId).toBe(ownerId);
    await run("updateContact", { id, ...ada, additionalFields: { owner_id: null } });
    expect(sandbox.workspace.contacts.rows.get(id)?.ownerId).toBeNull();
  });

  test("an unknown contact is not created", async () => {
    const { refusal, run } = await openWorkbench();
    const error = await refusal("updateContact", { id: unknownId, ...ada });
    expect(error).toMatchObject({ name: "NotFoundError", status: 404 });
    expect(error.message).toMatch(
      /^Intercom refused to update the contact: .+ \(404 not_found, request /,
    );
    expect((await run<List>("listContacts")).data).toEqual([]);
  });
});

describe("the life of a contact", () => {
  test("a contact is got by Intercom's id", async () => {
    const { run } = await openWorkbench();
    const { id } = await run<Contact>("createContact", ada);
    expect(await run("getContact", { id: ` ${id}\n` })).toMatchObject({ id, ...ada });
  });

  test("an archived contact is not listed, and an unarchived one is again", async () => {
    const { run } = await openWorkbench();
    const { id } = await run<Contact>("createContact", ada);
    expect(await run("archiveContact", { id })).toMatchObject({
      id,
      object: "contact",
      archived: true,
    });
    expect((await run<List>("listContacts")).data).toEqual([]);
    expect(await run("unarchiveContact", { id })).toMatchObject({
      id,
      object: "contact",
      archived: false,
    });
    expect(idsOf(await run<List>("listContacts"))).toEqual([id]);
  });

  test("a deleted contact is gone", async () => {
    const { refusal, run } = await openWorkbench();
    const { id } = await run<Contact>("createContact", ada);
    expect(await run("deleteContact", { id })).toMatchObject({
      data: { id, object: "contact", deleted: true },
    });
    expect(await refusal("getContact", { id })).toMatchObject({ status: 404 });
  });

  test("a tag is attached and detached", async () => {
    const { run } = await openWorkbench();
    const { id } = await run<Contact>("createContact", ada);
    const tag = await run<{ id: string }>("createTag", { name: "VIP" });
    expect(await run("attachTag", { id, tagId: tag.id })).toMatchObject({
      id: tag.id,
      name: "VIP",
    });
    expect((await run<Contact>("getContact", { id })).tags.total_count).toBe(1);
    expect(await run("detachTag", { id, tagId: tag.id })).toMatchObject({
      id: tag.id,
      name: "VIP",
    });
    expect((await run<Contact>("getContact", { id })).tags.total_count).toBe(0);
  });

  test.each(["id", "company_id"] as const)(
    "a company is attached and detached by its %s",
    async (name) => {
      const { run, sandbox } = await openWorkbench();
      const { id } = await run<Contact>("createContact", ada);
      const company = sandbox.workspace.companies.upsert({ companyId: "works-1", name: "Works" });
      const companyId = name === "id" ? company.id : company.companyId;
      expect(await run("attachCompany", { id, companyId })).toMatchObject({
        id: company.id,
        user_count: 1,
      });
      expect((await run<Contact>("getContact", { id })).companies.total_count).toBe(1);
      expect(await run("detachCompany", { id, companyId })).toMatchObject({
        id: company.id,
        user_count: 0,
      });
      expect((await run<Contact>("getContact", { id })).companies.total_count).toBe(0);
    },
  );

  test("attaching a company by Intercom's id costs one request", async () => {
    const { run, sandbox, sent } = await openWorkbench();
    const { id } = await run<Contact>("createContact", ada);
    const company = sandbox.workspace.companies.upsert({ companyId: "works-1", name: "Works" });
    sandbox.requests.length = 0;
    await run("attachCompany", { id, companyId: company.id });
    expect(sent()).toEqual([`POST /contacts/${id}/companies`]);
  });

  test("an unknown contact does not count as an unknown company", async () => {
    const { refusal, sandbox, sent } = await openWorkbench();
    const company = sandbox.workspace.companies.upsert({ companyId: "works-1", name: "Works" });
    const error = await refusal("attachCompany", { id: unknownId, companyId: company.id });
    expect(error).toMatchObject({ status: 404, code: "not_found" });
    expect(sent()).toHaveLength(1);
  });

  test.each([
    "archiveContact",
    "attachCompany",
    "attachTag",
    "deleteContact",
    "detachCompany",
    "detachTag",
    "unarchiveContact",
    "updateContact",
    "getContact",
  ])("%s refuses a blank ID by name, starred or not", async (key) => {
    const { refusal, sandbox } = await openWorkbench();
    const others = { ...ada, tagId: "1", companyId: "2" };
    for (const id of ["", "  ", undefined, null]) {
      const { message } = await refusal(key, { ...others, id });
      expect(message).toBe('"ID" is empty: fill it in.');
    }
    expect(sandbox.requests).toEqual([]);
  });
});

describe("listing contacts", () => {
  test("a page has fifteen contacts by default", async () => {
    const { run, sandbox } = await openWorkbench();
    fillContacts(sandbox.workspace, 16);
    const list = await run<List>("listContacts");
    expect(list.data).toHaveLength(15);
    expect(list).toMatchObject({ total_count: 16, pages: { page: 1, total_pages: 2 } });
  });

  test.each(["desc", "asc"])(
    "the cursors of %s pages lead through the whole list",
    async (order) => {
      const { run, sandbox } = await openWorkbench();
      const made = fillContacts(sandbox.workspace, 25).map(({ id }) => id);
      const walked: string[] = [];
      for (let startingAfter: string | undefined; ; ) {
        const list = await run<List>("listContacts", { perPage: "10", order, startingAfter });
        walked.push(...idsOf(list));
        startingAfter = list.pages.next?.starting_after;
        if (!startingAfter) break;
      }
      expect(walked).toEqual(order === "asc" ? made : made.reverse());
    },
  );

  test("a numbered page is the same page that the cursors lead to", async () => {
    const { run, sandbox } = await openWorkbench();
    const made = fillContacts(sandbox.workspace, 25)
      .map(({ id }) => id)
      .reverse();
    expect(idsOf(await run<List>("listContacts", { perPage: "10", page: "2" }))).toEqual(
      made.slice(10, 20),
    );
    expect(idsOf(await run<List>("listContacts", { perPage: "10", page: "3" }))).toEqual(
      made.slice(20),
    );
  });

  test("Starting After wins over Page", async () => {
    const { run, sandbox } = await openWorkbench();
    const made = fillContacts(sandbox.workspace, 45)
      .map(({ id }) => id)
      .reverse();
    const first = await run<List>("listContacts", { perPage: "10" });
    const startingAfter = first.pages.next?.starting_after;
    for (const page of ["1", "2", "3"]) {
      sandbox.requests.length = 0;
      const list = await run<List>("listContacts", { perPage: "10", page, startingAfter });
      expect(idsOf(list)).toEqual(made.slice(10, 20));
      expect(sandbox.requests).toHaveLength(1);
    }
  });

  test("without an order, Intercom's own order applies: the newest first", async () => {
    const { run, sandbox, sent } = await openWorkbench();
    const made = fillContacts(sandbox.workspace, 5).map(({ id }) => id);
    expect(idsOf(await run<List>("listContacts", { order: "" }))).toEqual(made.reverse());
    expect(sent()).toEqual(["GET /contacts?per_page=15"]);
  });

  test("a contact that moves to the next page during the read comes once", async () => {
    const { run, sandbox } = await openWorkbench();
    for (const [ids, next] of [
      [["1", "2"], { starting_after: "a" }],
      [["2", "3"], null],
    ] as const) {
      const data = ids.map((id) => ({ type: "contact", id }));
      const body = { type: "list", data, total_count: 3, pages: { next } };
      sandbox.faults.add({ kind: "status", status: 200, body });
    }
    const list = await run<List>("listContacts", { fetchAll: true });
    expect(idsOf(list)).toEqual(["1", "2", "3"]);
    expect(list.total_count).toBe(3);
  });

  test("a page after the last one is empty", async () => {
    const { run, sandbox } = await openWorkbench();
    fillContacts(sandbox.workspace, 5);
    expect(await run("listContacts", { page: "2" })).toMatchObject({ data: [], total_count: 5 });
  });

  test.each(["desc", "asc"])(
    "Fetch All reads 1,237 contacts in order %s, in nine requests",
    async (order) => {
      const { run, sandbox } = await openWorkbench();
      const made = fillContacts(sandbox.workspace, 1237).map(({ id }) => id);
      const list = await run<List>("listContacts", { fetchAll: "true", perPage: "15", order });
      expect(idsOf(list)).toEqual(order === "asc" ? made : made.reverse());
      expect(list).toMatchObject({ total_count: 1237, pages: { next: null } });
      expect(sandbox.requests).toHaveLength(9);
    },
  );

  test("Fetch All starts at the cursor", async () => {
    const { run, sandbox } = await openWorkbench();
    const made = fillContacts(sandbox.workspace, 400)
      .map(({ id }) => id)
      .reverse();
    const first = await run<List>("listContacts", { perPage: "10" });
    const startingAfter = first.pages.next?.starting_after;
    const rest = await run<List>("listContacts", { fetchAll: true, startingAfter });
    expect(idsOf(rest)).toEqual(made.slice(10));
  });

  test("Fetch All of nothing is empty", async () => {
    const { run, sandbox } = await openWorkbench();
    expect((await run<List>("listContacts", { fetchAll: true })).data).toEqual([]);
    expect(sandbox.requests).toHaveLength(1);
  });

  test("the oldest first come from the search, with the version that documents its order", async () => {
    const { log, run, sandbox } = await openWorkbench();
    await run("listContacts", { order: "asc" });
    expect(sandbox.requests).toMatchObject([
      {
        method: "POST",
        path: "/contacts/search",
        apiVersion: "2.16",
        body: { sort: { field: "created_at", order: "ascending" }, pagination: { per_page: 15 } },
      },
    ]);
    expect(log).toContain(
      "info We send this request with API version 2.16, because 2.11 can't sort the contacts.",
    );
  });

  test("a connection with that version or a newer one sends its own version, and logs nothing", async () => {
    const { log, run, sandbox } = await openWorkbench({ seed: "empty" }, { apiVersion: "2.16" });
    await run("listContacts", { order: "asc" });
    expect(sandbox.requests).toMatchObject([{ path: "/contacts/search", apiVersion: "2.16" }]);
    expect(log.join("\n")).not.toContain("We send this request with API version");
  });

  test.each([
    [{ perPage: "151" }, '"Per Page" must be a whole number from 1 to 150, not "151".'],
    [{ perPage: "0" }, '"Per Page" must be a whole number from 1 to 150, not "0".'],
    [{ perPage: "many" }, '"Per Page" must be a whole number, not "many".'],
    [{ page: "1.5" }, '"Page" must be a whole number, not "1.5".'],
    [{ order: "up" }, '"Order" must be one of asc, desc, not "up".'],
    [{ fetchAll: "maybe" }, '"Fetch All" must be true or false, not "maybe".'],
  ])("%j is refused by name, and nothing is sent", async (inputs, sentence) => {
    const { refusal, sandbox } = await openWorkbench();
    expect((await refusal("listContacts", inputs)).message).toBe(sentence);
    expect(sandbox.requests).toEqual([]);
  });

  test("a URL as the next page is followed", async () => {
    const { run, sandbox } = await openWorkbench();
    const made = fillContacts(sandbox.workspace, 3).map(({ id }) => id);
    const first = await run<List>("listContacts", { perPage: "2" });
    const cursor = first.pages.next?.starting_after ?? "";
    const next = `https://api.intercom.io/contacts?${new URLSearchParams({ starting_after: cursor })}`;
    sandbox.faults.add({ kind: "status", status: 200, body: { ...first, pages: { next } } });
    expect(idsOf(await run<List>("listContacts", { fetchAll: true }))).toEqual(made.reverse());
  });

  test.each([
    [{ page: 2 }, "Intercom gave no cursor after page 1 of 9, so we can't read the rest."],
    ["https://", "Intercom gave no cursor after page 1 of 9, so we can't read the rest."],
    [
      { starting_after: "" },
      "Intercom gave no cursor after page 1 of 9, so we can't read the rest.",
    ],
    [undefined, "Intercom gave no cursor after page 1 of 9, so we can't read the rest."],
    [null, "Intercom gave no cursor after page 1 of 9, so we can't read the rest."],
    [
      { starting_after: "here" },
      "Intercom gave the same cursor twice, after page 1 of 9, so we can't read the rest.",
    ],
  ])("a list whose next page is %j where there must be one is an error", async (next, sentence) => {
    const { refusal, sandbox } = await openWorkbench();
    const body = {
      type: "list",
      data: [],
      total_count: 9,
      pages: { page: 1, total_pages: 9, next },
    };
    sandbox.faults.add({ kind: "status", status: 200, body, times: 2 });
    const error = await refusal("listContacts", { fetchAll: true, startingAfter: "here" });
    expect(error.message).toBe(sentence);
  });

  test.each([{}, { pages: null }, { pages: { page: 1, total_pages: null } }])(
    "a list that ends too early, with %j, is an error",
    async (pages) => {
      const { refusal, sandbox } = await openWorkbench();
      const body = { type: "list", data: [{ id: "1" }], total_count: 1237, ...pages };
      sandbox.faults.add({ kind: "status", status: 200, body });
      expect((await refusal("listContacts", { fetchAll: true })).message).toBe(
        "Intercom gave no cursor after page 1, so we can't read the rest.",
      );
    },
  );

  test("cursors that repeat are an error", async () => {
    const { refusal, sandbox } = await openWorkbench();
    for (const starting_after of ["a", "b", "a", "b"]) {
      const body = { type: "list", data: [], total_count: 9, pages: { next: { starting_after } } };
      sandbox.faults.add({ kind: "status", status: 200, body });
    }
    expect((await refusal("listContacts", { fetchAll: true })).message).toBe(
      "Intercom gave the same cursor twice, after page 1, so we can't read the rest.",
    );
  });

  test("Intercom refuses a changed cursor", async () => {
    const { refusal } = await openWorkbench();
    const error = await refusal("listContacts", { startingAfter: "nonsense" });
    expect(error).toMatchObject({ name: "BadRequestError", code: "client_error" });
  });
});
