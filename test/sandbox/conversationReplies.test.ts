import { describe, expect, test } from "vitest";
import { refusal } from "../judges/answers";
import { apiVersions } from "../judges/openapi";
import { begun } from "../stage/begun";

type Begun = Awaited<ReturnType<typeof begun>>;

const lastPart = (body: Begun["message"]) => body.conversation_parts.conversation_parts.at(-1);
const png = "iVBORw0KGgo=";
const file = { name: "a b.png", content_type: "image/png", data: png };
const image = "https://images.example/pictures/cat.JPG?size=2";

describe("files of a reply", () => {
  test.each(apiVersions)(
    "come back with an address that gives them out, in %s",
    async (version) => {
      const bench = await begun();
      const note = { ...bench.byAdmin, message_type: "note", attachment_files: [file] };
      const { body } = await bench.reply(note, version);
      expect(lastPart(body).part_type).toBe("note");
      const [attachment] = lastPart(body).attachments;
      expect(attachment).toMatchObject({
        type: "upload",
        name: "a b.png",
        content_type: "image/png",
        filesize: 8,
      });
      const given = await fetch(attachment.url);
      expect([given.status, given.headers.get("Content-Type")]).toEqual([200, "image/png"]);
      expect(given.headers.get("Content-Disposition")).toBe("attachment");
      expect(Buffer.from(await given.arrayBuffer()).toString("base64")).toBe(png);
      expect(
        (await fetch(attachment.url.replace(/attachments\/\d+/, "attachments/1"))).status,
      ).toBe(404);
    },
  );

  test("may be images at addresses, from a contact too, and with no text", async () => {
    const { reply, byAda, call, ada, byAdmin } = await begun();
    const shown = { name: "cat.JPG", url: image, content_type: "image/jpeg", filesize: 0 };
    const said = await reply({ ...byAda, attachment_urls: [image] });
    expect(lastPart(said.body).attachments).toMatchObject([shown]);
    const { body: _, ...silent } = byAdmin;
    const bare = lastPart((await reply({ ...silent, attachment_urls: [image] })).body);
    expect([bare.body, bare.attachments.length]).toEqual([null, 1]);
    const begin = { from: { type: "user", id: ada.id }, body: "Hi", attachment_urls: [image] };
    const { conversation_id } = (await call("POST", "/conversations", begin)).body;
    const { source } = (await call("GET", `/conversations/${conversation_id}`)).body;
    expect(source.attachments).toMatchObject([shown]);
  });

  test("drive out the addresses beside them, and a contact attaches none", async () => {
    const { reply, byAdmin, byAda } = await begun();
    const both = { attachment_files: [file], attachment_urls: [image] };
    const { body } = await reply({ ...byAdmin, ...both });
    expect(lastPart(body).attachments).toMatchObject([{ name: "a b.png" }]);
    const said = await reply({ ...byAda, attachment_files: [file] });
    expect(lastPart(said.body).attachments).toEqual([]);
  });

  test.each([
    { attachment_files: Array(11).fill(file) },
    { attachment_files: file },
    { attachment_files: [{ ...file, name: undefined }] },
    { attachment_files: [{ ...file, data: "%" }] },
    { attachment_urls: Array(11).fill(image) },
    { attachment_urls: ["cat.jpg"] },
    { attachment_urls: [1] },
  ])("are refused as %j", async (more) => {
    const { reply, byAdmin, get } = await begun();
    const refused = refusal(await reply({ ...byAdmin, ...more }));
    expect(refused).toMatchObject({ status: 400, code: "parameter_invalid" });
    expect((await get()).conversation_parts.total_count).toBe(0);
  });
});

describe("a quick reply", () => {
  const options = [
    { text: "Yes", uuid: "a5e1c524-5ddd-4c3e-9328-6bca5d6e3edb" },
    { text: "No", uuid: "f4a98af1-be56-4948-a57e-e1a83f8484c6" },
  ];
  const offer = ({ owner }: Begun) => ({
    type: "admin",
    message_type: "quick_reply",
    admin_id: owner.id,
    reply_options: options,
  });

  test.each(["2.14", "2.16"])(
    "offers buttons, one of which is the answer, in %s",
    async (version) => {
      const bench = await begun();
      const { body } = await bench.reply(offer(bench), version);
      expect(lastPart(body)).toMatchObject({
        part_type: "quick_reply",
        body: null,
        metadata: { quick_reply_options: options },
      });
      const { intercom_user_id } = bench.byAda;
      const chosen = { type: "user", message_type: "quick_reply", intercom_user_id };
      const answered = await bench.reply({ ...chosen, reply_options: options.slice(1) }, version);
      expect(lastPart(answered.body)).toMatchObject({
        part_type: "comment",
        body: "<p>No</p>",
        author: { type: "user", id: bench.ada.id },
        metadata: { quick_reply_uuid: options[1]?.uuid },
      });
    },
  );

  test("is unknown before 2.14", async () => {
    const bench = await begun();
    expect(refusal(await bench.reply(offer(bench), "2.13")).status).toBe(400);
  });

  test.each([
    [{ reply_options: undefined }, "parameter_not_found"],
    [{ reply_options: [] }, "parameter_invalid"],
    [{ reply_options: [{ text: "Yes", uuid: "1" }] }, "parameter_invalid"],
    [{ reply_options: [{ uuid: options[0]?.uuid }] }, "parameter_invalid"],
  ])("is refused with %j", async (more, code) => {
    const bench = await begun();
    expect(refusal(await bench.reply({ ...offer(bench), ...more }))).toMatchObject({
      status: 400,
      code,
    });
  });
});

test("of many parts the newest 500 come, and the number of all", async () => {
  const { reply, byAdmin, sandbox, id, get } = await begun();
  const { conversations } = sandbox.workspace;
  const { body } = await reply({ ...byAdmin, body: "First" });
  const first = conversations.get(id).parts;
  const more = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ ...first[0], id: `more-${at}` }));
  conversations.change(conversations.get(id), { parts: [...first, ...more(499)] as typeof first });
  expect((await get()).conversation_parts.conversation_parts).toHaveLength(500);
  conversations.change(conversations.get(id), { parts: [...first, ...more(500)] as typeof first });
  const { conversation_parts, statistics } = await get();
  expect(conversation_parts.total_count).toBe(501);
  expect(statistics.count_conversation_parts).toBe(501);
  const ids = conversation_parts.conversation_parts.map((part: { id: string }) => part.id);
  expect([ids.length, ids[0], ids.at(-1)]).toEqual([500, "more-0", "more-499"]);
  expect(ids).not.toContain(lastPart(body).id);
});

describe("a reply", () => {
  test("that nobody is notified of is known from 2.15 on", async () => {
    const { reply, byAdmin, sandbox, id } = await begun();
    const silent = { ...byAdmin, skip_notifications: true };
    await reply(silent, "2.14");
    await reply(silent, "2.15");
    const { parts } = sandbox.workspace.conversations.get(id);
    expect(parts.map(({ isSilent }) => isSilent)).toEqual([undefined, true]);
    expect(refusal(await reply({ ...silent, skip_notifications: "yes" })).status).toBe(400);
  });

  test("that was written earlier stands as of then, though it changes the conversation now", async () => {
    const { reply, byAdmin, clock } = await begun();
    const created_at = clock.ms / 1000 - 30;
    const { body } = await reply({ ...byAdmin, created_at });
    expect(lastPart(body).created_at).toBe(created_at);
    expect(body.updated_at).toBe(clock.ms / 1000);
    expect(body.statistics.time_to_admin_reply).toBe(30);
  });
});
