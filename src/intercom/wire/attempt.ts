import type { Readable } from "node:stream";
import { type ClientProps, createClient } from "@prismatic-io/spectral/dist/clients/http";
import { type Answer, type Outcome, type Silence, silence } from "./answer";
import { decoded, jsonOf, readUpTo } from "./body";
import { mostCharacters, saidIn } from "./errors";
import { isLoopback } from "./hosts";
import type { Speech } from "./log";
import { createTransport } from "./transport";

/** A request as it goes over the wire, without the token. */
export interface SentRequest {
  method: string;
  /** Absolute, on a host that may get the token. */
  url: string;
  headers: Record<string, string>;
  body?: unknown;
  responseType: ClientProps["responseType"];
  timeoutMs: number;
  signal?: AbortSignal;
}

/** Prismatic runs a component in 1 GB, and memory holds an answer as bytes, as text and as values. */
const mostOfAnswer = 100 * 1024 * 1024;
/** The most that we read of an error. Beyond it we still use the status. */
const mostOfRefusal = 10 * 1024 * 1024;

const tooLarge: Silence = {
  ...silence(
    "the answer is larger than 100 MB and was not read to its end: ask for fewer per page",
  ),
  isLasting: true,
};

/** One client for all: each request has a whole URL, and making a client takes a while. */
const client = createClient({ baseUrl: "" });

interface Settings extends Speech {
  baseUrl: string;
  token: string;
  /** Hides secrets in a text, and cuts a long one. */
  withoutToken(text: string): string;
}

/** Sends requests, each of them once, and knows Intercom's clock by the last answer. */
export function createAttempts({ baseUrl, token, log, redaction, withoutToken }: Settings) {
  let clockOffsetMs = 0;

  /** Intercom says why in JSON, whatever form was asked for. All of it may get into a message. */
  const readRefusal = (headers: Answer["headers"], text: string) =>
    // Parsed first, because JSON may hold the token with escapes.
    redaction.value({ headers: { ...headers }, data: saidIn(jsonOf(text)) }, mostCharacters);

  async function attempt(request: SentRequest): Promise<Outcome> {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), request.timeoutMs);
    const startedAtMs = Date.now();
    const transport = createTransport();
    const outcome: Outcome = await client
      .request<Readable>({
        method: request.method,
        url: request.url,
        headers: { ...request.headers, Authorization: `Bearer ${token}` },
        data: request.body,
        // We send the body unchanged: axios would copy it, and lose keys such as __proto__.
        transformRequest: (data) => data,
        responseType: "stream",
        // We limit the length ourselves: axios has one limit for all statuses.
        maxContentLength: -1,
        transport,
        signal: request.signal
          ? AbortSignal.any([deadline.signal, request.signal])
          : deadline.signal,
        // A redirect may lead to another host, which would get the token.
        maxRedirects: 0,
        validateStatus: () => true,
        // A request to this machine must not go through a proxy.
        ...(isLoopback(new URL(request.url).hostname) && { proxy: false as const }),
      })
      .then(async ({ status, headers: given, data }): Promise<Outcome> => {
        const headers = given as Answer["headers"];
        clockOffsetMs = (Date.parse(headers.date ?? "") || Date.now()) - Date.now();
        const isDone = status >= 200 && status < 300;
        const { bytes, isWhole } = await readUpTo(isDone ? mostOfAnswer : mostOfRefusal, data);
        if (isDone && !isWhole) return tooLarge;
        return isDone
          ? { kind: "done", status, headers, data: readBody(bytes(), request.responseType) }
          : { kind: "refused", status, isCut: !isWhole, ...readRefusal(headers, decoded(bytes())) };
      })
      .catch(
        // The error holds the request with its headers, so we keep only the error's text.
        (error: Error & { code?: string }): Outcome => ({
          kind: "silence",
          reason: deadline.signal.aborted
            ? `no answer within ${request.timeoutMs / 1000} s`
            : withoutToken(error.message || error.code || "the connection broke"),
          wasSent: transport.wasSent(),
        }),
      )
      .finally(() => clearTimeout(timer));
    const where = `${request.method} ${request.url.replace(baseUrl, "")}`;
    log.debug(`${where}: ${describe(outcome)} after ${Date.now() - startedAtMs} ms`);
    return outcome;
  }

  /** Intercom's clock in milliseconds; our clock before the first answer. */
  const nowMs = () => Date.now() + clockOffsetMs;

  return { attempt, nowMs };
}

function readBody(bytes: Buffer, responseType: SentRequest["responseType"]): unknown {
  if (responseType === "arraybuffer") return bytes;
  return responseType === "json" ? jsonOf(decoded(bytes)) : decoded(bytes);
}

/** An outcome in the words of the log. */
export const describe = (outcome: Outcome): string | number =>
  outcome.kind === "silence" ? outcome.reason : outcome.status;
