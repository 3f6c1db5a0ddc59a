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

interface Talk {
  conversation_parts: { conversation_parts: { part_type: string }[]; total_count: number };
}

const lastPartOf = ({ conversation_parts: { conversation_parts: parts } }: Talk): string =>
  `a ${parts.at(-1)?.part_type}`;

interface TicketType extends Named {
  category: string;
  ticket_type_attributes: {
    data: {
      name: string;
      input_options: { list_options?: { id: string; label: string }[] } | null;
    }[];
  };
}

/** A customer signs up, has a problem and writes; a team helps, and the story deletes its records. */
const wholeStory = (companyId: string, email: string): Step[] => [
  {
    key: "createCompany",
    inputs: () => ({
      company_id: companyId,
      name: "Lovelace Works",
      remote_created_at: "2026-11-02",
      plan: "Trial",
    }),
    tell: (company: Named) => `company ${company.id}, "${company.name}"`,
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
    key: "submitEvent",
    inputs: () => ({
      contact: email,
      eventName: "loaded-card-deck",
      metadata: JSON.stringify({ cards: 24 }),
    }),
    tell: ({ event_name }: { event_name: string }) => `Ada did "${event_name}"`,
  },
  {
    key: "createConversation",
    inputs: ({ contactId = "" }) => ({
      contactId,
      contactRole: "user",
      body: "The engine stops at card 7. It ran well up to card 6.",
    }),
    tell: ({ conversation_id: id }: { conversation_id: string }, memory) => {
      memory.conversationId = id;
      return `Ada writes: conversation ${id}`;
    },
  },
  {
    key: "createTag",
    inputs: () => ({ name: "Lovelace trial" }),
    tell: (tag: Named, memory) => {
      memory.tagId = tag.id;
      return `tag ${tag.id}, "${tag.name}"`;
    },
  },
  {
    key: "attachTagToConversation",
    inputs: ({ conversationId = "", tagId = "" }) => ({ conversationId, tagId }),
    tell: (tag: Named) => `the conversation has the tag "${tag.name}"`,
  },
  {
    key: "listTeams",
    tell: ([team]: Named[], memory) => {
      memory.teamId = team?.id ?? "";
      return `the first is "${team?.name}"`;
    },
  },
  {
    key: "assignConversation",
    inputs: ({ conversationId = "", teamId = "" }) => ({
      conversationId,
      teamAssigneeId: teamId,
    }),
    tell: ({ team_assignee_id: id }: { team_assignee_id: number }) => `team ${id} has it`,
  },
  {
    key: "addNoteToConversation",
    inputs: ({ conversationId = "" }) => ({
      conversationId,
      body: "Card 7 has a bent corner in their photo.",
    }),
    tell: (conversation: Talk) => `${lastPartOf(conversation)}, which Ada does not see`,
  },
  {
    key: "replyToConversation",
    inputs: ({ conversationId = "" }) => ({
      conversationId,
      body: "Please flatten card 7 and feed it again.",
    }),
    tell: (conversation: Talk) => `${lastPartOf(conversation)} to Ada`,
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
    key: "convertConversationToTicket",
    inputs: ({ conversationId = "", ticketTypeId = "", high = "" }) => ({
      conversationId,
      ticketTypeId,
      ticketAttributes: JSON.stringify({
        _default_title_: "The engine stops at card 7",
        Priority: high,
      }),
    }),
    tell: (ticket: { id: string; ticket_state: string }, memory) => {
      memory.ticketId = ticket.id;
      return `ticket ${ticket.id}, ${ticket.ticket_state}`;
    },
  },
  {
    key: "updateTicket",
    inputs: ({ ticketId = "" }) => ({ ticketId, ticketStateId: "resolved" }),
    tell: (ticket: { ticket_state: string }) => `the ticket is ${ticket.ticket_state}`,
  },
  {
    key: "closeConversation",
    inputs: ({ conversationId = "" }) => ({
      conversationId,
      body: "Glad that it runs again!",
    }),
    tell: ({ state }: { state: string }) => `a last word, and the conversation is ${state}`,
  },
  {
    key: "getConversation",
    inputs: ({ conversationId = "" }) => ({ conversationId }),
    tell: ({ conversation_parts: { total_count } }: Talk) => `${total_count} parts in all`,
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
    key: "getCurrentAdmin",
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
  {
    key: "listConversations",
    inputs: () => ({ perPage: "5" }),
    tell: (list: Listed) => `${list.data.length} of ${list.total_count} conversations`,
  },
];

/** `POST /tags: 200 after 3 ms` is what the client logs of a request. */
const request = /^(GET|POST|PUT|DELETE) (\S+): (\d+)/;

/** Ids of Intercom's are long and say little. */
const shorten = (path: string) => path.replaceAll(/[0-9a-f]{20}([0-9a-f]{4})/g, "…$1");

const longestKey = "convertConversationToTicket".length;

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
      `${key.padEnd(longestKey)} ${wire.join(", ")} | ${tell(data as never, memory)} | ${tookMs} ms`,
    );
  }
  return counts;
}

const name = "npm start";

export const start = command(
  () => [
    name,
    "",
    "Tells how a customer gets help, in 21 actions, and prints a line for each: what went over the",
    "wire, and what came back. It runs against the sandbox that `act` uses, or one of its own. In a real",
    "workspace it only reads.",
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
  // A sandbox that goes on keeps the e-mail of a deleted contact taken, as Intercom does.
  const mark = target.isFresh ? "" : `-${Date.now().toString(36)}`;
  const story = wholeStory(`lovelace-works${mark}`, `ada${mark}@lovelace.example`);
  const { actions, requests, refused } = await play(
    target.sandbox ? story : readingStory,
    target,
    shell,
  );
  print(shell, "", `${actions} actions, ${requests} requests, ${refused} refused.`);
}
