import { describe, expect, test } from "vitest";
import type { Workspace } from "../../sandbox/index";
import { openWorkbench, runClockFast } from "../stage/workbench";

interface Stubs {
  data: { type: string; id: string; url: string }[];
  total_count: number;
  has_more: boolean;
  url: string;
}

interface Contact {
  tags: Stubs;
  notes: Stubs;
  companies: Stubs;
  opted_in_subscription_types: Stubs;
  opted_out_subscription_types: Stubs;
}

const lists = [
  "tags",
  "notes",
  "companies",
  "opted_in_subscription_types",
  "opted_out_subscription_types",
] as const;
const folders = ["tags", "notes", "companies", "subscriptions", "subscriptions"];
const types = ["tag", "note", "company", "subscription", "subscription"];

/** A contact with as many of each; the ids of each, in the order of `lists`. */
function fill(workspace: Workspace, many: number) {
  const { companies, contacts, notes, subscriptionTypes, tags } = workspace;
  const contact = contacts.create({ role: "user", email: "ada@example.org" });
  const upTo = <Row extends { id: string }>(make: (n: number) => Row) =>
    Array.from({ length: many }, (_, n) => make(n).id);
  const choose = (consentType: "opt_in" | "opt_out") => (n: number) => {
    const words = { name: `News ${n}`, description: "News" };
    const type = subscriptionTypes.define({ ...words, consentType, contentTypes: ["email"] });
    subscriptionTypes.attach(contact, type);
    return type;
  };
  const ids = [
    upTo((n) => {
      const tag = tags.findOrCreate(`Tag ${n}`);
      tags.tagContact(contact, tag);
      return tag;
    }),
    upTo((n) => notes.create(contact, { body: `Note ${n}` })).reverse(),
    upTo((n) => {
      const company = companies.upsert({ companyId: `works-${n}` });
      companies.attach(contact, company);
      return company;
    }),
    upTo(choose("opt_in")),
    upTo(choose("opt_out")),
  ];
  return { id: contact.id, ids };
}

async function openWith(many: number) {
  const bench = await openWorkbench();
  const { id, ids } = fill(bench.sandbox.workspace, many);
  const getWhole = () => bench.run<Contact>("getContact", { id, completeLists: "true" });
  return { ...bench, id, ids, getWhole };
}

const sorted = (ids: string[] = []) => [...ids].sort();

describe("a contact with its lists complete", () => {
  test.each([
    [12, 5],
    [151, 7],
  ])("has all stubs of %i of each, and %i requests read them", async (many, requests) => {
    const { getWhole, id, ids, log, run, sent } = await openWith(many);
    const shown = await run<Contact>("getContact", { id });
    const contact = await getWhole();
    for (const [at, key] of lists.entries()) {
      const { data, ...about } = contact[key];
      expect(sorted(data.map(({ id }) => id))).toEqual(sorted(ids[at]));
      expect(about).toEqual({ ...shown[key], data: undefined, has_more: false });
      expect(data).toEqual(expect.arrayContaining(shown[key].data));
      for (const { id, type, url } of data) {
        expect({ type, url }).toEqual({ type: types[at], url: `/${folders[at]}/${id}` });
      }
      expect(shown[key]).toMatchObject({ total_count: many, has_more: true });
    }
    expect(sent()).toHaveLength(1 + requests);
    expect(log.filter((line) => line.startsWith("warn"))).toEqual([]);
  });

  test("costs no further request where it shows all of each", async () => {
    const { getWhole, id, run, sent } = await openWith(10);
    expect(await getWhole()).toEqual(await run("getContact", { id }));
    expect(sent()).toHaveLength(2);
  });

  test.each([
    ["tags", "tags", /list the tags of the contact: .*"Read one user and one company" permission/],
    ["notes", "notes", /list the notes: .*probably lacks the "Read one user and one company"/],
    ["companies", "companies", /list the companies of the contact: .*lacks the/],
    [
      "opted_in_subscription_types",
      "subscriptions",
      /list the subscriptions: .*probably lacks the/,
    ],
  ] as const)(
    "says that %s are cut where Intercom refuses to list them",
    async (key, what, words) => {
      const { getWhole, id, log, run, sandbox } = await openWith(12);
      const shown = await run<Contact>("getContact", { id });
      const path = `/contacts/${id}/${folders[lists.indexOf(key)]}`;
      sandbox.faults.add({ kind: "status", status: 403, code: "forbidden", path, times: Infinity });
      const contact = await getWhole();
      expect(contact[key]).toEqual(shown[key]);
      const warnings = log.filter((line) => line.startsWith("warn"));
      expect(warnings).toContainEqual(expect.stringMatching(words));
      expect(warnings).toContainEqual(expect.stringContaining(`The contact has more ${what}.`));
      const others = lists.filter((other) => !shown[other].url.endsWith(path));
      expect(others.map((other) => contact[other].has_more)).toEqual(others.map(() => false));
    },
  );

  test("says how many are missing where a list has fewer than the contact's own count", async () => {
    const { getWhole, id, ids, log, sandbox } = await openWith(12);
    const data = ids[0]?.slice(1).map((id) => ({ type: "tag", id, name: id }));
    const path = `/contacts/${id}/tags`;
    sandbox.faults.add({ kind: "status", status: 200, body: { type: "list", data }, path });
    const { tags } = await getWhole();
    expect(tags).toMatchObject({ total_count: 12, has_more: true });
    expect(tags.data.map(({ id }) => id)).toEqual(ids[0]?.slice(1));
    expect(log).toContain("warn The contact has more tags. Intercom lists 11 of 12.");
  });

  test("is an error where Intercom fails to list a part, because a retry may help", async () => {
    runClockFast();
    const { id, refusal, sandbox } = await openWith(12);
    const path = `/contacts/${id}/companies`;
    sandbox.faults.add({ kind: "status", status: 503, path, times: Infinity });
    expect(await refusal("getContact", { id, completeLists: "true" })).toMatchObject({
      name: "ServerError",
      status: 503,
    });
  });

  test("is refused with a value that is neither yes nor no, and nothing is sent", async () => {
    const { id, refusal, sandbox } = await openWith(1);
    const { message } = await refusal("getContact", { id, completeLists: "all" });
    expect(message).toBe('"Complete Lists" must be true or false, not "all".');
    expect(sandbox.requests).toEqual([]);
  });
});
