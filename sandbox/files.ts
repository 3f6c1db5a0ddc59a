import type { Hono } from "hono";
import type { Env } from "./http/request";
import type { Attachment } from "./store/attachments";
import { resourceNotFound } from "./store/refusal";
import type { Workspace } from "./store/workspace";

/** What a header can hold; a file of another type is of an unknown one. */
const contentType = /^[\w.+-]+\/[\w.+-]+$/;

/** Gives out the files of messages, as Intercom's own storage does: to anyone who has the address. */
export function fileRoutes(app: Hono<Env>, { conversations, tickets }: Workspace): void {
  const find = (owner: string, ownerId: string, id: string): Attachment | undefined => {
    const { parts } = (owner === "tickets" ? tickets : conversations).get(ownerId);
    for (const part of parts) {
      const attachments = "attachments" in part ? (part.attachments ?? []) : [];
      const found = attachments.find((attachment) => attachment.id === id);
      if (found) return found;
    }
    return undefined;
  };
  app.get("/:owner{conversations|tickets}/:ownerId/attachments/:id/:name?", (c) => {
    const { owner, ownerId, id } = c.req.param();
    const found = find(owner, ownerId, id);
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
