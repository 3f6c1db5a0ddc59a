import { expect, test } from "vitest";
import { openSandbox } from "../judges/answers";

const isRising = (times: number[]) =>
  times.every((time, at) => at === 0 || time >= (times[at - 1] ?? 0));

test("the seed's inbox is in every state, and nobody acts in it before they are there", async () => {
  const { sandbox } = await openSandbox({ seed: "workspace" });
  const { contacts, conversations, events, messages, notes, tickets, ticketTypes } =
    sandbox.workspace;
  const inbox = [...conversations.rows.values()];
  expect(new Set(inbox.map(({ state }) => state))).toEqual(new Set(["open", "closed", "snoozed"]));
  const stateIds = new Set([...tickets.rows.values()].map(({ stateId }) => stateId));
  expect(stateIds).toEqual(new Set(ticketTypes.states.map(({ id }) => id)));

  expect(isRising(inbox.map(({ createdAt }) => createdAt))).toBe(true);
  for (const { createdAt, parts } of [...inbox, ...tickets.rows.values()]) {
    expect(isRising([createdAt, ...parts.map((part) => part.createdAt)])).toBe(true);
  }
  const begun = [
    ...inbox.map(({ createdAt, contactIds }) => ({ createdAt, contactId: contactIds[0] })),
    ...[...messages.rows.values()].map(({ createdAt, contactIds }) => ({
      createdAt,
      contactId: contactIds[0],
    })),
    ...tickets.rows.values(),
    ...notes.rows.values(),
    ...events.rows.values(),
  ];
  for (const { createdAt, contactId = "" } of begun) {
    expect(createdAt).toBeGreaterThanOrEqual(contacts.get(contactId).createdAt);
  }
});

test("an unanswered message of the seed becomes a conversation with the contact's answer", async () => {
  const { call, sandbox } = await openSandbox({ seed: "workspace" });
  const [message] = sandbox.workspace.messages.rows.values();
  const { body } = await call("POST", "/conversations/last/reply", {
    type: "user",
    intercom_user_id: message?.contactIds[0],
    message_type: "comment",
    body: "Gladly",
  });
  expect(body.source.id).toBe(message?.id);
});
