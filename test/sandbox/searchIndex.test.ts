import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contactField } from "../../sandbox/search/contacts";
import { compileQuery, lookUp } from "../../sandbox/search/query";
import type { ContactRow } from "../../sandbox/store/contacts";
import { byId } from "../../sandbox/store/ordered";
import { minute, namesFound, openSandbox } from "../judges/answers";

describe("the index", () => {
  const settings = { indexLagMs: 3 * minute };
  const byName = (value: string) => ({ field: "name", operator: "=", value });

  test("does not hold a new contact before the lag is over", async () => {
    const bench = await openSandbox({ settings });
    await bench.call("POST", "/contacts", { role: "lead", name: "Ada" });
    expect(await namesFound(bench, byName("Ada"))).toBe("");
    bench.clock.forward(3 * minute - 1);
    expect(await namesFound(bench, byName("Ada"))).toBe("");
    bench.clock.forward(1);
    expect(await namesFound(bench, byName("Ada"))).toBe("Ada");
    expect((await bench.call("GET", "/contacts")).body.total_count).toBe(1);
  });

  test("shows a changed contact as it was, change after change", async () => {
    const bench = await openSandbox({ settings });
    const { id } = (await bench.call("POST", "/contacts", { role: "lead", name: "one" })).body;
    bench.clock.forward(3 * minute);
    await bench.call("PUT", `/contacts/${id}`, { name: "two" });
    bench.clock.forward(minute);
    await bench.call("PUT", `/contacts/${id}`, { name: "three" });
    const seen = async () => {
      const anybody = { field: "role", operator: "=", value: "lead" };
      return [await namesFound(bench, anybody), await namesFound(bench, byName("three"))];
    };
    expect(await seen()).toEqual(["one", ""]);
    bench.clock.forward(2 * minute);
    expect(await seen()).toEqual(["two", ""]);
    bench.clock.forward(minute);
    expect(await seen()).toEqual(["three", "three"]);
  });

  test("forgets an archived contact at once", async () => {
    const bench = await openSandbox();
    const { id } = (await bench.call("POST", "/contacts", { role: "lead", name: "Ada" })).body;
    bench.sandbox.settings.indexLagMs = minute;
    await bench.call("POST", `/contacts/${id}/archive`);
    expect(await namesFound(bench, byName("Ada"))).toBe("");
  });

  test("finds a contact by its old e-mail until the lag is over, and then by the new one", async () => {
    const bench = await openSandbox();
    const old = { role: "user", email: "old@example.org", name: "Ada" };
    const { id } = (await bench.call("POST", "/contacts", old)).body;
    bench.sandbox.settings.indexLagMs = minute;
    await bench.call("PUT", `/contacts/${id}`, { email: "new@example.org" });
    const found = () =>
      Promise.all(
        ["Old@example.org", "new@example.org"].map((value) =>
          namesFound(bench, { field: "email", operator: "=", value }),
        ),
      );
    expect(await found()).toEqual(["Ada", ""]);
    bench.clock.forward(minute);
    expect(await found()).toEqual(["", "Ada"]);
    await bench.call("POST", `/contacts/${id}/archive`);
    expect(await found()).toEqual(["", ""]);
  });

  test("holds what a seed brought from the start", async () => {
    const bench = await openSandbox({ seed: "workspace", settings });
    expect(await namesFound(bench, byName("Ada Moreno"))).toBe("Ada Moreno");
  });
});

describe("a search for an indexed value", () => {
  test("looks at the rows that have the value, and at no others", async () => {
    const { sandbox } = await openSandbox();
    const { contacts } = sandbox.workspace;
    const rows = Array.from({ length: 50 }, (_, n) =>
      contacts.create({ role: "user", email: `${n}@example.org` }),
    );
    const seen: ContactRow[] = [];
    const matches = (row: ContactRow) => seen.push(row) > 0;
    const search = { key: "all", matches, compare: byId };
    const get = (id: string) => contacts.rows.get(id);
    const having = rows.slice(3, 5);
    const found = contacts.index.find(search, { all: contacts.listed, having, get }, 0);
    expect([...found]).toEqual(having);
    expect(seen).toEqual(having);
  });

  const leaf = fc.record({
    field: fc.constantFrom("email", "external_id", "id", "role", "name"),
    operator: fc.constantFrom("=", "!=", "IN", "NIN"),
    value: fc.nat(9),
  });
  const group = <Inner>(inner: fc.Arbitrary<Inner>) =>
    fc.record({
      operator: fc.constantFrom("AND", "OR"),
      value: fc.array(inner, { minLength: 1, maxLength: 3 }),
    });
  const query = fc.oneof(leaf, group(fc.oneof(leaf, group(leaf))));
  type Drawn = { field?: string; operator: string; value: number | Drawn[] };

  test("finds what a look at every row finds, whatever the query", async () => {
    const { sandbox } = await openSandbox();
    const { contacts } = sandbox.workspace;
    const rows = Array.from({ length: 8 }, (_, n) =>
      contacts.create({
        role: n % 2 ? "user" : "lead",
        email: `P${n % 5}@example.org`,
        name: `${n}`,
      }),
    );
    const exampleOf = (field: string, n: number) =>
      ({
        email: `p${n}@EXAMPLE.org`,
        external_id: rows[n]?.externalId ?? "nobody",
        id: rows[n]?.id ?? "nobody",
        role: n % 2 ? "user" : "lead",
      })[field] ?? `${n}`;
    const written = ({ field, operator, value }: Drawn): unknown => {
      if (typeof value === "object") return { operator, value: value.map(written) };
      const values = [value, value + 1].map((n) => exampleOf(field ?? "", n));
      return { field, operator, value: operator.endsWith("N") ? values : values[0] };
    };
    const field = (name: string) => contactField(name, sandbox.workspace, "2.16");
    let lookedUp = 0;
    const run = (drawn: Drawn) => {
      const query = written(drawn);
      const language = { field, dates: { by: "second" } } as const;
      const matches = compileQuery(query, language);
      const having = lookUp(query, (field, value) => contacts.having(field, value));
      if (!having) return;
      lookedUp += 1;
      const found = new Set([...having].filter(matches));
      expect(rows.filter((row) => found.has(row))).toEqual(rows.filter(matches));
    };
    fc.assert(fc.property(query as fc.Arbitrary<Drawn>, run), { numRuns: 500 });
    expect(lookedUp).toBeGreaterThan(100);
  });
});
