import type { Hono } from "hono";
import type { Env } from "./http/request";
import type { Attachment } from "./store/attachments";
import { resourceNotFound } from "./store/refusal";
import type { Workspace } from "./store/workspace";

/** What a header can hold; a file of another type is of an unknown one. */
const contentType = /^[\w.+-]+\/[\w.+-]+$/;

/** Gives out the files of messages, as Intercom's own storage does: to anyone who has the address. */
export function fileRoutes(app: Hono<Env>, { conversations }: Workspace): void {
  app.get("/conversations/:id/attachments/:attachmentId/:name?", (c) => {
    const { source, parts } = conversations.get(c.req.param("id"));
    const attachments: Attachment[] = [source, ...parts].flatMap((part) => part.attachments ?? []);
    const found = attachments.find(({ id }) => id === c.req.param("attachmentId"));
    if (!found || "url" in found.content) throw resourceNotFound();
    // Nothing that somebody attached runs as a page of the sandbox.
    return c.body(new Uint8Array(Buffer.from(found.content.base64, "base64")), 200, {
      "Content-Type": contentType.test(found.contentType)
        ? found.contentType
        : "application/octet-stream",
      "Content-Disposition": "attachment",
      "X-Content-Type-Options": "nosniff",
    });
  });
}
