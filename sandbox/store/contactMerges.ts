import type { ContactRow } from "./contacts";
import { parameterInvalid, Refusal } from "./refusal";
import type { Workspace } from "./workspace";

export interface Merge {
  from: string;
  into: string;
  /** From 2.16 on, Intercom refuses two contacts without a common e-mail or phone. */
  checksDuplicate: boolean;
}

const later = (a: number | null, b: number | null) =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

/** Merges a lead into a user, permanently. The user gets everything that the lead has. */
export function mergeContacts(workspace: Workspace, { from, into, checksDuplicate }: Merge) {
  const { companies, contacts, conversations, events, messages, notes, tickets } = workspace;
  const lead = contacts.get(from);
  const user = contacts.get(into);
  if (lead.role !== "lead") throw parameterInvalid("from must be the id of a lead", "from");
  if (user.role !== "user") throw parameterInvalid("into must be the id of a user", "into");
  if (checksDuplicate && !areDuplicates(lead, user)) {
    // Wording of OpenAPI 2.16, MergeContact.
    throw new Refusal(
      400,
      "invalid_merge",
      "Contacts can only be merged when they are duplicates (matching email or phone). Pass skip_duplicate_validation=true to override this check.",
    );
  }
  const { tags, companyIds, subscriptionTypeIds } = lead;
  for (const row of [lead, user]) companies.exclude(row);
  contacts.change(lead, {
    state: "merged",
    merged: { into: user.id, at: workspace.nowSeconds() },
    tags: [],
    companyIds: [],
    subscriptionTypeIds: [],
  });
  contacts.change(user, {
    tags: [...user.tags, ...tags.filter(({ id }) => !user.tags.some((tag) => tag.id === id))],
    companyIds: [...new Set([...user.companyIds, ...companyIds])],
    subscriptionTypeIds: [...new Set([...user.subscriptionTypeIds, ...subscriptionTypeIds])],
    lastSeenAt: later(user.lastSeenAt, lead.lastSeenAt),
    lastRepliedAt: later(user.lastRepliedAt, lead.lastRepliedAt),
    lastContactedAt: later(user.lastContactedAt, lead.lastContactedAt),
  });
  companies.include(user);
  for (const store of [conversations, messages, tickets, notes, events]) store.handOver(lead, user);
  workspace.report({ what: "contact.merged", contact: user, from: lead });
  return user;
}

function areDuplicates(lead: ContactRow, user: ContactRow): boolean {
  const isSame = (a: string | null, b: string | null) =>
    a !== null && a.toLowerCase() === b?.toLowerCase();
  return isSame(lead.email, user.email) || isSame(lead.phone, user.phone);
}
