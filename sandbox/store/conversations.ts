import type { Attachment, NewAttachment } from "./attachments";
import type { ContactRow } from "./contacts";
import {
  type Author,
  adminAuthor,
  botAuthor,
  type ConversationPart,
  type ConversationState,
  contactAuthor,
} from "./conversationParts";
import type { AttributeValues } from "./dataAttributes";
import { Deadlines } from "./deadlines";
import { cleanHtml, htmlOfText } from "./html";
import { byRow } from "./kept";
import { byAge, byIdOrContact, Groups, Ordered } from "./ordered";
import { resourceNotFound } from "./refusal";
import { SearchIndex } from "./searchIndex";
import { Store } from "./store";
import { Table } from "./table";

export interface ConversationRating {
  score: number;
  remark: string;
  requestedAt: number;
  repliedAt: number;
  contactId: string;
  /** The admin who was assigned at the time of the rating. */
  adminId: string | null;
}

export interface ConversationSource {
  id: string;
  type: "conversation" | "email";
  deliveredAs: "customer_initiated" | "admin_initiated";
  subject: string;
  /** HTML. */
  body: string;
  author: Author;
  attachments: Attachment[];
}

/** Times are Unix seconds. Arrays and objects are replaced, never changed, as in contacts. */
export interface ConversationRow {
  id: string;
  /** At least one. The first contact began the conversation, or got its first message. */
  contactIds: string[];
  source: ConversationSource;
  title: string | null;
  parts: ConversationPart[];
  state: ConversationState;
  isRead: boolean;
  isPriority: boolean;
  adminId: string | null;
  teamId: string | null;
  companyId: string | null;
  tags: { id: string; appliedAt: number; adminId: string }[];
  rating: ConversationRating | null;
  customAttributes: AttributeValues;
  /** The ids of the custom objects that each attribute links to. */
  instanceIds: Record<string, string[]>;
  waitingSince: number | null;
  snoozedUntil: number | null;
  createdAt: number;
  updatedAt: number;
}

export interface NewConversation {
  contact: ContactRow;
  /** Text. */
  body: string;
  subject?: string;
  attachments?: NewAttachment[];
  createdAt?: number;
}

/** A message that an admin sent, before anybody answered it. */
export interface OutgoingMessage {
  id: string;
  type: "conversation" | "email";
  subject: string;
  /** HTML. */
  body: string;
  adminId: string;
  createdAt: number;
}

/** A part to add, and what it changes in the conversation. */
export type NewPart = Pick<ConversationPart, "type" | "author"> &
  Partial<Omit<ConversationPart, "id" | "state">>;

export class Conversations extends Store {
  readonly rows = new Table<ConversationRow>();
  override readonly index = new SearchIndex<ConversationRow>();
  /** All of them, oldest first. */
  readonly listed = new Ordered<ConversationRow>(byAge);
  readonly #byContact = new Groups<ConversationRow>();
  readonly having = byIdOrContact(this.rows, this.#byContact);
  readonly #snoozes = new Deadlines();

  readonly tables = { conversations: byRow(this.rows, (rows) => this.#load(rows)) };

  override count() {
    return { conversations: this.rows.size };
  }

  get(id: string): ConversationRow {
    const row = this.rows.get(id);
    // Wording of OpenAPI 2.16, retrieveConversation.
    if (!row) throw resourceNotFound();
    return row;
  }

  /** The conversations of a contact, oldest first. */
  ofContact(contactId: string): ConversationRow[] {
    return [...this.#byContact.get(contactId)].sort(byAge);
  }

  /** Starts a conversation with a contact's message. */
  create({ contact, body, subject, attachments, createdAt }: NewConversation): ConversationRow {
    const { workspace } = this;
    const at = createdAt ?? workspace.nowSeconds();
    const row = this.#start(
      {
        id: workspace.ids.number("message"),
        type: "conversation",
        deliveredAs: "customer_initiated",
        subject: subject ?? "",
        body: htmlOfText(body),
        author: contactAuthor(contact),
        attachments: this.attach(attachments),
      },
      [contact],
      at,
    );
    workspace.contacts.change(contact, { lastRepliedAt: at });
    workspace.report({ what: "conversation.created", conversation: row });
    return row;
  }

  /**
   * Makes a conversation of a message that an admin sent. The conversation stays closed until a
   * contact answers: add the answer with `reply` of `conversationReplies.ts`.
   */
  startFromMessage(message: OutgoingMessage, contacts: readonly ContactRow[]): ConversationRow {
    const { workspace } = this;
    const { adminId, createdAt, body, ...source } = message;
    const row = this.#start(
      {
        ...source,
        body: cleanHtml(body),
        deliveredAs: "admin_initiated",
        author: adminAuthor(workspace.admins.get(adminId)),
        attachments: [],
      },
      contacts,
      createdAt,
    );
    workspace.report({ what: "conversation.created", conversation: row });
    return row;
  }

  #start(
    source: ConversationSource,
    contacts: readonly ContactRow[],
    createdAt: number,
  ): ConversationRow {
    const { workspace } = this;
    const isByContact = source.deliveredAs === "customer_initiated";
    const row: ConversationRow = {
      id: workspace.ids.number("conversation"),
      contactIds: contacts.map(({ id }) => id),
      source,
      title: null,
      parts: [],
      // As in the examples of OpenAPI 2.16, replyConversation.
      state: isByContact ? "open" : "closed",
      isRead: false,
      isPriority: false,
      adminId: null,
      teamId: null,
      companyId: null,
      tags: [],
      rating: null,
      customAttributes: {},
      instanceIds: {},
      waitingSince: isByContact ? createdAt : null,
      snoozedUntil: null,
      createdAt,
      updatedAt: createdAt,
    };
    this.index.beforeWrite(row.id, undefined, workspace.nowMs(), workspace.settings.indexLagMs);
    this.rows.set(row.id, row);
    this.#index(row);
    this.index.afterWrite(row);
    return row;
  }

  /** Gives ids to attachments. */
  attach(attachments: readonly NewAttachment[] = []) {
    const { ids } = this.workspace;
    return attachments.map((attachment) => ({ id: ids.number("attachment"), ...attachment }));
  }

  /** Adds a part, together with what it changes in the conversation, and reports the part. */
  add(
    row: ConversationRow,
    { body = null, createdAt, ...part }: NewPart,
    fields: Partial<ConversationRow> = {},
  ): ConversationRow {
    const { workspace } = this;
    const added: ConversationPart = {
      id: workspace.ids.number("conversationPart"),
      body,
      createdAt: createdAt ?? workspace.nowSeconds(),
      state: fields.state ?? row.state,
      ...part,
    };
    this.change(row, { ...fields, parts: [...row.parts, added] });
    workspace.report({ what: "conversation.partAdded", conversation: row, part: added });
    return row;
  }

  /** Gives a user what a lead has said, when the lead becomes part of that user. */
  handOver(from: ContactRow, into: ContactRow): void {
    const idAfter = (id: string) => (id === from.id ? into.id : id);
    const after = (author: Author) => (author.id === from.id ? contactAuthor(into) : author);
    for (const row of this.ofContact(from.id)) {
      const { contactIds, rating, source, parts } = row;
      this.change(row, {
        contactIds: [...new Set(contactIds.map(idAfter))],
        rating: rating && { ...rating, contactId: idAfter(rating.contactId) },
        source: { ...source, author: after(source.author) },
        parts: parts.map((part) => ({ ...part, author: after(part.author) })),
      });
    }
  }

  /** Writes fields into a row; any write is an update. */
  change(row: ConversationRow, fields: Partial<ConversationRow>): ConversationRow {
    const { workspace } = this;
    this.index.beforeWrite(row.id, row, workspace.nowMs(), workspace.settings.indexLagMs);
    for (const id of row.contactIds) this.#byContact.remove(id, row);
    Object.assign(row, { updatedAt: workspace.nowSeconds() }, fields);
    for (const id of row.contactIds) this.#byContact.add(id, row);
    this.#snoozes.set(row.id, row.snoozedUntil);
    this.rows.set(row.id, row);
    this.index.afterWrite(row);
    return row;
  }

  override get nextDue(): number | undefined {
    return this.#snoozes.next?.at;
  }

  /** Opens the conversations whose snooze is over. */
  override doDue(nowSeconds: number): void {
    const { workspace } = this;
    for (;;) {
      const due = this.#snoozes.next;
      if (!due || due.at > nowSeconds) return;
      const row = this.get(due.id);
      const woken = { state: "open", snoozedUntil: null } as const;
      const part = { type: "timer_unsnooze", author: botAuthor(workspace) } as const;
      workspace.asOf(Math.max(due.at, row.updatedAt), () => this.add(row, part, woken));
    }
  }

  #index(row: ConversationRow): void {
    this.listed.insert(row);
    for (const id of row.contactIds) this.#byContact.add(id, row);
    this.#snoozes.set(row.id, row.snoozedUntil);
  }

  #load(rows: readonly ConversationRow[]): void {
    this.rows.clear();
    this.index.clear();
    this.listed.clear();
    this.#byContact.clear();
    this.#snoozes.clear();
    for (const row of rows) this.rows.set(row.id, row);
    // Rows that come in their order are inserted at the end, which moves no others.
    for (const row of [...rows].sort(this.listed.compare)) this.#index(row);
  }
}
