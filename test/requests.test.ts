import { describe, expect, test } from "vitest";
import component from "../src/index";
import { openFurnished } from "./furnished";
import { apiVersions, describeApi, describeWithOpenApi } from "./judges/openapi";
import { type Inputs, openWorkbench } from "./stage/workbench";

interface FormField {
  key: string;
  type: string;
  collection?: string;
  default?: unknown;
}

const keys = Object.keys(component.actions);

const people = {
  name: "Ada",
  phone: "+3531234567",
  external_id: "25",
  avatar: "https://example.org/ada.png",
  signed_up_at: "2019-10-14T16:15:51Z",
  last_seen_at: "1571069751",
  unsubscribed_from_emails: "true",
  customAttributes: '{"job_title": "Engineer"}',
};
const firms = {
  industry: "Manufacturing",
  monthly_spend: "49.5",
  plan: "Gold",
  size: "85",
  website: "https://example.org",
  customAttributes: '{"crm_stage": "won"}',
};

/** What can be filled in beside what is needed. */
const extras: Record<string, Inputs> = {
  createContact: people,
  updateContact: people,
  createCompany: firms,
  updateCompany: { ...firms, name: "Smithy & Sons", remote_created_at: "2014-03-11" },
  createTicket: { companyId: "smithy", additionalFields: '{"created_at": 1571069751}' },
  listContacts: { order: "asc", perPage: "30", page: "2" },
  listCompanies: { order: "asc", perPage: "30", page: "2" },
  searchContacts: { email: "bob@example.org", name: "Bob" },
};

/** Every field of the form, those that nobody touched as the designer sends them. */
function asForm(key: string, filled: Inputs): Inputs {
  const fields = (component.actions[key]?.inputs ?? []) as FormField[];
  const untouched = fields
    .filter(({ type }) => type !== "connection")
    .map((field): [string, unknown] => {
      if (field.collection) return [field.key, []];
      return [field.key, field.default ?? (field.type === "boolean" ? "false" : "")];
    });
  return { ...Object.fromEntries(untouched), ...filled };
}

async function send(key: string, apiVersion: string, style: (needed: Inputs) => Inputs) {
  const { inputs, run, sandbox } = await openFurnished({ apiVersion });
  const needed = inputs[key];
  if (!needed) throw new Error(`there are no inputs for ${key}`);
  await run(key, style(needed));
  return sandbox.requests.map(({ method, path, body, apiVersion }) => ({
    method,
    path,
    body,
    apiVersion,
  }));
}

describeWithOpenApi("what goes over the wire is what Intercom describes", () => {
  const styles: [string, (key: string) => (needed: Inputs) => Inputs][] = [
    ["only what is needed", () => (needed) => needed],
    ["every field of the form", (key) => (needed) => asForm(key, needed)],
    ["everything that can be filled in", (key) => (needed) => ({ ...needed, ...extras[key] })],
  ];

  for (const version of apiVersions) {
    for (const [name, style] of styles) {
      test.each(keys)(`${version}, %s with ${name}`, async (key) => {
        const requests = await send(key, version, style(key));
        expect(requests.length).toBeGreaterThan(0);
        const problems = requests.flatMap((request) =>
          describeApi(request.apiVersion).problemsOfRequest(request),
        );
        expect(problems).toEqual([]);
      });
    }
  }
});

describeWithOpenApi("what triggers and data sources send is what Intercom describes", () => {
  async function openSeeded(apiVersion: string) {
    const bench = await openWorkbench({ seed: "workspace" }, { apiVersion });
    const problems = () =>
      bench.sandbox.requests.flatMap(({ method, path, body, apiVersion }) =>
        describeApi(apiVersion).problemsOfRequest({ method, path, body }),
      );
    return { ...bench, problems };
  }

  describe.each(apiVersions)("%s", (version) => {
    test.each(Object.keys(component.dataSources))("%s", async (key) => {
      const { problems, readDataSource, sandbox } = await openSeeded(version);
      const ticketTypeId = sandbox.workspace.ticketTypes.rows[0]?.id;
      for (const searchText of ["", "a"]) await readDataSource(key, { ticketTypeId, searchText });
      expect(sandbox.requests.length).toBeGreaterThan(1);
      expect(problems()).toEqual([]);
    });

    test.each(["contacts", "companies", "tickets", "conversations"])("polling %s", async (kind) => {
      const { poll, problems, sandbox } = await openSeeded(version);
      for (let step = 0; step < 2; step += 1) {
        await poll("pollChangesTrigger", { resourceType: kind });
      }
      expect(sandbox.requests.length).toBeGreaterThan(1);
      expect(problems()).toEqual([]);
    });
  });
});

test.each(keys)(
  "%s sends the same for a form that nobody touched as for what is needed",
  async (key) => {
    const bare = await send(key, "2.11", (needed) => needed);
    const form = await send(key, "2.11", (needed) => asForm(key, needed));
    expect(form).toEqual(bare);
  },
);
