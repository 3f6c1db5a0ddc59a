import { describe, expect, test } from "vitest";
import { fillContacts } from "../stage/crowd";
import { openWorkbench } from "../stage/workbench";

interface List {
  data: { id: string; name: string; email: string }[];
  total_count: number;
  pages: { next?: { starting_after: string } };
}

const filter = { field: "email", operator: "=", value: "ada@example.org" };

async function openWithPeople() {
  const bench = await openWorkbench();
  const { contacts } = bench.sandbox.workspace;
  contacts.create({ role: "user", email: "ada@example.org", name: "Ada" });
  contacts.create({ role: "user", email: "bob@example.org", name: "Bob" });
  contacts.create({ role: "lead", email: "ada@example.com", name: "Ada" });
  return bench;
}

const emailsOf = ({ data }: List) => data.map(({ email }) => email).sort();

describe("searching by fields", () => {
  test("one field is one filter", async () => {
    const { run, sandbox } = await openWithPeople();
    expect(emailsOf(await run<List>("searchContacts", { email: "ada@example.org" }))).toEqual([
      "ada@example.org",
    ]);
    expect(sandbox.requests.at(-1)?.body).toEqual({ query: filter });
  });

  test("several fields must all match", async () => {
    const { run } = await openWithPeople();
    expect(emailsOf(await run<List>("searchContacts", { name: "Ada" }))).toHaveLength(2);
    expect(emailsOf(await run<List>("searchContacts", { name: "Ada", role: "lead" }))).toEqual([
      "ada@example.com",
    ]);
  });

  test("empty inputs are refused, so that empty variables don't fetch every contact", async () => {
    const { refusal, sandbox } = await openWithPeople();
    for (const inputs of [{}, { email: " ", name: "", jsonQuery: "" }, { startingAfter: "x" }]) {
      expect((await refusal("searchContacts", inputs)).message).toBe(
        '"Email", "Name", "Role", "Phone", "External ID", "Owner ID", "Tag ID", "Segment ID", "Created After", "Created Before", "Updated After" and "JSON Query" are all empty: fill in one of them, or use List Contacts for all.',
      );
    }
    expect(sandbox.requests).toEqual([]);
  });
});

describe("searching by the other fields", () => {
  const midnight = Date.UTC(2026, 10, 2) / 1000;

  /** Contacts that were made in New York on 1, 2 and 3 November 2026, an hour before midnight. */
  async function openWithDays() {
    const settings = { timeZone: "America/New_York" };
    const bench = await openWorkbench({ seed: "empty", settings });
    const { contacts } = bench.sandbox.workspace;
    for (const day of [1, 2, 3]) {
      const createdAt = Date.UTC(2026, 10, day + 1, 4) / 1000;
      contacts.create({ role: "user", email: `day-${day}@example.org`, createdAt });
    }
    return bench;
  }

  test.each([
    [{ createdAfter: "2026-11-02" }, [2, 3]],
    [{ createdAfter: "2026-11-02T23:30:00-05:00" }, [2, 3]],
    [{ createdBefore: "2026-11-02" }, [1]],
    [{ createdAfter: "2026-11-02", createdBefore: "2026-11-03" }, [2]],
    [{ createdAfter: "2026-11-02", role: "lead" }, []],
    [{ createdAfter: "2026-11-02", role: "user" }, [2, 3]],
    [{ updatedAfter: "2026-11-02", createdAfter: "2026-11-03" }, [3]],
    [{ createdAfter: midnight }, [1, 2, 3]],
  ])("%j are whole days of the workspace's time zone", async (inputs, days) => {
    const { run } = await openWithDays();
    const wanted = days.map((day) => `day-${day}@example.org`);
    expect(emailsOf(await run<List>("searchContacts", inputs))).toEqual(wanted);
  });

  test("a phone, your ID, an owner, a tag and a segment each find whom they fit", async () => {
    const { run, sandbox } = await openWorkbench({ seed: "workspace" });
    const { admins, contacts, segments, tags } = sandbox.workspace;
    const ownerId = admins.owner.id;
    const made = { role: "user", phone: "+3531234567", externalId: "crm-25", ownerId } as const;
    const { id } = contacts.create({ ...made, createdAt: 1577836800 });
    const tag = tags.findOrCreate("Only hers");
    tags.tagContact(contacts.get(id), tag);
    const asked = { phone: made.phone, externalId: made.externalId, tagId: tag.id };
    for (const [key, value] of Object.entries(asked)) {
      const { data } = await run<List>("searchContacts", { [key]: value });
      expect(data.map((contact) => contact.id)).toEqual([id]);
    }
    const owned = await run<List>("searchContacts", { ownerId, fetchAll: "true" });
    expect(owned.data.map((contact) => contact.id)).toContain(id);
    const segment = segments.rows.find(
      (row) => segments.size(row) > 0 && row.rule.of === "contact",
    );
    const inputs = { segmentId: segment?.id, fetchAll: "true" };
    const { data } = await run<List>("searchContacts", inputs);
    expect(data).toHaveLength(segment ? segments.size(segment) : 0);
  });

  test("an owner goes out as a number up to 2.15, and as text from 2.16 on and with a sort", async () => {
    const { run, sandbox } = await openWithPeople();
    await run("searchContacts", { ownerId: "127" });
    await run("searchContacts", { ownerId: "127", sortField: "name" });
    expect(sandbox.requests.map(({ apiVersion, body }) => [apiVersion, body])).toMatchObject([
      ["2.11", { query: { field: "owner_id", operator: "=", value: 127 } }],
      ["2.16", { query: { field: "owner_id", operator: "=", value: "127" } }],
    ]);
  });

  test("a sort puts them in order, the last first where no order is given", async () => {
    const { run, sandbox } = await openWithPeople();
    const inputs = { role: "user", sortField: "email" };
    const names = async (more: object) =>
      (await run<List>("searchContacts", { ...inputs, ...more })).data.map(({ name }) => name);
    expect(await names({})).toEqual(["Bob", "Ada"]);
    expect(await names({ sortOrder: "ascending" })).toEqual(["Ada", "Bob"]);
    expect(sandbox.requests.at(-1)).toMatchObject({
      apiVersion: "2.16",
      body: { sort: { field: "email", order: "ascending" } },
    });
  });

  test("an order without a field to sort by is refused", async () => {
    const { refusal, sandbox } = await openWithPeople();
    const inputs = { role: "user", sortOrder: "ascending" };
    expect((await refusal("searchContacts", inputs)).message).toBe(
      '"Sort Order" needs "Sort Field": fill in what to sort by, such as created_at.',
    );
    expect(sandbox.requests).toEqual([]);
  });

  test("Per Page sets the page, and Fetch All gives all, also with a query by hand", async () => {
    const { run, sandbox } = await openWorkbench();
    const made = fillContacts(sandbox.workspace, 151).map(({ id }) => id);
    const page = await run<List>("searchContacts", { role: "user", perPage: "2" });
    expect(page.data).toHaveLength(2);
    sandbox.requests.length = 0;
    const jsonQuery = { query: { field: "role", operator: "=", value: "user" } };
    for (const inputs of [{ role: "user" }, { jsonQuery }]) {
      const all = await run<List>("searchContacts", { ...inputs, fetchAll: "true" });
      expect(all.data.map(({ id }) => id).sort()).toEqual([...made].sort());
      expect(all.total_count).toBe(151);
    }
    expect(sandbox.requests).toHaveLength(4);
    const startingAfter = page.pages.next?.starting_after;
    const inputs = { role: "user", perPage: "2", startingAfter };
    const rest = await run<List>("searchContacts", { ...inputs, fetchAll: "true" });
    expect(rest.data).toHaveLength(149);
  });
});

describe("searching by JSON Query", () => {
  test("a filter, a group and a whole body all work, as text and as values", async () => {
    const { run } = await openWithPeople();
    const group = {
      operator: "OR",
      value: [filter, { field: "name", operator: "=", value: "Bob" }],
    };
    for (const jsonQuery of [group, JSON.stringify(group), { query: group }]) {
      expect(emailsOf(await run<List>("searchContacts", { jsonQuery }))).toEqual([
        "ada@example.org",
        "bob@example.org",
      ]);
    }
  });

  test("JSON Query replaces the fields", async () => {
    const { run, sandbox } = await openWithPeople();
    await run("searchContacts", { name: "Bob", jsonQuery: filter });
    expect(sandbox.requests.at(-1)?.body).toEqual({ query: filter });
  });

  test("the request has the body's pagination and sort", async () => {
    const { run, sandbox } = await openWithPeople();
    const body = {
      query: { field: "name", operator: "~", value: "" },
      pagination: { per_page: 1 },
      sort: { field: "name", order: "ascending" },
    };
    await run("searchContacts", { jsonQuery: body });
    expect(sandbox.requests.at(-1)).toMatchObject({ body, apiVersion: "2.16" });
    expect(sandbox.requests.at(-1)?.body).toEqual(body);
  });

  test("the second page is not the first again", async () => {
    const { run, sandbox } = await openWorkbench();
    const made = fillContacts(sandbox.workspace, 120).map(({ id }) => id);
    const first = await run<List>("searchContacts", { role: "user" });
    const startingAfter = first.pages.next?.starting_after;
    const second = await run<List>("searchContacts", { role: "user", startingAfter });
    const third = await run<List>("searchContacts", {
      jsonQuery: {
        query: { field: "role", operator: "=", value: "user" },
        pagination: { per_page: 50, starting_after: "replaced by the input" },
      },
      startingAfter: second.pages.next?.starting_after,
    });
    const found = [first, second, third].flatMap(({ data }) => data.map(({ id }) => id));
    expect([...found].sort()).toEqual([...made].sort());
  });

  test.each([
    ["[]", '"JSON Query" must be a query or a body with a query, not "[]".'],
    ["{", '"JSON Query" must be valid JSON, not "{".'],
    [{}, '"JSON Query" needs a "field", such as "email", not missing.'],
    [{ query: filter, page: 2 }, '"JSON Query" may hold only query, pagination, sort, not "page".'],
    [
      { query: "all" },
      '"JSON Query".query must be a filter { field, operator, value } or a group, not "all".',
    ],
    [
      { operator: "AND", value: [] },
      '"JSON Query" joins by AND, so its value must be a list of filters, not [].',
    ],
    [
      { operator: "AND", value: [filter, { field: "created_at", operator: ">=", value: 1 }] },
      '"JSON Query".value[1] asks for "created_at", whose operator must be one of = < >, not ">=".',
    ],
    [
      { field: "created_at", operator: ">", value: "yesterday" },
      '"JSON Query" asks for "created_at", whose value must be a time in Unix seconds, not "yesterday".',
    ],
    [
      { field: "tag_id", operator: "IN", value: ["1"] },
      '"JSON Query" asks for "tag_id", whose operator must be one of = !=, not "IN".',
    ],
    [
      { field: "role", operator: "IN", value: "user" },
      '"JSON Query" asks for "role" IN, so its value must be a list, not "user".',
    ],
    [
      { field: "role", operator: "=", value: ["user"] },
      '"JSON Query" asks for "role" =, so its value must not be a list, not ["user"].',
    ],
    [
      { field: "has_hard_bounced", operator: "=", value: "true" },
      '"JSON Query" asks for "has_hard_bounced", whose value must be true or false, not "true".',
    ],
    [
      { field: "seats", operator: "is", value: 1 },
      '"JSON Query" asks for "seats", whose operator must be one of = != IN NIN < > <= >= ~ !~ ^ $, not "is".',
    ],
  ])("%j is refused with the filter at fault, and nothing is sent", async (jsonQuery, sentence) => {
    const { refusal, sandbox } = await openWithPeople();
    expect((await refusal("searchContacts", { jsonQuery })).message).toBe(sentence);
    expect(sandbox.requests).toEqual([]);
  });

  test("a sort is sent with the version that documents it, in that version's words", async () => {
    const { log, refusal, run, sandbox } = await openWithPeople();
    await run("searchContacts", {
      jsonQuery: { query: filter, sort: { field: "name", order: "asc" } },
    });
    expect(sandbox.requests).toMatchObject([
      { apiVersion: "2.16", body: { sort: { field: "name", order: "ascending" } } },
    ]);
    expect(log).toContain(
      "info We send this request with API version 2.16, because 2.11 can't sort the contacts.",
    );
    for (const [sort, sentence] of [
      ["name", '"JSON Query".sort must be { field, order }, not "name".'],
      [
        { field: "name", order: "up" },
        '"JSON Query".sort has an order, which must be ascending or descending, not "up".',
      ],
    ] as const) {
      expect(
        (await refusal("searchContacts", { jsonQuery: { query: filter, sort } })).message,
      ).toBe(sentence);
    }
    expect(sandbox.requests).toHaveLength(1);
  });

  test.each([
    [{ field: "browser", operator: ">", value: "1" }, "browser"],
    [{ field: "owner_id", operator: "~", value: "1" }, "owner_id"],
    [{ field: "role", operator: "IN", value: ["user", 1] }, "role"],
    [{ field: "role", operator: "IN", value: [] }, "role"],
    [{ field: "role", operator: "=" }, "role"],
    [{ field: "created_at", operator: ">", value: 1.5 }, "created_at"],
  ])("%j is refused with its field", async (jsonQuery, field) => {
    const { refusal, sandbox } = await openWithPeople();
    expect((await refusal("searchContacts", { jsonQuery })).message).toContain(
      `asks for "${field}"`,
    );
    expect(sandbox.requests).toEqual([]);
  });

  test.each([5, "all", [], [{ per_page: 1 }], null, true])(
    "a pagination of %j is refused, and the refusal names its place",
    async (pagination) => {
      const { refusal, sandbox } = await openWithPeople();
      const { message } = await refusal("searchContacts", {
        jsonQuery: { query: filter, pagination },
      });
      expect(message).toContain("JSON Query");
      expect(message).toMatch(/^"JSON Query"\.pagination must be an object, not /);
      expect(message).toContain(`, not ${JSON.stringify(pagination)}.`);
      expect(sandbox.requests).toEqual([]);
    },
  );

  test.each([{}, [], null, ["a"]])("%j in a list of values is refused", async (value) => {
    const { refusal, sandbox } = await openWithPeople();
    for (const operator of ["IN", "NIN"]) {
      for (const field of ["role", "custom_attributes.plan", "has_hard_bounced"]) {
        const jsonQuery = { field, operator, value: ["user", value] };
        // Each value in a list is checked against the field's type, like a single value.
        if (value === null && field !== "has_hard_bounced") continue;
        expect((await refusal("searchContacts", { jsonQuery })).message).toContain(
          `"JSON Query" asks for "${field}", whose value must be `,
        );
      }
    }
    expect(sandbox.requests).toEqual([]);
  });

  test("null finds unset fields, and a time may be text", async () => {
    const { run, sandbox } = await openWithPeople();
    const group = {
      operator: "AND",
      value: [
        { field: "phone", operator: "=", value: null },
        { field: "created_at", operator: ">", value: "1000" },
      ],
    };
    expect(emailsOf(await run<List>("searchContacts", { jsonQuery: group }))).toHaveLength(3);
    expect(sandbox.requests).toHaveLength(1);
  });

  test("groups nest two deep, and a third is refused", async () => {
    const { refusal, run, sandbox } = await openWithPeople();
    const twoDeep = { operator: "AND", value: [{ operator: "OR", value: [filter] }] };
    expect(emailsOf(await run<List>("searchContacts", { jsonQuery: twoDeep }))).toHaveLength(1);
    sandbox.requests.length = 0;
    const threeDeep = { operator: "OR", value: [twoDeep] };
    expect((await refusal("searchContacts", { jsonQuery: threeDeep })).message).toBe(
      '"JSON Query".value[0].value[0] is nested 3 groups deep, and Intercom accepts 2.',
    );
    expect(sandbox.requests).toEqual([]);
  });

  test("a group holds fifteen filters, and a sixteenth is refused", async () => {
    const { refusal, run, sandbox } = await openWithPeople();
    const group = (count: number) => ({ operator: "AND", value: Array(count).fill(filter) });
    expect(emailsOf(await run<List>("searchContacts", { jsonQuery: group(15) }))).toHaveLength(1);
    sandbox.requests.length = 0;
    expect((await refusal("searchContacts", { jsonQuery: group(16) })).message).toBe(
      '"JSON Query" holds 16 filters, and Intercom accepts 15 in a group.',
    );
    expect(sandbox.requests).toEqual([]);
  });
});
