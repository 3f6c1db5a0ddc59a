import { isWebUrl } from "../checks";
import type { NewAttachment } from "../store/attachments";
import { parameterInvalid } from "../store/refusal";
import { type Body, isText, object } from "./request";

/** OpenAPI 2.16, admin_reply_conversation_request. */
const attachmentsMax = 10;

const contentTypes: Record<string, string> = {
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  png: "image/png",
  svg: "image/svg+xml",
  webp: "image/webp",
};

function readImage(given: unknown): NewAttachment {
  if (!isWebUrl(given)) {
    throw parameterInvalid("Each of attachment_urls must be a URL", "attachment_urls");
  }
  const { pathname, hostname } = new URL(given);
  const [, extension = ""] = /\.(\w+)$/.exec(pathname) ?? [];
  return {
    name: pathname.split("/").at(-1) || hostname,
    contentType: contentTypes[extension.toLowerCase()] ?? "application/octet-stream",
    content: { url: given },
  };
}

function readFile(given: unknown): NewAttachment {
  const { name, content_type: contentType, data } = object(given, "attachment_files");
  if (!isText(name) || name === "" || !isText(contentType) || !isText(data)) {
    const needs = "Each of attachment_files must have a name, a content_type and data";
    throw parameterInvalid(needs, "attachment_files");
  }
  if (Buffer.from(data, "base64").toString("base64") !== data) {
    throw parameterInvalid("The data of an attachment must be base64", "attachment_files");
  }
  return { name, contentType, content: { base64: data } };
}

function readList(body: Body, key: string, read: (given: unknown) => NewAttachment) {
  const given = body[key] ?? [];
  if (!Array.isArray(given)) throw parameterInvalid(`${key} must be a list`, key);
  if (given.length > attachmentsMax) {
    throw parameterInvalid(`${key} can have ${attachmentsMax} entries at most`, key);
  }
  return given.map(read);
}

/** The images at `attachment_urls`, which nobody fetches. */
export const readAttachmentUrls = (body: Body) => readList(body, "attachment_urls", readImage);

/** What an admin attaches. Where files come, addresses are dropped in silence. */
export function readAttachments(body: Body): NewAttachment[] {
  const files = readList(body, "attachment_files", readFile);
  const images = readAttachmentUrls(body);
  return files.length > 0 ? files : images;
}
