import { describe, expect, test } from "vitest";
import { openWorkbench } from "../stage/workbench";
import { anAdminId } from "../uses/use";

interface Note {
  id: string;
  body: string;
  author: { id: string };
}

interface List {
  data: Note[];
  total_count: number;
  pages: { page: number; total_pages: number };
}

/** A contact with as many notes, the newest last. */
async function openWithNotes(count: number) {
  const bench = await openWorkbench();
  const { contacts, notes } = bench.sandbox.workspace;
  const contact = contacts.create({ role: "user", email: "ada@example.org" });
  const made = Array.from({ length: count }, (_, n) => notes.create(contact, { body: `${n}` }));
  return { ...bench, contactId: contact.id, made: made.map(({ id }) => id).reverse() };
}

describe("creating a note", () => {
  test("writes it on the contact, by the admin of the access token", async () => {
    const { contactId, run, sandbox } = await openWithNotes(0);
    const body = "<p>Called back.</p>";
    const { id } = await run<Note>("createNote", { contactId, body, adminId: "" });
    expect(sandbox.requests).toMatchObject([{ body: { body } }]);
    expect(sandbox.requests[0]?.body).toEqual({ body });
    const { data } = await run<List>("listNotes", { contactId });
    expect(data).toMatchObject([{ id, body, author: { id: sandbox.workspace.admins.owner.id } }]);
  });

  test("shows another admin as the author where one is given", async () => {
    const { contactId, run } = await openWithNotes(0);
    const note = await run<Note>("createNote", { contactId, body: "Paid", adminId: anAdminId });
    expect(note.author.id).toBe(anAdminId);
  });

  test.each([
    [{ body: " " }, '"Body" is empty: fill it in.'],
    [{ body: "Paid", contactId: "" }, '"Contact ID" is empty: fill it in.'],
    [{ body: "Paid", contactId: ".." }, '"Contact ID" must be an id, not "..".'],
  ])("%j is refused by name, and nothing is sent", async (inputs, sentence) => {
    const { contactId, refusal, sandbox } = await openWithNotes(0);
    const { message } = await refusal("createNote", { contactId, ...inputs });
    expect(message).toBe(sentence);
    expect(sandbox.requests).toEqual([]);
  });

  test("names a missing permission as probable, because Intercom names none", async () => {
    const { contactId, refusal, sandbox } = await openWithNotes(0);
    sandbox.faults.add({ kind: "status", status: 403, code: "forbidden" });
    expect((await refusal("createNote", { contactId, body: "Paid" })).message).toContain(
      'The token probably lacks the "Read and write users" permission',
    );
  });
});

describe("listing notes", () => {
  test("gives the newest first, page by page, and nothing after the last page", async () => {
    const { contactId, made, run, sent } = await openWithNotes(3);
    const pages = ["1", "2", "3"].map((page) =>
      run<List>("listNotes", { contactId, page, perPage: "2" }),
    );
    const ids = (await Promise.all(pages)).map(({ data }) => data.map(({ id }) => id));
    expect(ids).toEqual([made.slice(0, 2), made.slice(2), []]);
    expect(sent()).toContain(`GET /contacts/${contactId}/notes?page=2&per_page=2`);
  });

  test("Fetch All gives all of them, however many", async () => {
    const { contactId, made, run, sent } = await openWithNotes(151);
    const list = await run<List>("listNotes", { contactId, fetchAll: "true", page: "2" });
    expect(list.data.map(({ id }) => id)).toEqual(made);
    expect(list).toMatchObject({ total_count: 151, pages: { page: 1, total_pages: 1 } });
    expect(sent()).toHaveLength(2);
  });

  test("a list that is given whole, whatever page is asked for, has nothing on page 2", async () => {
    const { contactId, run, sandbox } = await openWithNotes(1);
    const whole = await run<List>("listNotes", { contactId });
    sandbox.faults.add({ kind: "status", status: 200, body: whole });
    expect(await run("listNotes", { contactId, page: "2" })).toEqual({ ...whole, data: [] });
  });

  test("an answer of another page than was asked for is an error", async () => {
    const { contactId, refusal, run, sandbox } = await openWithNotes(3);
    const first = await run<List>("listNotes", { contactId, perPage: "1" });
    sandbox.faults.add({ kind: "status", status: 200, body: first });
    const error = await refusal("listNotes", { contactId, perPage: "1", page: "2" });
    expect(error).toMatchObject({
      name: "CutShortError",
      message: "Intercom gave page 1 of the notes, not page 2.",
    });
  });
});
