import type { EventRow } from "../store/events";
import type { AdminName } from "./conversations";

/** What admins wrote down about contacts. */
export const noteData: [contact: string, by: AdminName, at: `2025-${string}Z`, body: string][] = [
  [
    "Carla Voss",
    "Nora",
    "2025-09-08T09:30Z",
    "Calls go to Dmitri, decisions to her. Shift change at 8 and at 20, never ship anything then.",
  ],
  [
    "Farid Nasser",
    "Tariq",
    "2025-09-09T17:40Z",
    "Invoices go to ap@ and not to him. Renewal in January.",
  ],
  ["Imani Brooks", "Tariq", "2025-09-16T17:15Z", "Prefers the phone. Best before noon in Boston."],
  [
    "Liam Doyle",
    "Nora",
    "2025-09-23T10:00Z",
    "<p>Their authority audits in the first week of November.</p>",
  ],
  [
    "Priya Raman",
    "Tariq",
    "2025-10-01T04:30Z",
    "Stays until December, then decides. Call on 1 December.",
  ],
  ["Priya Raman", "Ines", "2025-10-02T10:05Z", "September is credited."],
  ["David Mensah", "Ines", "2025-10-23T12:00Z", "Move to the EU before the first invoice."],
  ["Hugo Petit", "Tariq", "2025-09-13T09:15Z", "Writes his own cookbook. Nice man, small budget."],
];

/** What contacts did; `metadata` as an app would send it. */
export const eventData: [
  contact: string,
  name: string,
  at: `2025-${string}Z`,
  metadata?: EventRow["metadata"],
][] = [
  ["Ada Moreno", "published-book", "2025-09-02T16:40Z", { book: "House style", pages: 34 }],
  ["Ada Moreno", "invited-friend", "2025-09-03T09:02Z", { invite_code: "ADDAFRIEND" }],
  ["Ada Moreno", "published-book", "2025-10-11T10:15Z", { book: "Onboarding", pages: 12 }],
  ["Carla Voss", "approved-page", "2025-09-30T07:44Z", { page: "Hand hygiene", version: 9 }],
  ["Greta Olsen", "started-trial", "2025-09-09T08:00Z", { plan: "Starter" }],
  ["Greta Olsen", "published-book", "2025-09-11T10:50Z", { book: "The planer", pages: 1 }],
  [
    "Leo Martin",
    "paid-invoice",
    "2025-11-06T02:00Z",
    { order: "LM-2025-11", price: { amount: 4900, currency: "usd" } },
  ],
  [
    "Leo Martin",
    "paid-invoice",
    "2025-11-06T02:01Z",
    { order: "LM-2025-11", price: { amount: 4900, currency: "usd" } },
  ],
  [
    "Liam Doyle",
    "exported-audit",
    "2025-11-01T15:20Z",
    { report: { url: "https://app.sandbox.example/audits/14", value: "Edition 14.2" } },
  ],
  ["Rosa Delgado", "started-trial", "2025-09-19T12:00Z", { plan: "Starter" }],
  ["Rosa Delgado", "imported-pages", "2025-10-07T16:31Z", { pages: 8, source: "Word" }],
  ["Rosa Delgado", "published-book", "2025-10-07T16:58Z", { book: "The till", pages: 8 }],
  ["Victor Stone", "exported-audit", "2025-10-07T09:30Z"],
];

/** What admins sent, and nobody has answered yet. */
export const messageData: {
  by: AdminName;
  to: string[];
  at: `2025-${string}Z`;
  subject?: string;
  body: string;
}[] = [
  {
    by: "Tariq",
    to: ["Chloe Durand"],
    at: "2025-11-04T09:30Z",
    body: "Hi Chloe, you left the beta in summer because of the slow editor. The new one is out, and it isn't slow. Would you give us a second chance?",
  },
  {
    by: "Nora",
    to: ["Zoltan Varga", "Yara Mansour"],
    at: "2025-10-14T10:00Z",
    subject: "What happened to your checklists on Monday",
    body: "<p>Our nightly jobs in the EU stopped half way, because their queue was full. It's twice as large now, and we are called when it's half full.</p><p>I'm sorry for the morning you had.</p><p>Nora</p>",
  },
];
