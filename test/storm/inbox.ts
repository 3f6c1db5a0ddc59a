import type { Workspace } from "../../sandbox/index";
import type { Actor, Belief } from "./actor";

interface Subject {
  /** What tells this life from others. */
  name: string;
  contactId: string;
  tagId: string;
  teamId: string;
}

const number = <Row>(rows: Iterable<Row>, isMeant: (row: Row) => boolean): number =>
  [...rows].filter(isMeant).length;

/** A contact writes, the team answers, and the conversation is closed. */
export async function playInbox(
  { act, believe, change, make }: Actor,
  { conversations, events, messages, notes, articles, customObjectInstances }: Workspace,
  { name, contactId, tagId, teamId }: Subject,
) {
  const said = `Conversation ${name}`;
  const begun = await make<{ conversation_id: string }>(
    said,
    () => number(conversations.rows.values(), ({ source }) => source.body.includes(`${said}.`)),
    "createConversation",
    { contactId, contactRole: "lead", body: `${said}.` },
  );
  if (!(begun instanceof Error)) {
    const conversationId = begun.conversation_id;
    const row = () => conversations.get(conversationId);
    /** Of one type alone: a note is never a reply, and the reverse. */
    const parts = (type: string, body: string) => () =>
      number(row().parts, (part) => part.type === type && part.body?.includes(body) === true);
    for (const [type, key] of [
      ["note", "addNoteToConversation"],
      ["comment", "replyToConversation"],
    ] as const) {
      const body = `A ${type} on ${name}.`;
      await make(body, parts(type, body), key, { conversationId, body });
    }
    const isTagged = believe(
      `tag of ${said}`,
      new Set([false]) as Belief<boolean>,
      () => row().tags.length === 1,
    );
    await change(isTagged, true, "attachTagToConversation", { conversationId, tagId });
    await change(isTagged, false, "detachTagFromConversation", { conversationId, tagId });
    const team = believe(
      `team of ${said}`,
      new Set([null]) as Belief<string | null>,
      () => row().teamId,
    );
    await change(team, teamId, "assignConversation", { conversationId, teamAssigneeId: teamId });
    const state = believe(
      `state of ${said}`,
      new Set(["open"]) as Belief<string>,
      () => row().state,
    );
    await change(state, "closed", "closeConversation", { conversationId });
    await change(state, "open", "reopenConversation", { conversationId });
    await act("getConversation", { conversationId });
  }

  // A contact who is deleted later takes notes and events along; none of these is.
  const event = `event-${name}`;
  const happened = believe(event, new Set([0]) as Belief<number>, () =>
    number(events.rows.values(), (row) => row.name === event),
  );
  await change(happened, 1, "submitEvent", { contact: contactId, eventName: event });
  const note = `Note ${name}.`;
  await make(
    note,
    () => number(notes.rows.values(), ({ body }) => body.includes(note)),
    "createNote",
    { contactId, body: note },
  );
  const message = `Message ${name}.`;
  await make(
    message,
    () => number(messages.rows.values(), ({ body }) => body.includes(message)),
    "sendMessage",
    { contactIds: [contactId], contactRole: "lead", body: message },
  );
  const title = `Article ${name}`;
  await make(
    title,
    () =>
      number(articles.rows.values(), ({ contents }) =>
        Object.values(contents).some((content) => content.title === title),
      ),
    "createArticle",
    { title },
  );
  const order = believe(name, new Set([0]) as Belief<number>, () =>
    number(customObjectInstances.rows.values(), ({ externalId }) => externalId === name),
  );
  const instance = { objectTypeId: "Order", externalId: name };
  await change(order, 1, "upsertCustomObjectInstance", instance);
}
