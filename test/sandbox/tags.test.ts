import { describe, expect, test } from "vitest";
import { openSandbox, refusal } from "../judges/answers";
import { sdk, sdkVersions } from "../judges/intercomClient";

describe.each(sdkVersions)("Intercom's client, version %s", (version) => {
  test("creates, finds, lists, applies, takes off and deletes tags", async () => {
    const bench = await openSandbox();
    const { tags } = sdk(bench, version);
    const { companies, contacts } = bench.sandbox.workspace;
    const company = companies.upsert({ companyId: "acme" });
    const contact = contacts.create({ role: "lead" });

    const tag = await tags.create({ name: "VIP" });
    expect(tag).toEqual({ type: "tag", id: tag.id, name: "VIP" });
    expect(await tags.find({ tag_id: tag.id })).toEqual(tag);
    expect((await tags.list()).data).toEqual([tag]);
    expect(await tags.create({ id: tag.id, name: "Gold" })).toMatchObject({
      id: tag.id,
      name: "Gold",
    });
    await tags.create({ name: "Gold", companies: [{ company_id: "acme" }] });
    await tags.create({ name: "Gold", users: [{ id: contact.id }] });
    expect([company.tagIds, contact.tags.map(({ id }) => id)]).toEqual([[tag.id], [tag.id]]);
    await tags.create({
      name: "Gold",
      companies: [{ id: company.id, company_id: "acme", untag: true }],
    });
    expect(company.tagIds).toEqual([]);
    await tags.delete({ tag_id: tag.id });
    expect([bench.sandbox.workspace.tags.rows.size, contact.tags]).toEqual([0, []]);
  });
});

describe("POST /tags", () => {
  test("takes names that differ in case for the same tag", async () => {
    const { call } = await openSandbox();
    const { id } = (await call("POST", "/tags", { name: "VIP" })).body;
    expect((await call("POST", "/tags", { name: "vip" })).body).toMatchObject({ id, name: "VIP" });
  });

  test("makes the tag that it is asked to apply", async () => {
    const { call, sandbox } = await openSandbox();
    const { id } = sandbox.workspace.contacts.create({ role: "lead" });
    const { body } = await call("POST", "/tags", { name: "new", users: [{ id }] });
    const tags = (await call("GET", `/contacts/${id}/tags`)).body.data;
    expect(tags).toMatchObject([{ id: body.id, name: "new" }]);
  });

  test("says from 2.16 on what it tagged, and nothing before", async () => {
    const { call, sandbox } = await openSandbox();
    sandbox.workspace.companies.upsert({ companyId: "acme" });
    const apply = (version: string, untag = false) => {
      const item = untag ? { company_id: "acme", untag } : { company_id: "acme" };
      return call("POST", "/tags", { name: "a", companies: [item] }, version);
    };
    const { id } = (await apply("2.15")).body;
    expect((await apply("2.15")).body).toEqual({ type: "tag", id, name: "a" });
    const told = { type: "tag", id, name: "a", users: [] };
    expect((await apply("2.16")).body).toEqual({
      ...told,
      companies: [{ id: "acme", tagged: true }],
    });
    const untagged = await apply("2.16", true);
    expect(untagged.body).toEqual({ ...told, companies: [{ id: "acme", tagged: false }] });
  });

  test.each([
    [{ companies: [{ company_id: "nobody" }] }, "company_not_found", "Company Not Found"],
    [{ companies: [{ id: "nobody" }] }, "company_not_found", "Company Not Found"],
    [{ users: [{ id: "nobody" }] }, "not_found", "User Not Found"],
  ])("passes over %j from 2.16 on, and finds nothing before", async (targets, code, message) => {
    const { call, sandbox } = await openSandbox();
    const body = { name: "a", ...targets };
    expect(refusal(await call("POST", "/tags", body, "2.15"))).toEqual({
      status: 404,
      code,
      message,
    });
    expect(sandbox.workspace.tags.rows.size).toBe(0);
    expect((await call("POST", "/tags", body, "2.16")).body).toMatchObject({
      users: [],
      companies: [],
    });
  });

  test.each([
    { users: [{ id: { toString: null } }] },
    { companies: [{ id: [] }] },
    { companies: [{ company_id: { toString: null } }] },
    { companies: [{}] },
  ])("refuses %j, where an id is no text", async (targets) => {
    const { call, sandbox } = await openSandbox();
    expect(refusal(await call("POST", "/tags", { name: "a", ...targets }))).toEqual({
      status: 400,
      code: "parameter_invalid",
      message: "invalid tag parameters",
    });
    expect(sandbox.workspace.tags.rows.size).toBe(0);
  });

  test("does not tag an archived contact", async () => {
    const { call, sandbox } = await openSandbox();
    const { contacts } = sandbox.workspace;
    const { id } = contacts.archive(contacts.create({ role: "lead" }));
    expect((await call("POST", "/tags", { name: "a", users: [{ id }] }, "2.15")).status).toBe(404);
  });

  test.each([
    {},
    { name: "" },
    { name: 5 },
    { name: "a", users: [] },
    { name: "a", companies: [{}] },
  ])("refuses %j", async (body) => {
    const { call } = await openSandbox();
    expect(refusal(await call("POST", "/tags", body))).toEqual({
      status: 400,
      code: "parameter_invalid",
      message: "invalid tag parameters",
    });
  });

  test("cannot rename a tag to another's name, nor one that is not there", async () => {
    const { call } = await openSandbox();
    await call("POST", "/tags", { name: "a" });
    const { id } = (await call("POST", "/tags", { name: "b" })).body;
    expect((await call("POST", "/tags", { id, name: "A" })).status).toBe(400);
    expect((await call("POST", "/tags", { id, name: "B" })).body.name).toBe("B");
    expect(refusal(await call("POST", "/tags", { id: "1", name: "c" })).code).toBe("not_found");
  });
});

describe("deleting a tag", () => {
  test("answers with nothing at all", async () => {
    const { call, sandbox } = await openSandbox();
    const { id } = sandbox.workspace.tags.findOrCreate("a");
    const answer = await call("DELETE", `/tags/${id}`);
    expect([answer.status, answer.body]).toEqual([200, undefined]);
    expect(refusal(await call("DELETE", `/tags/${id}`))).toEqual({
      status: 404,
      code: "not_found",
      message: "Resource Not Found",
    });
  });

  test("is refused while a segment depends on it", async () => {
    const { call, sandbox } = await openSandbox({ seed: "workspace" });
    const tag = sandbox.workspace.tags.findOrCreate("Key account");
    expect(refusal(await call("DELETE", `/tags/${tag.id}`))).toEqual({
      status: 400,
      code: "tag_has_dependent_objects",
      message: "Unable to delete Tag with dependent objects. Segments: Key accounts.",
    });
    sandbox.workspace.segments.rows = [];
    expect((await call("DELETE", `/tags/${tag.id}`)).status).toBe(200);
  });
});

describe("the tags of a contact", () => {
  test("say who applied them and when, and applying again changes neither", async () => {
    const { call, sandbox, clock } = await openSandbox();
    const { contacts, tags, admins } = sandbox.workspace;
    const { id } = contacts.create({ role: "lead" });
    const tag = tags.findOrCreate("a");
    const applied = {
      type: "tag",
      id: tag.id,
      name: "a",
      applied_at: clock.ms / 1000,
      applied_by: { type: "admin", id: admins.owner.id },
    };
    const path = `/contacts/${id}/tags`;
    expect((await call("POST", path, { id: tag.id })).body).toEqual(applied);
    clock.forward(5000);
    expect((await call("POST", path, { id: Number(tag.id) })).body).toEqual(applied);
    expect((await call("DELETE", `${path}/${tag.id}`)).body).toEqual(applied);
    expect(refusal(await call("DELETE", `${path}/${tag.id}`)).message).toBe("Resource Not Found");
  });

  test.each([
    ["/contacts/nobody/tags", "User Not Found"],
    ["/contacts/ID/tags", "Resource Not Found"],
  ])("POST %s finds nothing", async (path, message) => {
    const { call, sandbox } = await openSandbox();
    const { id } = sandbox.workspace.contacts.create({ role: "lead" });
    const answer = await call("POST", path.replace("ID", id), { id: "1" });
    expect(refusal(answer)).toEqual({ status: 404, code: "not_found", message });
  });
});
