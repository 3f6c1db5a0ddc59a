import type { CompanyRow } from "./companies";
import type { ContactRow } from "./contacts";
import { adminAuthor } from "./conversationParts";
import type { ConversationRow } from "./conversations";
import { byRow } from "./kept";
import { parameterInvalid, Refusal, resourceNotFound } from "./refusal";
import { Store } from "./store";
import { Table } from "./table";

export interface TagRow {
  id: string;
  name: string;
}

export class Tags extends Store {
  readonly rows = new Table<TagRow>();
  /** By name in lower case: names that differ only in case are the same tag. */
  #byName = new Map<string, TagRow>();

  readonly tables = { tags: byRow(this.rows, (rows) => this.#load(rows)) };

  override count() {
    return { tags: this.rows.size };
  }

  get(id: string): TagRow {
    const row = this.rows.get(id);
    if (!row) throw resourceNotFound();
    return row;
  }

  findOrCreate(name: string): TagRow {
    const found = this.#byName.get(name.toLowerCase());
    if (found) return found;
    const row = { id: this.workspace.ids.number("tag"), name };
    this.#add(row);
    return row;
  }

  rename(row: TagRow, name: string): TagRow {
    const holder = this.#byName.get(name.toLowerCase());
    if (holder && holder !== row) throw parameterInvalid("invalid tag parameters");
    this.#byName.delete(row.name.toLowerCase());
    row.name = name;
    this.#add(row);
    return row;
  }

  delete(row: TagRow): void {
    const segments = this.workspace.segments.dependingOn(row.id);
    if (segments.length > 0) {
      const names = segments.map(({ name }) => name).join(", ");
      // Wording of OpenAPI 2.16, deleteTag.
      throw new Refusal(
        400,
        "tag_has_dependent_objects",
        `Unable to delete Tag with dependent objects. Segments: ${names}.`,
      );
    }
    for (const contact of this.workspace.contacts.rows.values()) this.untagContact(contact, row);
    for (const company of this.workspace.companies.rows.values()) this.untagCompany(company, row);
    for (const conversation of this.workspace.conversations.rows.values()) {
      const tags = conversation.tags.filter(({ id }) => id !== row.id);
      if (tags.length === conversation.tags.length) continue;
      this.workspace.conversations.change(conversation, { tags });
    }
    this.rows.delete(row.id);
    this.#byName.delete(row.name.toLowerCase());
  }

  /** Tagging again changes nothing, and returns the first application. */
  tagContact(contact: ContactRow, tag: TagRow, appliedAt = this.workspace.nowSeconds()) {
    const found = contact.tags.find(({ id }) => id === tag.id);
    if (found) return found;
    const applied = { id: tag.id, appliedAt, adminId: this.workspace.admins.owner.id };
    this.workspace.contacts.change(contact, { tags: [...contact.tags, applied] });
    this.workspace.report({ what: "contact.tagged", contact, tag });
    return applied;
  }

  /** Returns what was removed; `undefined` if the contact did not have the tag. */
  untagContact(contact: ContactRow, tag: TagRow) {
    const found = contact.tags.find(({ id }) => id === tag.id);
    if (found) {
      const tags = contact.tags.filter((applied) => applied !== found);
      this.workspace.contacts.change(contact, { tags });
      this.workspace.report({ what: "contact.untagged", contact, tag });
    }
    return found;
  }

  tagCompany(company: CompanyRow, { id }: TagRow): void {
    if (company.tagIds.includes(id)) return;
    this.workspace.companies.change(company, { tagIds: [...company.tagIds, id] });
  }

  untagCompany(company: CompanyRow, { id }: TagRow): void {
    if (!company.tagIds.includes(id)) return;
    const tagIds = company.tagIds.filter((tag) => tag !== id);
    this.workspace.companies.change(company, { tagIds });
  }

  /** Tagging again changes nothing. */
  tagConversation(conversation: ConversationRow, tag: TagRow, adminId: string) {
    const found = conversation.tags.find(({ id }) => id === tag.id);
    if (found) return found;
    const { workspace } = this;
    const applied = { id: tag.id, appliedAt: workspace.nowSeconds(), adminId };
    this.#setTags(conversation, [...conversation.tags, applied], adminId);
    workspace.report({ what: "conversation.tagged", conversation, tag });
    return applied;
  }

  /** Returns what was removed; `undefined` if the conversation did not have the tag. */
  untagConversation(conversation: ConversationRow, tag: TagRow, adminId: string) {
    const found = conversation.tags.find(({ id }) => id === tag.id);
    const tags = conversation.tags.filter((applied) => applied !== found);
    if (found) this.#setTags(conversation, tags, adminId);
    return found;
  }

  #setTags(conversation: ConversationRow, tags: ConversationRow["tags"], adminId: string): void {
    const { admins, conversations } = this.workspace;
    const author = adminAuthor(admins.get(adminId));
    conversations.add(conversation, { type: "conversation_tags_updated", author }, { tags });
  }

  #add(row: TagRow): void {
    this.rows.set(row.id, row);
    this.#byName.set(row.name.toLowerCase(), row);
  }

  #load(rows: readonly TagRow[]): void {
    this.rows.clear();
    this.#byName.clear();
    for (const row of rows) this.#add(row);
  }
}
