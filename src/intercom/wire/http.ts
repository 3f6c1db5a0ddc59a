import type { Readable } from "node:stream";
import { type ClientProps, createClient } from "@prismatic-io/spectral/dist/clients/http";
import {
  type Answer,
  isTransient,
  mayHaveBeenDone,
  type Outcome,
  retryAfterMs,
  type Silence,
  silence,
  untilNextWindowMs,
} from "./answer";
import { decoded, jsonOf, readUpTo } from "./body";
import { type Asked, errorOf, mostCharacters, NotFoundError, saidIn } from "./errors";
import { type Expected, readAs, valueAt } from "./expected";
import { isLoopback } from "./hosts";
import type { Log, Speech } from "./log";
import { createPace } from "./pace";
import type { Path } from "./path";
import type { Permission } from "./permissions";
import { type Redaction, redaction as redactionOf } from "./redact";
import { rowsOf } from "./rows";
import { createTransport } from "./transport";
import { type ApiVersion, type Need, versionWith } from "./versions";

export interface Settings {
  /** The start of each URL, with no slash at the end: `https://api.intercom.io`. */
  baseUrl: string;
  token: string;
  apiVersion: ApiVersion;
  log: Log;
  /** Hides secrets in whatever we log or throw; by default it hides the token. */
  redaction?: Redaction;
}

export interface Request extends Expected, Need {
  /** Completes "Intercom refused to …": `create the ticket`. */
  purpose: string;
  permission: Permission;
  /** Whether Intercom names the permission nowhere, so that ours is a guess. */
  isPermissionGuessed?: true;
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: Path;
  query?: Record<string, string | number | undefined>;
  body?: object;
  /** Whether the request is idempotent. By default, every method except POST is. */
  isRepeatable?: boolean;
  /** Aborts the request when nobody needs its answer any more. */
  signal?: AbortSignal;
  /** The result where a retry finds the thing gone, because an earlier try did the work. */
  whenGone?: () => unknown;
}

export interface Retries {
  /** The most retries; those after a 429 do not count. */
  most: number;
  isWorthwhile(outcome: Outcome): boolean;
  /** The pause before retry 1, 2, … */
  delayMs(retry: number): number;
}

/** A request as it goes over the wire, except the token. */
export interface RawRequest {
  method: string;
  /** Absolute, on a host that may get the token. */
  url: string;
  headers: Record<string, string>;
  body?: unknown;
  responseType: ClientProps["responseType"];
  timeoutMs: number;
  retries: Retries;
  signal?: AbortSignal;
}

export interface Http extends Speech, Readonly<Pick<Settings, "apiVersion" | "baseUrl">> {
  /** @throws IntercomError for anything except a 2xx answer in JSON. */
  send<T>(request: Request): Promise<T>;
  /** @throws IntercomError for anything except a 2xx answer. */
  sendRaw(request: RawRequest): Promise<Answer>;
  /** Intercom's clock in milliseconds, by the last answer; our clock before the first answer. */
  nowMs(): number;
  /** Pauses for at most a minute, and logs the reason. */
  pause(ms: number, reason: string): Promise<void>;
}

/** Prismatic runs a component in 1 GB, and memory holds an answer as bytes, as text and as values. */
const mostOfAnswer = 100 * 1024 * 1024;
/** The most that we read of an error. Beyond it we still use the status. */
const mostOfRefusal = 10 * 1024 * 1024;

/** Methods that only read (RFC 9110, 9.2.1). */
const readingMethods = ["GET", "HEAD", "OPTIONS"];

/** The most characters of a log line, and of a reason. */
const longestText = 20_000;
const timeoutMs = 30_000;
const longestPauseMs = 60_000;
const mostRateLimitPauses = 5;

/** 0.5 s, 1 s, 2 s …, each up to a quarter longer so that many clients don't come back at once. */
export const exponentialDelayMs = (retry: number): number =>
  500 * 2 ** (retry - 1) * (1 + Math.random() / 4);

const retriesWhenRepeatable: Retries = {
  most: 3,
  isWorthwhile: isTransient,
  delayMs: exponentialDelayMs,
};

const tooLarge: Silence = {
  ...silence(
    "the answer is larger than 100 MB and was not read to its end: ask for fewer per page",
  ),
  isLasting: true,
};

/** One for all: what is sent has a whole URL, and a client takes a while to make. */
const client = createClient({ baseUrl: "" });

export function createHttp(settings: Settings): Http {
  const { baseUrl, token, apiVersion, log: fullLog } = settings;
  const { redaction = redactionOf([token]) } = settings;
  let clockOffsetMs = 0;
  const withoutToken = (text: string) => redaction.text(text, longestText);
  const log: Log = {
    debug: (message) => fullLog.debug(withoutToken(message)),
    info: (message) => fullLog.info(withoutToken(message)),
    warn: (message) => fullLog.warn(withoutToken(message)),
  };

  /** Intercom says why in JSON, whatever form was asked for. All of it may get into a message. */
  const readRefusal = (headers: Answer["headers"], text: string) =>
    // Parsed first, because JSON may hold the token with escapes.
    redaction.value({ headers: { ...headers }, data: saidIn(jsonOf(text)) }, mostCharacters);

  async function pause(ms: number, reason: string) {
    const atMostMs = Math.min(ms, longestPauseMs);
    log.warn(`${reason} Waiting ${(atMostMs / 1000).toFixed(1)} s.`);
    await new Promise((resolve) => setTimeout(resolve, atMostMs));
  }

  const inTurn = createPace(pause);

  async function attempt(request: RawRequest): Promise<Outcome> {
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

  async function exchange(request: RawRequest, read = (outcome: Outcome) => outcome) {
    const { retries, signal } = request;
    let mayBeDone = false;
    for (let retry = 0, rateLimitPauses = 0; ; ) {
      const outcome = read(await inTurn(() => attempt(request)));
      mayBeDone ||= !readingMethods.includes(request.method) && mayHaveBeenDone(outcome);
      if (outcome.kind === "done" || signal?.aborted) return { outcome, mayBeDone };
      if (
        outcome.kind === "refused" &&
        outcome.status === 429 &&
        rateLimitPauses < mostRateLimitPauses
      ) {
        rateLimitPauses += 1;
        await pause(untilNextWindowMs(outcome), "Intercom accepts no more requests for now (429).");
      } else if (retry < retries.most && retries.isWorthwhile(outcome)) {
        retry += 1;
        await pause(
          Math.max(retries.delayMs(retry), retryAfterMs(outcome)),
          `${outcome.kind === "silence" ? "No usable answer" : "Intercom answered"}: ${describe(outcome)}; retry ${retry} of ${retries.most}.`,
        );
      } else {
        return { outcome, mayBeDone };
      }
    }
  }

  function versionFor({ purpose, neededBy, ...need }: Request): ApiVersion {
    const version = versionWith(apiVersion, need);
    if (version !== apiVersion) {
      const withField = neededBy === undefined ? "" : ` with ${neededBy}`;
      log.info(
        `We send this request with API version ${version}, because ${apiVersion} can't ${purpose}${withField}.`,
      );
    }
    return version;
  }

  return {
    apiVersion,
    baseUrl,
    log,
    redaction,
    nowMs: () => Date.now() + clockOffsetMs,
    pause,

    async send<T>(request: Request): Promise<T> {
      const isRepeatable = request.isRepeatable ?? request.method !== "POST";
      const { outcome, mayBeDone } = await exchange(
        {
          method: request.method,
          url: `${baseUrl}${request.path}${queryText(request.query)}`,
          headers: {
            Accept: "application/json",
            "Intercom-Version": versionFor(request),
            ...(request.body && { "Content-Type": "application/json" }),
          },
          body: request.body && JSON.stringify(request.body),
          responseType: "json",
          timeoutMs,
          signal: request.signal,
          retries: isRepeatable ? retriesWhenRepeatable : { ...retriesWhenRepeatable, most: 0 },
        },
        (outcome) => readAs(request, outcome),
      );
      if (outcome.kind === "done") return withRows(request, outcome.data, { log, redaction }) as T;
      const error = errorOf(outcome, { ...request, mayBeDone, isRepeatable });
      if (error instanceof NotFoundError && mayBeDone && request.whenGone) {
        return (await request.whenGone()) as T;
      }
      throw error;
    },

    async sendRaw(request) {
      const { outcome, mayBeDone } = await exchange(request);
      if (outcome.kind === "done") return outcome;
      const asked: Asked = {
        purpose: withoutToken(`${request.method} ${request.url}`),
        mayBeDone,
        isRepeatable: false,
      };
      throw errorOf(outcome, asked);
    },
  };
}

function readBody(bytes: Buffer, responseType: RawRequest["responseType"]): unknown {
  if (responseType === "arraybuffer") return bytes;
  return responseType === "json" ? jsonOf(decoded(bytes)) : decoded(bytes);
}

/**
 * The answer, with only those rows in its list that are objects, because callers read their fields.
 */
function withRows({ listedAs, purpose }: Request, data: unknown, speech: Speech): unknown {
  const list = listedAs && valueAt(data, listedAs);
  if (!listedAs || !Array.isArray(list)) return data;
  const rows = rowsOf(list, `the answer when asked to ${purpose}`, speech);
  return withValueAt(data, listedAs.split("."), rows);
}

const withValueAt = (data: unknown, [key = "", ...rest]: string[], value: unknown): object => {
  const whole = data as Record<string, unknown>;
  return { ...whole, [key]: rest.length > 0 ? withValueAt(whole[key], rest, value) : value };
};

const describe = (outcome: Outcome): string | number =>
  outcome.kind === "silence" ? outcome.reason : outcome.status;

function queryText(query: Request["query"] = {}): string {
  const filled = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) filled.set(key, String(value));
  }
  return filled.size > 0 ? `?${filled}` : "";
}
