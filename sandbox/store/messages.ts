import type { ContactRow } from "./contacts";
import type { ConversationRow } from "./conversations";
import { byRow } from "./kept";
import { byAge, Groups } from "./ordered";
import { Store } from "./store";
import { Table } from "./table";

/** A message from an admin to contacts. A change replaces the row. */
export interface MessageRow {
  id: string;
  type: "inapp" | "email";
  subject: string | null;
  /** As it was sent: text or HTML. */
  body: string;
  template: "plain" | "personal" | null;
  adminId: string;
  contactIds: string[];
  ccIds: string[];
  bccIds: string[];
  /** `null` until a contact answers, unless the admin asked for a conversation at once. */
  conversationId: string | null;
  createdAt: number;
}

export interface NewMessage {
  type: MessageRow["type"];
  subject?: string;
  body: string;
  template?: MessageRow["template"];
  adminId: string;
  to: ContactRow[];
  cc?: ContactRow[];
  bcc?: ContactRow[];
  createdAt?: number;
  /** Whether the conversation begins before a contact answers. */
  opensConversation?: boolean;
}

const idsOf = (contacts: readonly ContactRow[] = []) => [...new Set(contacts.map(({ id }) => id))];

/** The contacts who can answer. */
const recipientsOf = ({ contactIds, ccIds }: MessageRow) => new Set([...contactIds, ...ccIds]);

export class Messages extends Store {
  readonly rows = new Table<MessageRow>();
  /** The unanswered messages, by contact. */
  readonly #unanswered = new Groups<MessageRow>();

  readonly tables = { messages: byRow(this.rows, (rows) => this.#load(rows)) };

  override count() {
    return { messages: this.rows.size };
  }

  send(message: NewMessage): MessageRow {
    const { workspace } = this;
    const { contacts, conversations, ids } = workspace;
    const createdAt = message.createdAt ?? workspace.nowSeconds();
    const row: MessageRow = {
      id: ids.number("message"),
      type: message.type,
      subject: message.subject ?? null,
      body: message.body,
      template: message.template ?? null,
      adminId: message.adminId,
      contactIds: idsOf(message.to),
      ccIds: idsOf(message.cc),
      bccIds: idsOf(message.bcc),
      conversationId: null,
      createdAt,
    };
    this.#write(row);
    for (const id of new Set([...row.contactIds, ...row.ccIds, ...row.bccIds])) {
      contacts.change(contacts.get(id), { lastContactedAt: createdAt });
    }
    if (!message.opensConversation) return row;
    conversations.change(this.#begin(row), { state: "open" });
    return this.rows.get(row.id) ?? row;
  }

  /** The conversation for a contact's answer: the newest, or one that a newer message begins. */
  conversationToAnswer(contact: ContactRow): ConversationRow | undefined {
    const newest = this.workspace.conversations.ofContact(contact.id).at(-1);
    const message = [...this.#unanswered.get(contact.id)].sort(byAge).at(-1);
    return message && (!newest || message.createdAt >= newest.createdAt)
      ? this.#begin(message)
      : newest;
  }

  handOver(from: ContactRow, into: ContactRow): void {
    const after = (ids: string[]) => [...new Set(ids.map((id) => (id === from.id ? into.id : id)))];
    for (const row of [...this.#unanswered.get(from.id)]) {
      const { contactIds, ccIds, bccIds } = row;
      this.#write({
        ...row,
        contactIds: after(contactIds),
        ccIds: after(ccIds),
        bccIds: after(bccIds),
      });
    }
  }

  /** Starts the conversation with all recipients except the hidden ones. */
  #begin(row: MessageRow): ConversationRow {
    const { contacts, conversations } = this.workspace;
    const people = [...recipientsOf(row)].flatMap((id) => {
      const contact = contacts.rows.get(id);
      return contact?.state === "active" ? [contact] : [];
    });
    const { id, subject, body, adminId, createdAt } = row;
    const type = row.type === "email" ? "email" : "conversation";
    const message = { id, type, subject: subject ?? "", body, adminId, createdAt } as const;
    const conversation = conversations.startFromMessage(message, people);
    this.#write({ ...row, conversationId: conversation.id });
    return conversation;
  }

  #write(row: MessageRow): void {
    const before = this.rows.get(row.id);
    if (before) for (const id of recipientsOf(before)) this.#unanswered.remove(id, before);
    this.rows.set(row.id, row);
    if (row.conversationId !== null) return;
    for (const id of recipientsOf(row)) this.#unanswered.add(id, row);
  }

  #load(rows: readonly MessageRow[]): void {
    this.rows.clear();
    this.#unanswered.clear();
    for (const row of rows) this.#write(row);
  }
}
