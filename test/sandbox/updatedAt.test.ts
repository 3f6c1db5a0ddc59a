import { describe, expect, test } from "vitest";
import { type Bench, minute, openSandbox } from "../judges/answers";

/** Does something a minute later; whether that is when a path's object was updated last. */
async function moved({ call, clock }: Bench, path: string, work: () => Promise<unknown>) {
  const before = (await call("GET", path)).body.updated_at;
  clock.forward(minute);
  await work();
  const after = (await call("GET", path)).body.updated_at;
  expect([before, clock.ms / 1000]).toContain(after);
  return after !== before;
}

describe("updated_at", () => {
  test("of a contact moves with every write that changes it, and with no other", async () => {
    const bench = await openSandbox();
    const { call } = bench;
    const { id } = (await call("POST", "/contacts", { email: "ada@example.com" })).body;
    const company = (await call("POST", "/companies", { company_id: "c" })).body.id;
    const tag = (await call("POST", "/tags", { name: "VIP" })).body.id;
    const path = `/contacts/${id}`;
    const by = (method: string, where: string, body?: unknown) =>
      moved(bench, path, () => call(method, where, body));
    expect(await by("PUT", path, { name: "Ada" })).toBe(true);
    expect(await by("POST", `${path}/tags`, { id: tag })).toBe(true);
    expect(await by("POST", `${path}/tags`, { id: tag })).toBe(false);
    expect(await by("DELETE", `${path}/tags/${tag}`)).toBe(true);
    expect(await by("POST", `${path}/companies`, { id: company })).toBe(true);
    expect(await by("POST", `${path}/companies`, { id: company })).toBe(false);
    expect(await by("DELETE", `${path}/companies/${company}`)).toBe(true);
    expect(await by("POST", "/tags", { name: "VIP", users: [{ id }] })).toBe(true);
    expect(await by("PUT", `/companies/${company}`, { name: "C" })).toBe(false);
    expect(await by("PUT", path, { external_id: {} })).toBe(false);
    expect(await by("GET", path)).toBe(false);
    const back = async () => {
      await call("POST", `${path}/archive`);
      await call("POST", `${path}/unarchive`);
    };
    expect(await moved(bench, path, back)).toBe(true);
  });

  test("of a company moves when it or its tags change", async () => {
    const bench = await openSandbox();
    const { call } = bench;
    const { id } = (await call("POST", "/companies", { company_id: "c" })).body;
    const path = `/companies/${id}`;
    const by = (method: string, where: string, body: unknown) =>
      moved(bench, path, () => call(method, where, body));
    expect(await by("PUT", path, { name: "C" })).toBe(true);
    expect(await by("POST", "/companies", { company_id: "c", size: 3 })).toBe(true);
    expect(await by("POST", "/tags", { name: "VIP", companies: [{ id }] })).toBe(true);
    expect(await by("POST", "/tags", { name: "VIP", companies: [{ id }] })).toBe(false);
    expect(await by("POST", "/tags", { name: "VIP", companies: [{ id, untag: true }] })).toBe(true);
    expect(await by("PUT", path, { shoe: 1 })).toBe(false);
  });

  test("of what a seed brought lies in the past", async () => {
    const { sandbox, clock } = await openSandbox({ seed: "workspace" });
    const { contacts, companies, conversations } = sandbox.workspace;
    for (const { rows } of [contacts, companies, conversations]) {
      for (const row of rows.values()) {
        expect(row.updatedAt).toBeGreaterThanOrEqual(row.createdAt);
        expect(row.updatedAt).toBeLessThan(clock.ms / 1000 - 86_400);
      }
    }
  });
});

/** Ten leads a minute apart, named 0 to 9. */
async function ten() {
  const bench = await openSandbox();
  const { contacts } = bench.sandbox.workspace;
  const rows = Array.from({ length: 10 }, (_, n) => {
    bench.clock.forward(minute);
    return contacts.create({ role: "lead", name: `${n}` });
  });
  bench.clock.forward(minute);
  return { ...bench, rows };
}

/** Reads pages of four in an order; `meanwhile` happens after the first. */
async function read({ call }: Bench, sort: object, meanwhile: () => Promise<unknown>) {
  const query = { field: "role", operator: "=", value: "lead" };
  const names: string[] = [];
  let starting_after: string | undefined;
  do {
    const pagination = { per_page: 4, ...(starting_after ? { starting_after } : {}) };
    const { body } = await call("POST", "/contacts/search", { query, sort, pagination });
    names.push(...body.data.map(({ name }: { name: string }) => name));
    if (!starting_after) await meanwhile();
    starting_after = body.pages.next?.starting_after;
  } while (starting_after);
  return names.join("");
}

describe("a search that is sorted and read page by page", () => {
  const nothing = async () => {};

  test.each(["created_at", "updated_at"])("by %s goes both ways", async (field) => {
    const bench = await ten();
    expect(await read(bench, { field, order: "ascending" }, nothing)).toBe("0123456789");
    expect(await read(bench, { field, order: "descending" }, nothing)).toBe("9876543210");
  });

  test("newest change first loses what changes before it was reached", async () => {
    const bench = await ten();
    const change = () => bench.call("PUT", `/contacts/${bench.rows[2]?.id}`, { job: 1 });
    const names = await read(bench, { field: "updated_at", order: "descending" }, change);
    // "2" moved to the front, behind the reader's back: only a later reading sees it.
    expect(names).toBe("987654310");
    const again = await read(bench, { field: "updated_at", order: "descending" }, nothing);
    expect(again).toBe("2987654310");
  });

  test("oldest change first brings again what changes after it was read", async () => {
    const bench = await ten();
    const change = () => bench.call("PUT", `/contacts/${bench.rows[2]?.id}`, { job: 1 });
    const names = await read(bench, { field: "updated_at", order: "ascending" }, change);
    expect(names).toBe("01234567892");
  });

  test("by created_at stays as it was, whatever changes", async () => {
    const bench = await ten();
    const change = () => bench.call("PUT", `/contacts/${bench.rows[2]?.id}`, { job: 1 });
    const names = await read(bench, { field: "created_at", order: "descending" }, change);
    expect(names).toBe("9876543210");
  });

  test("loses nothing to what is archived between two pages", async () => {
    const bench = await ten();
    const archive = () => bench.call("POST", `/contacts/${bench.rows[6]?.id}/archive`);
    const names = await read(bench, { field: "created_at", order: "descending" }, archive);
    expect(names).toBe("9876543210");
  });
});
