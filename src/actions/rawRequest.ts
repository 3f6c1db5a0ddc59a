import { isUtf8 } from "node:buffer";
import { action, util } from "@prismatic-io/spectral";
import { inputs as rawInputs } from "@prismatic-io/spectral/dist/clients/http";
import type { ActionInputs } from "../action";
import { withIntercom } from "../connections";
import { type Content, contentText, fileOfText, toContent, usualType } from "../fields/content";
import { toHeaders } from "../fields/headers";
import { connection } from "../fields/inputs";
import { choice, flag, identifier, optionalWholeNumber } from "../fields/kinds";
import { type Pair, pairs } from "../fields/pairs";
import { readInputs, unread } from "../fields/reading";
import { isBlank } from "../fields/values";
import { isTransient, type Outcome } from "../intercom/wire/answer";
import { InvalidInputError } from "../intercom/wire/errors";
import { resolveUrl } from "../intercom/wire/hosts";
import { exponentialDelayMs, type Http, type RawRequest } from "../intercom/wire/http";
import { multipart } from "../intercom/wire/multipart";
import { anything } from "../schemas/schema";

/** Methods that we may retry (RFC 9110, 9.2.2). */
const idempotentMethods = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"];
const defaultTimeoutMs = 30_000;
const longestLoggedBody = 10_000;

/** The inputs of spectral's own raw request, with checks of their values. */
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
  headers: { ...rawInputs.headers, clean: (value: unknown) => toHeaders("Header", value) },
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
  // The result depends on the path.
  outputSchema: { type: "actionOutput", schema: anything.json },
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
    url.searchParams.append(key, contentText("Query Parameter", value));
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

/** Intercom may have done a POST that failed, so we retry a POST only with "Retry On All Errors". */
const isWorthwhile = (method: string, outcome: Outcome): boolean =>
  isTransient(outcome) && idempotentMethods.includes(method);

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

/** We send bytes as a file if they are not text, or have a type. */
function toFormPart({ key, value }: Pair) {
  const { content, contentType } = toContent("Form Data", value);
  const bytes = Buffer.from(content as Buffer);
  const isFile = contentType !== undefined || !isUtf8(bytes);
  return { name: key, bytes, contentType, fileName: isFile ? key : undefined };
}

/** The first name with a key belongs to the first file with this key, and so on. */
function filesOf(files: Pair[], names: Pair[]) {
  const left = [...names];
  const nextName = (key: string) => {
    const index = left.findIndex((pair) => pair.key === key);
    const [name] = index < 0 ? [] : left.splice(index, 1);
    return name && !isBlank(name.value) ? contentText("File Data File Names", name.value) : key;
  };
  return files
    .map(({ key, value }) => ({ key, value, fileName: nextName(key) }))
    .filter(({ value }) => !isBlank(value))
    .map(({ key, value, fileName }) => {
      const { content, contentType } = toContent("File Data", fileOfText(value) ?? value);
      return {
        name: key,
        bytes: Buffer.from(content as Buffer),
        fileName,
        contentType: contentType ?? usualType(content),
      };
    });
}

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

function toBody(value: unknown): Content | undefined {
  if (isBlank(value)) return undefined;
  const { content, contentType } = toContent("Data", value);
  if (typeof content !== "string")
    return { content, contentType: contentType ?? usualType(content) };
  return { content, contentType: util.types.isJSON(content) ? "application/json" : undefined };
}

/** Headers whose values may be secret. */
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
