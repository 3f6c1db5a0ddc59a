import type { ContactRow } from "../store/contacts";
import { replyToTicket, type TicketReply } from "../store/ticketReplies";
import type { TicketRow } from "../store/tickets";
import type { Workspace } from "../store/workspace";

/** A note comes from an admin, whose position among the admins it names. */
type Line = [from: "contact" | number, body: string, type?: "note"];

/** `contact` and `admin` are positions; a list attribute has the label of its option. */
const ticketData: {
  type: "Bug report" | "Refund" | "Outage";
  contact: number;
  title: string;
  description: string;
  values?: Record<string, string | number | boolean>;
  lines: Line[];
  admin?: number;
  team?: 0 | 1;
  state?: string;
  isSnoozed?: true;
  /** The position of a ticket further up, which this one is linked to. */
  link?: number;
}[] = [
  {
    type: "Bug report",
    contact: 2,
    title: "Nurses cannot sign in",
    description: "Since this morning single sign-on ends with a blank page, in Dublin only.",
    values: { Priority: "High", "Affected users": 40, Blocking: true },
    lines: [
      [0, "Their certificate ran out at midnight. Asking our security people.", "note"],
      [0, "Thank you for the details. We found the cause and are at work on it."],
      ["contact", "Good to hear. We go on with paper until then."],
    ],
    admin: 0,
    team: 0,
    state: "In progress",
  },
  {
    type: "Bug report",
    contact: 3,
    title: "Blank page after the login",
    description: "Same as my colleague, also Dublin.",
    values: { Priority: "High", "Affected users": 12, Blocking: true },
    lines: [],
    team: 0,
  },
  {
    type: "Outage",
    contact: 2,
    title: "Single sign-on down in the EU",
    description: "One certificate, several customers.",
    values: { Region: "EU" },
    lines: [[0, "New certificate is ordered, should be live by noon.", "note"]],
    admin: 0,
    state: "In progress",
    link: 0,
  },
  {
    type: "Refund",
    contact: 5,
    title: "Charged twice in October",
    description: "Two invoices for the same month.",
    values: { "Order number": "AB-2041", Amount: 720 },
    lines: [[2, "The second charge is a duplicate. Passed on to finance.", "note"]],
    admin: 2,
    state: "With finance",
  },
  {
    type: "Refund",
    contact: 17,
    title: "Cancelled within the trial",
    description: "Was charged a day early.",
    values: { "Order number": "AB-2077", Amount: 49 },
    lines: [[2, "Paid back on the same card.", "note"]],
    admin: 2,
    state: "Resolved",
  },
  {
    type: "Bug report",
    contact: 10,
    title: "Export stops at 10,000 rows",
    description: "The CSV of our audit log ends in the middle of a line.",
    values: { Priority: "Medium", "Affected users": 3, Blocking: false },
    lines: [
      [1, "Could you send us the file?"],
      ["contact", "It has names in it. Is the first page enough?"],
      [1, "It is."],
    ],
    admin: 1,
    state: "Waiting on customer",
  },
  {
    type: "Bug report",
    contact: 4,
    title: "Cover image is rotated",
    description: "Only for photos from a phone.",
    values: { Priority: "Low", "Affected users": 1 },
    lines: [
      [0, "Fixed in today's version. Please upload the photo once more."],
      ["contact", "Perfect, thanks!"],
    ],
    admin: 0,
    state: "Resolved",
  },
  {
    type: "Bug report",
    contact: 21,
    title: "Webhook arrives twice",
    description: "Since Tuesday, about one in fifty.",
    values: { Priority: "Medium", Blocking: false },
    lines: [[1, "Waiting for the next version of the queue.", "note"]],
    admin: 1,
    team: 1,
    state: "In progress",
    isSnoozed: true,
  },
  {
    type: "Refund",
    contact: 11,
    title: "Seats that nobody used",
    description: "Twenty seats for a team that never came.",
    values: { "Order number": "AB-2103", Amount: 380.5 },
    lines: [],
  },
  {
    type: "Bug report",
    contact: 8,
    title: "Appointments show the wrong time zone",
    description: "Off by one hour since the clocks changed.",
    values: { Priority: "High", "Affected users": 9, Blocking: false },
    lines: [["contact", "It is the same on the phone."]],
    admin: 0,
  },
  {
    type: "Outage",
    contact: 15,
    title: "Search is slow in Australia",
    description: "Ten seconds and more.",
    values: { Region: "AU" },
    lines: [[1, "Index is being rebuilt.", "note"]],
    state: "Resolved",
  },
  {
    type: "Bug report",
    contact: 26,
    title: "Cannot remove a former teacher",
    description: "The button is grey.",
    values: { Priority: "Low" },
    lines: [],
    team: 1,
  },
];

const hour = 3600;
const day = 24 * hour;
/** 1 January 2030: later than anybody tries the sandbox. */
const snoozedUntil = 1893456000;

/** Tickets, one a day; what is said in one comes an hour apart. */
export function sowTickets(
  workspace: Workspace,
  contacts: readonly ContactRow[],
  from: number,
): void {
  const { admins, teams, tickets, ticketTypes } = workspace;
  const rows: TicketRow[] = [];
  ticketData.forEach((data, at) => {
    const contact = contacts[data.contact] as ContactRow;
    const type = ticketTypes.rows.find(({ name }) => name === data.type);
    const optionOf = (name: string, label: unknown) =>
      type?.attributes
        .find((attribute) => attribute.name === name)
        ?.options.find((option) => option.label === label)?.id ?? label;
    const values = Object.entries(data.values ?? {}).map(([name, value]) => [
      name,
      optionOf(name, value),
    ]);
    const adminId = data.admin === undefined ? undefined : admins.rows[data.admin]?.id;
    const teamId = data.team === undefined ? undefined : teams.rows[data.team]?.id;
    const linkId = data.link === undefined ? undefined : rows[data.link]?.id;
    const createdAt = from + at * day;
    const row = workspace.asOf(createdAt, () =>
      tickets.create({
        typeId: type?.id ?? "",
        contact: { id: contact.id },
        values: {
          _default_title_: data.title,
          _default_description_: data.description,
          ...Object.fromEntries(values),
        },
        ...(adminId ? { adminId } : {}),
        ...(teamId ? { teamId } : {}),
        ...(linkId ? { linkId } : {}),
      }),
    );
    rows.push(row);
    data.lines.forEach(([by, body, type], line) => {
      const author = by === "contact" ? contact : { adminId: admins.rows[by]?.id ?? "" };
      const reply: TicketReply = {
        author,
        type: type ?? "comment",
        body,
        attachments: [],
        options: [],
      };
      workspace.asOf(createdAt + (line + 1) * hour, () => replyToTicket(row, reply, workspace));
    });
    const state = ticketTypes.states.find(({ internalLabel }) => internalLabel === data.state);
    if (!state && !data.isSnoozed) return;
    workspace.asOf(createdAt + (data.lines.length + 1) * hour, () =>
      tickets.update(row, {
        ...(state ? { stateId: state.id } : {}),
        ...(data.isSnoozed ? { snoozedUntil } : {}),
        ...(adminId ? { adminId } : {}),
      }),
    );
  });
}
