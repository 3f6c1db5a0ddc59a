import { expect } from "vitest";
import type { Workbench } from "../stage/workbench";
import { type Belief, createActor, type Report, randomFrom } from "./actor";
import { playInbox } from "./inbox";
import { playUpserts } from "./upserts";

/** What a workspace holds before the storm. */
export interface Base {
  /** Every list must have these. */
  contactIds: string[];
  companyIds: string[];
  email: string;
  tagId: string;
  teamId: string;
  ticketTypeId: string;
  ticketAttributes: Record<string, unknown>;
}

/** Plays the lives of contacts and companies, one after the other, until the storm is over. */
export async function playLives(
  bench: Workbench,
  report: Report,
  base: Base,
  { worker, seed, isOver }: { worker: number; seed: number; isOver: () => boolean },
) {
  const random = randomFrom(seed + worker * 7919);
  const actor = createActor(bench, report);
  const { act, believe, change, make } = actor;
  const { workspace } = bench.sandbox;

  for (let life = 0; !isOver(); life += 1) {
    const name = `${worker}-${life}`;
    const email = `storm-${name}@example.org`;
    const made = await make<{ id: string }>(
      `leads with ${email}`,
      () => [...workspace.contacts.rows.values()].filter((row) => row.email === email).length,
      "createContact",
      { email, role: "lead" },
    );

    const companyId = `storm-${name}`;
    // -1: the company does not exist.
    const spend = believe(`spend of ${companyId}`, new Set([-1]) as Belief<number>, () => {
      const rows = [...workspace.companies.rows.values()].filter(
        (row) => row.companyId === companyId,
      );
      expect(rows.length, `companies ${companyId}`).toBeLessThanOrEqual(1);
      return rows[0]?.monthlySpend ?? -1;
    });
    const company = { company_id: companyId, name, remote_created_at: "1571069751" };
    await change(spend, 7, "createCompany", { ...company, monthly_spend: "7" });
    if (!spend.has(-1)) {
      await change(spend, 8, "updateCompany", { company_id: companyId, monthly_spend: 8 });
      await act("getCompany", { id: companyId });
    }

    let hasCompany: Belief<boolean> | undefined;
    if (!(made instanceof Error)) {
      const { id } = made;
      const row = () => workspace.contacts.rows.get(id);
      const state = believe(
        `state of ${id}`,
        new Set(["active"]) as Belief<string | undefined>,
        () => row()?.state,
      );
      /** A deleted contact has nothing any more. */
      const believeOfLiving = <Value>(what: string, value: Value, actual: () => Value) => {
        const belief = new Set([value]);
        report.checks.push(() => {
          if (row()?.state !== "deleted") expect(belief, `${what} of ${id}`).toContain(actual());
        });
        return belief;
      };
      const named = believeOfLiving<string | null | undefined>("name", null, () => row()?.name);
      const isTagged = believeOfLiving<boolean>("tag", false, () => row()?.tags.length === 1);
      hasCompany = believeOfLiving<boolean>("company", false, () => row()?.companyIds.length === 1);

      await change(named, `Name ${name}`, "updateContact", {
        id,
        email,
        role: "lead",
        name: `Name ${name}`,
      });
      const got = await act<{ name: string | null }>("getContact", { id });
      if (!(got instanceof Error)) expect(named).toContain(got.name);
      await change(isTagged, true, "attachTag", { id, tagId: base.tagId });
      if (random() < 0.5) await change(isTagged, false, "detachTag", { id, tagId: base.tagId });
      if (!spend.has(-1)) {
        await change(hasCompany, true, "attachCompany", { id, companyId });
        if (random() < 0.5) await change(hasCompany, false, "detachCompany", { id, companyId });
      }
      const title = `Ticket ${name}`;
      const ticket = await make<{ id: string }>(
        `tickets with the title ${title}`,
        () =>
          [...workspace.tickets.rows.values()].filter((row) => row.values._default_title_ === title)
            .length,
        "createTicket",
        {
          ticketTypeId: base.ticketTypeId,
          contactId: id,
          ticketAttributes: { ...base.ticketAttributes, _default_title_: title },
        },
      );
      if (!(ticket instanceof Error)) {
        const isOpen = believe(
          `whether ${title} is open`,
          new Set([true]) as Belief<boolean>,
          () => workspace.tickets.get(ticket.id).isOpen,
        );
        await change(isOpen, false, "updateTicket", { ticketId: ticket.id, open: "false" });
      }
      if (random() < 0.6) {
        await playInbox(actor, workspace, { ...base, name, contactId: id });
      } else {
        if (random() < 0.5) {
          await change(state, "archived", "archiveContact", { id });
          if (random() < 0.5) await change(state, "active", "unarchiveContact", { id });
        }
        if (random() < 0.3 && !state.has("archived")) {
          await change(state, "deleted", "deleteContact", { id });
        }
      }
    }
    if (random() < 0.3 && !spend.has(-1)) {
      await change(spend, -1, "deleteCompany", { id: companyId });
      // A deleted company loses its contacts.
      hasCompany?.add(false);
    }

    if (random() < 0.4) await playUpserts(actor, workspace, { name, isArchived: random() < 0.5 });

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
