import { describe, expect, test } from "vitest";
import { type Bench, namesFound, openSandbox, refusal } from "../judges/answers";

type Query = { field: string; operator: string; value: unknown };

async function people(): Promise<Bench> {
  const bench = await openSandbox();
  const { contacts, admins } = bench.sandbox.workspace;
  contacts.create({
    name: "Ada",
    email: "Ada@example.com",
    phone: "+1555",
    ownerId: admins.owner.id,
    customAttributes: { seats: 10, beta_tester: true },
  });
  contacts.create({
    name: "Bo",
    email: "bo@example.org",
    unsubscribedFromEmails: true,
    customAttributes: { seats: 20, job_title: "Baker" },
  });
  contacts.create({ role: "lead", name: "Cy", customAttributes: { score: 2.5 } });
  return bench;
}

describe("a filter", () => {
  test.each<[string, string, unknown, string]>([
    ["name", "=", "Ada", "Ada"],
    ["name", "=", "ada", ""],
    ["name", "!=", "Ada", "Bo Cy"],
    ["name", "IN", ["Ada", "Cy"], "Ada Cy"],
    ["name", "NIN", ["Ada", "Cy"], "Bo"],
    ["email", "=", "ADA@EXAMPLE.COM", "Ada"],
    ["email", "~", "example", "Ada Bo"],
    ["email", "!~", "org", "Ada Cy"],
    ["email", "^", "bo@", "Bo"],
    ["email", "$", ".com", "Ada"],
    ["email", "=", null, "Cy"],
    ["email", "!=", null, "Ada Bo"],
    ["email", "!=", "bo@example.org", "Ada Cy"],
    ["email_domain", "=", "example.org", "Bo"],
    ["role", "=", "lead", "Cy"],
    ["unsubscribed_from_emails", "=", true, "Bo"],
    ["unsubscribed_from_emails", "!=", true, "Ada Cy"],
    ["custom_attributes.seats", ">", 10, "Bo"],
    ["custom_attributes.seats", ">=", 10, "Ada Bo"],
    ["custom_attributes.seats", "<", 20, "Ada"],
    ["custom_attributes.seats", "<=", 20, "Ada Bo"],
    ["custom_attributes.seats", "!=", 10, "Bo Cy"],
    ["custom_attributes.seats", "IN", [10], "Ada"],
    ["custom_attributes.score", ">", 2, "Cy"],
    ["custom_attributes.beta_tester", "=", true, "Ada"],
    ["custom_attributes.job_title", "^", "Bak", "Bo"],
    ["formatted_phone", "=", "+1555", "Ada"],
    ["ios_device", "=", null, "Ada Bo Cy"],
    ["email", "=", undefined, "Cy"],
    ["email", "!=", undefined, "Ada Bo"],
    ["custom_attributes.seats", "=", undefined, "Cy"],
    ["last_seen_at", "=", undefined, "Ada Bo Cy"],
  ])("%s %s %j finds: %s", async (field, operator, value, names) => {
    expect(await namesFound(await people(), { field, operator, value })).toBe(names);
  });

  test("by tag or segment finds those who have it", async () => {
    const bench = await people();
    const { contacts, tags, segments } = bench.sandbox.workspace;
    const tag = tags.findOrCreate("VIP");
    const other = tags.findOrCreate("Other");
    for (const row of contacts.listed) if (row.name !== "Cy") tags.tagContact(row, tag);
    for (const row of contacts.listed) if (row.name === "Bo") tags.tagContact(row, other);
    const times = { createdAt: 1, updatedAt: 1 };
    segments.rows = [{ id: "5e9", name: "L", rule: { of: "contact", role: "lead" }, ...times }];
    expect(await namesFound(bench, { field: "tag_id", operator: "=", value: tag.id })).toBe(
      "Ada Bo",
    );
    expect(await namesFound(bench, { field: "tag_id", operator: "!=", value: other.id })).toBe(
      "Ada Cy",
    );
    expect(await namesFound(bench, { field: "segment_id", operator: "=", value: "5e9" })).toBe(
      "Cy",
    );
  });

  test("by owner takes a number before 2.16 and text from then on", async () => {
    const bench = await people();
    const { id } = bench.sandbox.workspace.admins.owner;
    const by = (value: unknown) => ({ field: "owner_id", operator: "=", value });
    expect(await namesFound(bench, by(Number(id)), "2.15")).toBe("Ada");
    expect(await namesFound(bench, by(id), "2.16")).toBe("Ada");
    for (const [value, version] of [
      [id, "2.15"],
      [Number(id), "2.16"],
    ] as const) {
      const answer = await bench.call("POST", "/contacts/search", { query: by(value) }, version);
      expect(refusal(answer).code).toBe("type_mismatch");
    }
  });

  test.each<[Partial<Query>, string]>([
    [{ field: "shoe", operator: "=", value: "1" }, "invalid_field"],
    [{ field: "companies", operator: "=", value: "1" }, "invalid_field"],
    [{ field: "custom_attributes.shoe", operator: "=", value: "1" }, "invalid_field"],
    [{ operator: "=", value: "1" }, "parameter_invalid"],
    [{ field: "name", operator: "==", value: "1" }, "parameter_invalid"],
    [{ field: "name", operator: "in", value: ["1"] }, "parameter_invalid"],
    [{ field: "name", operator: ">", value: "1" }, "parameter_invalid"],
    [{ field: "unsubscribed_from_emails", operator: ">", value: true }, "parameter_invalid"],
    [{ field: "custom_attributes.seats", operator: "~", value: 1 }, "parameter_invalid"],
    [{ field: "tag_id", operator: "IN", value: ["1"] }, "parameter_invalid"],
    [{ field: "created_at", operator: "!=", value: 1 }, "parameter_invalid"],
    [{ field: "created_at", operator: ">=", value: 1 }, "parameter_invalid"],
    [{ field: "created_at", operator: "<=", value: 1 }, "parameter_invalid"],
    [{ field: "created_at", operator: "IN", value: [1] }, "parameter_invalid"],
    [{ field: "custom_attributes.renewal_date", operator: "!=", value: 1 }, "parameter_invalid"],
    [{ field: "name", operator: "=", value: 1 }, "type_mismatch"],
    [{ field: "name", operator: "IN", value: "Ada" }, "type_mismatch"],
    [{ field: "name", operator: "IN", value: [1] }, "type_mismatch"],
    [{ field: "created_at", operator: ">", value: "foorbar" }, "type_mismatch"],
    [{ field: "unsubscribed_from_emails", operator: "=", value: "true" }, "type_mismatch"],
    [{ field: "custom_attributes.seats", operator: "=", value: "10" }, "type_mismatch"],
    [{ field: "name", operator: "~", value: null }, "type_mismatch"],
    [{ field: "name", operator: "~" }, "type_mismatch"],
    [{ field: "name", operator: "IN" }, "type_mismatch"],
    [{ operator: "AND" }, "parameter_invalid"],
    [{ field: "name", value: "Ada" }, "parameter_invalid"],
    [{ field: "name", operator: { toString: null } as never, value: "Ada" }, "parameter_invalid"],
    [{ field: "created_at", operator: ">", value: 1767225600000 }, "type_mismatch"],
    [{ field: "created_at", operator: ">", value: 9e12 }, "type_mismatch"],
  ])("%j is refused: %s", async (query, code) => {
    const { call } = await openSandbox();
    const answer = await call("POST", "/contacts/search", { query });
    expect(refusal(answer)).toMatchObject({ status: 400, code });
  });
});

describe("a group", () => {
  const name = (value: string) => ({ field: "name", operator: "=", value });
  const group = (operator: string, ...value: unknown[]) => ({ operator, value });

  test("joins by AND and OR, two levels deep", async () => {
    const bench = await people();
    const user = { field: "role", operator: "=", value: "user" };
    expect(await namesFound(bench, group("AND", user, name("Ada")))).toBe("Ada");
    expect(await namesFound(bench, group("OR", name("Ada"), name("Cy")))).toBe("Ada Cy");
    const nested = group(
      "AND",
      group("OR", name("Ada"), name("Cy")),
      group("OR", user, name("Bo")),
    );
    expect(await namesFound(bench, nested)).toBe("Ada");
  });

  const sixteen = Array.from({ length: 16 }, () => name("Ada"));
  test.each([
    ["a third level", group("AND", group("OR", group("AND", name("Ada"))))],
    ["sixteen filters", group("AND", ...sixteen)],
    ["sixteen filters inside", group("OR", group("AND", ...sixteen))],
    ["no filters", group("AND")],
    ["a value that is no list", { operator: "AND", value: name("Ada") }],
    ["a query that is none", "Ada"],
    ["no query", undefined],
  ])("refuses %s", async (_, query) => {
    const { call } = await openSandbox();
    const answer = await call("POST", "/contacts/search", { query });
    expect(refusal(answer)).toMatchObject({ status: 400, code: "parameter_invalid" });
  });

  test("takes fifteen filters", async () => {
    expect(await namesFound(await people(), group("AND", ...sixteen.slice(1)))).toBe("Ada");
  });
});

describe("the order of what is found", () => {
  const everybody = { field: "role", operator: "!=", value: "nobody" };
  const names = async ({ call }: Bench, sort: unknown, version = "2.16") => {
    const { body } = await call("POST", "/contacts/search", { query: everybody, sort }, version);
    return body.data.map(({ name }: { name: string }) => name).join(" ");
  };

  test("is the newest first, or that of a field, with those who have no value last", async () => {
    const bench = await people();
    expect(await names(bench, undefined)).toBe("Cy Bo Ada");
    expect(await names(bench, { field: "name", order: "ascending" })).toBe("Ada Bo Cy");
    expect(await names(bench, { field: "name" })).toBe("Cy Bo Ada");
    const field = "custom_attributes.seats";
    expect(await names(bench, { field, order: "ascending" })).toBe("Ada Bo Cy");
    expect(await names(bench, { field, order: "descending" })).toBe("Bo Ada Cy");
  });

  test("goes by the second, not by the day", async () => {
    const { call, sandbox } = await openSandbox();
    for (const [name, createdAt] of [
      ["b", 2000],
      ["a", 1000],
      ["c", 3000],
    ] as const) {
      sandbox.workspace.contacts.create({ role: "lead", name, createdAt });
    }
    const sort = { field: "created_at", order: "ascending" };
    const { body } = await call("POST", "/contacts/search", { query: everybody, sort });
    expect(body.data.map(({ name }: { name: string }) => name)).toEqual(["a", "b", "c"]);
  });

  test('takes "desc" and "asc" before 2.16 and refuses them from then on', async () => {
    const bench = await people();
    expect(await names(bench, { field: "name", order: "asc" }, "2.15")).toBe("Ada Bo Cy");
    expect(await names(bench, { field: "name", order: "desc" }, "2.15")).toBe("Cy Bo Ada");
    const body = { query: everybody, sort: { field: "name", order: "desc" } };
    expect(refusal(await bench.call("POST", "/contacts/search", body))).toEqual({
      status: 400,
      code: "invalid_sort_order",
      message: "Invalid sort order 'desc'. Must be one of: ascending, descending",
    });
  });

  test("pages by cursor through any order, fifty at a time", async () => {
    const { call, sandbox } = await openSandbox();
    for (let n = 0; n < 120; n++) {
      sandbox.workspace.contacts.create({ role: "lead", name: n % 7 === 0 ? null : `${n % 5}` });
    }
    const seen: string[] = [];
    const sizes: number[] = [];
    let starting_after: string | undefined;
    do {
      const { body } = await call("POST", "/contacts/search", {
        query: everybody,
        sort: { field: "name", order: "ascending" },
        pagination: starting_after === undefined ? {} : { starting_after },
      });
      seen.push(...body.data.map(({ id }: { id: string }) => id));
      sizes.push(body.data.length);
      starting_after = body.pages.next?.starting_after;
    } while (starting_after);
    expect([new Set(seen).size, sizes]).toEqual([120, [50, 50, 20]]);
  });

  test("a page in the body does nothing, and a tampered cursor is refused", async () => {
    const bench = await people();
    const search = (pagination: unknown) =>
      bench.call("POST", "/contacts/search", { query: everybody, pagination });
    expect((await search({ page: 2, per_page: 1 })).body.data[0].name).toBe("Cy");
    expect((await search({ per_page: 500 })).body.pages.per_page).toBe(150);
    expect(refusal(await search({ starting_after: "bad" })).code).toBe("client_error");
  });
});
