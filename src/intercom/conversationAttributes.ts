import type { Http } from "./wire/http";
import { path } from "./wire/path";

/** An attribute of conversations, which teammates and workflows fill in. */
export interface ConversationAttribute {
  id?: number;
  /** The key under `custom_attributes`, and what people see. */
  name: string;
  description: string;
  /** `string`, `integer`, `list`, `decimal`, `boolean`, `datetime`, `relationship`, `files`. */
  data_type: string;
  /** Only for a `string`. */
  multiline?: boolean;
  /** Only for a `list`. A conversation holds an option's label; the ID is for changing the option. */
  options?: unknown;
  archived: boolean;
}

export const conversationAttributes = (http: Http) => ({
  /** From 2.16 on; up to 2.15 the data attributes include them. Intercom does not page this list. */
  list: async (): Promise<ConversationAttribute[]> => {
    const { data } = await http.send<{ data: ConversationAttribute[] }>({
      permission: "Read conversations",
      isPermissionGuessed: true,
      purpose: "list the attributes of a conversation",
      method: "GET",
      path: path`/conversations/attributes`,
      listedAs: "data",
      since: "2.16",
    });
    return data;
  },
});
