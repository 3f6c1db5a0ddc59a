import type { Message } from "../schemas/messages";
import type { admins } from "./admins";
import type { contacts } from "./contacts";
import { NotFoundError } from "./wire/errors";
import type { Http } from "./wire/http";
import { path } from "./wire/path";
import { needOf } from "./wire/versions";

/** A message from an admin. What is undefined is left out. */
export interface NewMessage {
  /** `inapp` or `email`. */
  message_type: string;
  body: string;
  /** Of an email, like the template. */
  subject?: string;
  template?: string;
  /** Unix seconds. */
  created_at?: number;
  /** Whether the conversation begins before the contact answers. */
  create_conversation_without_contact_reply?: boolean;
}

/** Who gets it, by Intercom's ids. */
export interface Recipients {
  to: string[];
  cc: string[];
  bcc: string[];
  /** What all of them are; by default each is looked up. */
  role?: string;
}

interface Others {
  admins: ReturnType<typeof admins>;
  contacts: ReturnType<typeof contacts>;
}

/** A contact that was made a moment ago is unknown to messages for some seconds. */
const pausesMs = [1000, 2000, 4000];

export const messages = (http: Http, { admins, contacts }: Others) => {
  /** The role of each contact, who is asked for once. */
  async function rolesOf({ to, cc, bcc, role }: Recipients): Promise<Map<string, string>> {
    const ids = [...new Set([...to, ...cc, ...bcc])];
    const roleOf = async (id: string) => role ?? (await contacts.get(id)).role;
    return new Map(await Promise.all(ids.map(async (id) => [id, await roleOf(id)] as const)));
  }

  const post = (body: { to?: unknown }) =>
    http.send<Message>({
      permission: "Write conversations",
      ...needOf(
        { ...body, to: Array.isArray(body.to) || undefined },
        { to: "2.14", cc: "2.14", bcc: "2.14" },
      ),
      purpose: "send the message",
      method: "POST",
      path: path`/messages`,
      body,
    });

  return {
    /** Sent twice, it comes twice. */
    send: async (
      message: NewMessage,
      recipients: Recipients,
      adminId: number | undefined,
      additional: Record<string, unknown> = {},
    ) => {
      const roles = await rolesOf(recipients);
      const named = (ids: string[]) => ids.map((id) => ({ type: roles.get(id), id }));
      const copied = (ids: string[]) => (ids.length > 0 ? named(ids) : undefined);
      const to = named(recipients.to);
      const body = {
        ...message,
        from: { type: "admin", id: await admins.numberOf(adminId) },
        // One by itself in every version, a list from 2.14 on.
        to: to.length === 1 ? to[0] : to,
        cc: copied(recipients.cc),
        bcc: copied(recipients.bcc),
        ...additional,
      };
      for (const pauseMs of pausesMs) {
        try {
          return await post(body);
        } catch (error) {
          if (!isTooEarly(error)) throw error;
          const reason = "Intercom does not know the contact, who may be new. Nothing was sent.";
          await http.pause(pauseMs, reason);
        }
      }
      return post(body);
    },
  };
};

/** Intercom sends nothing when it answers 404 (OpenAPI 2.16, createMessage). */
const isTooEarly = (error: unknown): boolean =>
  error instanceof NotFoundError && !error.mayBeDone && error.code !== "admin_not_found";
