import type { ArticleRow } from "./articles";
import type { CompanyRow } from "./companies";
import type { ContactRow } from "./contacts";
import type { ConversationPart } from "./conversationParts";
import type { ConversationRow } from "./conversations";
import type { EventRow } from "./events";
import type { TagRow } from "./tags";
import type { TicketReplyPart } from "./ticketParts";
import type { TicketRow } from "./tickets";

/** What happened to a row. A store reports a change after writing it; `before` is a copy. */
export type Change =
  | {
      what: "contact.created" | "contact.archived" | "contact.unarchived" | "contact.deleted";
      contact: ContactRow;
    }
  | { what: "contact.merged"; contact: ContactRow; from: ContactRow }
  | { what: "contact.updated"; contact: ContactRow; before: ContactRow }
  | { what: "contact.tagged" | "contact.untagged"; contact: ContactRow; tag: TagRow }
  | { what: "company.created" | "company.updated" | "company.deleted"; company: CompanyRow }
  | {
      what: "company.attached" | "company.detached";
      company: CompanyRow;
      contact: ContactRow;
    }
  | { what: "event.created"; event: EventRow; contact: ContactRow }
  | { what: "article.created" | "article.deleted"; article: ArticleRow }
  | { what: "article.updated"; article: ArticleRow; before: ArticleRow }
  | { what: "ticket.created"; ticket: TicketRow }
  | { what: "ticket.updated"; ticket: TicketRow; before: TicketRow }
  | { what: "ticket.replied"; ticket: TicketRow; before: TicketRow; part: TicketReplyPart }
  | { what: "conversation.created" | "conversation.read"; conversation: ConversationRow }
  | { what: "conversation.companyChanged"; conversation: ConversationRow }
  | { what: "conversation.partAdded"; conversation: ConversationRow; part: ConversationPart }
  | { what: "conversation.tagged"; conversation: ConversationRow; tag: TagRow };
