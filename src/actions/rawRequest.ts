import { isUtf8 } from "node:buffer";
import { action, util } from "@prismatic-io/spectral";
import { inputs as rawInputs } from "@prismatic-io/spectral/dist/clients/http";
import type { ActionInputs } from "../action";
import { withIntercom } from "../connections";
import { connection } from "../fields/inputs";
import { choice, flag, identifier, optionalWholeNumber } from "../fields/kinds";
import { readInputs, unread } from "../fields/reading";
import { isBlank, isDate, isPlainObject, refuse } from "../fields/values";
import { isTransient, type Outcome } from "../intercom/wire/answer";
import { bytesOf } from "../intercom/wire/bytes";
import { InvalidInputError } from "../intercom/wire/errors";
import { resolveUrl } from "../intercom/wire/hosts";
import { exponentialDelayMs, type Http, type RawRequest } from "../intercom/wire/http";
import { toJson } from "../intercom/wire/json";
import { multipart } from "../intercom/wire/multipart";
import { kindOf } from "../intercom/wire/quote";

/** Methods that do no harm when they are sent again (RFC 9110, 9.2.2). */
const idempotentMethods = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"];
const defaultTimeoutMs = 30_000;
const longestLoggedBody = 10_000;

/** What spectral declares of its own raw request, with values that are checked. */
const inputs = {
  connection,
  ...rawInputs,
  url: identifier("URL", rawInputs.url),
  method: choice("Method", rawInputs.method.model ?? [], rawInputs.method),
  data: { ...rawInputs.data, clean: toBody },
  formData: { ...rawInputs.formData, clean: pairs("Form Data") },
  fileData: { ...rawInputs.fileData, clean: pairs("File Data", { keepsBlanks: true }) },
  fileDataFileNames: {
    ...rawInputs.fileDataFileNames,
    clean: pairs("File Data File Names", { keepsBlanks: true }),
  },
  queryParams: { ...rawInputs.queryParams, clean: pairs("Query Parameter") },
  headers: { ...rawInputs.headers, clean: toHeaders },
  responseType: choice("Response Type", rawInputs.responseType.model ?? [], rawInputs.responseType),
  timeout: optionalWholeNumber("Timeout", { least: 0, most: 900_000 }, rawInputs.timeout),
  debugRequest: flag("Debug Request", rawInputs.debugRequest),
  maxRetries: optionalWholeNumber("Max Retry Count", { least: 0, most: 100 }, rawInputs.maxRetries),
  retryDelayMS: optionalWholeNumber(
    "Retry Delay (ms)",
    { least: 0, most: 60_000 },
    rawInputs.retryDelayMS,
  ),
  retryAllErrors: flag("Retry On All Errors", rawInputs.retryAllErrors),
  useExponentialBackoff: flag("Use Exponential Backoff", rawInputs.useExponentialBackoff),
};

type Given = Omit<ActionInputs<typeof inputs>, "connection">;

export const rawRequest = action({
  display: { label: "Raw Request", description: "Send a raw request to Intercom" },
  inputs: unread(inputs),
  perform: async ({ logger }, raw) => {
    const { connection, ...given } = readInputs(inputs, raw);
    return withIntercom(connection, logger, async ({ http }) => {
      const request = toRequest(given, http);
      if (given.debugRequest) logRequest(http, request, shownBodyOf(given, http));
      const { data, headers } = await http.sendRaw(request);
      return Buffer.isBuffer(data) ? { data, contentType: headers["content-type"] } : { data };
    });
  },
});

function toRequest(given: Given, http: Http): RawRequest {
  const url = resolveUrl(given.url, http.baseUrl, inputs.url.label);
  for (const { key, value } of given.queryParams) {
    url.searchParams.append(key, toText("Query Parameter", value));
  }
  const body = bodyOf(given);
  return {
    method: given.method,
    url: url.href,
    headers: headersOf(given, http, body?.contentType),
    body: body?.content,
    responseType: given.responseType as RawRequest["responseType"],
    timeoutMs: given.timeout || defaultTimeoutMs,
    retries: {
      most: given.maxRetries ?? 0,
      isWorthwhile: (outcome) => given.retryAllErrors || isWorthwhile(given.method, outcome),
      delayMs: (retry) =>
        given.useExponentialBackoff ? exponentialDelayMs(retry) : (given.retryDelayMS ?? 0),
    },
  };
}

/** A POST that failed may have been done: it is sent again only where the user wants all retried. */
const isWorthwhile = (method: string, outcome: Outcome): boolean =>
  isTransient(outcome) && idempotentMethods.includes(method);

/** What goes over the wire. */
interface Content {
  content: string | Buffer;
  contentType?: string;
}

function bodyOf({ data, formData, fileData, fileDataFileNames }: Given): Content | undefined {
  const files = filesOf(fileData, fileDataFileNames);
  if (formData.length === 0 && files.length === 0) return data;
  if (data !== undefined) {
    throw new InvalidInputError(
      '"Data" can\'t be sent together with "Form Data" or "File Data": empty one of them.',
    );
  }
  return multipart([...formData.map(toFormPart), ...files]);
}

/** Bytes leave as a file where they are no text, or come with a type. */
function toFormPart({ key, value }: Pair) {
  const { content, contentType } = toContent("Form Data", value);
  const bytes = Buffer.from(content as Buffer);
  const isFile = contentType !== undefined || !isUtf8(bytes);
  return { name: key, bytes, contentType, fileName: isFile ? key : undefined };
}

/** The first name for a key is that of the first file with this key, and so on. */
function filesOf(files: Pair[], names: Pair[]) {
  const left = [...names];
  const nextName = (key: string) => {
    const index = left.findIndex((pair) => pair.key === key);
    const [name] = index < 0 ? [] : left.splice(index, 1);
    return name && !isBlank(name.value) ? toText("File Data File Names", name.value) : key;
  };
  return files
    .map(({ key, value }) => ({ key, value, fileName: nextName(key) }))
    .filter(({ value }) => !isBlank(value))
    .map(({ key, value, fileName }) => {
      const { content, contentType } = toContent("File Data", fileOfText(value) ?? value);
      const usualType = typeof content === "string" ? "text/plain" : "application/octet-stream";
      return {
        name: key,
        bytes: Buffer.from(content as Buffer),
        fileName,
        contentType: contentType ?? usualType,
      };
    });
}

/** What the platform hands on of a file may hold text. */
const fileOfText = (value: unknown) =>
  isPlainObject(value) && typeof value.data === "string" && typeof value.contentType === "string"
    ? { ...value, data: Buffer.from(value.data) }
    : undefined;

function headersOf(
  { headers, formData, fileData }: Given,
  { apiVersion }: Http,
  contentType: string | undefined,
): Record<string, string> {
  const isForm = formData.length + fileData.length > 0 && contentType !== undefined;
  const { "content-type": own, ...others } = headers;
  if (isForm && own !== undefined && !/^multipart\/form-data\b/i.test(own)) {
    throw new InvalidInputError(
      '"Header" can\'t set content-type where "Form Data" or "File Data" is filled in: a form is multipart/form-data. Remove the row.',
    );
  }
  const type = isForm ? contentType : (own ?? contentType);
  return {
    accept: "application/json",
    "intercom-version": apiVersion,
    ...(type !== undefined && { "content-type": type }),
    ...others,
  };
}

/** Bytes as they are, a file with its type, all else as text. */
function toContent(label: string, value: unknown): Content {
  const bytes = bytesOf(value);
  if (bytes) return { content: bytes };
  const content = isPlainObject(value) ? bytesOf(value.data) : undefined;
  if (!content || !isPlainObject(value)) return { content: toText(label, value) };
  const { contentType } = value;
  if (isBlank(contentType)) return { content };
  if (typeof contentType !== "string" || !headerValue.test(contentType)) {
    return refuse(label, "a file whose contentType is text in one line", contentType);
  }
  return { content, contentType };
}

/** @throws InvalidInputError for what text can't hold whole. */
function toText(label: string, value: unknown): string {
  if (isDate(value)) return value.toISOString();
  const bytes = bytesOf(value);
  const text = bytes ? bytes.toString() : typeof value === "object" ? toWholeJson(value) : value;
  const isText = ["string", "number", "boolean", "bigint"].includes(typeof text);
  if (isText && String(text).isWellFormed() && (!bytes || isUtf8(bytes))) return String(text);
  throw new InvalidInputError(
    `"${label}" must be well-formed text, what JSON can hold, or bytes by themselves or as { data, contentType }, not ${kindOf(value)} of another kind.`,
  );
}

/** Undefined where JSON would leave something out: bytes, or what a class such as `Map` keeps. */
function toWholeJson(value: object | null): string | undefined {
  const json = toJson(value, (each) => {
    if (bytesOf(each)) throw new TypeError("JSON can't hold bytes");
    return each;
  });
  const isWhole = json !== "{}" || isPlainObject(value) || "toJSON" in (value ?? {});
  return isWhole ? json : undefined;
}

function toBody(value: unknown): Content | undefined {
  if (isBlank(value)) return undefined;
  const { content, contentType } = toContent("Data", value);
  const usualType = typeof content !== "string" ? "application/octet-stream" : undefined;
  const isJson = typeof content === "string" && util.types.isJSON(content);
  return { content, contentType: contentType ?? (isJson ? "application/json" : usualType) };
}

interface Pair {
  key: string;
  value: unknown;
}

/**
 * The rows of a key value list, by default except for those without a value. A row may hold a
 * secret, so none is quoted.
 */
function pairs(label: string, { keepsBlanks = false } = {}) {
  const refuseRow = (row: number, fault: string): never => {
    throw new InvalidInputError(
      `"${label}" must be a list of keys and values, and row ${row} ${fault}.`,
    );
  };
  return (value: unknown): Pair[] => {
    if (isBlank(value)) return [];
    if (!Array.isArray(value)) {
      throw new InvalidInputError(
        `"${label}" must be a list of keys and values, not ${kindOf(value)}.`,
      );
    }
    return value.flatMap((row: unknown, index): Pair[] => {
      if (!isPlainObject(row)) return refuseRow(index + 1, `is ${kindOf(row)}`);
      const { key, value } = row;
      if (isBlank(value) && (isBlank(key) || !keepsBlanks)) return [];
      if (isBlank(key)) return refuseRow(index + 1, "has no key");
      const isText = typeof key === "string" || typeof key === "number";
      if (!isText) return refuseRow(index + 1, `has ${kindOf(key)} for a key`);
      return [{ key: String(key), value }];
    });
  };
}

/** What follows from the URL, the body and the connection, and must not contradict them. */
const ownHeaders = [
  "authorization",
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * By lower-case name, so that one given here replaces the one that would be sent without it. What
 * is no name, and every value, may be a secret and is not quoted.
 */
function toHeaders(value: unknown): Record<string, string> {
  const label = rawInputs.headers.label as string;
  const headers = new Map<string, string>();
  pairs(label)(value).forEach(({ key, value: given }, index) => {
    const name = key.trim().toLowerCase();
    if (!headerName.test(name)) {
      throw new InvalidInputError(
        `"${label}" must have a header's name for each key, such as X-Trace; key ${index + 1} is none.`,
      );
    }
    if (ownHeaders.includes(name)) {
      throw new InvalidInputError(
        `"${label}" can't set ${name}: it follows from the connection and the rest of the request. Remove the row.`,
      );
    }
    const text = toText(label, given).trim();
    if (!headerValue.test(text)) {
      throw new InvalidInputError(
        (quote) =>
          `"${label}" can't send line breaks, control characters or characters beyond Latin-1, and the value of ${quote(key)} has some: remove them.`,
      );
    }
    // RFC 9110, 5.3: the lines of one name are as good as one line, except for cookies (RFC 6265, 5.4).
    const before = headers.get(name);
    const comma = name === "cookie" ? "; " : ", ";
    headers.set(name, before === undefined ? text : `${before}${comma}${text}`);
  });
  return Object.fromEntries(headers);
}

/** Headers whose values are for nobody to read. */
const secretHeader = /auth|cookie|credential|key|password|secret|session|signature|token/;

function logRequest({ log }: Http, { method, url, headers }: RawRequest, body: unknown) {
  const shown = Object.entries(headers).map(([name, value]) => [
    name,
    secretHeader.test(name) ? "[hidden]" : value,
  ]);
  log.info(
    `Raw request: ${JSON.stringify({ method, url, headers: Object.fromEntries(shown), body })}`,
  );
}

function shownBodyOf({ data, formData, fileData }: Given, { redaction }: Http): unknown {
  const keys = [...formData, ...fileData].map(({ key }) => key);
  if (keys.length > 0) return keys;
  const content = data?.content;
  return typeof content === "string"
    ? redaction.text(content, longestLoggedBody)
    : content && `${content.length} bytes`;
}
