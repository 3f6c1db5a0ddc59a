import { isWebUrl } from "../checks";
import type { NewAttachment } from "../store/attachments";
import { parameterInvalid } from "../store/refusal";
import { type Body, object, text } from "./request";

/** Of each kind (OpenAPI 2.16, admin_reply_ticket_request). */
const most = 10;

const imageTypes: Record<string, string> = {
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  png: "image/png",
  svg: "image/svg+xml",
  webp: "image/webp",
};

/** Files and URLs of a message. Where both are given, the files win (same description). */
export function readAttachments(body: Body, { files }: { files: boolean }): NewAttachment[] {
  const urls = readList(body, "attachment_urls", readUrl);
  const read = files ? readList(body, "attachment_files", readFile) : [];
  return read.length > 0 ? read : urls;
}

function readList(
  body: Body,
  key: string,
  read: (value: unknown, key: string) => NewAttachment,
): NewAttachment[] {
  const given = body[key] ?? [];
  if (!Array.isArray(given) || given.length > most) {
    throw parameterInvalid(`${key} must be a list of ${most} at most`, key);
  }
  return given.map((value) => read(value, key));
}

function readUrl(url: unknown, key: string): NewAttachment {
  if (!isWebUrl(url)) throw parameterInvalid(`${key} must be URLs`, key);
  const { pathname } = new URL(url);
  const name = pathname.slice(pathname.lastIndexOf("/") + 1);
  const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  const contentType = Object.hasOwn(imageTypes, extension) ? imageTypes[extension] : undefined;
  return { name, contentType: contentType ?? "application/octet-stream", content: { url } };
}

function readFile(value: unknown, key: string): NewAttachment {
  const file = object(value, key);
  const base64 = text(file.data, "data");
  if (Buffer.from(base64, "base64").toString("base64") !== base64) {
    throw parameterInvalid("data must be base64", "data");
  }
  return {
    name: text(file.name, "name"),
    contentType: text(file.content_type, "content_type"),
    content: { base64 },
  };
}
