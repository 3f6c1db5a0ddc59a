import type { AdminName, Pause } from "./conversations";

/** What teammates see. */
type StateName = "In progress" | "Waiting on customer" | "Resolved" | "With finance";

export type TicketStep =
  | [after: Pause, who: "contact" | AdminName, does: "says", text: string]
  | [after: Pause, who: AdminName, does: "notes", text: string]
  | [after: Pause, who: AdminName, does: "assigns", to: AdminName | "Support" | "Success"]
  | [after: Pause, who: AdminName, does: "moves", to: StateName]
  | [after: Pause, who: AdminName, does: "snoozes"];

export interface TicketData {
  /** A name in `ticketTypeData`. */
  type: "Bug report" | "Refund" | "Outage";
  /** A name in `contactData`. */
  contact: string;
  /** UTC. */
  at: `2025-${string}Z`;
  title: string;
  description: string;
  /** Lists by label. */
  values: Record<string, string | number | boolean>;
  /** Whose latest conversation it is linked to. */
  about?: string;
  steps: TicketStep[];
}

/** The oldest first. */
export const ticketData: TicketData[] = [
  {
    type: "Bug report",
    contact: "Esther Kim",
    at: "2025-09-15T15:20Z",
    title: "Pin of a photo comment lands too low on phones",
    description:
      "On an iPhone the pin is about 30 pixels below the place that was tapped. Android is right.",
    values: { Priority: "Low", "Affected users": 12, Blocking: false },
    steps: [
      ["4m", "Nora", "assigns", "Nora"],
      ["2d", "Nora", "moves", "In progress"],
      ["1m", "Nora", "notes", "The height of the address bar is counted twice."],
      ["6d", "Nora", "says", "Since this morning the pin lands where the thumb does."],
      ["1m", "Nora", "moves", "Resolved"],
    ],
  },
  {
    type: "Bug report",
    contact: "Keiko Tanaka",
    at: "2025-09-19T08:30Z",
    title: "Last character of each line missing in Japanese PDFs",
    description: "Only with the style Modern. Sample: 安全手順書 becomes 安全手順.",
    values: { Priority: "Medium", "Affected users": 40, Blocking: false },
    steps: [
      ["10m", "Nora", "assigns", "Support"],
      ["3d", "Nora", "moves", "In progress"],
      [
        "9d",
        "Nora",
        "notes",
        "The font's own tables are wrong. Reported to the foundry, with their sample.",
      ],
      ["1m", "Nora", "snoozes"],
    ],
  },
  {
    type: "Bug report",
    contact: "Liam Doyle",
    at: "2025-09-22T11:05Z",
    title: "Sync stops for good after a full disk (app 4.1)",
    description:
      'Two tablets kept an edition from 12 September. They say "up to date" and are not.',
    values: { Priority: "High", "Affected users": 2, Blocking: true },
    steps: [
      ["5m", "Nora", "assigns", "Nora"],
      ["1m", "Nora", "moves", "Waiting on customer"],
      [
        "1m",
        "Nora",
        "says",
        "Please release both tablets from version 4.1 in your device management. 4.3 has the repair.",
      ],
      ["1d", "contact", "says", "Released this morning. Both current."],
      ["20m", "Nora", "moves", "Resolved"],
    ],
  },
  {
    type: "Refund",
    contact: "Priya Raman",
    at: "2025-09-29T09:10Z",
    title: "September for Harbour Foods",
    description: "Promised in the conversation, whether they stay or not.",
    values: { "Order number": "HF-2025-09", Amount: 410 },
    about: "Priya Raman",
    steps: [
      ["2h", "Tariq", "assigns", "Ines"],
      ["1d", "Ines", "moves", "With finance"],
      ["3h", "Ines", "notes", "Credited to their card, reference 88213."],
      ["1m", "Ines", "moves", "Resolved"],
    ],
  },
  {
    type: "Bug report",
    contact: "Ben Achebe",
    at: "2025-10-03T14:15Z",
    title: "Two open windows overwrite each other without a warning",
    description: "The window that saves last wins, even if it is an hour older.",
    values: { Priority: "High", "Affected users": 3, Blocking: false },
    steps: [
      ["1h", "Nora", "assigns", "Support"],
      ["1m", "Nora", "notes", "Third customer since July. Let's at least show a banner."],
      ["6d", "Nora", "moves", "In progress"],
    ],
  },
  {
    type: "Bug report",
    contact: "Yara Mansour",
    at: "2025-10-13T08:25Z",
    title: "Checklists keep yesterday's ticks",
    description: "All three houses. The job at 04:00 did not clear them.",
    values: { Priority: "High", "Affected users": 64, Blocking: true },
    steps: [
      ["1m", "Nora", "moves", "In progress"],
      ["45m", "Nora", "says", "All lists are cleared, and what was ticked after 04:00 is kept."],
      ["14m", "contact", "says", "Confirmed, thanks."],
      ["1m", "Nora", "moves", "Resolved"],
    ],
  },
  {
    type: "Bug report",
    contact: "Zoltan Varga",
    at: "2025-10-13T08:40Z",
    title: "Checklists wrong",
    description: "Same as Yara",
    values: { Priority: "High" },
    steps: [["20m", "Nora", "moves", "Resolved"]],
  },
  {
    type: "Outage",
    contact: "Yara Mansour",
    at: "2025-10-13T08:45Z",
    title: "Nightly jobs in the EU stopped half way",
    description:
      "The queue was full from 04:02 on. Checklists, reminders and digests of 61 workspaces.",
    values: { Region: "EU" },
    about: "Zoltan Varga",
    steps: [
      ["1m", "Nora", "assigns", "Nora"],
      ["1m", "Nora", "moves", "In progress"],
      ["19m", "Ines", "notes", "Queue doubled, jobs started again by hand. 58 of 61 done."],
      ["20m", "Ines", "notes", "61 of 61."],
      ["5m", "Nora", "moves", "Resolved"],
    ],
  },
  {
    type: "Bug report",
    contact: "Felix Braun",
    at: "2025-10-23T10:25Z",
    title: "Search finds no titles with umlauts",
    description:
      '"Übersicht" finds nothing, "Ubersicht" finds it. The same with é and ñ. Since the new search of 16 October.',
    values: { Priority: "Medium", "Affected users": 85, Blocking: false },
    steps: [
      ["5m", "Nora", "assigns", "Nora"],
      ["1d", "Nora", "moves", "In progress"],
      ["1d", "contact", "says", "Any news? Half of our titles have umlauts."],
      ["3h", "Nora", "says", "It's being tested. If nothing goes wrong, Monday."],
    ],
  },
  {
    type: "Bug report",
    contact: "Hassan Ali",
    at: "2025-10-29T09:35Z",
    title: "Very large pictures crash the Android app",
    description: "A picture of 190 megapixels. The web shows it in tiles, the app loads it whole.",
    values: { Priority: "Medium", "Affected users": 1, Blocking: false },
    steps: [
      ["1d", "Nora", "moves", "Waiting on customer"],
      [
        "1m",
        "Nora",
        "says",
        "Could you tell me how much memory is free when it happens? Settings, Memory.",
      ],
    ],
  },
  {
    type: "Refund",
    contact: "Leo Martin",
    at: "2025-11-06T16:54Z",
    title: "Charged twice in November",
    description: "Both charges on 6 November, 02:00 and 02:01. The second one goes back.",
    values: { "Order number": "LM-2025-11", Amount: 49 },
    about: "Leo Martin",
    steps: [
      ["2m", "Tariq", "assigns", "Ines"],
      ["1h", "Ines", "moves", "With finance"],
      [
        "1d",
        "Ines",
        "notes",
        "13 of 14 done. This one failed: his card has expired. Asking for a new one.",
      ],
    ],
  },
  {
    type: "Refund",
    contact: "Mina Park",
    at: "2025-11-07T08:10Z",
    title: "Charged twice in November",
    description: "One of the fourteen. She has not noticed.",
    values: { "Order number": "MP-2025-11", Amount: 49 },
    steps: [
      ["1m", "Tariq", "assigns", "Ines"],
      ["4h", "Ines", "moves", "Resolved"],
    ],
  },
  {
    type: "Outage",
    contact: "Leo Martin",
    at: "2025-11-07T09:00Z",
    title: "The payment job charges again after a timeout",
    description:
      "Fourteen accounts on 6 November. Charges are checked by hand until this is mended.",
    values: { Region: "US" },
    steps: [["10m", "Ines", "assigns", "Support"]],
  },
];
