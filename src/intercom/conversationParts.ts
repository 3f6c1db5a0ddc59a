import type { Conversation, Participants } from "../schemas/conversations";
import type { Ticket } from "../schemas/tickets";
import type { admins } from "./admins";
import type { ContactName } from "./contacts";
import { withCut } from "./conversations";
import { type Author, authorOf, customerOf, type Message } from "./replies";
import { withCutParts } from "./tickets";
import type { Http, Request } from "./wire/http";
import { path } from "./wire/path";
import { needOf } from "./wire/versions";

/** The ticket that a conversation becomes. Undefined fields are left out. */
export interface NewTicket {
  ticket_type_id: string;
  ticket_state_id?: string;
  /** The keys are the names of the ticket type's attributes; a list attribute takes an option's id. */
  attributes?: Record<string, unknown>;
}

/** The ids of the admin and the team that a conversation is assigned to. */
export interface Assignees {
  admin?: string;
  team?: string;
}

/** Who does something, by default the admin of the access token, and perhaps a message. */
export interface Act {
  adminId?: string;
  /** The message, which the contact sees. */
  body?: string;
}

const read = { permission: "Read conversations" } as const;
const write = { permission: "Write conversations" } as const;

/** Parts of a conversation, and its contacts. */
export const conversationParts = (http: Http, { idOf }: ReturnType<typeof admins>) => {
  const send = async (request: Omit<Request, "permission">) =>
    withCut(http, await http.send<Conversation>({ ...write, ...request }));

  /** Idempotent, unless a message goes along. */
  const act = async (
    id: string,
    purpose: string,
    { adminId, body }: Act,
    part: { message_type: string; [key: string]: unknown },
  ) =>
    send({
      purpose,
      method: "POST",
      path: path`/conversations/${id}/parts`,
      body: { ...part, admin_id: await idOf(adminId), body },
      isRepeatable: body === undefined,
    });

  const assignTo = (type: "admin" | "team", assignee_id: string, id: string, by: Act, why = "") =>
    act(id, `assign the conversation to the ${type}${why}`, by, {
      message_type: "assignment",
      type,
      assignee_id,
    });

  return {
    /** A reply or a note. The id `last` means the conversation in which the contact wrote last. */
    reply: async (id: string, author: Author, message: Message) =>
      send({
        purpose: message.message_type === "note" ? "add the note" : "send the reply",
        method: "POST",
        path: path`/conversations/${id}/reply`,
        body: { ...(await authorOf(author, idOf)), ...message },
        ...needOf(message, { reply_options: "2.14", skip_notifications: "2.15" }),
      }),

    /**
     * Without an admin and a team, nobody is assigned. We assign the team first, because Intercom may
     * then assign an admin of the team. The message goes with the last request.
     */
    assign: async (id: string, { admin, team }: Assignees, by: Act) => {
      if (team === undefined) return assignTo("admin", admin ?? nobody, id, by);
      if (admin === undefined) return assignTo("team", team, id, by);
      await assignTo("team", team, id, { ...by, body: undefined });
      return assignTo("admin", admin, id, by, " (the team has it now)");
    },

    close: (id: string, by: Act) =>
      act(id, "close the conversation", by, { message_type: "close", type: "admin" }),

    /** `until` is in Unix seconds. */
    snooze: (id: string, until: number, { adminId }: Act) =>
      act(
        id,
        "snooze the conversation",
        { adminId },
        { message_type: "snoozed", snoozed_until: until },
      ),

    reopen: (id: string, { adminId }: Act) =>
      act(id, "reopen the conversation", { adminId }, { message_type: "open" }),

    /** Intercom refuses to convert a conversation again. */
    convert: async (id: string, ticket: NewTicket) => {
      const made = await http.send<Ticket>({
        permission: "Write tickets",
        isPermissionGuessed: true,
        purpose: "convert the conversation to a ticket",
        method: "POST",
        path: path`/conversations/${id}/convert`,
        body: ticket,
        ...needOf(ticket, { ticket_state_id: "2.16" }),
      });
      return withCutParts(http, made);
    },

    /** Not idempotent: for an unknown e-mail, Intercom creates a lead each time. */
    attachContact: async (id: string, contact: ContactName, { adminId }: Act) =>
      http.send<Participants>({
        ...write,
        purpose: "attach the contact to the conversation",
        method: "POST",
        path: path`/conversations/${id}/customers`,
        body: { admin_id: await idOf(adminId), customer: customerOf(contact) },
        listedAs: "customers",
        mayBeOne: true,
      }),

    /** Intercom refuses to detach the last contact (422). */
    detachContact: async (id: string, contactId: string, { adminId }: Act) =>
      http.send<Participants>({
        ...write,
        purpose: "detach the contact from the conversation",
        method: "DELETE",
        path: path`/conversations/${id}/customers/${contactId}`,
        body: { admin_id: await idOf(adminId) },
        listedAs: "customers",
        mayBeOne: true,
        whenGone: () =>
          http.send<Participants>({
            ...read,
            purpose: "see whether the contact is detached",
            method: "GET",
            path: path`/conversations/${id}`,
          }),
      }),
  };
};

/** The assignee id that unassigns (OpenAPI 2.16, assign_conversation_request). */
const nobody = "0";
