import { type Answer, isFailure, type Outcome } from "./answer";
import { isRecord } from "./json";
import type { Permission } from "./permissions";
import { kindOf, quoting, say, type Words } from "./quote";
import { cut, type Redaction } from "./redact";

/** The most of an error's text that we show: as much as a person can use. */
export const mostCharacters = 2000;
const mostErrors = 100;

/**
 * The given value can't be sent. Nothing has gone to Intercom. The message names only the kind of the
 * value, because the value may hold a secret. `redacted` quotes the value once the secrets are known.
 */
export class InvalidInputError extends Error {
  static override readonly name: string = "InvalidInputError";
  override readonly name = InvalidInputError.name;
  readonly #words: Words;

  constructor(words: Words) {
    super(say(words, kindOf));
    this.#words = words;
  }

  /** The same refusal, with the given value quoted and the secrets hidden. */
  redacted(redaction: Redaction): InvalidInputError {
    const sentence = say(this.#words, quoting(redaction));
    return new InvalidInputError(redaction.text(sentence, mostCharacters));
  }
}

/** One entry of Intercom's `error.list`. */
export interface ErrorDetail {
  code: string;
  message?: string | null;
  field?: string | null;
}

export interface ErrorFacts {
  /** HTTP status; undefined where no answer came. */
  status?: number;
  /** Intercom's code of the first error, such as `not_found`. */
  code?: string;
  /** Intercom's support asks for this. */
  requestId?: string;
  errors?: ErrorDetail[];
  /** The contact that the one we asked for was merged into. */
  mergedInto?: string;
  /** Whether this try or an earlier one may have done the work, in spite of the error. */
  mayBeDone?: boolean;
}

/**
 * Intercom did not do what we asked. The message is for the person who runs the flow. The message
 * never holds the token.
 */
export class IntercomError extends Error {
  /** Each class writes its name out, because the build changes the names of classes. */
  static override readonly name: string = "IntercomError";
  readonly status?: number;
  readonly code?: string;
  readonly requestId?: string;
  readonly errors: ErrorDetail[];
  readonly mergedInto?: string;
  readonly mayBeDone: boolean;

  constructor(
    message: string,
    { status, code, requestId, errors = [], mergedInto, mayBeDone = false }: ErrorFacts = {},
  ) {
    super(message);
    this.name = new.target.name;
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.errors = errors;
    if (mergedInto !== undefined) this.mergedInto = mergedInto;
    this.mayBeDone = mayBeDone;
  }
}

/** 400 and 422: Intercom does not accept a value. */
export class BadRequestError extends IntercomError {
  static override readonly name: string = "BadRequestError";
}
/** 401: the token is unknown, revoked, suspended, or lacks a permission. */
export class AuthenticationError extends IntercomError {
  static override readonly name: string = "AuthenticationError";
}
/** 403: the token lacks a permission, or the plan does not have the feature. */
export class PermissionError extends IntercomError {
  static override readonly name: string = "PermissionError";
}
/** 404 and 410: the thing does not exist, or no longer. */
export class NotFoundError extends IntercomError {
  static override readonly name: string = "NotFoundError";
}
/** 409: the thing to create exists already. */
export class ConflictError extends IntercomError {
  static override readonly name: string = "ConflictError";
}
/** 429, even after several pauses. */
export class RateLimitError extends IntercomError {
  static override readonly name: string = "RateLimitError";
}
/** 408 and 5xx: Intercom failed. */
export class ServerError extends IntercomError {
  static override readonly name: string = "ServerError";
}
/** No answer, or one that we can't read: Intercom may or may not have done what we asked. */
export class NoAnswerError extends IntercomError {
  static override readonly name: string = "NoAnswerError";
}
/** The pages of a list ended before the list did. */
export class CutShortError extends NoAnswerError {
  static override readonly name: string = "CutShortError";
}

/** Throws the same error, with a sentence added to its message if it is one of these. */
export const noting =
  (sentence: string) =>
  (error: unknown): never => {
    if (!(error instanceof IntercomError)) throw error;
    throw new (error.constructor as typeof IntercomError)(`${error.message} ${sentence}`, error);
  };

export interface Asked {
  /** Completes "Intercom refused to …": `create the ticket`. */
  purpose: string;
  permission?: Permission;
  /** Whether Intercom names the permission nowhere, so that ours is a guess. */
  isPermissionGuessed?: boolean;
  /** Whether Intercom may have done it nevertheless, by this try or an earlier one. */
  mayBeDone: boolean;
  /** Whether the request is idempotent. */
  isRepeatable: boolean;
}

/** The error for a refusal or for a missing answer. */
export function errorOf(outcome: Outcome, asked: Asked): IntercomError {
  const { mayBeDone, isRepeatable } = asked;
  const doubt =
    mayBeDone && !isRepeatable
      ? " Intercom may have done it nevertheless: check in Intercom before you send it again."
      : "";
  if (outcome.kind === "silence") {
    return new NoAnswerError(
      `Intercom gave no usable answer when asked to ${asked.purpose}: ${outcome.reason}.${doubt}`,
      { mayBeDone },
    );
  }
  const facts = readFacts(outcome);
  const isRedirect = outcome.status >= 300 && outcome.status < 400;
  const said = isRedirect
    ? ""
    : facts.errors.map(({ message, code }) => message || code).join("; ");
  const hasFailed = isFailure(outcome.status);
  return new (errorClassOf(outcome.status))(
    `Intercom ${hasFailed ? "failed" : "refused"} to ${asked.purpose}: ` +
      `${cut(said, mostCharacters) || describeAnswer(outcome)} ${citation(facts)}.${hasFailed ? "" : advice(facts, asked)}${doubt}`,
    { ...facts, mayBeDone },
  );
}

function errorClassOf(status: number): typeof IntercomError {
  if (status === 401) return AuthenticationError;
  if (status === 403) return PermissionError;
  if (status === 404 || status === 410) return NotFoundError;
  if (status === 409) return ConflictError;
  if (status === 429) return RateLimitError;
  if (isFailure(status)) return ServerError;
  if (status === 400 || status === 422) return BadRequestError;
  return IntercomError;
}

/** The parts of Intercom's error that a message may hold. */
interface Said {
  requestId?: string;
  errors: ErrorDetail[];
}

/**
 * Reads `{ type: "error.list", request_id, errors: [{ code, message, field }] }`; any part may be
 * missing.
 */
export function saidIn(data: unknown): Said {
  const { request_id, errors } = isRecord(data) ? data : {};
  return {
    requestId: typeof request_id === "string" ? request_id : undefined,
    errors: Array.isArray(errors)
      ? errors.filter(isRecord).slice(0, mostErrors).map(readDetail)
      : [],
  };
}

function readFacts({ status, headers, data }: Answer) {
  const { requestId = headers["x-request-id"], errors } = data as Said;
  return {
    status,
    code: errors[0]?.code ?? undefined,
    requestId,
    errors,
    mergedInto: /<[^<>]*\/contacts\/([\w-]{1,100})>/.exec(headers.link ?? "")?.[1],
  };
}

function readDetail(given: Record<string, unknown>): ErrorDetail {
  const filled = ["code", "message", "field"].filter((key) => Object.hasOwn(given, key));
  const texts = filled.map((key) => {
    const value = given[key];
    return [key, typeof value === "string" ? value : null];
  });
  return Object.fromEntries(texts);
}

function describeAnswer({ status, headers, isCut }: Answer): string {
  if (status >= 300 && status < 400) {
    return `the answer redirects to ${headers.location ?? "another place"}, and we do not follow it, because the token would go there too`;
  }
  const amount = isCut ? "is longer than 10 MB" : "gives no reason";
  return `the answer ${amount} (${headers["content-type"] ?? "empty"})`;
}

/** What to do about it, where that is known. */
function advice(facts: ReturnType<typeof readFacts>, asked: Asked): string {
  const { status, code, errors, mergedInto } = facts;
  const message = errors[0]?.message ?? "";
  // From 2.16 on; the header is the only place that tells (OpenAPI 2.16, ShowContact).
  if (status === 410 && mergedInto !== undefined) {
    return ` It was merged into the contact ${mergedInto}: use that ID from now on.`;
  }
  if (code === "api_plan_restricted") return " The workspace's plan does not have this.";
  const isMissing =
    code === "token_unauthorized" || (status === 403 && code !== "action_forbidden");
  if (asked.permission && isMissing) {
    const lacks = asked.isPermissionGuessed ? "probably lacks" : "lacks";
    return ` The token ${lacks} the "${asked.permission}" permission: tick it in Intercom's Developer Hub, then connect again.`;
  }
  if (/use scroll api/i.test(message)) return ' Tick "Fetch All" to read all of them.';
  if (status === 401) return " Connect again, or check the access token.";
  if (status === 409 && /archived/i.test(message)) {
    return " That contact is archived: unarchive it by this ID, then update it. If it was deleted instead, its e-mail and external ID stay taken for some days.";
  }
  if (code === "intercom_version_invalid") return " Choose another API version in the connection.";
  if (code === "scroll_exists") {
    return " Another program is reading all companies; Intercom allows one at a time. Try again in a minute.";
  }
  return "";
}

/** `(404 not_found, request 002je5…)`: with it, Intercom's support finds the request. */
function citation({ status, code, requestId }: ErrorFacts): string {
  const answer = code ? `${status} ${code}` : `${status}`;
  return requestId ? `(${answer}, request ${requestId})` : `(${answer})`;
}
