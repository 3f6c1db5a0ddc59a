import { describe, expect, test } from "vitest";
import { openSandbox, refusal } from "../judges/answers";
import { sdk, sdkVersions } from "../judges/intercomClient";

describe.each(sdkVersions)("Intercom's client, version %s", (version) => {
  test("writes, finds and lists notes on a contact", async () => {
    const bench = await openSandbox();
    const { contacts, admins } = bench.sandbox.workspace;
    const contact_id = contacts.create({ role: "lead" }).id;
    const { notes } = sdk(bench, version);
    const admin_id = admins.rows[1]?.id ?? "";
    const note = await notes.create({ contact_id, body: "Hello", admin_id });
    expect(note).toMatchObject({
      contact: { type: "contact", id: contact_id },
      author: { type: "admin", id: admin_id },
      body: "<p>Hello</p>",
      created_at: bench.clock.ms / 1000,
    });
    expect(await notes.find({ note_id: note.id as never })).toEqual(note);
    const listed = [];
    for await (const each of await notes.list({ contact_id })) listed.push(each);
    expect(listed).toEqual([note]);
  });
});

describe("the notes on a contact", () => {
  test("come newest first, by number of page, and the contact shows ten of them", async () => {
    const { call, sandbox, clock } = await openSandbox();
    const { id } = sandbox.workspace.contacts.create({ role: "lead" });
    const made: string[] = [];
    for (let n = 0; n < 12; n++) {
      clock.forward(1000);
      const { body } = await call("POST", `/contacts/${id}/notes`, { body: `Note ${n}` });
      made.unshift(body.id);
    }
    const ids = (body: { data: { id: string }[] }) => body.data.map((row) => row.id);
    const path = `/contacts/${id}/notes`;
    const first = (await call("GET", `${path}?per_page=7`)).body;
    expect([first.total_count, first.pages.total_pages, ids(first)]).toEqual([
      12,
      2,
      made.slice(0, 7),
    ]);
    const next = await call("GET", first.pages.next.replace(sandbox.url, ""));
    expect([ids(next.body), next.body.pages.next]).toEqual([made.slice(7), null]);
    expect((await call("GET", path)).body.pages.per_page).toBe(50);
    const { notes } = (await call("GET", `/contacts/${id}`)).body;
    expect([ids(notes), notes.total_count, notes.has_more]).toEqual([made.slice(0, 10), 12, true]);
  });

  test("are by the admin whose token it is, unless another is named", async () => {
    const { call, sandbox } = await openSandbox();
    const { contacts, admins } = sandbox.workspace;
    const path = `/contacts/${contacts.create({ role: "lead" }).id}/notes`;
    expect((await call("POST", path, { body: "a" })).body.author.id).toBe(admins.owner.id);
    const other = admins.rows[1]?.id;
    const named = await call("POST", path, { body: "a", admin_id: Number(other) });
    expect(named.body.author.id).toBe(other);
  });

  test.each([
    ["nobody", { body: "a" }, 404, "not_found", "User Not Found"],
    ["ID", { body: "a", admin_id: "1" }, 404, "not_found", "Resource Not Found"],
    ["ID", {}, 400, "parameter_not_found", "body not specified"],
    ["ID", { body: 5 }, 400, "parameter_invalid", "body must be a string"],
  ])("are refused: on %s, %j", async (given, body, status, code, message) => {
    const { call, sandbox } = await openSandbox();
    const { contacts, notes } = sandbox.workspace;
    const { id } = contacts.create({ role: "lead" });
    const answer = await call("POST", `/contacts/${given.replace("ID", id)}/notes`, body);
    expect(refusal(answer)).toMatchObject({ status, code, message });
    expect(notes.rows.size).toBe(0);
  });

  test("go with the contact", async () => {
    const { call, sandbox } = await openSandbox();
    const { contacts, notes } = sandbox.workspace;
    const contact = contacts.create({ role: "lead" });
    const { id } = notes.create(contact, { body: "a" });
    expect((await call("GET", `/notes/${id}`)).status).toBe(200);
    await call("DELETE", `/contacts/${contact.id}`);
    expect(refusal(await call("GET", `/notes/${id}`))).toMatchObject({
      status: 404,
      code: "not_found",
      message: "Resource Not Found",
    });
  });
});
