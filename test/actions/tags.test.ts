import { describe, expect, test } from "vitest";
import { openWorkbench } from "../stage/workbench";
import { anAdminId } from "../uses/use";

interface Tag {
  type: "tag";
  id: string;
  name: string;
}

describe("tags", () => {
  test("a created tag is listed", async () => {
    const { run } = await openWorkbench();
    const tag = await run<Tag>("createTag", { name: "VIP" });
    expect(tag).toMatchObject({ type: "tag", name: "VIP" });
    expect(await run("listTags")).toEqual([expect.objectContaining({ id: tag.id, name: "VIP" })]);
  });

  test("creating a tag twice gives the one that exists, whatever the case", async () => {
    const { run } = await openWorkbench();
    const first = await run<Tag>("createTag", { name: "VIP" });
    const second = await run<Tag>("createTag", { name: "vip" });
    expect(second.id).toBe(first.id);
    expect(await run("listTags")).toHaveLength(1);
  });

  test("an updated tag keeps its id and has the new name", async () => {
    const { run } = await openWorkbench();
    const tag = await run<Tag>("createTag", { name: "VIP" });
    expect(await run("updateTag", { id: tag.id, name: "Gold" })).toMatchObject({
      id: tag.id,
      name: "Gold",
    });
    expect(await run("listTags")).toEqual([expect.objectContaining({ id: tag.id, name: "Gold" })]);
  });

  test("deleting a tag gives the tag that was deleted", async () => {
    const { run } = await openWorkbench();
    const tag = await run<Tag>("createTag", { name: "VIP" });
    expect(await run("deleteTag", { id: ` ${tag.id} ` })).toMatchObject({
      id: tag.id,
      name: "VIP",
      type: "tag",
    });
    expect(await run("listTags")).toEqual([]);
  });

  test.each([
    ["createTag", { name: " " }, '"Name" is empty: fill it in.'],
    ["updateTag", { id: "", name: "Gold" }, '"Tag ID" is empty: fill it in.'],
    ["deleteTag", { id: undefined }, '"Tag ID" is empty: fill it in.'],
    ["deleteTag", { id: ".." }, '"Tag ID" must be an id, not "..".'],
    ["deleteTag", { id: { id: "1" } }, '"Tag ID" must be text, not {"id":"1"}.'],
  ])("%s with %j says what is missing and sends nothing", async (key, inputs, sentence) => {
    const { refusal, sandbox } = await openWorkbench();
    expect((await refusal(key, inputs)).message).toBe(sentence);
    expect(sandbox.requests).toEqual([]);
  });

  test("an id can't reach another path", async () => {
    const { refusal, run, sent } = await openWorkbench();
    await run("createTag", { name: "VIP" });
    expect((await refusal("deleteTag", { id: "../companies/1?x=#" })).message).toMatch(
      /^Intercom refused to delete the tag: .+ \(404 not_found, request [0-9a-v]{20}\)\.$/,
    );
    expect(sent().at(-1)).toBe("GET /tags/..%2Fcompanies%2F1%3Fx%3D%23");
  });

  test("a tag that a segment depends on is not deleted, and the error says so", async () => {
    const { refusal, run, sandbox } = await openWorkbench({ seed: "workspace" });
    const { tags, segments } = sandbox.workspace;
    const used = [...tags.rows.values()].find(({ id }) => segments.dependingOn(id).length > 0);
    const before = await run<Tag[]>("listTags");
    const error = await refusal("deleteTag", { id: used?.id });
    expect(error).toMatchObject({ status: 400, code: "tag_has_dependent_objects" });
    expect(error.message).toContain("Unable to delete Tag with dependent objects");
    expect(await run("listTags")).toEqual(before);
  });
});

describe.each(["2.11", "2.15", "2.16"])("tags of companies, in version %s", (apiVersion) => {
  async function openWithWorks() {
    const bench = await openWorkbench({ seed: "empty" }, { apiVersion });
    const { companies, tags } = bench.sandbox.workspace;
    const company = companies.upsert({ companyId: "works-1", name: "Works" });
    const tag = tags.findOrCreate("VIP");
    const tagIds = () => companies.rows.get(company.id)?.tagIds;
    return { ...bench, company, tagId: tag.id, tagIds };
  }

  test.each(["id", "companyId"] as const)(
    "a tag is attached and detached again, by the company's %s",
    async (name) => {
      const { company, run, sandbox, tagId, tagIds } = await openWithWorks();
      const inputs = { companyId: company[name], tagId };
      const tag = { type: "tag", id: tagId, name: "VIP" };
      for (const _ of "twice") {
        expect(await run("attachTagToCompany", inputs)).toMatchObject(tag);
        expect(tagIds()).toEqual([tagId]);
      }
      expect(await run("detachTagFromCompany", inputs)).toMatchObject(tag);
      expect(tagIds()).toEqual([]);
      expect(sandbox.requests.at(-1)?.body).toEqual({
        name: "VIP",
        companies: [{ id: company.id, untag: true }],
      });
    },
  );

  test.each(["attachTagToCompany", "detachTagFromCompany"])(
    "%s says that there is no such company",
    async (key) => {
      const { refusal, tagId } = await openWithWorks();
      const error = await refusal(key, { companyId: "nobody", tagId });
      expect(error).toMatchObject({ name: "NotFoundError", code: "company_not_found" });
      expect(error.message).toMatch(
        /^Intercom refused to (at|de)tach the tag (to|from) the company/,
      );
    },
  );

  test("an unknown tag is an error, and none is made", async () => {
    const { company, refusal, sandbox } = await openWithWorks();
    const error = await refusal("attachTagToCompany", { companyId: company.id, tagId: "999" });
    expect(error).toMatchObject({ name: "NotFoundError", status: 404 });
    expect(sandbox.workspace.tags.rows.size).toBe(1);
  });

  test("a contact is tagged by the tag's name, which makes the tag where there is none", async () => {
    const { refusal, run, sandbox } = await openWithWorks();
    const { contacts, tags } = sandbox.workspace;
    const contact = contacts.create({ role: "user", email: "ada@example.org" });
    const { id } = contact;
    for (const tagName of ["Gold", "gold"]) {
      expect(await run("attachTag", { id, tagName, tagId: "" })).toMatchObject({ name: "Gold" });
    }
    expect(contacts.get(id).tags).toHaveLength(1);
    expect([...tags.rows.values()].map(({ name }) => name)).toEqual(["VIP", "Gold"]);
    await run("detachTag", { id, tagName: " GOLD ", tagId: "any" });
    expect(contacts.get(id).tags).toEqual([]);
    const unknown = { id: "0123456789abcdef01234567", tagName: "Gold" };
    expect(await refusal("attachTag", unknown)).toMatchObject({
      name: "NotFoundError",
      code: "not_found",
    });
  });

  test("an unknown name is nothing to detach, and makes no tag", async () => {
    const { refusal, sandbox } = await openWithWorks();
    const { contacts, tags } = sandbox.workspace;
    const { id } = contacts.create({ role: "user", email: "ada@example.org" });
    expect((await refusal("detachTag", { id, tagName: "Gold" })).message).toBe(
      "Intercom refused to detach the tag from the contact: no tag has this name.",
    );
    expect(tags.rows.size).toBe(1);
  });
});

test.each([
  ["attachTag", { id: "1", tagId: "", tagName: "" }, '"Tag ID" is empty: fill it in.'],
  ["detachTag", { id: "1", tagId: " " }, '"Tag ID" is empty: fill it in.'],
  ["attachTagToCompany", { tagId: "1" }, '"Company ID" is empty: fill it in.'],
  ["detachTagFromCompany", { companyId: "1" }, '"Tag ID" is empty: fill it in.'],
])("%s with %j says what is missing and sends nothing", async (key, inputs, sentence) => {
  const { refusal, sandbox } = await openWorkbench();
  expect((await refusal(key, inputs)).message).toBe(sentence);
  expect(sandbox.requests).toEqual([]);
});
describe("tags of a conversation", () => {
  test("a tag is attached once and detached again, by the admin who is given or the token's own", async () => {
    const { run, sandbox, sent } = await openWorkbench();
    const { admins, contacts, conversations, tags } = sandbox.workspace;
    const contact = contacts.create({ role: "user", email: "ada@example.org" });
    const conversation = conversations.create({ contact, body: "Hello" });
    const tag = tags.findOrCreate("VIP");
    const inputs = { conversationId: conversation.id, tagId: tag.id };
    for (const adminId of ["", anAdminId]) {
      const given = { ...inputs, adminId };
      expect(await run("attachTagToConversation", given)).toMatchObject({ id: tag.id });
    }
    expect(conversation.tags).toMatchObject([{ id: tag.id, adminId: admins.owner.id }]);
    sandbox.requests.length = 0;
    await run("detachTagFromConversation", { ...inputs, adminId: anAdminId });
    expect(conversation.tags).toEqual([]);
    expect(sent()).toEqual([`DELETE /conversations/${conversation.id}/tags/${tag.id}`]);
    expect(sandbox.requests[0]?.body).toEqual({ admin_id: anAdminId });
  });

  test("an unknown tag is not found", async () => {
    const { refusal, sandbox } = await openWorkbench();
    const { contacts, conversations } = sandbox.workspace;
    const contact = contacts.create({ role: "user", email: "ada@example.org" });
    const { id: conversationId } = conversations.create({ contact, body: "Hello" });
    const inputs = { conversationId, tagId: "1", adminId: anAdminId };
    const error = await refusal("attachTagToConversation", inputs);
    expect(error).toMatchObject({ name: "NotFoundError", status: 404 });
  });
});
