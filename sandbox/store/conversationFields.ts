import type { CompanyRow } from "./companies";
import { botAuthor } from "./conversationParts";
import type { ConversationRow } from "./conversations";
import type { AttributeChanges } from "./dataAttributes";
import type { Workspace } from "./workspace";

export interface ConversationChanges {
  isRead?: boolean;
  title?: string | null;
  customAttributes?: AttributeChanges;
  company?: CompanyRow | null;
  /** By the attribute that links to the instances. Attributes that are not named keep theirs. */
  instanceIds?: Record<string, string[]>;
}

/** Each changed attribute adds a part (OpenAPI 2.16, updateConversation). */
export function update(
  workspace: Workspace,
  row: ConversationRow,
  { customAttributes = {}, company, instanceIds, ...fields }: ConversationChanges,
): ConversationRow {
  const { conversations, dataAttributes } = workspace;
  const before = { ...row };
  const values = dataAttributes.merge("conversation", row.customAttributes, customAttributes);
  conversations.change(row, {
    ...fields,
    ...(company === undefined ? {} : { companyId: company?.id ?? null }),
    customAttributes: values,
    instanceIds: { ...row.instanceIds, ...instanceIds },
  });
  for (const name of Object.keys(customAttributes)) {
    const [value = null, previous = null] = [values[name], before.customAttributes[name]];
    if (value === previous) continue;
    conversations.add(row, {
      type: "conversation_attribute_updated_by_admin",
      author: botAuthor(workspace),
      attribute: { name, value, previous },
    });
  }
  if (row.isRead && !before.isRead) {
    workspace.report({ what: "conversation.read", conversation: row });
  }
  if (row.companyId !== before.companyId) {
    workspace.report({ what: "conversation.companyChanged", conversation: row });
  }
  return row;
}
