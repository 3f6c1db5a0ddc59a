import { expect, test } from "vitest";
import { openWorkbench } from "../stage/workbench";

interface State {
  id: string;
  category: string;
  ticket_types: { data: { id: string }[] };
}

test("ticket states are listed with the types whose tickets can be in them", async () => {
  const { run, sandbox, log } = await openWorkbench({ seed: "workspace" });
  const { ticketTypes } = sandbox.workspace;
  const states = await run<State[]>("listTicketStates");
  expect(states.map(({ id, category }) => [id, category])).toEqual(
    ticketTypes.states.map(({ id, category }) => [id, category]),
  );
  const typeIds = ticketTypes.rows.map(({ id }) => id);
  expect(states[0]?.ticket_types.data.map(({ id }) => id)).toEqual(typeIds);
  // The list is there from 2.12 on, and the connection says 2.11.
  expect(sandbox.requests[0]).toMatchObject({ path: "/ticket_states", apiVersion: "2.12" });
  expect(log).toContain(
    "info We send this request with API version 2.12, because 2.11 can't list the ticket states.",
  );
});

test("picking a state offers those of a ticket type alone, where one is chosen", async () => {
  const { pick, sandbox } = await openWorkbench({ seed: "workspace" });
  const { ticketTypes } = sandbox.workspace;
  const all = await pick("selectTicketState");
  expect(all.map(({ key }) => key)).toEqual(ticketTypes.states.map(({ id }) => id));
  // The seed has a state that only tickets of one type can be in.
  const own = ticketTypes.states.find(({ typeIds }) => typeIds?.length === 1);
  const type = ticketTypes.rows.find(({ id }) => id === own?.typeIds?.[0]);
  const label = `${own?.internalLabel} (${type?.name})`;
  expect(all).toContainEqual({ key: own?.id, label });
  for (const row of ticketTypes.rows) {
    const offered = await pick("selectTicketState", { ticketTypeId: row.id });
    const ids = ticketTypes.statesOf(row).map(({ id }) => id);
    expect(offered.map(({ key }) => key)).toEqual(ids);
  }
});

test("an archived state is not offered", async () => {
  const { pick, sandbox } = await openWorkbench();
  const data = [
    { id: "1", internal_label: "Done", archived: true, ticket_types: { data: [] } },
    { id: "2", internal_label: "Open", archived: false, ticket_types: { data: [] } },
  ];
  sandbox.faults.add({ kind: "status", status: 200, body: { type: "list", data } });
  expect(await pick("selectTicketState")).toEqual([{ key: "2", label: "Open" }]);
});
