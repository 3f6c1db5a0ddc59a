import { actions, runAction } from "../playground/component";
import { ask, type Item } from "./bareFetch";
import { type Figure, show } from "./figure";
import { type Filling, openSandbox, type Sandbox } from "./openSandbox";
import { count } from "./table";

interface Use {
  action: string;
  /** What tells this use from the action's others. */
  how?: string;
  inputs(known: Known): Record<string, unknown>;
  fewest: number;
  why?: string;
}

type Known = Awaited<ReturnType<typeof furnish>>;

interface TicketType extends Item {
  ticket_type_attributes: {
    data: {
      name: string;
      required_to_create: boolean;
      input_options: { list_options?: Item[] } | null;
    }[];
  };
}

/** One of each, in a workspace that is empty else. */
async function furnish(sandbox: Sandbox) {
  await sandbox.empty();
  const make = (path: string, body?: object) => ask<Item>(sandbox, "POST", path, body);
  const contact = await make("/contacts", { role: "user", email: "bob@example.org" });
  const archived = await make("/contacts", { role: "user", email: "eve@example.org" });
  const company = await make("/companies", { company_id: "smithy", name: "Smithy" });
  const tag = await make("/tags", { name: "VIP" });
  await make(`/contacts/${archived.id}/archive`);
  await make(`/contacts/${contact.id}/companies`, { id: company.id });
  await make(`/contacts/${contact.id}/tags`, { id: tag.id });
  const types = await ask<{ data: TicketType[] }>(sandbox, "GET", "/ticket_types");
  const ticketType = types.data[0] as TicketType;
  const required = ticketType.ticket_type_attributes.data.filter((one) => one.required_to_create);
  return {
    id: contact.id,
    archivedId: archived.id,
    companyId: company.id,
    yourCompanyId: "smithy",
    tagId: tag.id,
    ticketTypeId: ticketType.id,
    ticketAttributes: Object.fromEntries(
      required.map(({ name, input_options }) => [
        name,
        input_options?.list_options?.[0]?.id ?? "Broken",
      ]),
    ),
  };
}

const byYours = "by your `company_id`";
const foundFirst = "Intercom takes only its own id here, so one request must find the company";

const uses: Use[] = [
  { action: "listTags", inputs: () => ({}), fewest: 1 },
  { action: "createTag", inputs: () => ({ name: "Gold" }), fewest: 1 },
  { action: "updateTag", inputs: ({ tagId }) => ({ id: tagId, name: "Gold" }), fewest: 1 },
  {
    action: "deleteTag",
    inputs: ({ tagId }) => ({ id: tagId }),
    fewest: 2,
    why: "the result is the tag, and Intercom's answer to the deletion is empty",
  },
  {
    action: "createCompany",
    inputs: () => ({ company_id: "works", name: "Works", remote_created_at: "1394531169" }),
    fewest: 1,
  },
  {
    action: "updateCompany",
    inputs: ({ yourCompanyId }) => ({ company_id: yourCompanyId, name: "Smithy & Sons" }),
    fewest: 2,
    why: "the write alone would create a missing company",
  },
  { action: "getCompany", inputs: ({ companyId }) => ({ id: companyId }), fewest: 1 },
  {
    action: "getCompany",
    how: byYours,
    inputs: ({ yourCompanyId }) => ({ id: yourCompanyId }),
    fewest: 1,
    why: "Intercom finds a company by either id, on two paths",
  },
  { action: "listCompanies", inputs: () => ({}), fewest: 1 },
  { action: "deleteCompany", inputs: ({ companyId }) => ({ id: companyId }), fewest: 1 },
  {
    action: "deleteCompany",
    how: byYours,
    inputs: ({ yourCompanyId }) => ({ id: yourCompanyId }),
    fewest: 2,
    why: foundFirst,
  },
  {
    action: "createContact",
    inputs: () => ({ email: "ada@example.org", role: "user" }),
    fewest: 1,
  },
  {
    action: "updateContact",
    inputs: ({ id }) => ({ id, email: "ada@example.org", role: "user" }),
    fewest: 1,
  },
  { action: "getContact", inputs: ({ id }) => ({ id }), fewest: 1 },
  { action: "listContacts", inputs: () => ({}), fewest: 1 },
  { action: "searchContacts", inputs: () => ({ role: "user" }), fewest: 1 },
  { action: "archiveContact", inputs: ({ id }) => ({ id }), fewest: 1 },
  { action: "unarchiveContact", inputs: ({ archivedId }) => ({ id: archivedId }), fewest: 1 },
  { action: "deleteContact", inputs: ({ id }) => ({ id }), fewest: 1 },
  { action: "attachTag", inputs: ({ id, tagId }) => ({ id, tagId }), fewest: 1 },
  { action: "detachTag", inputs: ({ id, tagId }) => ({ id, tagId }), fewest: 1 },
  { action: "attachCompany", inputs: ({ id, companyId }) => ({ id, companyId }), fewest: 1 },
  {
    action: "attachCompany",
    how: byYours,
    inputs: ({ id, yourCompanyId }) => ({ id, companyId: yourCompanyId }),
    fewest: 2,
    why: foundFirst,
  },
  { action: "detachCompany", inputs: ({ id, companyId }) => ({ id, companyId }), fewest: 1 },
  {
    action: "detachCompany",
    how: byYours,
    inputs: ({ id, yourCompanyId }) => ({ id, companyId: yourCompanyId }),
    fewest: 2,
    why: foundFirst,
  },
  { action: "listTicketTypes", inputs: () => ({}), fewest: 1 },
  {
    action: "createTicket",
    inputs: ({ id, ticketTypeId, ticketAttributes }) => ({
      ticketTypeId,
      contactId: id,
      ticketAttributes,
    }),
    fewest: 1,
  },
  { action: "rawRequest", inputs: () => ({ method: "GET", url: "/me" }), fewest: 1 },
];

const many = 1237;
const tooManyForNumbers = 10_500;
const fetchAll = () => ({ fetchAll: "true" });

/** What is done with lists that are longer than a page. */
const usesOfLists: (Omit<Use, "inputs"> & {
  inputs(): Record<string, unknown>;
  holding: Filling;
})[] = [
  {
    action: "listContacts",
    how: "page 3 of 15 a page",
    inputs: () => ({ page: "3", perPage: "15" }),
    fewest: 1,
    why: "one page of 45, cut to the last 15",
    holding: { contacts: many },
  },
  {
    action: "listContacts",
    how: `*Fetch All*, ${count(many)}`,
    inputs: fetchAll,
    fewest: Math.ceil(many / 150),
    why: "150 a page",
    holding: { contacts: many },
  },
  {
    action: "listContacts",
    how: `*Fetch All*, ${count(many)}, oldest first`,
    inputs: () => ({ fetchAll: "true", order: "asc" }),
    fewest: Math.ceil(many / 150),
    why: "150 a page",
    holding: { contacts: many },
  },
  {
    action: "listCompanies",
    how: "page 3 of 15 a page",
    inputs: () => ({ page: "3", perPage: "15" }),
    fewest: 1,
    holding: { companies: many },
  },
  {
    action: "listCompanies",
    how: `*Fetch All*, ${count(many)}`,
    inputs: fetchAll,
    fewest: Math.ceil(many / 60),
    why: "60 a page",
    holding: { companies: many },
  },
  {
    action: "listCompanies",
    how: `*Fetch All*, ${count(tooManyForNumbers)}`,
    inputs: fetchAll,
    fewest: 1 + tooManyForNumbers / 100 + 1,
    why: "one request shows that there are too many companies for numbered pages; the scroll, 100 a page; and the end of the scroll, or else Intercom refuses the next scroll for a minute",
    holding: { companies: tooManyForNumbers },
  },
];

async function measure(): Promise<Figure> {
  const counted: (Pick<Use, "action" | "how" | "fewest" | "why"> & { made: number })[] = [];
  const sandbox = await openSandbox();
  for (const use of uses) {
    const inputs = use.inputs(await furnish(sandbox));
    const made = await sandbox.countRequests(() => run(use.action, inputs, sandbox));
    counted.push({ ...use, made });
  }
  sandbox.close();
  for (const use of usesOfLists) {
    const sandbox = await openSandbox(use.holding);
    const made = await sandbox.countRequests(() => run(use.action, use.inputs(), sandbox));
    counted.push({ ...use, made });
    sandbox.close();
  }
  const left = actions.filter(({ key }) => !counted.some(({ action }) => action === key));
  if (left.length > 0)
    throw new Error(`Nothing is counted of ${left.map(({ key }) => key).join(", ")}.`);

  const ratios = counted.map(({ made, fewest }) => made / fewest);
  const atFewest = counted.filter(({ made, fewest }) => made === fewest).length;
  return {
    title: "Requests",
    meaning: `Requests that the sandbox received for each action, against the fewest requests that give the same result. Other lines show the uses in which an action can need more than one request. ${atFewest} of ${counted.length} uses make the fewest.`,
    summary: [
      {
        measured: `Requests, mean over ${counted.length} uses of all ${actions.length} actions`,
        ratio: ratios.reduce((total, ratio) => total + ratio, 0) / ratios.length,
        against: "the fewest possible",
      },
    ],
    tables: [
      {
        table: {
          head: ["Use", "Requests", "Fewest", "More", "Reason for the fewest"],
          rows: counted.map(({ action, how, made, fewest, why }) => [
            [`\`${action}\``, how].filter(Boolean).join(", "),
            count(made),
            count(fewest),
            made === fewest ? "" : count(made - fewest),
            why ?? "",
          ]),
        },
      },
    ],
    caveats: [
      "A company's id may be Intercom's or yours, and the id does not show which. The component tries Intercom's first, so yours costs one more request. The fewest assume that the caller knows which id it is.",
      "For lists, the fewest assume page sizes of 150, 60 and 100, the largest that we know from Intercom.",
      "No request fails here. After a failure, the component may retry.",
    ],
  };
}

const run = (action: string, inputs: Record<string, unknown>, { connection }: Sandbox) =>
  runAction(action, inputs, connection, () => undefined);

void show(measure());
