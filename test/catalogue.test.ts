import { describe, expect, test } from "vitest";
import component from "../src/index";
import contract from "./judges/contract.json";

interface ContractInput {
  key: string;
  label: string;
  type: string;
  required: boolean;
  collection?: string;
  hidden?: boolean;
  default?: string;
  notes?: string;
  example?: string;
}

interface BuiltInput {
  key: string;
  label: string;
  type: string;
  required?: boolean;
  shown?: boolean;
  collection?: string;
  default?: unknown;
  comments?: string;
  example?: string;
  clean?: unknown;
}

/** Inputs that the catalogue page does not have. */
const addedInputs: Record<string, string[]> = {
  attachTag: ["tagName"],
  detachTag: ["tagName"],
  createContact: ["ownerId", "emailVerified", "customAttributes", "additionalFields"],
  updateContact: ["ownerId", "emailVerified", "customAttributes", "additionalFields"],
  getContact: ["completeLists", "includeMergeHistory"],
  searchContacts: [
    "phone",
    "externalId",
    "ownerId",
    "tagId",
    "segmentId",
    "createdAfter",
    "createdBefore",
    "updatedAfter",
    "sortField",
    "sortOrder",
    "fetchAll",
    "perPage",
  ],
  createCompany: ["updateLastRequestAt", "customAttributes", "additionalFields"],
  updateCompany: ["updateLastRequestAt", "customAttributes", "additionalFields"],
  createTicket: [
    "customAttributes",
    "adminAssigneeId",
    "teamAssigneeId",
    "conversationId",
    "createdAt",
    "skipNotifications",
    "additionalFields",
  ],
};

const unsubscribing = [
  /only true is sent/i,
  /subscribe a contact again.*\{"unsubscribed_from_emails": false\}.*Additional Fields/i,
];

const pageSizes = [/\b150\b/, /\b60 companies/];

/** Notes that are longer than the page's own words, and what they must say. */
const longerNotes: Record<string, RegExp[]> = {
  "createContact.unsubscribed_from_emails": unsubscribing,
  "updateContact.unsubscribed_from_emails": unsubscribing,
  "createCompany.company_id": [/If a company with this ID exists, Intercom updates it/],
  "updateCompany.company_id": [/Your own, or Intercom's; yours is tried first/],
  "listCompanies.perPage": pageSizes,
  "listContacts.perPage": pageSizes,
  "createTicket.contactId": [
    /unknown email, Intercom creates a lead/,
    /24 hex digits.* external ID/,
  ],
  "updateContact.email": [/the email that the contact has/],
  "updateContact.role": [/a lead .*user/, /the role that the contact has/, /Raw Request/],
  "listCompanies.fetchAll": [/companies without contacts/, /missing_count/],
  "listContacts.fetchAll": [/missing_count says how many may be missing/],
  "searchContacts.jsonQuery": [
    /whole body \{ query, pagination, sort \}/,
    /by whole day, in the workspace's time zone/,
    /may not find a contact yet that was created a few minutes ago/,
  ],
};

/** What the notes of inputs that the page does not have are to say. */
const needsNewest = /Needs API version 2\.16, with which the request is then sent/;
const byWholeDay = /whole days, in the workspace's time zone/;

const addedNotes: Record<string, RegExp[]> = {
  "attachTag.tagName": [/by its name, which is created where there is none/, /instead of Tag ID/],
  "detachTag.tagName": [/by its name; an unknown name is an error/, /instead of Tag ID/],
  emailVerified: [/email is the contact's own/, needsNewest],
  completeLists: [
    /all companies, tags, notes and subscriptions/,
    /ten of more/,
    /has_more stays true/,
  ],
  includeMergeHistory: [/merged into this one/, needsNewest],
  updateLastRequestAt: [/as seen now/, needsNewest],
  "searchContacts.phone": [/this phone/],
  "searchContacts.externalId": [/this ID of yours/, /Get Contact by External ID/],
  "searchContacts.ownerId": [/this admin owns/],
  "searchContacts.tagId": [/have this tag/],
  "searchContacts.segmentId": [/of this segment/],
  createdAfter: [/created on this day or later/, byWholeDay],
  createdBefore: [/created before this day/, byWholeDay],
  updatedAfter: [/changed on this day or later/, byWholeDay],
  sortField: [/sorted by/, needsNewest],
  sortOrder: [/Needs Sort Field/, /descending/],
  fetchAll: [/every page/, /cursor/],
  perPage: [/150 at the most/, /Empty means 50/],
  ownerId: [/admin who owns the contact/],
  "createTicket.customAttributes": [
    /ticket attributes/i,
    /replace those of the same name in Ticket Attributes/,
  ],
  "createTicket.adminAssigneeId": [/admin .* work on the ticket/, /Empty means nobody/],
  "createTicket.teamAssigneeId": [/team .* work on the ticket/, /Empty means none/],
  "createTicket.conversationId": [/linked/, /back-office and tracker/, /Convert Conversation/],
  "createTicket.createdAt": [/brought over/, /Empty means now/],
  "createTicket.skipNotifications": [/Nobody is notified/],
  customAttributes: [/custom attributes, by name/, /defined in Intercom/],
  additionalFields: [/last/, /cleared with null/],
};

/** The five actions that Prismatic shows among the first. */
const important = [
  "createCompany",
  "createContact",
  "createTicket",
  "searchContacts",
  "updateContact",
];

const contractActions = contract.actions as { key: string; inputs: ContractInput[] }[];
const connectionKeys: Record<string, string> = {
  oauth2: "intercom",
  accessToken: "intercomAccesssToken",
};

function actionOf(key: string) {
  const found = component.actions[key];
  if (!found) throw new Error(`no action ${key}`);
  return found;
}

function connectionOf(kind: string) {
  const found = component.connections.find(({ key }) => key === connectionKeys[kind]);
  if (!found) throw new Error(`no ${kind} connection`);
  return found;
}

test("the component has the name of the catalogue page", () => {
  expect(component.key).toBe(contract.component.key);
  expect(component.display).toMatchObject({
    label: contract.component.label,
    description: contract.component.description,
  });
});

test("it links to Intercom's own documentation, and marks five actions as important", () => {
  expect(component.documentationUrl).toBe("https://developers.intercom.com/docs");
  const shownFirst = Object.values(component.actions)
    .filter(({ display }) => (display as { important?: boolean }).important)
    .map(({ key }) => key);
  expect(shownFirst.sort()).toEqual(important);
});

test("it has the page's 24 actions", () => {
  const keys = contractActions.map(({ key }) => key);
  expect(keys).toHaveLength(24);
  expect(Object.keys(component.actions)).toEqual(expect.arrayContaining(keys));
});

test("of the page's actions, only those that list, get or search may run at any time", () => {
  const keys = contractActions.map(({ key }) => key);
  const safe = keys.filter((key) => actionOf(key).performSafety === "SAFE");
  const reading = keys.filter((key) => /^(list|get|search)/.test(key));
  expect(reading).toHaveLength(7);
  expect(safe.sort()).toEqual(reading.sort());
});

test("its actions have the page's 115 inputs", () => {
  const pairs = contractActions.flatMap(({ key, inputs }) =>
    inputs.map((input) => `${key}.${input.key}`),
  );
  const built = Object.values(component.actions).flatMap(({ key, inputs }) =>
    (inputs as BuiltInput[]).map((input) => `${key}.${input.key}`),
  );
  expect(pairs).toHaveLength(115);
  expect(built).toEqual(expect.arrayContaining(pairs));
});

describe.each(contract.actions)("$key", (wanted) => {
  const built = actionOf(wanted.key);

  test("has the page's label, description and key", () => {
    expect(built.key).toBe(wanted.key);
    expect(built.display).toEqual({
      label: wanted.label,
      description: wanted.description,
      ...(important.includes(wanted.key) && { important: true }),
    });
  });

  test("has the page's inputs, and besides them only the agreed ones", () => {
    const keys = built.inputs.map(({ key }) => key).sort();
    const agreed = [...wanted.inputs.map(({ key }) => key), ...(addedInputs[wanted.key] ?? [])];
    expect(keys).toEqual(agreed.sort());
  });

  test.each(wanted.inputs as ContractInput[])("shows the input $key as the page does", (input) => {
    const found = (built.inputs as BuiltInput[]).find(({ key }) => key === input.key);
    expect(found).toMatchObject({
      label: input.label,
      type: input.type,
      required: input.required,
    });
    expect(found?.collection).toBe(input.collection);
    expect(found?.example).toBe(input.example);
    expect(found?.default || undefined).toBe(input.default);
    const more = longerNotes[`${wanted.key}.${input.key}`];
    if (more) {
      expect(found?.comments?.startsWith(input.notes ?? "")).toBe(true);
      const added = found?.comments?.slice(input.notes?.length);
      for (const words of more) expect(added).toMatch(words);
    } else {
      expect(found?.comments).toBe(input.notes);
    }
  });

  test("shows the page's example payload", () => {
    expect(built.examplePayload ?? null).toEqual(wanted.examplePayload);
  });

  test("only adds inputs that may stay empty", () => {
    const added = (built.inputs as BuiltInput[]).filter(({ key }) =>
      addedInputs[wanted.key]?.includes(key),
    );
    expect(added.filter(({ required }) => required)).toEqual([]);
  });

  test("explains each added input", () => {
    for (const key of addedInputs[wanted.key] ?? []) {
      const found = (built.inputs as BuiltInput[]).find((input) => input.key === key);
      const notes = addedNotes[`${wanted.key}.${key}`] ?? addedNotes[key];
      expect(notes).toBeDefined();
      for (const words of notes ?? []) expect(found?.comments).toMatch(words);
    }
  });
});

describe.each(contract.connections)("the connection $label", (wanted) => {
  const built = connectionOf(wanted.kind);

  test("has the page's label", () => {
    expect(built.label).toBe(wanted.label);
  });

  test.each(wanted.inputs as ContractInput[])("shows the input $key as the page does", (input) => {
    const found = (built.inputs as BuiltInput[]).find(({ key }) => key === input.key);
    expect(found).toMatchObject({
      label: input.label,
      required: input.required,
      comments: input.notes,
    });
    expect(found?.shown === false).toBe(input.hidden ?? false);
    if (input.key === "authorizeUrl") {
      // A template, so that the region decides the host: the default region gives the page's default.
      expect(found?.type).toBe("template");
      expect(String(found?.default).replace("{{#region}}", "")).toBe(input.default);
    } else {
      expect(found?.type).toBe(input.type);
      expect(found?.default || undefined).toBe(input.default);
    }
  });

  test("gains a region, an API version and a hidden base URL, which may stay empty", () => {
    const inputs = built.inputs as BuiltInput[];
    const added = inputs.filter(({ key }) => !wanted.inputs.some((input) => input.key === key));
    expect(added.map(({ key, required, shown }) => ({ key, required, shown }))).toEqual([
      { key: "region", required: false, shown: undefined },
      { key: "apiVersion", required: false, shown: undefined },
      { key: "baseUrl", required: false, shown: false },
    ]);
  });
});

test.each([
  ["", "https://app.intercom.com/oauth"],
  ["eu.", "https://app.eu.intercom.com/oauth"],
  ["au.", "https://app.au.intercom.com/oauth"],
])("the region %j leads to %s for authorization", (region, url) => {
  const inputs = connectionOf("oauth2").inputs as (BuiltInput & { model?: { value: string }[] })[];
  const template = inputs.find(({ key }) => key === "authorizeUrl")?.default;
  const regions = inputs.find(({ key }) => key === "region")?.model?.map(({ value }) => value);
  expect(regions).toContain(region);
  expect(String(template).replace("{{#region}}", region)).toBe(url);
});

/** Besides the page: the parts that we know of the earlier component, by the keys in flows. */
describe("triggers and data sources", () => {
  test("the polling trigger keeps its key, its label and its inputs", () => {
    const trigger = component.triggers.pollChangesTrigger;
    expect(trigger?.key).toBe("pollChangesTrigger");
    expect(trigger?.display.label).toBe("New and Updated Records");
    const inputs = trigger?.inputs as BuiltInput[];
    expect(inputs.map(({ key, default: value }) => [key, value || undefined])).toEqual([
      ["connection", undefined],
      ["resourceType", undefined],
      ["showNewRecords", "true"],
      ["showUpdatedRecords", "true"],
    ]);
    const { model } = inputs[1] as BuiltInput & { model?: unknown[] };
    expect(model).toEqual([
      { label: "Contacts", value: "contacts" },
      { label: "Companies", value: "companies" },
      { label: "Tickets", value: "tickets" },
      { label: "Conversations", value: "conversations" },
    ]);
    expect(trigger?.examplePayload).toMatchObject({
      payload: { body: { data: { created: expect.any(Array), updated: expect.any(Array) } } },
    });
  });

  test("the batched trigger has the inputs of the polling one, and those of its initial sync", () => {
    const { batchChangesTrigger: batched, pollChangesTrigger: polling } = component.triggers;
    expect(batched?.display.label).toBe("New and Updated Records (Batched)");
    const inputs = (batched?.inputs ?? []) as (BuiltInput & { scope?: string })[];
    const isOfSync = ({ scope }: { scope?: string }) => scope === "ON_DEPLOY";
    expect(inputs.filter((input) => !isOfSync(input))).toEqual(polling?.inputs);
    expect(inputs.filter(isOfSync)).toMatchObject([
      { key: "since", label: "Since", required: false, comments: expect.stringMatching(/created/) },
    ]);
    expect(batched).toMatchObject({
      scheduleSupport: "required",
      synchronousResponseSupport: "invalid",
      triggerResolverSupport: "required",
      triggerResolverDefaultBatchSize: 100,
      triggerResolverDefaultConcurrentBatchLimit: 10,
      hasOnDeployPerform: true,
      hasResolveOnDeployItems: true,
      hasGetOnDeployNextDiscoveryState: true,
      examplePayload: { payload: { body: { data: [{ type: "contact" }, { type: "contact" }] } } },
    });
  });

  test("the webhook is there", () => {
    expect(component.triggers.webhook?.display.label).toBe("Webhook");
    expect(Object.keys(component.triggers)).toHaveLength(3);
  });

  test("the lists to pick from keep their keys", () => {
    const keys = [
      "selectCompany",
      "selectContact",
      "selectTag",
      "selectTicket",
      "selectTicketType",
    ];
    expect(Object.keys(component.dataSources)).toEqual(expect.arrayContaining(keys));
  });

  test("every action, trigger and data source says what it does", () => {
    const { actions, triggers, dataSources } = component;
    for (const { display } of [actions, triggers, dataSources].flatMap((all) =>
      Object.values(all),
    )) {
      expect(display.label).toMatch(/^[A-Z]/);
      expect(display.description).toMatch(/^[A-Z].{10,}/);
    }
  });
});
