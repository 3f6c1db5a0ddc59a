import type { Contact } from "../schemas/contacts";
import type { Message } from "../schemas/messages";
import type { admins } from "./admins";
import type { contacts } from "./contacts";
import { NotFoundError } from "./wire/errors";
import type { Http } from "./wire/http";
import { path } from "./wire/path";
import { needOf } from "./wire/versions";

/** A message from an admin. Undefined fields are left out. */
export interface NewMessage {
  /** `inapp` or `email`. */
  message_type: string;
  body: string;
  /** Only for an email, like the template. */
  subject?: string;
  template?: string;
  /** Unix seconds. */
  created_at?: number;
  /** Whether the conversation begins before the contact answers. */
  create_conversation_without_contact_reply?: boolean;
}

/** Who gets a message, by Intercom's ids. */
export interface Recipients {
  to: string[];
  cc: string[];
  bcc: string[];
  /** The role of all recipients; by default we look up each contact. */
  role?: string;
}

interface Others {
  admins: ReturnType<typeof admins>;
  contacts: ReturnType<typeof contacts>;
}

/** For some seconds, messages do not know a new contact. */
const pausesMs = [1000, 2000, 4000];
const newForMs = 60_000;

export const messages = (http: Http, { admins, contacts }: Others) => {
  /** Each recipient by the ID that was given: Intercom may write it in another case. */
  const contactsOf = async ({ to, cc, bcc }: Recipients) =>
    new Map(
      await Promise.all(
        [...new Set([...to, ...cc, ...bcc])].map(
          async (id) => [id, await contacts.get(id)] as const,
        ),
      ),
    );

  /** Whether a contact may be too new to get messages. */
  const isSomeoneNew = async (recipients: Recipients): Promise<boolean> => {
    const people = await contactsOf(recipients).catch(() => new Map<string, Contact>());
    return [...people.values()].some(
      ({ created_at }) => http.nowMs() - created_at * 1000 < newForMs,
    );
  };

  const post = (body: { to?: unknown }) =>
    http.send<Message>({
      permission: "Write conversations",
      isPermissionGuessed: true,
      ...needOf(
        { ...body, to: Array.isArray(body.to) || undefined },
        { to: "2.14", cc: "2.14", bcc: "2.14" },
      ),
      purpose: "send the message",
      method: "POST",
      path: path`/messages`,
      body,
    });

  async function sendTo(
    recipients: Recipients,
    body: object,
    [pauseMs, ...later]: number[],
  ): Promise<Message> {
    try {
      return await post(body);
    } catch (error) {
      const mayWait = pauseMs !== undefined && isUnknown(error);
      if (!mayWait || !(await isSomeoneNew(recipients))) throw error;
      await http.pause(pauseMs, "Intercom does not take messages to a new contact yet.");
      return sendTo(recipients, body, later);
    }
  }

  return {
    /** Not idempotent: sent twice, the message arrives twice. */
    send: async (
      message: NewMessage,
      recipients: Recipients,
      adminId: number | undefined,
      additional: Record<string, unknown> = {},
    ) => {
      const people = recipients.role === undefined ? await contactsOf(recipients) : undefined;
      const named = (ids: string[]) =>
        ids.map((id) => ({ type: recipients.role ?? people?.get(id)?.role, id }));
      const copied = (ids: string[]) => (ids.length > 0 ? named(ids) : undefined);
      const to = named(recipients.to);
      const body = {
        ...message,
        from: { type: "admin", id: await admins.numberOf(adminId) },
        // Every version takes one recipient; from 2.14 on also a list.
        to: to.length === 1 ? to[0] : to,
        cc: copied(recipients.cc),
        bcc: copied(recipients.bcc),
        ...additional,
      };
      return sendTo(recipients, body, pausesMs);
    },
  };
};

/** Intercom sends nothing when it answers 404 (OpenAPI 2.16, createMessage). */
const isUnknown = (error: unknown): boolean =>
  error instanceof NotFoundError && error.code !== "admin_not_found";
