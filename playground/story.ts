import { command, refuseWord } from "./commandLine";
import { runAction } from "./component";
import { print, type Shell } from "./shell";
import { type Target, withTarget } from "./target";

/** One action of the story. */
interface Step {
  key: string;
  /** Makes the form values, as a person would type them, from earlier answers. */
  inputs?: (memory: Memory) => Record<string, string>;
  /** The answer in a few words. */
  tell: (data: never, memory: Memory) => string;
}

/** Values of earlier answers that later steps need. */
type Memory = Record<string, string>;

interface Named {
  id: string;
  name: string;
}

interface Listed {
  data: { id: string; email?: string | null; name?: string | null }[];
  total_count?: number;
}

interface TicketType extends Named {
  category: string;
  ticket_type_attributes: {
    data: {
      name: string;
      input_options: { list_options?: { id: string; label: string }[] } | null;
    }[];
  };
}

/**
 * A company signs up, its first user reports a problem, and at the end the story deletes its
 * records.
 */
const wholeStory = (companyId: string, email: string): Step[] => [
  { key: "listTags", tell: (tags: Named[]) => `${tags.length} tags so far` },
  {
    key: "createTag",
    inputs: () => ({ name: "Lovelace trial" }),
    tell: (tag: Named, memory) => {
      memory.tagId = tag.id;
      return `tag ${tag.id}, "${tag.name}"`;
    },
  },
  {
    key: "updateTag",
    inputs: ({ tagId = "" }) => ({ id: tagId, name: "Lovelace trial 2026" }),
    tell: (tag: Named) => `tag ${tag.id} is "${tag.name}" now`,
  },
  {
    key: "createCompany",
    inputs: () => ({
      company_id: companyId,
      name: "Lovelace Works",
      remote_created_at: "2026-11-02",
      size: "12",
      monthly_spend: "49",
      plan: "Trial",
    }),
    tell: (company: Named, memory) => {
      memory.companyId = company.id;
      return `company ${company.id}, "${company.name}"`;
    },
  },
  {
    key: "createContact",
    inputs: () => ({ role: "user", email, name: "Ada", signed_up_at: "2026-11-02T09:30:00Z" }),
    tell: (contact: Named, memory) => {
      memory.contactId = contact.id;
      return `contact ${contact.id}, ${email}`;
    },
  },
  {
    key: "attachCompany",
    inputs: ({ contactId = "" }) => ({ id: contactId, companyId }),
    tell: (company: { name: string; user_count: number }) =>
      `found by your company_id; "${company.name}" has ${company.user_count} user`,
  },
  {
    key: "attachTag",
    inputs: ({ contactId = "", tagId = "" }) => ({ id: contactId, tagId }),
    tell: (tag: Named) => `Ada has the tag "${tag.name}"`,
  },
  {
    key: "updateContact",
    inputs: ({ contactId = "" }) => ({ id: contactId, email, role: "user", name: "Ada Lovelace" }),
    tell: (contact: Named) => `the name is "${contact.name}", everything else is unchanged`,
  },
  {
    key: "getContact",
    inputs: ({ contactId = "" }) => ({ id: contactId }),
    tell: (contact: { tags: { total_count: number }; companies: { total_count: number } }) =>
      `${contact.tags.total_count} tag, ${contact.companies.total_count} company`,
  },
  {
    key: "searchContacts",
    inputs: () => ({ email }),
    tell: (list: Listed) => `${list.total_count} with that e-mail: ${list.data[0]?.name}`,
  },
  {
    key: "listContacts",
    inputs: () => ({ fetchAll: "true" }),
    tell: (list: Listed) => `all ${list.data.length} contacts`,
  },
  {
    key: "updateCompany",
    inputs: () => ({ company_id: companyId, monthly_spend: "99", plan: "Team" }),
    tell: (company: { monthly_spend: number; plan: { name: string } }) =>
      `pays ${company.monthly_spend} for "${company.plan.name}"`,
  },
  {
    key: "getCompany",
    inputs: ({ companyId = "" }) => ({ id: companyId }),
    tell: (company: { size: number }) => `${company.size} people, kept through the update`,
  },
  {
    key: "listCompanies",
    inputs: () => ({ perPage: "5" }),
    tell: (list: Listed) => `${list.data.length} of ${list.total_count} companies`,
  },
  {
    key: "listTicketTypes",
    tell: ({ data: types }: { data: TicketType[] }, memory) => {
      const [type] = types.filter(({ category }) => category === "Customer");
      const priority = type?.ticket_type_attributes.data.find(({ name }) => name === "Priority");
      memory.ticketTypeId = type?.id ?? "";
      memory.high =
        priority?.input_options?.list_options?.find(({ label }) => label === "High")?.id ?? "";
      return types.map(({ name }) => `"${name}"`).join(", ");
    },
  },
  {
    key: "createTicket",
    inputs: ({ ticketTypeId = "", high = "" }) => ({
      ticketTypeId,
      contactId: email,
      companyId,
      ticketAttributes: JSON.stringify({
        _default_title_: "The engine stops at card 7",
        _default_description_: "It ran well up to card 6.",
        Priority: high,
      }),
    }),
    tell: (ticket: { id: string; ticket_state: string }) =>
      `ticket ${ticket.id}, ${ticket.ticket_state}`,
  },
  {
    key: "rawRequest",
    inputs: () => ({ method: "GET", url: "/me" }),
    tell: (admin: { name: string }) => `the token belongs to ${admin.name}`,
  },
  {
    key: "archiveContact",
    inputs: ({ contactId = "" }) => ({ id: contactId }),
    tell: () => "Ada is in no list any more",
  },
  {
    key: "unarchiveContact",
    inputs: ({ contactId = "" }) => ({ id: contactId }),
    tell: () => "Ada is back",
  },
  {
    key: "detachTag",
    inputs: ({ contactId = "", tagId = "" }) => ({ id: contactId, tagId }),
    tell: (tag: Named) => `Ada no longer has "${tag.name}"`,
  },
  {
    key: "detachCompany",
    inputs: ({ contactId = "", companyId = "" }) => ({ id: contactId, companyId }),
    tell: (company: { user_count: number }) => `${company.user_count} users left`,
  },
  {
    key: "deleteContact",
    inputs: ({ contactId = "" }) => ({ id: contactId }),
    tell: ({ data }: { data: { deleted: boolean } }) => `deleted: ${data.deleted}`,
  },
  {
    key: "deleteCompany",
    inputs: () => ({ id: companyId }),
    tell: ({ deleted }: { deleted: boolean }) => `found by your company_id; deleted: ${deleted}`,
  },
  {
    key: "deleteTag",
    inputs: ({ tagId = "" }) => ({ id: tagId }),
    tell: (tag: Named) => `"${tag.name}" is gone`,
  },
];

/** A story that only reads, for real workspaces. */
const readingStory: Step[] = [
  {
    key: "rawRequest",
    inputs: () => ({ method: "GET", url: "/me" }),
    tell: (admin: { name: string }) => `the token belongs to ${admin.name}`,
  },
  { key: "listTags", tell: (tags: Named[]) => `${tags.length} tags` },
  { key: "listTicketTypes", tell: ({ data }: Listed) => `${data.length} ticket types` },
  {
    key: "listContacts",
    inputs: () => ({ perPage: "5" }),
    tell: (list: Listed, memory) => {
      memory.contactId = list.data[0]?.id ?? "";
      return `${list.data.length} of ${list.total_count} contacts`;
    },
  },
  {
    key: "searchContacts",
    inputs: () => ({ role: "lead" }),
    tell: (list: Listed) => `${list.total_count} leads`,
  },
  {
    key: "listCompanies",
    inputs: () => ({ perPage: "5" }),
    tell: (list: Listed) => `${list.data.length} of ${list.total_count} companies`,
  },
];

/** The client's log line for a request: `POST /tags: 200 after 3 ms`. */
const request = /^(GET|POST|PUT|DELETE) (\S+): (\d+)/;

/** Shortens Intercom's ids, because they are long and say little. */
const shorten = (path: string) => path.replaceAll(/[0-9a-f]{20}([0-9a-f]{4})/g, "…$1");

async function play(steps: Step[], { connection }: Target, shell: Shell) {
  const memory: Memory = {};
  const counts = { actions: 0, requests: 0, refused: 0 };
  for (const { key, inputs, tell } of steps) {
    const wire: string[] = [];
    const startedAtMs = performance.now();
    const data = await runAction(key, inputs?.(memory) ?? {}, connection, (line) => {
      const [, method, path, status] = request.exec(line) ?? [];
      if (!method || !path) return;
      wire.push(`${method} ${shorten(path)} ${status}`);
      counts.requests += 1;
      if (Number(status) >= 400) counts.refused += 1;
    }).catch((error: Error) => {
      throw new Error(`${key} failed: ${error.message}`);
    });
    const tookMs = Math.round(performance.now() - startedAtMs);
    counts.actions += 1;
    print(
      shell,
      `${key.padEnd(17)} ${wire.join(", ")} | ${tell(data as never, memory)} | ${tookMs} ms`,
    );
  }
  return counts;
}

const name = "npm start";

export const start = command(
  () => [
    name,
    "",
    "Runs one story through 24 actions and prints a line for each: its requests, and what came back.",
    "Uses the sandbox that `act` uses, or one of its own. In a real workspace it only reads.",
  ],
  async ([word], shell) => {
    if (word !== undefined) refuseWord(name, {}, word);
    await withTarget(shell.env, (target) => tellStory(target, shell));
  },
);

async function tellStory(target: Target, shell: Shell) {
  print(shell, `On ${target.name}.`);
  if (!target.sandbox) print(shell, "This is a real workspace, so the story only reads.");
  print(shell, "");
  // A running sandbox refuses the e-mail of a deleted contact for some days, as Intercom does.
  const mark = target.isFresh ? "" : `-${Date.now().toString(36)}`;
  const story = wholeStory(`lovelace-works${mark}`, `ada${mark}@lovelace.example`);
  const { actions, requests, refused } = await play(
    target.sandbox ? story : readingStory,
    target,
    shell,
  );
  print(shell, "", `${actions} actions, ${requests} requests, ${refused} refused.`);
}
