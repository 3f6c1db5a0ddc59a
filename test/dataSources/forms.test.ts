import * as jsonForms from "@jsonforms/core";
import type { JSONForm } from "@prismatic-io/spectral";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Attribute, jsonForm } from "../../src/jsonForm";
import { openWorkbench } from "../stage/workbench";

interface Control {
  type: "Control";
  label: string;
  scope: string;
}

const elementsOf = ({ uiSchema }: JSONForm) =>
  (uiSchema as unknown as { elements: (Control | { type: "Label"; text: string })[] }).elements;

const controlsOf = (form: JSONForm) =>
  elementsOf(form).filter((element): element is Control => element.type === "Control");

const notesOf = (form: JSONForm) =>
  elementsOf(form).flatMap((element) => (element.type === "Label" ? [element.text] : []));

/**
 * One ajv for all forms, because JSON Forms would make one per form, which takes most of the time.
 */
const ajv = jsonForms.createAjv();

/** Fills in a form with JSON Forms itself, as the platform does. */
function open(form: JSONForm) {
  const { schema, uiSchema, data } = form;
  let state = jsonForms.coreReducer(
    undefined,
    jsonForms.init(data, schema as never, uiSchema as never, { ajv }),
  );
  const controlOf = (label: string) => {
    const control = controlsOf(form).find((one) => one.label === label);
    if (!control) throw new Error(`the form has no "${label}"`);
    return control;
  };
  return {
    fillIn(label: string, value: unknown) {
      const path = jsonForms.toDataPath(controlOf(label).scope);
      state = jsonForms.coreReducer(
        state,
        jsonForms.update(path, () => value),
      );
    },
    choose(label: string, option: string) {
      const { schema } = this.shown(label);
      const options = schema.oneOf as { const: string; title: string }[];
      this.fillIn(label, options.find(({ title }) => title === option)?.const);
    },
    shown(label: string) {
      const control = controlOf(label);
      return {
        control,
        schema: jsonForms.Resolve.schema(schema as never, control.scope, schema as never),
      };
    },
    /** The widget that JSON Forms chooses. */
    widgets: (label: string) =>
      Object.entries(widgets)
        .filter(([, isOf]) => isOf(controlOf(label) as never, schema as never, {} as never))
        .map(([name]) => name),
    problems: () => (state.errors ?? []).map(({ message }) => message),
    result: () => state.data as Record<string, unknown>,
  };
}

const widgets = {
  text: jsonForms.isStringControl,
  lines: jsonForms.isMultiLineControl,
  integer: jsonForms.isIntegerControl,
  number: jsonForms.isNumberControl,
  box: jsonForms.isBooleanControl,
  date: jsonForms.isDateControl,
  time: jsonForms.isDateTimeControl,
  choice: jsonForms.isOneOfEnumControl,
};

/** A workspace with a ticket type of each kind of attribute. */
async function openWithTicketType() {
  const bench = await openWorkbench();
  const { ticketTypes, contacts } = bench.sandbox.workspace;
  const type = ticketTypes.define({
    name: "Fault",
    description: "",
    icon: "🐛",
    category: "Customer",
    attributes: [
      { name: "Priority", dataType: "list", options: ["Low", "High"], required: true },
      { name: "Order number", dataType: "string", required: true, description: "As printed" },
      { name: "Occurred at", dataType: "datetime", required: true },
      { name: "Safe", dataType: "boolean", required: true },
      { name: "Affected/users", dataType: "integer" },
      { name: "Amount", dataType: "decimal" },
      { name: "Blocking", dataType: "boolean" },
      { name: "Old", dataType: "string", required: true, archived: true },
    ],
  });
  const contact = contacts.create({ role: "user", email: "ada@example.org" });
  const create = (ticketAttributes: unknown) =>
    bench.run<{ id: string; ticket_attributes: Record<string, unknown> }>("createTicket", {
      ticketTypeId: type.id,
      contactId: contact.id,
      ticketAttributes,
    });
  return { ...bench, type, create };
}

describe("the form of a ticket type", () => {
  test("gives values that Ticket Attributes takes, with one request", async () => {
    const { form, type, create, sandbox } = await openWithTicketType();
    const filled = open(await form("ticketAttributesForm", { ticketTypeId: type.id }));
    expect(sandbox.requests).toHaveLength(1);
    filled.fillIn("Title", "Broken");
    filled.fillIn("Description", "It does\nnot start.");
    filled.choose("Priority", "High");
    filled.fillIn("Order number", "A-17");
    filled.fillIn("Occurred at", "2026-11-02T09:30:00.000+01:00");
    filled.fillIn("Affected/users", 3);
    filled.fillIn("Amount", 12.5);
    filled.fillIn("Blocking", true);
    expect(filled.problems()).toEqual([]);
    const high = type.attributes[2]?.options[1]?.id;
    const wanted = {
      _default_title_: "Broken",
      _default_description_: "It does\nnot start.",
      Priority: high,
      "Order number": "A-17",
      "Occurred at": Date.UTC(2026, 10, 2, 8, 30) / 1000,
      Safe: false,
      "Affected/users": 3,
      Amount: 12.5,
      Blocking: true,
    };
    expect((await create(filled.result())).ticket_attributes).toEqual(wanted);
    // A configuration variable may come as text.
    expect((await create(JSON.stringify(filled.result()))).ticket_attributes).toEqual(wanted);
  });

  test("requires what Intercom requires, and nothing else", async () => {
    const { form, type, create } = await openWithTicketType();
    const filled = open(await form("ticketAttributesForm", { ticketTypeId: type.id }));
    expect(filled.problems()).toEqual([
      "must have required property 'Priority'",
      "must have required property 'Order number'",
      "must have required property 'Occurred at'",
    ]);
    filled.choose("Priority", "Low");
    filled.fillIn("Order number", "");
    filled.fillIn("Occurred at", undefined);
    expect(filled.problems()).toHaveLength(2);
    filled.fillIn("Order number", "A-17");
    filled.fillIn("Occurred at", "2026-11-02T08:30:00Z");
    expect(filled.problems()).toEqual([]);
    await create(filled.result());
  });

  test.each([
    ["Title", ["text"]],
    ["Description", ["text", "lines"]],
    ["Priority", ["text", "choice"]],
    ["Order number", ["text"]],
    ["Occurred at", ["text", "time"]],
    ["Affected/users", ["integer"]],
    ["Amount", ["number"]],
    ["Blocking", ["box"]],
  ])("shows %s as %j", async (label, names) => {
    const { form, type } = await openWithTicketType();
    const shown = open(await form("ticketAttributesForm", { ticketTypeId: type.id }));
    expect(shown.widgets(label)).toEqual(names);
  });

  test("shows the labels of options, and Intercom's description of an attribute", async () => {
    const { form, type } = await openWithTicketType();
    const shown = open(await form("ticketAttributesForm", { ticketTypeId: type.id }));
    expect(shown.shown("Priority").schema).toMatchObject({
      oneOf: [{ title: "Low" }, { title: "High" }],
    });
    expect(shown.shown("Order number").schema).toMatchObject({ description: "As printed" });
  });

  test("leaves archived attributes out, and keeps Intercom's order", async () => {
    const { form, type } = await openWithTicketType();
    type.attributes.reverse();
    const shown = await form("ticketAttributesForm", { ticketTypeId: type.id });
    expect(controlsOf(shown).map(({ label }) => label)).toEqual([
      "Blocking",
      "Amount",
      "Affected/users",
      "Safe",
      "Occurred at",
      "Order number",
      "Priority",
      "Description",
      "Title",
    ]);
  });

  test("names the attributes that a person can't fill in, and says which are required", async () => {
    const { form, sandbox } = await openWorkbench();
    const type = sandbox.workspace.ticketTypes.define({
      name: "Photo",
      description: "",
      icon: "📷",
      category: "Customer",
      attributes: [
        { name: "Picture", dataType: "files", required: true },
        { name: "v2.0", dataType: "string" },
        { name: "constructor", dataType: "string" },
      ],
    });
    const shown = await form("ticketAttributesForm", { ticketTypeId: type.id });
    expect(controlsOf(shown)).toHaveLength(2);
    expect(notesOf(shown)).toEqual([
      'Not in this form: "Picture" (required), "v2.0", "constructor".',
    ]);
  });

  test("of a type that is archived or unknown is refused by name", async () => {
    const { form, type } = await openWithTicketType();
    type.archived = true;
    for (const ticketTypeId of [type.id, "0"]) {
      await expect(form("ticketAttributesForm", { ticketTypeId })).rejects.toThrow(
        `"Ticket Type ID" must be the ID of a ticket type that is not archived, not "${ticketTypeId}".`,
      );
    }
  });
});

describe("the form of custom attributes", () => {
  test("of contacts gives values that Custom Attributes of a contact takes", async () => {
    const { form, run, sandbox } = await openWorkbench();
    const filled = open(await form("contactAttributesForm"));
    expect(sandbox.requests).toHaveLength(1);
    filled.fillIn("job_title", "Engineer");
    filled.fillIn("seats", 12);
    filled.fillIn("score", 2.5);
    filled.fillIn("beta_tester", false);
    filled.fillIn("renewal_date", "2026-11-02");
    expect(filled.problems()).toEqual([]);
    const { id } = await run<{ id: string }>("createContact", {
      email: "ada@example.org",
      role: "user",
      customAttributes: filled.result(),
    });
    expect(sandbox.workspace.contacts.get(id).customAttributes).toEqual({
      job_title: "Engineer",
      seats: 12,
      score: 2.5,
      beta_tester: false,
      renewal_date: Date.UTC(2026, 10, 2) / 1000,
    });
    expect(filled.widgets("renewal_date")).toEqual(["text", "date"]);
    expect(filled.widgets("beta_tester")).toEqual(["box"]);
  });

  test("of companies gives values that Custom Attributes of a company takes", async () => {
    const { form, run, sandbox } = await openWorkbench();
    const filled = open(await form("companyAttributesForm"));
    filled.choose("tier", "silver");
    filled.fillIn("contract_end", "2026-11-02");
    filled.fillIn("is_partner", true);
    await run("createCompany", {
      company_id: "works",
      name: "Works",
      remote_created_at: "2026-11-01",
      customAttributes: filled.result(),
    });
    expect(sandbox.workspace.companies.findByCompanyId("works")?.customAttributes).toEqual({
      tier: "silver",
      contract_end: Date.UTC(2026, 10, 2) / 1000,
      is_partner: true,
    });
  });

  test.each([
    ["2.15", "GET /data_attributes?model=conversation", ["text", "date"]],
    ["2.16", "GET /conversations/attributes", ["text", "time"]],
  ])(
    "of conversations gives what Update Conversation takes, in API version %s",
    async (apiVersion, request, widgets) => {
      const bench = await openWorkbench({ seed: "empty" }, { apiVersion });
      const { form, run, sandbox, sent } = bench;
      const { contacts, conversations, dataAttributes } = sandbox.workspace;
      const model = "conversation";
      dataAttributes.define({ model, name: "Due", dataType: "date" });
      dataAttributes.define({ model, name: "Amount", dataType: "float" });
      dataAttributes.define({ model, name: "Old", dataType: "string", archived: true });
      const filled = open(await form("conversationAttributesForm"));
      expect(sent()).toEqual([request]);
      filled.choose("Topic", "Billing");
      filled.fillIn("Amount", 12.5);
      filled.fillIn("Due", "2026-11-02");
      expect(filled.widgets("Due")).toEqual(widgets);
      expect(() => filled.shown("Old")).toThrow('the form has no "Old"');
      const contact = contacts.create({ role: "user", email: "ada@example.org" });
      const { id } = conversations.create({ contact, body: "Hello" });
      await run("updateConversation", { conversationId: id, customAttributes: filled.result() });
      expect(conversations.get(id).customAttributes).toEqual({
        Topic: "Billing",
        Amount: 12.5,
        Due: Date.UTC(2026, 10, 2) / 1000,
      });
    },
  );

  test("of conversations leaves archived options out, and names what can't be filled in", async () => {
    const { form, sandbox } = await openWorkbench({ seed: "empty" }, { apiVersion: "2.16" });
    const options = [
      { id: "1", label: "Billing" },
      { id: "2", label: "Old", archived: true },
    ];
    const data = [
      { type: "conversation_attribute", name: "Topic", data_type: "list", options },
      { type: "conversation_attribute", name: "Story", data_type: "string", multiline: true },
      { type: "conversation_attribute", name: "Orders", data_type: "relationship" },
    ];
    sandbox.faults.add({ kind: "status", status: 200, body: { type: "list", data } });
    const made = await form("conversationAttributesForm");
    const filled = open(made);
    expect(filled.shown("Topic").schema.oneOf).toEqual([{ const: "Billing", title: "Billing" }]);
    expect(filled.widgets("Story")).toEqual(["text", "lines"]);
    expect(notesOf(made)).toEqual(['Not in this form: "Orders".']);
  });

  test("shows those that the API may write, which are not archived, of its own model", async () => {
    const { form, sandbox } = await openWorkbench({ seed: "empty" });
    const { dataAttributes } = sandbox.workspace;
    dataAttributes.rows = [];
    dataAttributes.define({ model: "company", name: "a", dataType: "string" });
    dataAttributes.define({ model: "contact", name: "b", dataType: "string" });
    dataAttributes.define({ model: "contact", name: "c", dataType: "string", archived: true });
    dataAttributes.define({ model: "contact", name: "d", dataType: "string", isReadOnly: true });
    const labels = (shown: JSONForm) => controlsOf(shown).map(({ label }) => label);
    expect(labels(await form("contactAttributesForm"))).toEqual(["b"]);
    expect(labels(await form("companyAttributesForm"))).toEqual(["a"]);
  });

  test("a date that was filled in and emptied again is not sent", async () => {
    const { form, run, sandbox } = await openWorkbench();
    const filled = open(await form("contactAttributesForm"));
    filled.fillIn("renewal_date", "2026-11-02");
    filled.fillIn("renewal_date", undefined);
    const customAttributes = filled.result();
    await run("createContact", { email: "ada@example.org", role: "user", customAttributes });
    expect(sandbox.requests.at(-1)?.body).not.toHaveProperty("custom_attributes");
  });
});

describe("a date among custom attributes", () => {
  const create = { email: "ada@example.org", role: "user" };

  test.each([
    ["2026-11-02", Date.UTC(2026, 10, 2) / 1000],
    ["2026-11-02T09:30:00+01:00", Date.UTC(2026, 10, 2, 8, 30) / 1000],
    [1793577600, 1793577600],
    ["1962-03-01", Date.UTC(1962, 2, 1) / 1000],
  ])("%j is sent as %d", async (date, seconds) => {
    const { run, sandbox } = await openWorkbench();
    await run("createContact", { ...create, customAttributes: { renewal_date: { date } } });
    expect(sandbox.requests.at(-1)?.body).toMatchObject({
      custom_attributes: { renewal_date: seconds },
    });
  });

  test.each(["soon", "20261102", "2026-02-30"])(
    "%j is refused with the attribute's name, and nothing is sent",
    async (date) => {
      const { refusal, sandbox } = await openWorkbench();
      const customAttributes = { renewal_date: { date } };
      const { message } = await refusal("createContact", { ...create, customAttributes });
      expect(message).toBe(
        `"Custom Attributes" must be an object whose dates are ISO 8601 or Unix seconds, not {"renewal_date":{"date":"${date}"}}.`,
      );
      expect(sandbox.requests).toEqual([]);
    },
  );
});

test("whatever an attribute's name is, its value arrives under that name, or the form names it as missing", () => {
  const kinds = ["text", "choice", "wholeNumber", "number", "box", "date", "time"] as const;
  const part = fc.constantFrom(
    ..."properties then else oneOf/1/ # / ~ ~0 ~1 % . [0] $ 7 __ -".split(" "),
    " ",
    "constructor",
    "__proto__",
    "toString",
  );
  const name = fc.oneof(
    fc.string({ minLength: 1, unit: "grapheme" }),
    fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("")),
  );
  let filledIn = 0;
  fc.assert(
    fc.property(name, fc.constantFrom(...kinds), (name, kind) => {
      const attribute: Attribute = { name, label: "It", description: "", kind, isRequired: false };
      const form = jsonForm([attribute]);
      if (notesOf(form).length > 0) return;
      const filled = open(form);
      filled.fillIn("It", "given");
      const isDate = kind === "date" || kind === "time";
      expect(filled.result()).toEqual({ [name]: isDate ? { date: "given" } : "given" });
      filledIn += 1;
    }),
    { numRuns: 300 },
  );
  expect(filledIn).toBeGreaterThan(60);
});

describe("attributes of every kind", () => {
  const blank = { label: "It", description: "", isRequired: false };

  test("a required date that was emptied again is refused", async () => {
    const { form, type } = await openWithTicketType();
    const filled = open(await form("ticketAttributesForm", { ticketTypeId: type.id }));
    filled.fillIn("Occurred at", "2026-11-02T08:30:00Z");
    filled.fillIn("Occurred at", undefined);
    expect(filled.problems()).toContain("must have required property 'date'");
  });

  test.each(["prototype", "constructor", "__proto__", ""])(
    "an attribute called %j is named as missing",
    (name) => {
      const form = jsonForm([{ ...blank, name, kind: "text" }]);
      expect([controlsOf(form), notesOf(form)]).toEqual([[], ['Not in this form: "It".']]);
    },
  );

  test("a list without options takes text", () => {
    const filled = open(jsonForm([{ ...blank, name: "a", kind: "choice", options: [] }]));
    filled.fillIn("It", "x");
    expect([filled.problems(), filled.result()]).toEqual([[], { a: "x" }]);
  });

  test("ticket attributes come in Intercom's order, with long texts in several lines, and are required where teammates must fill them in", async () => {
    const { form, sandbox } = await openWorkbench();
    const attribute = (name: string, more: object) => ({
      name,
      description: "",
      data_type: "string",
      input_options: null,
      required_to_create: false,
      required_to_create_for_contacts: false,
      archived: false,
      ...more,
    });
    const data = [
      attribute("second", { order: 1, required_to_create: true }),
      attribute("first", { order: 0, input_options: { multiline: true } }),
    ];
    const type = { id: "1", archived: false, ticket_type_attributes: { type: "list", data } };
    const body = { type: "list", data: [type] };
    sandbox.faults.add({ kind: "status", status: 200, body });
    const shown = await form("ticketAttributesForm", { ticketTypeId: "1" });
    expect(controlsOf(shown).map(({ label }) => label)).toEqual(["first", "second"]);
    expect(open(shown).widgets("first")).toEqual(["text", "lines"]);
    expect(shown.schema).toMatchObject({ required: ["second"] });
  });

  test("custom attributes show their labels and Intercom's descriptions; unknown kinds are named as missing", async () => {
    const { form, sandbox } = await openWorkbench();
    const of = (name: string, more: object) => ({
      name,
      label: "",
      description: "",
      data_type: "string",
      custom: true,
      archived: false,
      api_writable: true,
      ...more,
    });
    const data = [
      of("mrr", { label: "Revenue", description: "Per month" }),
      of("bare", {}),
      of("parts", { data_type: "object" }),
    ];
    sandbox.faults.add({ kind: "status", status: 200, body: { type: "list", data } });
    const shown = await form("contactAttributesForm");
    expect(controlsOf(shown).map(({ label }) => label)).toEqual(["Revenue", "bare"]);
    expect(shown.schema).toMatchObject({ properties: { mrr: { description: "Per month" } } });
    expect(notesOf(shown)).toEqual(['Not in this form: "parts".']);
  });

  test("a company's attributes with more than a date in an object, or with a list, are refused", async () => {
    const { refusal, sandbox } = await openWorkbench();
    const company = { company_id: "w", name: "W", remote_created_at: "2026-11-01" };
    for (const value of [{ date: "2026-11-02", zone: "+01:00" }, ["gold"]]) {
      const { message } = await refusal("createCompany", {
        ...company,
        customAttributes: { tier: value },
      });
      expect(message).toBe(
        `"Custom Attributes" must be an object of text, numbers, true, false and null, not ${JSON.stringify({ tier: value })}.`,
      );
    }
    expect(sandbox.requests).toEqual([]);
  });

  test("blanks around a date are cut off", async () => {
    const { run, sandbox } = await openWorkbench();
    const customAttributes = { renewal_date: { date: " 2026-11-02 " } };
    await run("createContact", { email: "a@example.org", role: "user", customAttributes });
    expect(sandbox.requests.at(-1)?.body).toMatchObject({
      custom_attributes: { renewal_date: Date.UTC(2026, 10, 2) / 1000 },
    });
  });

  test("a date may be a Date of an earlier step, or Unix seconds before 1970, and not milliseconds", async () => {
    const { run, refusal, sandbox } = await openWorkbench();
    const create = (date: unknown) => ({
      email: `${Math.random()}@example.org`,
      role: "user",
      customAttributes: { renewal_date: { date } },
    });
    for (const [date, seconds] of [
      [new Date("2026-11-02T08:30:00.900Z"), Date.UTC(2026, 10, 2, 8, 30) / 1000],
      [-247_276_800, -247_276_800],
    ]) {
      await run("createContact", create(date));
      expect(sandbox.requests.at(-1)?.body).toMatchObject({
        custom_attributes: { renewal_date: seconds },
      });
    }
    const { message } = await refusal("createContact", create("-1793577600000"));
    expect(message).toContain("ISO 8601 or Unix seconds");
  });

  test("null clears an attribute of a company", async () => {
    const { run, sandbox } = await openWorkbench();
    const company = { company_id: "w", name: "W", remote_created_at: "2026-11-01" };
    await run("createCompany", { ...company, customAttributes: { tier: null } });
    expect(sandbox.requests.at(-1)?.body).toMatchObject({ custom_attributes: { tier: null } });
  });

  test("a bare year is refused", async () => {
    const { refusal } = await openWorkbench();
    const { message } = await refusal("createContact", {
      email: "a@example.org",
      role: "user",
      customAttributes: { renewal_date: { date: "2019" } },
    });
    expect(message).toContain("ISO 8601 or Unix seconds");
  });
});
