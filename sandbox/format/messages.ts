import type { MessageRow } from "../store/messages";
import type { Workspace } from "../store/workspace";
import { formatAdmin } from "./admins";

/** As in the example of OpenAPI 2.16, createMessage, "admin message created". */
export const formatMessage = (row: MessageRow, { admins }: Workspace) => ({
  type: "admin_message",
  id: row.id,
  created_at: row.createdAt,
  ...(row.subject === null ? {} : { subject: row.subject }),
  body: row.body,
  message_type: row.type,
  owner: formatAdmin(admins.get(row.adminId)),
  ...(row.conversationId === null ? {} : { conversation_id: row.conversationId }),
});
