import { expect } from "vitest";
import type { Workspace } from "../../sandbox/index";
import type { Actor, Belief } from "./actor";

interface Upserted {
  contact: { id: string };
}

/** A user, a lead and a company are upserted, also two at once, and the user comes back. */
export async function playUpserts(
  { act, believe, change, make }: Actor,
  { companies, contacts }: Workspace,
  { name, isArchived }: { name: string; isArchived: boolean },
) {
  const email = `upsert-${name}@example.org`;
  const user = { email, external_id: `crm-${name}` };
  const rows = () => [...contacts.rows.values()].filter((row) => row.email === email);

  const companyId = `upsert-${name}`;
  const ofCompany = () => [...companies.rows.values()].filter((row) => row.companyId === companyId);

  // Null: the contact does not exist.
  const named = believe<string | null>(`name of ${email}`, new Set([null]), () => {
    expect(rows().length, `contacts with ${email}`).toBeLessThanOrEqual(1);
    return rows()[0]?.name ?? null;
  });
  const both = await Promise.all(
    ["a", "b"].map((each) => act<Upserted>("upsertContact", { ...user, name: each })),
  );
  const done = both.flatMap((each) => (each instanceof Error ? [] : [each]));
  if (done.length > 0) named.delete(null);
  for (const each of ["a", "b"]) named.add(each);
  expect(new Set(done.map(({ contact }) => contact.id)).size).toBeLessThanOrEqual(1);

  const id = done[0]?.contact.id;
  const state = believe(
    `state of ${email}`,
    new Set(["active"]) as Belief<string>,
    () => rows()[0]?.state ?? "active",
  );
  if (id !== undefined && isArchived) await change(state, "archived", "archiveContact", { id });
  const kept = { ...user, name: "kept", ifFound: "keep" };
  const found = await change(state, "active", "upsertContact", kept);
  // It makes the contact where the two before did not.
  if (id === undefined) named.add("kept");
  if (id === undefined && !(found instanceof Error)) named.delete(null);
  await change(named, "c", "upsertContact", { ...user, name: "c" });

  // -1: the company does not exist.
  const spend = believe(`spend of ${companyId}`, new Set([-1]) as Belief<number>, () => {
    expect(ofCompany().length, `companies ${companyId}`).toBeLessThanOrEqual(1);
    return ofCompany()[0]?.monthlySpend ?? -1;
  });
  for (const monthly_spend of [7, 8]) {
    await change(spend, monthly_spend, "upsertCompany", {
      company_id: companyId,
      monthly_spend,
      ...(id !== undefined && { contactId: id }),
    });
  }

  const ofLead = `lead-${name}@example.org`;
  await make(
    `leads with ${ofLead}`,
    () => [...contacts.rows.values()].filter((row) => row.email === ofLead).length,
    "upsertContact",
    { email: ofLead, role: "lead" },
  );
}
