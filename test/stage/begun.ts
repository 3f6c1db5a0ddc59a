import type { SandboxOptions } from "../../sandbox/index";
import { minute, openSandbox } from "../judges/answers";

/** A workspace with one user and one conversation of hers, a minute old. */
export async function begun(subject?: string, options: SandboxOptions = {}) {
  const bench = await openSandbox(options);
  const { call, clock, sandbox } = bench;
  const { contacts, admins } = sandbox.workspace;
  const ada = contacts.create({ name: "Ada", email: "ada@example.com", externalId: "a-1" });
  const from = { type: "user", id: ada.id };
  const message = (
    await call("POST", "/conversations", { from, body: "I need <b>help</b>", subject })
  ).body;
  clock.forward(minute);
  const id = message.conversation_id as string;
  return {
    ...bench,
    ada,
    id,
    message,
    owner: admins.owner,
    get: async (version = "2.16") =>
      (await call("GET", `/conversations/${id}`, undefined, version)).body,
    reply: (body: object, version = "2.16") =>
      call("POST", `/conversations/${id}/reply`, body, version),
    byAdmin: { type: "admin", message_type: "comment", admin_id: admins.owner.id, body: "Hi" },
    byAda: { type: "user", message_type: "comment", intercom_user_id: ada.id, body: "Thanks" },
  };
}
