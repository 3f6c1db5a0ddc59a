import { describe, expect, test } from "vitest";
import type { Fault } from "../../sandbox/index";
import { type Inputs, openWorkbench, runClockFast } from "../stage/workbench";

interface Upserted {
  outcome: string;
  company: { id: string; company_id: string; name: string; user_count: number };
}

async function open() {
  const bench = await openWorkbench();
  const { companies, contacts } = bench.sandbox.workspace;
  const contact = contacts.create({ role: "user", email: "ada@example.org" });
  return {
    ...bench,
    contact,
    rows: () => [...companies.rows.values()],
    upsert: (inputs: Inputs = {}) =>
      bench.run<Upserted>("upsertCompany", { company_id: "smithy", name: "Smithy", ...inputs }),
  };
}

describe("upserting a company", () => {
  test("creates it, and then updates it, and says which", async () => {
    const { rows, sandbox, sent, upsert } = await open();
    expect(await upsert({ plan: "Gold" })).toMatchObject({
      outcome: "created",
      company: { company_id: "smithy", name: "Smithy" },
    });
    expect(await upsert({ name: "", monthly_spend: "49.5", size: "" })).toMatchObject({
      outcome: "updated",
      company: { name: "Smithy", monthly_spend: 49 },
    });
    expect(rows()).toHaveLength(1);
    expect(sent()).toHaveLength(4);
    expect(sandbox.requests.at(-1)?.body).toEqual({ company_id: "smithy", monthly_spend: 49 });
  });

  test("attaches the contact, and gives the company with it", async () => {
    const { contact, rows, upsert } = await open();
    for (const outcome of ["created", "updated"]) {
      expect(await upsert({ contactId: contact.id })).toMatchObject({
        outcome,
        company: { user_count: 1 },
      });
    }
    expect(contact.companyIds).toEqual([rows()[0]?.id]);
  });

  test("says that the company was written, where the contact is unknown", async () => {
    const { refusal, rows } = await open();
    const inputs = { company_id: "smithy", contactId: "0123456789abcdef01234567" };
    const error = await refusal("upsertCompany", inputs);
    expect(error).toMatchObject({ name: "NotFoundError", status: 404 });
    expect(error.message).toContain("The company smithy was created before that.");
    expect(rows()).toHaveLength(1);
  });

  test("is refused before anything is sent, where the ID is missing", async () => {
    const { refusal, sent } = await open();
    const error = await refusal("upsertCompany", { company_id: " ", name: "Smithy" });
    expect(error.message).toBe('"Company ID" is empty: fill it in.');
    expect(sent()).toEqual([]);
  });

  test.each([0, 1, 2])(
    "loses and doubles nothing where the answer to request %i is lost",
    async (skip) => {
      runClockFast();
      for (const fault of [
        { kind: "closed", workDone: true },
        { kind: "status", status: 503 },
        { kind: "cut" },
      ] satisfies Fault[]) {
        const { contact, rows, sandbox, upsert } = await open();
        sandbox.faults.add({ ...fault, skip });
        expect(await upsert({ contactId: contact.id })).toMatchObject({ outcome: "created" });
        expect(rows()).toMatchObject([{ name: "Smithy" }]);
        expect(contact.companyIds).toEqual([rows()[0]?.id]);
        expect(sandbox.requests).toHaveLength(4);
      }
    },
  );

  test("twice at once, thirty times over, makes one company each time", async () => {
    const { rows, upsert } = await open();
    for (let round = 0; round < 30; round += 1) {
      const inputs = { company_id: `smithy-${round}` };
      const both = await Promise.all(["a", "b"].map((name) => upsert({ ...inputs, name })));
      expect(new Set(both.map(({ company }) => company.id)).size).toBe(1);
      expect(rows()).toHaveLength(round + 1);
    }
  });
});
