import { isUtf8 } from "node:buffer";
import { action, type KeyValuePair, util } from "@prismatic-io/spectral";
import { inputs as rawInputs } from "@prismatic-io/spectral/dist/clients/http";
import type { ActionInputs } from "../action";
import { withIntercom } from "../connections";
import {
  choice,
  connection,
  flag,
  identifier,
  isBlank,
  isDate,
  isPlainObject,
  optionalWholeNumber,
  refuse,
} from "../fields";
import { isTransient, type Outcome } from "../intercom/answer";
import { InvalidInputError } from "../intercom/errors";
import { resolveUrl } from "../intercom/hosts";
import { exponentialDelayMs, type Http, type RawRequest } from "../intercom/http";
import { quote, toJson } from "../intercom/json";

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
  fileData: { ...rawInputs.fileData, clean: pairs("File Data") },
  fileDataFileNames: { ...rawInputs.fileDataFileNames, clean: pairs("File Data File Names") },
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
  inputs,
  perform: async ({ logger }, { connection, ...given }) =>
    withIntercom(connection, logger, async ({ http }) => {
      const request = toRequest(given, http);
      if (given.debugRequest) logRequest(http, request);
      const { data, headers } = await http.sendRaw(request);
      return Buffer.isBuffer(data) ? { data, contentType: headers["content-type"] } : { data };
    }),
});

function toRequest(given: Given, http: Http): RawRequest {
  const url = resolveUrl(given.url, http.baseUrl, inputs.url.label);
  for (const { key, value } of given.queryParams) url.searchParams.append(key, asText(value));
  const body = bodyOf(given);
  return {
    method: given.method,
    url: url.href,
    headers: {
      ...defaultHeaders(http, body),
      ...given.headers,
    },
    body,
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

/** What the platform hands on of a file. */
interface BinaryPayload {
  data: Uint8Array;
  contentType?: string;
}

function bodyOf({ data, formData, fileData, fileDataFileNames }: Given): unknown {
  if (formData.length === 0 && fileData.length === 0) return data;
  if (data !== undefined) {
    throw new InvalidInputError(
      '"Data" can\'t be sent together with "Form Data" or "File Data": empty one of them.',
    );
  }
  const form = new FormData();
  for (const { key, value } of formData as KeyValuePair<unknown>[]) {
    // A field is text; what is not can only go as a file.
    if (value instanceof Uint8Array && !isUtf8(value)) form.append(key, new Blob([value]), key);
    else form.append(key, asText(value));
  }
  for (const { key, value } of fileData) {
    const { data, contentType } = util.types.toBufferDataPayload(value);
    const fileName = fileDataFileNames.find((pair) => pair.key === key)?.value ?? key;
    form.append(key, new Blob([new Uint8Array(data)], { type: contentType }), String(fileName));
  }
  return form;
}

function defaultHeaders({ apiVersion }: Http, body: unknown): Record<string, string> {
  const isJson = typeof body === "string" && util.types.isJSON(body);
  return {
    accept: "application/json",
    "intercom-version": apiVersion,
    ...(isJson && { "content-type": "application/json" }),
  };
}

function asText(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (isDate(value)) return value.toISOString();
  return typeof value === "object" ? (toJson(value) ?? "") : String(value);
}

function toBody(value: unknown): string | Buffer | undefined {
  if (isBlank(value)) return undefined;
  const data = isBinaryPayload(value) ? value.data : value;
  return data instanceof Uint8Array ? Buffer.from(data) : asText(data);
}

const isBinaryPayload = (value: unknown): value is BinaryPayload =>
  isPlainObject(value) && value.data instanceof Uint8Array;

/** The rows of a key value list but those without a value. */
function pairs(label: string) {
  return (value: unknown): KeyValuePair<string>[] => {
    if (isBlank(value)) return [];
    const rows: unknown[] = Array.isArray(value)
      ? value
      : refuse(label, "a list of keys and values", value);
    return rows
      .filter((row) => isPlainObject(row) || refuse(label, "a list of keys and values", row))
      .map((row) => row as unknown as KeyValuePair<string>)
      .filter((row) => !isBlank(row.value))
      .map((row) => ({
        ...row,
        key: isBlank(row.key) ? refuse(label, "filled in with a key", row) : String(row.key),
      }));
  };
}

/** What follows from the URL and the body, and must not contradict them. */
const ownHeaders = ["host", "content-length", "transfer-encoding", "connection"];

/** By lower-case name, so that one given here replaces the one that would be sent without it. */
function toHeaders(value: unknown): Record<string, string> {
  const label = rawInputs.headers.label as string;
  const headers: Record<string, string> = {};
  for (const { key, value: given } of pairs(label)(value)) {
    const name = key.trim().toLowerCase();
    if (name === "authorization") continue;
    const text = asText(given).trim();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) refuse(label, "named by a header's name", key);
    if (ownHeaders.includes(name)) {
      refuse(label, `another than ${ownHeaders.join(", ")}, which follow from the rest`, key);
    }
    // Its value may be a secret, so it is not quoted.
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(text)) {
      throw new InvalidInputError(
        `"${label}" must hold no line breaks or other control characters, as the value of ${quote(key)} does.`,
      );
    }
    headers[name] = text;
  }
  return headers;
}

function logRequest({ log }: Http, { method, url, headers, body }: RawRequest) {
  log.info(`Raw request: ${JSON.stringify({ method, url, headers, body: bodyForLog(body) })}`);
}

function bodyForLog(body: unknown): unknown {
  if (body instanceof FormData) return [...body.keys()];
  if (Buffer.isBuffer(body)) return `${body.length} bytes`;
  return typeof body === "string" ? body.slice(0, longestLoggedBody) : body;
}
