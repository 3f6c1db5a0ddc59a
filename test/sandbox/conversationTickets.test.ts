import { describe, expect, test } from "vitest";
import { refusal } from "../judges/answers";
import { sdk, sdkVersions } from "../judges/intercomClient";
import { begun } from "../stage/begun";

/** A conversation, and a type of customer tickets that needs nothing. */
async function converting() {
  const bench = await begun();
  const { ticketTypes } = bench.sandbox.workspace;
  const type = ticketTypes.define({
    name: "Question",
    description: "",
    icon: "?",
    category: "Customer",
    attributes: [],
  });
  return {
    ...bench,
    type,
    states: ticketTypes.states,
    convert: (body: object, version = "2.16") =>
      bench.call("POST", `/conversations/${bench.id}/convert`, body, version),
  };
}

describe.each(sdkVersions)("Intercom's client, version %s", (version) => {
  test("makes a conversation a ticket", async () => {
    const bench = await converting();
    const { conversations } = sdk(bench, version);
    const { id: conversation_id, type } = bench;
    // Until 7 the client takes the ID as a number.
    const ticket = await conversations.convertToTicket({
      conversation_id: conversation_id as never,
      ticket_type_id: type.id,
    });
    expect(ticket?.category).toBe("Customer");
  });
});

describe("a conversation that becomes a ticket", () => {
  test("gives it contact, age and what was said, and each shows the other", async () => {
    const { convert, type, ada, id, get, reply, byAdmin, clock, states } = await converting();
    const now = clock.ms / 1000;
    await reply(byAdmin);
    await reply({ ...byAdmin, message_type: "note", body: "Hm" });
    const attributes = { _default_title_: "Help" };
    const { body } = await convert({ ticket_type_id: type.id, attributes });
    expect(body).toMatchObject({
      category: "Customer",
      ticket_attributes: attributes,
      ticket_state: { id: states[0]?.id, category: "submitted" },
      contacts: { contacts: [{ id: ada.id }] },
      created_at: now - 60,
      updated_at: now,
      open: true,
      linked_objects: { data: [{ type: "conversation", id, category: null }], total_count: 1 },
    });
    const parts = body.ticket_parts.ticket_parts;
    expect(parts).toMatchObject([
      {
        part_type: "comment",
        body: "<p>I need &lt;b&gt;help&lt;/b&gt;</p>",
        created_at: now - 60,
        author: { id: ada.id, type: "user" },
      },
      { part_type: "comment", body: "<p>Hi</p>", author: { type: "admin" } },
      { part_type: "note", body: "<p>Hm</p>" },
      { part_type: "ticket_state_updated_by_admin", created_at: now, author: { type: "bot" } },
    ]);
    const { linked_objects } = await get();
    expect(linked_objects.data).toEqual([{ type: "ticket", id: body.id, category: "Customer" }]);
  });

  test("begins in a state of its type, from 2.16 on", async () => {
    const { convert, type, states } = await converting();
    const [, second, , last] = states;
    expect(refusal(await convert({ ticket_type_id: type.id, ticket_state_id: "1" }))).toMatchObject(
      {
        status: 400,
        code: "ticket_state_id_invalid",
      },
    );
    const { body } = await convert({ ticket_type_id: type.id, ticket_state_id: last?.id });
    expect([body.ticket_state.id, body.open]).toEqual([last?.id, false]);
    const other = await converting();
    const older = { ticket_type_id: other.type.id, ticket_state_id: second?.id };
    expect((await other.convert(older, "2.15")).body.ticket_state.category).toBe("submitted");
  });

  test("becomes one once, and no back-office ticket", async () => {
    const { convert, type, sandbox } = await converting();
    const backOffice = sandbox.workspace.ticketTypes.define({
      ...{ name: "Refund", description: "", icon: "$", attributes: [] },
      category: "Back-office",
    });
    const refused = async (body: object) => refusal(await convert(body));
    expect(await refused({ ticket_type_id: backOffice.id })).toMatchObject({
      status: 400,
      code: "parameter_invalid",
      message: "Ticket type is not a customer ticket type",
    });
    expect((await refused({})).code).toBe("parameter_not_found");
    expect((await refused({ ticket_type_id: "1" })).status).toBe(404);
    expect((await refused({ ticket_type_id: type.id, attributes: { Shoe: 1 } })).status).toBe(400);
    expect((await convert({ ticket_type_id: type.id })).status).toBe(200);
    expect((await refused({ ticket_type_id: type.id })).status).toBe(400);
    expect(sandbox.workspace.tickets.rows.size).toBe(1);
  });
});
