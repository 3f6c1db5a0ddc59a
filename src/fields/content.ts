import { isUtf8 } from "node:buffer";
import { bytesOf } from "../intercom/wire/bytes";
import { InvalidInputError } from "../intercom/wire/errors";
import { toJson } from "../intercom/wire/json";
import { kindOf } from "../intercom/wire/quote";
import { pairs } from "./pairs";
import { isBlank, isDate, isPlainObject, refuse, refuseMore } from "./values";

/** A body, or a part of a body, as it goes over the wire. */
export interface Content {
  content: string | Buffer;
  contentType?: string;
}

/** The platform may give a file with text instead of bytes. */
export const fileOfText = (value: unknown) =>
  isPlainObject(value) && typeof value.data === "string" && typeof value.contentType === "string"
    ? { ...value, data: Buffer.from(value.data) }
    : undefined;

/** One line of Latin-1 (RFC 9110, 5.5). */
export const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Takes bytes unchanged, a file with its type, and any other value as text. */
export function toContent(label: string, value: unknown): Content {
  const bytes = bytesOf(value);
  if (bytes) return { content: bytes };
  const content = isPlainObject(value) ? bytesOf(value.data) : undefined;
  if (!content || !isPlainObject(value)) return { content: contentText(label, value) };
  const { contentType } = value;
  if (isBlank(contentType)) return { content };
  if (typeof contentType !== "string" || !headerValue.test(contentType)) {
    return refuse(label, "a file whose contentType is text in one line", contentType);
  }
  return { content, contentType };
}

/** @throws InvalidInputError for a value that text can't hold completely. */
export function contentText(label: string, value: unknown): string {
  if (isDate(value)) return value.toISOString();
  const bytes = bytesOf(value);
  const text = bytes ? bytes.toString() : typeof value === "object" ? toWholeJson(value) : value;
  const isText = ["string", "number", "boolean", "bigint"].includes(typeof text);
  if (isText && String(text).isWellFormed() && (!bytes || isUtf8(bytes))) return String(text);
  throw new InvalidInputError(
    `"${label}" must be well-formed text, a value that JSON can hold, bytes, or a file { data, contentType } with bytes, not ${kindOf(value)} of another kind.`,
  );
}

/** Undefined where JSON would lose data: bytes, or the entries of a class such as `Map`. */
function toWholeJson(value: object | null): string | undefined {
  const json = toJson(value, (each) => {
    if (bytesOf(each)) throw new TypeError("JSON can't hold bytes");
    return each;
  });
  const isWhole = json !== "{}" || isPlainObject(value) || "toJSON" in (value ?? {});
  return isWhole ? json : undefined;
}

/** A file in Intercom's form for a request (OpenAPI 2.16, conversation_attachment_files). */
export interface Attachment {
  name: string;
  content_type: string;
  /** Base64. */
  data: string;
}

/** The limit for all files of a request together. Intercom names no limit; base64 adds a third. */
const mostOfAttachments = 20 * 1024 * 1024;

/**
 * Files by their names. We check the total size before we encode any file.
 *
 * @throws InvalidInputError that names the wrong file.
 */
export function toAttachments(label: string, value: unknown, most: number): Attachment[] {
  const given = pairs(label, { keepsBlanks: true })(value).map(({ key, value }) => {
    if (isBlank(value)) refuseEmptyFile(label, key);
    return { name: key, ...toContent(label, fileOfText(value) ?? value) };
  });
  if (given.length > most) refuseMore(label, most, given);
  const size = given.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
  if (size > mostOfAttachments) {
    throw new InvalidInputError(
      `"${label}" takes up to 20 MB in all, not ${(size / 1024 / 1024).toFixed(1)} MB: send fewer or smaller files, or links to them in the text.`,
    );
  }
  return given.map(({ name, content, contentType = usualType(content) }) => ({
    name,
    content_type: contentType,
    data: Buffer.from(content as Buffer).toString("base64"),
  }));
}

/** Left out, the file would be missed only by the person who gets the message. */
function refuseEmptyFile(label: string, name: string): never {
  throw new InvalidInputError(
    (quote) => `"${label}" has no content for ${quote(name)}: give the file, or remove the row.`,
  );
}

/** The type for a file without a type. */
export const usualType = (content: string | Buffer): string =>
  typeof content === "string" ? "text/plain" : "application/octet-stream";
