import {
  type Answer,
  isTransient,
  mayHaveBeenDone,
  type Outcome,
  retryAfterMs,
  untilNextWindowMs,
} from "./answer";
import { createAttempts, describe, type SentRequest } from "./attempt";
import { type Asked, errorOf, NotFoundError } from "./errors";
import { type Expected, readAs, valueAt } from "./expected";
import type { Log, Speech } from "./log";
import { createPace } from "./pace";
import type { Path } from "./path";
import type { Permission } from "./permissions";
import { type Redaction, redaction as redactionOf } from "./redact";
import { rowsOf } from "./rows";
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

interface Retries {
  /** The most retries; those after a 429 do not count. */
  most: number;
  isWorthwhile(outcome: Outcome): boolean;
  /** The pause before retry 1, 2, … */
  delayMs(retry: number): number;
}

export interface RawRequest extends SentRequest {
  retries: Retries;
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

export function createHttp(settings: Settings): Http {
  const { baseUrl, token, apiVersion, log: fullLog } = settings;
  const { redaction = redactionOf([token]) } = settings;
  const withoutToken = (text: string) => redaction.text(text, longestText);
  const log: Log = {
    debug: (message) => fullLog.debug(withoutToken(message)),
    info: (message) => fullLog.info(withoutToken(message)),
    warn: (message) => fullLog.warn(withoutToken(message)),
  };

  async function pause(ms: number, reason: string) {
    const atMostMs = Math.min(ms, longestPauseMs);
    log.warn(`${reason} Waiting ${(atMostMs / 1000).toFixed(1)} s.`);
    await new Promise((resolve) => setTimeout(resolve, atMostMs));
  }

  const inTurn = createPace(pause);
  const { attempt, nowMs } = createAttempts({ baseUrl, token, log, redaction, withoutToken });

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
    nowMs,
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

function queryText(query: Request["query"] = {}): string {
  const filled = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) filled.set(key, String(value));
  }
  return filled.size > 0 ? `?${filled}` : "";
}
