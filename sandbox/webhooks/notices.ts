import type { ApiVersion } from "../apiVersion";
import type { Change } from "../store/changes";
import type { Workspace } from "../store/workspace";
import type { Notice, Notifiers } from "./notice";
import { articleNotices } from "./notices/articles";
import { companyNotices } from "./notices/companies";
import { contactNotices } from "./notices/contacts";
import { conversationNotices } from "./notices/conversations";
import { eventNotices } from "./notices/events";
import { ticketNotices } from "./notices/tickets";

const notifiers: Notifiers = {
  ...contactNotices,
  ...companyNotices,
  ...ticketNotices,
  ...conversationNotices,
  ...eventNotices,
  ...articleNotices,
};

/** What Intercom notifies of when a row has changed: topics, each with its item. */
export function noticesOf<What extends Change["what"]>(
  change: Change & { what: What },
  workspace: Workspace,
  version: ApiVersion,
): Notice[] {
  return notifiers[change.what](change, workspace, version);
}
