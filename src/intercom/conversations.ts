import type { Http } from "./wire/http";
import { path } from "./wire/path";
import { searchIn } from "./wire/search";

/** All times are Unix seconds. */
export interface Conversation {
  type: "conversation";
  /** Decimal digits. */
  id: string;
  created_at: number;
  updated_at: number;
  [key: string]: unknown;
}

export const conversations = (http: Http) => ({
  /** Intercom lists the results under `conversations` (OpenAPI 2.16, searchConversations). */
  searchPage: searchIn<Conversation>(http, {
    resource: "conversations",
    permission: "Read conversations",
    path: path`/conversations/search`,
  }),
});
