import type { ContactRow } from "../store/contacts";
import type { TagRow } from "../store/tags";
import type { Workspace } from "../store/workspace";
import {
  adminRows,
  archivedTicketType,
  attributeRows,
  companyData,
  contactData,
  subscriptionTypeData,
  tagNames,
  ticketTypeData,
} from "./data";
import { sowHelpCenter } from "./helpCenter";
import { sowInbox } from "./inbox";

export type SeedName = keyof typeof seeds;

/** What a workspace holds before anybody has written to it. Its times are fixed. */
export const seeds = {
  /** A small company's Intercom: people, companies, tags, segments, and an inbox. */
  workspace: (workspace: Workspace) => workspace.asOf(epoch, () => sowWorkspace(workspace)),
  /** Admins, custom attributes and one ticket type: nothing that a test did not make itself. */
  empty: (workspace: Workspace) => workspace.asOf(epoch, () => sowGround(workspace, 1)),
} satisfies Record<string, (workspace: Workspace) => void>;

/** 1 September 2025, 14:00 UTC. */
const epoch = 1756735200;
const day = 86_400;

function sowGround(workspace: Workspace, ticketTypes: number): void {
  const { admins, dataAttributes, ids } = workspace;
  const teams = ["Support", "Success"].map((name) => ({ id: ids.number("team"), name }));
  workspace.teams.rows = teams;
  admins.rows = adminRows.map(({ team, ...row }) => ({
    ...row,
    id: ids.number("admin"),
    teamIds: team === null ? [] : [teams[team]?.id ?? ""],
  }));
  // The default brand has the workspace's id (OpenAPI 2.16, listBrands).
  const times = { createdAt: epoch, updatedAt: epoch };
  workspace.brands.rows = [
    { id: workspace.id, name: workspace.name, isDefault: true, ...times },
    { id: ids.number("brand"), name: "Sandbox for Business", isDefault: false, ...times },
  ];
  for (const row of attributeRows) dataAttributes.define(row);
  for (const row of subscriptionTypeData) workspace.subscriptionTypes.define(row);
  workspace.ticketTypes.states = (
    [
      ["submitted", "Submitted", "Submitted"],
      ["in_progress", "In progress", "In progress"],
      ["waiting_on_customer", "Waiting on customer", "Waiting on you"],
      ["resolved", "Resolved", "Resolved"],
    ] as const
  ).map(([category, internalLabel, externalLabel]) => ({
    id: ids.number("ticketState"),
    category,
    internalLabel,
    externalLabel,
    typeIds: null,
  }));
  for (const type of ticketTypeData.slice(0, ticketTypes)) {
    workspace.ticketTypes.define({ ...type, createdAt: epoch });
  }
}

function sowWorkspace(workspace: Workspace): void {
  const { admins, companies, contacts, ids, segments, tags } = workspace;
  sowGround(workspace, ticketTypeData.length);
  const tagIds = new Map<string, TagRow>(tagNames.map((name) => [name, tags.findOrCreate(name)]));
  const tagNamed = (name: string) => {
    const tag = tagIds.get(name);
    if (!tag) throw new Error(`The seed has no tag "${name}".`);
    return tag;
  };

  const rows = companyData.map(([name, plan, size, spend, industry, tagged, attributes], at) => {
    const companyId = name.toLowerCase().replace(/\W+/g, "-");
    const createdAt = epoch + at * day;
    const row = companies.upsert({
      companyId,
      name,
      ...(plan ? { plan } : {}),
      size,
      website: `https://${companyId}.example.com`,
      industry,
      monthlySpend: spend,
      createdAt,
      lastRequestAt: createdAt + (at % 4) * 9 * day,
      sessionCount: at * 7,
      customAttributes: attributes,
    });
    workspace.asOf(createdAt, () => {
      for (const tag of tagged) tags.tagCompany(row, tagNamed(tag));
    });
    return row;
  });

  contactData.forEach(([name, role, at, company, place, tagged, extra], index) => {
    const [first = "", last = ""] = name.toLowerCase().split(" ");
    const createdAt = epoch + index * day + index * 431;
    const seen = createdAt + (index % 9) * day;
    const owner = admins.rows[index % 5];
    const row: ContactRow = contacts.create({
      role,
      ...(role === "user" ? { externalId: `user-${1001 + index}` } : {}),
      name,
      email: at === null ? null : `${first}.${last}@${at}`,
      phone: index % 3 === 0 ? `+1212555${String(100 + index).padStart(4, "0")}` : null,
      ownerId: owner?.id ?? null,
      createdAt,
      signedUpAt: role === "user" ? createdAt : null,
      lastSeenAt: index % 4 === 3 ? null : seen,
      lastContactedAt: index % 2 === 0 ? seen : null,
      lastRepliedAt: index % 6 === 0 ? seen + 3600 : null,
      lastEmailOpenedAt: index % 5 === 0 ? seen + 7200 : null,
      unsubscribedFromEmails: index % 11 === 10,
      browser: index % 2 === 0 ? "chrome" : "firefox",
      browserLanguage: "en",
      os: index % 2 === 0 ? "OS X 14.4" : "Windows 11",
      location: place,
      customAttributes: extra ?? {},
    });
    const companyRow = company === null ? undefined : rows[company];
    workspace.asOf(createdAt, () => {
      if (companyRow) companies.attach(row, companyRow);
      for (const tag of tagged) tags.tagContact(row, tagNamed(tag));
    });
  });

  const segment = { createdAt: epoch, updatedAt: epoch };
  segments.rows = [
    { name: "Key accounts", rule: { of: "company", tagId: tagNamed("Key account").id } },
    { name: "Leads", rule: { of: "contact", role: "lead" } },
    { name: "Spends 500 or more", rule: { of: "company", monthlySpendFrom: 500 } },
  ].map((row) => ({ id: ids.object(), ...row, ...segment }) as (typeof segments.rows)[number]);

  workspace.ticketTypes.define({ ...archivedTicketType, createdAt: epoch });
  sowCustomState(workspace);
  sowHelpCenter(workspace, epoch);
  sowInbox(workspace);
}

/** A state that the tickets of one type alone can be in. */
function sowCustomState({ ids, ticketTypes }: Workspace): void {
  const type = ticketTypes.rows.find(({ name }) => name === "Refund");
  ticketTypes.states = [
    ...ticketTypes.states,
    {
      id: ids.number("ticketState"),
      category: "in_progress",
      internalLabel: "With finance",
      externalLabel: "In progress",
      typeIds: [type?.id ?? ""],
    },
  ];
}
