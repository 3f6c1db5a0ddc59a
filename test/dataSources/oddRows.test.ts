import * as jsonForms from "@jsonforms/core";
import type { JSONForm } from "@prismatic-io/spectral";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Workspace } from "../../sandbox/index";
import component from "../../src/index";
import { type Inputs, openWorkbench } from "../stage/workbench";

type Json = fc.JsonValue;
type Row = Record<string, Json>;
type Body = Record<string, Json>;

/** The inputs of the data sources besides the connection. */
const inputsOf: Record<string, (workspace: Workspace) => Inputs> = {
  ticketAttributesForm: ({ ticketTypes }) => ({ ticketTypeId: ticketTypes.rows[0]?.id }),
};

/** The rows that become entries or fields; by default the rows of the answer's list. */
const rowsOf: Record<string, (body: Body) => Json[]> = {
  ticketAttributesForm: ({ data }) => {
    const [type] = data as { ticket_type_attributes: { data: Json[] } }[];
    return type?.ticket_type_attributes.data ?? [];
  },
};

const rowsIn = (key: string, body: Body) => {
  const lists = Object.values(body).filter((value): value is Json[] => Array.isArray(value));
  return rowsOf[key]?.(body) ?? lists[0] ?? [];
};

/** A workspace with several records of each kind, and its answers to a data source. */
async function openAnswered(key: string) {
  const bench = await openWorkbench({ seed: "workspace" });
  const { sandbox } = bench;
  const { companies, contacts, ticketTypes, tickets } = sandbox.workspace;
  const [type] = ticketTypes.rows;
  for (const name of ["Ada", "Bob", "Eve"]) {
    const contact = contacts.create({ role: "user", email: `${name}@example.org`, name });
    companies.attach(contact, companies.upsert({ companyId: name, name }));
    const priority = type?.attributes.find(({ name }) => name === "Priority")?.options[0]?.id;
    const values = { _default_title_: name, Priority: priority };
    tickets.create({ typeId: type?.id ?? "", contact: { id: contact.id }, values });
  }
  const inputs = inputsOf[key]?.(sandbox.workspace);
  const read = () => bench.readDataSource(key, inputs);
  const usual = await read();
  const [asked] = sandbox.requests;
  const answer = await fetch(`${sandbox.url}${asked?.path}`, {
    method: asked?.method,
    headers: {
      Authorization: `Bearer ${sandbox.token}`,
      "Content-Type": "application/json",
      "Intercom-Version": asked?.apiVersion ?? "",
    },
    body: asked?.body ? JSON.stringify(asked.body) : null,
  });
  return { ...bench, read, usual, body: (await answer.json()) as Body };
}

const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, 5, 0, -1.5, "", " ", "text", true, false, [], {}, [null], [[]]),
  fc.constantFrom<Json>({ data: null }, { data: [null, 1] }, { list_options: [null, {}, 1] }),
  fc.constantFrom<Json>({
    list_options: [
      { id: 1, label: 2 },
      { id: 1, label: null },
    ],
  }),
  fc.constantFrom<Json>("constructor", "__proto__", "toString", "then", "list", "datetime"),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A row with some odd or missing fields, and with a name that no other row has. */
const oddly = (row: Row): fc.Arbitrary<Json> =>
  fc
    .record(
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          fc.oneof({ weight: 2, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: odd }),
        ]),
      ),
      { requiredKeys: [] },
    )
    .map((made) => ({
      ...made,
      ...(made.name === row.name && { name: `Odd ${row.name}` }),
      // Others are named by the row that has their parent's ID.
      ...("parent_id" in row && made.id === row.id && { id: `odd ${row.id}` }),
    }));

/** JSON Forms shows nothing for a schema that this ajv refuses. */
const ajv = jsonForms.createAjv();

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

interface Control {
  type: string;
  scope: string;
  label: string;
}

const controlsOf = ({ uiSchema }: JSONForm) =>
  (uiSchema as unknown as { elements: Control[] }).elements.filter(
    ({ type }) => type === "Control",
  );

/** The parts of a list or a form that the platform can't show. */
function problemsOf(result: unknown): unknown[] {
  if (Array.isArray(result)) {
    return result.filter(({ key, label }) => !isText(key) || !isText(label) || !label.trim());
  }
  const form = result as JSONForm;
  const { schema } = form;
  if (!ajv.validateSchema(schema)) return [ajv.errorsText()];
  return controlsOf(form).filter(({ scope, label }) => {
    const path = jsonForms.toDataPath(scope);
    return (
      !isText(label) ||
      !isText(path) ||
      !jsonForms.Resolve.schema(schema as never, scope, schema as never)
    );
  });
}

/** The entries of a list, or the fields of a form. */
const partsOf = (result: unknown): unknown[] =>
  Array.isArray(result) ? result : controlsOf(result as JSONForm);

const keys = Object.keys(component.dataSources);

describe("among rows of any kind", () => {
  test.each(keys)("%s shows the good rows unchanged", async (key) => {
    const { read, usual, body, log, sandbox } = await openAnswered(key);
    const rows = rowsIn(key, body) as Row[];
    expect(rows.length).toBeGreaterThan(0);
    const oddRow = fc.oneof(odd, fc.constantFrom(...rows).chain(oddly));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(rows.length), oddRow), { minLength: 1, maxLength: 4 }),
        async (placed) => {
          const changed = structuredClone(body);
          const among = rowsIn(key, changed);
          for (const [at, row] of placed) among.splice(at, 0, row);
          sandbox.faults.add({ kind: "status", status: 200, body: changed });
          log.length = 0;
          const result = await read();
          expect(problemsOf(result)).toEqual([]);
          expect(partsOf(result)).toEqual(expect.arrayContaining(partsOf(usual)));
          const lost = placed.filter(([, row]) => typeof row !== "object" || row === null);
          if (lost.length > 0) expect(log.join("\n")).toMatch(/left out/i);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("one odd row", () => {
  const openWith = async (body: object) => {
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "status", status: 200, body });
    return bench;
  };
  const warnings = (log: string[]) => log.filter((line) => line.startsWith("warn "));

  test("that is not an object is left out, and the log shows it", async () => {
    const { pick, log } = await openWith({ admins: [null, { id: "1", name: "Ada" }, "Bob", 7] });
    expect(await pick("selectAdmin")).toEqual([{ key: "1", label: "Ada" }]);
    expect(warnings(log)).toEqual([
      'warn We left out these rows of the answer when asked to list the admins, because they are not objects: null, "Bob", 7.',
    ]);
  });

  test("without an ID is left out, and the log says how many", async () => {
    const { pick, log } = await openWith({ data: [{ name: "VIP" }, { id: "2", name: "Gold" }] });
    expect(await pick("selectTag")).toEqual([{ key: "2", label: "Gold" }]);
    expect(warnings(log)).toEqual(["warn Select Tag left out entries without an ID: 1."]);
  });

  test("does not take another row's place among the 150", async () => {
    const data = Array.from({ length: 151 }, (_, at) => ({ id: at === 0 ? null : String(at) }));
    const { pick } = await openWith({ data });
    const keys = (await pick("selectTag")).map(({ key }) => key);
    expect(keys).toEqual(Array.from({ length: 150 }, (_, at) => String(at + 1)));
  });

  test("with a number as name or ID shows the number, and without a name shows its ID", async () => {
    const teams = [
      { id: 1, name: 2024 },
      { id: "2", name: null },
      { id: "3", name: {} },
    ];
    const { pick } = await openWith({ teams });
    expect(await pick("selectTeam")).toEqual([
      { key: "1", label: "2024" },
      { key: "2", label: "2" },
      { key: "3", label: "3" },
    ]);
  });

  test("of a contact or a ticket shows the fields that we can read", async () => {
    const contacts = [{ id: "1", name: 5, email: null, phone: 353 }];
    expect(await (await openWith({ data: contacts })).pick("selectContact")).toEqual([
      { key: "1", label: "5" },
    ]);
    const tickets = [
      { id: "1", ticket_id: "9" },
      { id: "2", ticket_attributes: { _default_title_: "Broken" } },
      { id: "3", ticket_attributes: null },
    ];
    expect(await (await openWith({ tickets })).pick("selectTicket")).toEqual([
      { key: "1", label: "#9" },
      { key: "2", label: "Broken" },
      { key: "3", label: "3" },
    ]);
  });

  test("among companies does not stop a search by name", async () => {
    const data = [
      { id: "1", name: 5 },
      { id: "2", company_id: null },
      { id: "3", name: "Works" },
    ];
    const { pick } = await openWith({ type: "list", data });
    expect(await pick("selectCompany", { searchText: "work" })).toEqual([
      { key: "3", label: "Works" },
    ]);
  });

  const notesOf = ({ uiSchema }: JSONForm) =>
    (uiSchema as unknown as { elements: { text?: string }[] }).elements.flatMap(
      ({ text }) => text ?? [],
    );
  const writable = { custom: true, archived: false, api_writable: true, data_type: "string" };

  test("without a name is missing from a form, which names it by its ID", async () => {
    const data = [
      { ...writable, id: 17, name: "" },
      { ...writable, id: 18, name: null, label: "Tier" },
      { ...writable, name: {} },
      { ...writable, name: "plan" },
    ];
    const shown = await (await openWith({ data })).form("contactAttributesForm");
    expect(controlsOf(shown).map(({ label }) => label)).toEqual(["plan"]);
    expect(notesOf(shown)).toEqual([
      'Not in this form: "attribute 17", "Tier", "attribute without a name".',
    ]);
  });

  test("with options that are null or duplicates leaves the form usable", async () => {
    const data = [
      { ...writable, name: "plan", options: null },
      { ...writable, name: "tier", options: ["gold", null, "gold", 1] },
    ];
    const { schema } = await (await openWith({ data })).form("companyAttributesForm");
    expect(schema.properties).toMatchObject({
      plan: { type: "string" },
      tier: { oneOf: [{ const: "gold" }, { const: "1" }] },
    });
    expect(schema.properties?.plan).not.toHaveProperty("oneOf");
  });

  test("with a duplicate name is named as missing", async () => {
    const data = [
      { ...writable, name: "plan" },
      { ...writable, name: "plan", data_type: "date", label: "Plan" },
    ];
    const shown = await (await openWith({ data })).form("contactAttributesForm");
    expect(controlsOf(shown)).toHaveLength(1);
    expect(notesOf(shown)).toEqual(['Not in this form: "Plan".']);
  });

  test("for a ticket type without attributes gives an empty form, and the log says why", async () => {
    const data = [{ id: 1, name: "Fault", archived: false, ticket_type_attributes: null }];
    const { form, log } = await openWith({ data });
    expect(controlsOf(await form("ticketAttributesForm", { ticketTypeId: "1" }))).toEqual([]);
    expect(warnings(log)).toEqual([
      'warn Intercom gave nothing instead of the attributes of the ticket type "Fault".',
    ]);
  });

  test("of a ticket type's attributes is asked for last, and of the options as text", async () => {
    const attribute = (name: unknown, more: object) => ({ name, data_type: "string", ...more });
    const options = [null, { label: "Lost" }, { id: 7, label: null }, { id: "a", label: "A" }];
    const attributes = [
      attribute("late", { order: null, description: 5 }),
      attribute("list", { order: 1, data_type: "list", input_options: { list_options: options } }),
      attribute("odd", { order: 2, data_type: "constructor" }),
      attribute(2024, { order: 0, required_to_create: "yes" }),
      null,
    ];
    const type = { id: "1", ticket_type_attributes: { data: attributes } };
    const { form, log } = await openWith({ data: [type] });
    const shown = await form("ticketAttributesForm", { ticketTypeId: "1" });
    expect(controlsOf(shown).map(({ label }) => label)).toEqual(["2024", "list", "late"]);
    expect(notesOf(shown)).toEqual(['Not in this form: "odd".']);
    expect(shown.schema).toMatchObject({
      properties: {
        late: { description: "5" },
        list: {
          oneOf: [
            { const: "7", title: "7" },
            { const: "a", title: "A" },
          ],
        },
      },
      required: [],
    });
    expect(warnings(log).join()).toMatch(
      /left out these rows of the attributes.*null.*left out these rows of the options/s,
    );
  });
});
