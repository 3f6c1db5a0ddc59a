import type { AdminRow } from "../store/admins";
import type { ContactRow } from "../store/contacts";
import { update } from "../store/conversationFields";
import { contactAuthor } from "../store/conversationParts";
import { reply } from "../store/conversationReplies";
import { assign, close, open, snooze } from "../store/conversationStates";
import type { ConversationRow } from "../store/conversations";
import { replyToTicket } from "../store/ticketReplies";
import type { TicketRow } from "../store/tickets";
import type { Workspace } from "../store/workspace";
import { eventData, messageData, noteData } from "./activity";
import { type ConversationStep, conversationData, type Pause } from "./conversations";
import { type TicketData, type TicketStep, ticketData } from "./tickets";

/** So late that no test and no practice comes so far. */
const snoozedUntil = Date.UTC(2035, 0) / 1000;

const secondsAt = (time: string) => Date.parse(time) / 1000;

const secondsOf = { m: 60, h: 3600, d: 86_400 };

const secondsIn = (pause: Pause) =>
  Number.parseInt(pause, 10) * secondsOf[pause.at(-1) as keyof typeof secondsOf];

/** Does each step at its own time. */
function play<Step extends readonly [Pause, ...unknown[]]>(
  workspace: Workspace,
  start: number,
  steps: readonly Step[],
  act: (step: Step) => void,
): void {
  let at = start;
  for (const step of steps) {
    at += secondsIn(step[0]);
    workspace.asOf(at, () => act(step));
  }
}

/** Finds what the data calls by name. */
function namesIn({ admins, contacts, tags, teams }: Workspace) {
  const named = <Row>(row: Row | undefined, name: string): Row => {
    if (!row) throw new Error(`The seed has no "${name}".`);
    return row;
  };
  const people = new Map([...contacts.rows.values()].map((row) => [row.name, row]));
  const admin = (name: string): AdminRow =>
    named(
      admins.rows.find((row) => row.name.startsWith(`${name} `)),
      name,
    );
  return {
    admin,
    contact: (name: string): ContactRow => named(people.get(name), name),
    assignee: (name: string): { type: "admin" | "team"; id: string } => {
      const team = teams.rows.find((row) => row.name === name);
      return team ? { type: "team", id: team.id } : { type: "admin", id: admin(name).id };
    },
    tag: (name: string) => tags.findOrCreate(name),
  };
}

type Names = ReturnType<typeof namesIn>;

/** Conversations, tickets, notes, events and messages. The contacts must be there. */
export function sowInbox(workspace: Workspace): void {
  const names = namesIn(workspace);
  const { conversations, events, messages, notes } = workspace;
  for (const { contact: name, at, steps, ...said } of conversationData) {
    const contact = names.contact(name);
    const start = secondsAt(at);
    const row = workspace.asOf(start, () => conversations.create({ contact, ...said }));
    play(workspace, start, steps, (step) => converse(workspace, names, { row, contact }, step));
  }
  for (const data of ticketData) sowTicket(workspace, names, data);
  for (const [name, by, at, body] of noteData) {
    const note = { body, adminId: names.admin(by).id };
    workspace.asOf(secondsAt(at), () => notes.create(names.contact(name), note));
  }
  for (const [contact, name, at, metadata = {}] of eventData) {
    events.create(names.contact(contact), { name, createdAt: secondsAt(at), metadata });
  }
  for (const { by, to, at, subject, body } of messageData) {
    const mail = subject === undefined ? {} : { subject, template: "personal" as const };
    workspace.asOf(secondsAt(at), () =>
      messages.send({
        type: subject === undefined ? "inapp" : "email",
        ...mail,
        body,
        adminId: names.admin(by).id,
        to: to.map(names.contact),
      }),
    );
  }
}

function converse(
  workspace: Workspace,
  names: Names,
  { row, contact }: { row: ConversationRow; contact: ContactRow },
  step: ConversationStep,
): void {
  const { conversations, tags } = workspace;
  const [, who] = step;
  if (who === "contact") {
    const [, , does, what, remark] = step;
    if (does === "says") reply(workspace, row, { author: contact, type: "comment", body: what });
    else rate(workspace, row, contact, what, remark);
    return;
  }
  const { id: adminId } = names.admin(who);
  const [, , does, what = ""] = step;
  switch (does) {
    case "says":
    case "notes": {
      const type = does === "says" ? "comment" : "note";
      reply(workspace, row, { author: { adminId }, type, body: what });
      break;
    }
    case "assigns":
      assign(workspace, row, { adminId, assignee: names.assignee(what) });
      break;
    case "tags":
      tags.tagConversation(row, names.tag(what), adminId);
      break;
    case "sets topic":
      update(workspace, row, { customAttributes: { Topic: what } });
      break;
    case "makes urgent":
      conversations.change(row, { isPriority: true });
      break;
    case "closes":
      close(workspace, row, { adminId });
      break;
    case "snoozes":
      snooze(workspace, row, { adminId, until: snoozedUntil });
      break;
    case "reopens":
      open(workspace, row, { adminId });
      break;
  }
}

function rate(
  workspace: Workspace,
  row: ConversationRow,
  contact: ContactRow,
  score: number,
  remark: string,
): void {
  const at = workspace.nowSeconds();
  const { adminId, updatedAt: requestedAt } = row;
  const rating = { score, remark, requestedAt, repliedAt: at, contactId: contact.id, adminId };
  const part = { type: "conversation_rating_changed", author: contactAuthor(contact) } as const;
  workspace.conversations.add(row, part, { rating });
}

function sowTicket(workspace: Workspace, names: Names, data: TicketData): void {
  const { conversations, ticketTypes, tickets } = workspace;
  const { at, title, description, about, steps } = data;
  const type = ticketTypes.rows.find(({ name }) => name === data.type);
  const contact = names.contact(data.contact);
  const values = Object.entries(data.values).map(([name, value]) => {
    const { options = [] } = type?.attributes.find((row) => row.name === name) ?? {};
    return [name, options.find(({ label }) => label === value)?.id ?? value];
  });
  const linked = about && conversations.ofContact(names.contact(about).id).at(-1);
  const start = secondsAt(at);
  const row = workspace.asOf(start, () =>
    tickets.create({
      typeId: type?.id ?? "",
      contact: { id: contact.id },
      values: {
        ...Object.fromEntries(values),
        _default_title_: title,
        _default_description_: description,
      },
      ...(linked ? { linkId: linked.id } : {}),
    }),
  );
  play(workspace, start, steps, (step) => work(workspace, names, { row, contact }, step));
}

function work(
  workspace: Workspace,
  names: Names,
  { row, contact }: { row: TicketRow; contact: ContactRow },
  step: TicketStep,
): void {
  const { tickets, ticketTypes } = workspace;
  const [, who, does, what] = step;
  if (does === "says" || does === "notes") {
    const author = who === "contact" ? contact : { adminId: names.admin(who).id };
    const type = does === "says" ? "comment" : "note";
    replyToTicket(row, { author, type, body: what, attachments: [], options: [] }, workspace);
    return;
  }
  const { id: adminId } = names.admin(who);
  if (does === "snoozes") tickets.update(row, { adminId, snoozedUntil });
  else if (does === "assigns") {
    tickets.update(row, { adminId, assigneeId: names.assignee(what).id });
  } else {
    const state = ticketTypes.states.find(({ internalLabel }) => internalLabel === what);
    tickets.update(row, { adminId, stateId: state?.id ?? "" });
  }
}
