import { expect, test } from "vitest";
import { openSandbox, refusal } from "../judges/answers";

/** A sandbox with one of everything that has a time, and the requests that set one. */
async function filled() {
  const bench = await openSandbox({ seed: "workspace" });
  const { contacts, conversations, tickets, ticketTypes, admins } = bench.sandbox.workspace;
  const [contact] = contacts.listed;
  const [conversation] = conversations.listed;
  const type = ticketTypes.define({
    name: "Plain",
    description: "",
    icon: "🎟️",
    category: "Customer",
    attributes: [],
  });
  const ticket = tickets.create({ typeId: type.id, contact: { id: contact?.id ?? "" } });
  const requests: Record<string, [method: string, path: string, body: object]> = {
    "signed_up_at of a new contact": ["POST", "/contacts", { role: "lead" }],
    "last_seen_at of a contact": ["PUT", `/contacts/${contact?.id}`, {}],
    "remote_created_at of a company": ["POST", "/companies", { company_id: "new" }],
    "created_at of a ticket": [
      "POST",
      "/tickets",
      { ticket_type_id: type.id, contacts: [{ id: contact?.id }] },
    ],
    "snoozed_until of a ticket": ["PUT", `/tickets/${ticket.id}`, {}],
    "created_at of a conversation": [
      "POST",
      "/conversations",
      { from: { type: "contact", id: contact?.id }, body: "Hello" },
    ],
    "created_at of a reply": [
      "POST",
      `/conversations/${conversation?.id}/reply`,
      { type: "admin", message_type: "note", admin_id: admins.owner.id, body: "Hello" },
    ],
  };
  return {
    send(which: string, time: unknown) {
      const [method, path, body] = requests[which] ?? ["", "", {}];
      return bench.call(method, path, { ...body, [which.split(" ")[0] ?? ""]: time });
    },
    save: () => bench.sandbox.save(),
    bench,
    contactId: contact?.id,
  };
}

const times = [
  "signed_up_at of a new contact",
  "last_seen_at of a contact",
  "remote_created_at of a company",
  "created_at of a ticket",
  "snoozed_until of a ticket",
  "created_at of a conversation",
  "created_at of a reply",
];

test.each(times)(
  "%s is a whole number of seconds since 1970, or nothing is written",
  async (which) => {
    const { send, save } = await filled();
    const { ids: _, ...before } = save();
    for (const time of [1767225600000, -1, 1767225600.5, "1767225600", "2026-01-01", true]) {
      expect(refusal(await send(which, time)), `${time}`).toMatchObject({
        status: 400,
        code: "parameter_invalid",
        message: `${which.split(" ")[0]} must be a Unix timestamp in whole seconds`,
      });
    }
    const { ids: __, ...after } = save();
    expect(after).toEqual(before);
    expect((await send(which, 1767225600)).status).toBe(200);
  },
);

test("a custom date may be before 1970, and is no number of milliseconds", async () => {
  const { bench, contactId } = await filled();
  const write = (renewal_date: number) =>
    bench.call("PUT", `/contacts/${contactId}`, { custom_attributes: { renewal_date } });
  expect((await write(-315619200)).body.custom_attributes.renewal_date).toBe(-315619200);
  expect(refusal(await write(1767225600000))).toMatchObject({
    status: 400,
    message: "Custom attribute 'renewal_date' must be of type date",
  });
});
