import type { AdminRow } from "../store/admins";
import type { Location } from "../store/contacts";
import type { AttributeValues, NewDataAttribute } from "../store/dataAttributes";
import type { SubscriptionTypeRow } from "../store/subscriptionTypes";
import type { NewTicketType } from "../store/ticketTypes";

/** `team`: which of the two. */
export const adminRows: (Omit<AdminRow, "id" | "teamIds"> & { team: 0 | 1 | null })[] = [
  {
    name: "Nora Lindqvist",
    email: "nora@sandbox.example",
    jobTitle: "Head of Support",
    hasInboxSeat: true,
    team: 0,
  },
  {
    name: "Tariq Osei",
    email: "tariq@sandbox.example",
    jobTitle: "Customer Success",
    hasInboxSeat: true,
    team: 1,
  },
  {
    name: "Ines Carvalho",
    email: "ines@sandbox.example",
    jobTitle: "Operations",
    hasInboxSeat: false,
    team: null,
  },
];

export const attributeRows: NewDataAttribute[] = [
  { model: "contact", name: "job_title", dataType: "string", description: "What they do" },
  { model: "contact", name: "seats", dataType: "integer" },
  { model: "contact", name: "score", dataType: "float" },
  { model: "contact", name: "beta_tester", dataType: "boolean" },
  { model: "contact", name: "renewal_date", dataType: "date" },
  {
    model: "contact",
    name: "Preferred channel",
    dataType: "string",
    options: ["email", "phone", "chat"],
  },
  { model: "company", name: "crm_stage", dataType: "string" },
  { model: "company", name: "employees_onboarded", dataType: "integer" },
  { model: "company", name: "is_partner", dataType: "boolean" },
  { model: "company", name: "contract_end", dataType: "date" },
  { model: "contact", name: "legacy_plan", dataType: "string", archived: true },
  { model: "company", name: "tier", dataType: "string", options: ["gold", "silver", "bronze"] },
  { model: "company", name: "fax", dataType: "string", archived: true },
  { model: "conversation", name: "Topic", dataType: "string", options: ["Billing", "Other"] },
  { model: "contact", name: "plan_level", dataType: "string" },
  { model: "company", name: "plan_level", dataType: "string" },
  { model: "company", name: "seats", dataType: "integer" },
];

export const subscriptionTypeData: Omit<SubscriptionTypeRow, "id">[] = [
  {
    name: "Announcements",
    description: "What is new",
    consentType: "opt_out",
    contentTypes: ["email"],
  },
  {
    name: "Texts",
    description: "News by text message",
    consentType: "opt_in",
    contentTypes: ["sms_message"],
  },
];

export const ticketTypeData: NewTicketType[] = [
  {
    name: "Bug report",
    description: "Something does not work",
    icon: "🐛",
    category: "Customer",
    attributes: [
      { name: "Priority", dataType: "list", options: ["Low", "Medium", "High"], required: true },
      { name: "Occurred at", dataType: "datetime" },
      { name: "Affected users", dataType: "integer" },
      { name: "Blocking", dataType: "boolean" },
    ],
  },
  {
    name: "Refund",
    description: "Money back",
    icon: "💸",
    category: "Back-office",
    attributes: [
      { name: "Order number", dataType: "string", required: true },
      { name: "Amount", dataType: "decimal", required: true },
    ],
  },
  {
    name: "Outage",
    description: "One cause behind many reports",
    icon: "🚨",
    category: "Tracker",
    attributes: [{ name: "Region", dataType: "list", options: ["US", "EU", "AU"] }],
  },
];

/** Nobody can create tickets of it any more. */
export const archivedTicketType: NewTicketType = {
  name: "Feature request",
  description: "Now collected elsewhere",
  icon: "💡",
  category: "Customer",
  archived: true,
  attributes: [
    { name: "Votes", dataType: "integer" },
    { name: "Area", dataType: "string", archived: true },
  ],
};

export const tagNames = [
  "VIP",
  "Key account",
  "Trial",
  "Churn risk",
  "Newsletter",
  "Beta",
  "Needs onboarding",
  "Partner",
] as const;

type TagName = (typeof tagNames)[number];

export const companyData: [
  name: string,
  plan: string | null,
  size: number,
  monthlySpend: number,
  industry: string,
  tags: TagName[],
  attributes: AttributeValues,
][] = [
  ["Alder Books", "Pro", 24, 240, "Publishing", ["Key account"], { crm_stage: "customer" }],
  ["Birchway Clinics", "Enterprise", 310, 2900, "Healthcare", ["Key account", "Partner"], {}],
  ["Cobalt Freight", "Pro", 85, 720, "Logistics", [], { employees_onboarded: 31 }],
  ["Dovetail Joinery", "Starter", 9, 49, "Manufacturing", ["Trial"], { crm_stage: "trial" }],
  ["Elm Street Dental", "Starter", 14, 49, "Healthcare", [], {}],
  ["Fathom Analytics Lab", "Enterprise", 140, 1800, "Software", ["Beta"], { is_partner: true }],
  ["Gannet Airways", "Enterprise", 900, 5400, "Travel", ["Key account"], { crm_stage: "customer" }],
  ["Harbour Foods", "Pro", 61, 410, "Food", ["Churn risk"], { contract_end: 1767225600 }],
  ["Iris Optics", null, 33, 0, "Retail", ["Trial"], {}],
  ["Juniper Energy", "Pro", 210, 950, "Energy", [], { crm_stage: "negotiation" }],
  ["Kestrel Security", "Pro", 45, 380, "Software", ["Partner"], { is_partner: true }],
  ["Larkspur Hotels", "Starter", 120, 99, "Travel", ["Needs onboarding"], {}],
  ["Mosaic Schools", "Pro", 75, 300, "Education", [], { employees_onboarded: 12 }],
  ["Nimbus Legal", null, 18, 0, "Legal", ["Trial"], { crm_stage: "trial" }],
  // Without a contact, and so in no list.
  ["Oakfield Farms", null, 7, 0, "Agriculture", [], {}],
];

const place = (
  city: string,
  region: string,
  country: string,
  countryCode: string,
  continentCode: string,
): Location => ({ city, region, country, countryCode, continentCode });

const austin = place("Austin", "Texas", "United States", "USA", "NA");
const boston = place("Boston", "Massachusetts", "United States", "USA", "NA");
const dublin = place("Dublin", "Leinster", "Ireland", "IRL", "EU");
const lisbon = place("Lisbon", "Lisboa", "Portugal", "PRT", "EU");
const sydney = place("Sydney", "New South Wales", "Australia", "AUS", "OC");

/** `company` is a position in `companyData`; e-mail addresses are made of the name and the host. */
export const contactData: [
  name: string,
  role: "user" | "lead",
  host: "example.com" | "example.org" | null,
  company: number | null,
  location: Location | null,
  tags: TagName[],
  attributes?: AttributeValues,
][] = [
  ["Ada Moreno", "user", "example.com", 0, austin, ["VIP", "Newsletter"], { seats: 12 }],
  ["Ben Achebe", "user", "example.com", 0, austin, ["Newsletter"], { job_title: "Editor" }],
  [
    "Carla Voss",
    "user",
    "example.org",
    1,
    dublin,
    ["VIP"],
    { job_title: "Chief Nurse", score: 8.5 },
  ],
  ["Dmitri Hale", "user", "example.org", 1, dublin, [], { seats: 40 }],
  ["Esther Kim", "user", "example.com", 2, boston, ["Beta"], { beta_tester: true }],
  ["Farid Nasser", "user", "example.com", 2, boston, ["Churn risk"]],
  ["Greta Olsen", "user", "example.org", 3, null, ["Trial"], { renewal_date: 1767225600 }],
  ["Hugo Petit", "lead", "example.com", null, lisbon, ["Newsletter"]],
  ["Imani Brooks", "user", "example.com", 4, boston, [], { "Preferred channel": "phone" }],
  ["Jonas Weber", "user", "example.org", 5, null, ["Beta", "VIP"], { score: 9.25, seats: 5 }],
  ["Keiko Tanaka", "user", "example.com", 5, sydney, ["Beta"], { beta_tester: true }],
  ["Liam Doyle", "user", "example.com", 6, dublin, ["VIP"], { job_title: "Fleet Manager" }],
  ["Maya Singh", "user", "example.org", 6, null, []],
  ["Noah Fischer", "lead", "example.org", null, null, []],
  ["Olga Petrova", "user", "example.com", 6, lisbon, ["Newsletter"], { seats: 150 }],
  ["Priya Raman", "user", "example.com", 7, sydney, ["Churn risk"], { score: 2.5 }],
  ["Quentin Shaw", "user", "example.org", 7, austin, []],
  ["Rosa Delgado", "user", "example.com", 8, austin, ["Trial", "Needs onboarding"]],
  ["Samir Haddad", "lead", null, null, lisbon, []],
  ["Tove Berg", "user", "example.org", 9, null, [], { renewal_date: 1772323200 }],
  ["Uma Iyer", "user", "example.com", 9, sydney, ["Newsletter"]],
  ["Victor Stone", "user", "example.com", 10, boston, ["Partner"], { job_title: "CTO" }],
  ["Wanda Kowalski", "user", "example.org", 10, null, []],
  ["Xavier Blanc", "lead", "example.com", null, lisbon, ["Newsletter"]],
  ["Yara Mansour", "user", "example.com", 11, dublin, ["Needs onboarding"], { seats: 3 }],
  ["Zoltan Varga", "user", "example.org", 11, null, []],
  ["Alice Grant", "user", "example.com", 12, austin, [], { "Preferred channel": "email" }],
  ["Bruno Costa", "user", "example.com", 12, lisbon, ["Newsletter"]],
  ["Chloe Durand", "user", "example.org", 12, null, ["Beta"], { beta_tester: false }],
  ["David Mensah", "user", "example.com", 13, boston, ["Trial"]],
  ["Elena Rossi", "lead", "example.org", null, null, []],
  ["Felix Braun", "user", "example.com", 0, null, ["Newsletter"]],
  ["Grace Owens", "user", "example.com", 1, boston, [], { job_title: "Buyer", seats: 9 }],
  ["Hassan Ali", "user", "example.org", 2, dublin, []],
  ["Isla Murray", "user", "example.com", 6, dublin, ["VIP"], { score: 7.75 }],
  ["Jorge Silva", "lead", "example.com", null, lisbon, ["Trial"]],
  ["Kira Novak", "user", "example.org", 4, null, []],
  ["Leo Martin", "user", "example.com", null, austin, ["Churn risk"], { seats: 1 }],
  ["Mina Park", "user", "example.com", null, sydney, ["Newsletter", "Beta"]],
  ["Nils Holm", "lead", "example.org", null, null, []],
];
