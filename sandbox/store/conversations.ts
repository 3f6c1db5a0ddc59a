import type { AdminRow } from "./admins";
import type { ContactRow } from "./contacts";
import type { AttributeValues } from "./dataAttributes";
import { cleanHtml, htmlOfText } from "./html";
import { byRow } from "./kept";
import { byAge, Ordered } from "./ordered";
import { resourceNotFound } from "./refusal";
import { SearchIndex } from "./searchIndex";
import { Store } from "./store";
import { Table } from "./table";

export interface Author {
  type: "admin" | "user" | "lead";
  id: string;
  name: string | null;
  email: string | null;
}

export interface ConversationPart {
  id: string;
  /** A contact's word in a conversation that was closed opens it. */
  type: "comment" | "note" | "open";
  body: string | null;
  author: Author;
  createdAt: number;
}

/** Times are Unix seconds. Arrays and objects are replaced, never changed, as in contacts. */
export interface ConversationRow {
  id: string;
  contactId: string;
  source: { id: string; subject: string; body: string; author: Author };
  parts: ConversationPart[];
  state: "open" | "closed" | "snoozed";
  isRead: boolean;
  isPriority: boolean;
  adminId: string | null;
  teamId: string | null;
  customAttributes: AttributeValues;
  waitingSince: number | null;
  snoozedUntil: number | null;
  createdAt: number;
  updatedAt: number;
}

export interface NewConversation {
  contact: ContactRow;
  body: string;
  subject?: string;
  createdAt?: number;
}

export interface Reply {
  author: ContactRow | { adminId: string };
  type: "comment" | "note";
  body: string | null;
  createdAt?: number;
}

/** The instants and counts that Intercom works out from the parts; what never was is left out. */
export function statisticsOf({ parts }: ConversationRow) {
  const said = parts.filter(({ type }) => type !== "note");
  const byAdmin = said.filter(({ author }) => author.type === "admin");
  const byContact = said.filter(({ author }) => author.type !== "admin");
  const at = (part: ConversationPart | undefined) => part?.createdAt;
  const values: Record<string, number | undefined> = {
    first_contact_reply_at: at(byContact[0]),
    last_contact_reply_at: at(byContact.at(-1)),
    first_admin_reply_at: at(byAdmin[0]),
    last_admin_reply_at: at(byAdmin.at(-1)),
    count_conversation_parts: parts.length,
  };
  return values;
}

export class Conversations extends Store {
  readonly rows = new Table<ConversationRow>();
  override readonly index = new SearchIndex<ConversationRow>();
  /** All of them, oldest first. */
  readonly listed = new Ordered<ConversationRow>(byAge);

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

  create(given: NewConversation): ConversationRow {
    const { workspace } = this;
    const { ids } = workspace;
    const createdAt = given.createdAt ?? workspace.nowSeconds();
    const row: ConversationRow = {
      id: ids.number("conversation"),
      contactId: given.contact.id,
      source: {
        id: ids.number("message"),
        subject: given.subject ?? "",
        body: htmlOfText(given.body),
        author: contact(given.contact),
      },
      parts: [],
      state: "open",
      isRead: false,
      isPriority: false,
      adminId: null,
      teamId: null,
      customAttributes: {},
      waitingSince: createdAt,
      snoozedUntil: null,
      createdAt,
      updatedAt: createdAt,
    };
    this.index.beforeWrite(row.id, undefined, workspace.nowMs(), workspace.settings.indexLagMs);
    this.#add(row);
    this.index.afterWrite(row);
    workspace.contacts.change(given.contact, { lastRepliedAt: createdAt });
    workspace.report({ what: "conversation.created", conversation: row });
    return row;
  }

  reply(row: ConversationRow, { author, type, body, createdAt: given }: Reply): ConversationRow {
    const { workspace } = this;
    const nowSeconds = workspace.nowSeconds();
    const createdAt = given ?? nowSeconds;
    const byAdmin = "adminId" in author;
    const isClosed = row.state !== "open";
    const part: ConversationPart = {
      id: workspace.ids.number("conversationPart"),
      type: isClosed && !byAdmin ? "open" : type,
      // A contact writes text, an admin HTML (OpenAPI 2.16, create_conversation_request and
      // admin_reply_conversation_request); both come back as HTML.
      body: body === null ? null : byAdmin ? cleanHtml(body) : htmlOfText(body),
      author: byAdmin ? admin(workspace.admins.get(author.adminId)) : contact(author),
      createdAt,
    };
    this.change(row, {
      parts: [...row.parts, part],
      ...(type === "note"
        ? {}
        : byAdmin
          ? { isRead: true, waitingSince: null }
          : {
              isRead: false,
              state: "open",
              snoozedUntil: null,
              waitingSince: row.waitingSince ?? createdAt,
            }),
    });
    if (type === "comment") {
      const person = workspace.contacts.rows.get(row.contactId);
      const at = byAdmin ? { lastContactedAt: createdAt } : { lastRepliedAt: createdAt };
      if (person?.state === "active") workspace.contacts.change(person, at);
    }
    workspace.report({ what: "conversation.replied", conversation: row, part });
    return row;
  }

  /** Gives a user what a lead has said, when the lead becomes part of that user. */
  handOver(from: ContactRow, into: ContactRow): void {
    const after = (author: Author) => (author.id === from.id ? contact(into) : author);
    for (const row of this.rows.values()) {
      if (row.contactId !== from.id) continue;
      this.change(row, {
        contactId: into.id,
        source: { ...row.source, author: after(row.source.author) },
        parts: row.parts.map((part) => ({ ...part, author: after(part.author) })),
      });
    }
  }

  /** Writes fields into a row; any write is an update. */
  change(row: ConversationRow, fields: Partial<ConversationRow>): ConversationRow {
    const { workspace } = this;
    this.index.beforeWrite(row.id, row, workspace.nowMs(), workspace.settings.indexLagMs);
    Object.assign(row, { updatedAt: workspace.nowSeconds() }, fields);
    this.rows.set(row.id, row);
    this.index.afterWrite(row);
    return row;
  }

  #add(row: ConversationRow): void {
    this.rows.set(row.id, row);
    this.listed.insert(row);
  }

  #load(rows: readonly ConversationRow[]): void {
    this.rows.clear();
    this.index.clear();
    this.listed.clear();
    for (const row of rows) this.rows.set(row.id, row);
    // Rows that come in their order are inserted at the end, which moves no others.
    for (const row of [...rows].sort(this.listed.compare)) this.listed.insert(row);
  }
}

const contact = ({ role, id, name, email }: ContactRow): Author => ({
  type: role,
  id,
  name,
  email,
});
const admin = ({ id, name, email }: AdminRow): Author => ({ type: "admin", id, name, email });
