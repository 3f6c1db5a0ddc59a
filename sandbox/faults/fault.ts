import {
  anything,
  type Check,
  count,
  flag,
  inShort,
  isObject,
  oneOf,
  readChecked,
  realTimeMs,
  SteeringError,
  text,
  wholeNumber,
} from "../checks";

/** What goes wrong. With `workDone: true`, the sandbox does the work before the fault. */
export type FaultEffect =
  | {
      kind: "status";
      status: number;
      headers?: Record<string, string>;
      /** The whole body; by default an error list with `code` and `message`. */
      body?: unknown;
      code?: string;
      message?: string;
      workDone?: boolean;
    }
  /** The connection ends before an answer. */
  | { kind: "closed"; workDone?: boolean }
  /** The work is done, and the connection ends in the middle of the answer. */
  | { kind: "cut" }
  /** An answer that never comes. */
  | { kind: "hang"; workDone?: boolean }
  /** A page of HTML, as from a proxy; 502 by default. */
  | { kind: "html"; status?: number; workDone?: boolean }
  /** Nothing in the body; 200 and the work done by default. */
  | { kind: "empty"; status?: number; workDone?: boolean }
  /** 429; without `resetInSeconds` no header says when it is over. */
  | { kind: "rateLimited"; resetInSeconds?: number }
  | { kind: "tokenRevoked" }
  | { kind: "slow"; delayMs: number };

/** Which requests a fault applies to. */
export interface FaultTarget {
  method?: string;
  /** A path without its query, or the beginning of a path and "*". By default any path. */
  path?: string;
  /** How many requests the fault applies to; by default 1. Infinity means all (over HTTP `"always"`). */
  times?: number;
  /** How many matching requests pass before the first fault. */
  skip?: number;
}

export type Fault = FaultTarget & FaultEffect;

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

const target: Readonly<Record<keyof FaultTarget, Check>> = {
  method: {
    words: oneOf(methods).words,
    isMet: (value) => typeof value === "string" && methods.includes(value.toUpperCase()),
  },
  path: {
    words: "text that begins with a slash or a star",
    isMet: (value) => typeof value === "string" && /^[/*]/.test(value),
  },
  times: {
    words: 'a whole number from 1, or "always"',
    isMet: (value) => value === "always" || (value !== 0 && count.isMet(value)),
  },
  skip: count,
};

const answerStatus = wholeNumber(200, 599);
/** With these statuses, a `Response` can't have a body (Fetch standard, "null body status"). */
const bodiless = [204, 205, 304];
const statusWithBody: Check = {
  words: `${answerStatus.words}, except ${bodiless.join(", ")}, which have no body`,
  isMet: (value) => answerStatus.isMet(value) && !bodiless.includes(value as number),
};

const headers: Check = {
  words: 'an object of headers and their texts, such as {"Retry-After": "7"}',
  isMet: (value) => {
    if (!isObject(value) || !Object.values(value).every(text.isMet)) return false;
    try {
      return Boolean(new Headers(value as Record<string, string>));
    } catch {
      return false;
    }
  },
};

/** What a fault of each kind takes, besides its target. */
const effects: Readonly<Record<Fault["kind"], Readonly<Record<string, Check>>>> = {
  status: {
    status: statusWithBody,
    headers,
    body: anything,
    code: text,
    message: text,
    workDone: flag,
  },
  closed: { workDone: flag },
  cut: {},
  hang: { workDone: flag },
  html: { status: statusWithBody, workDone: flag },
  empty: { status: answerStatus, workDone: flag },
  rateLimited: { resetInSeconds: wholeNumber(0, 86_400) },
  tokenRevoked: {},
  slow: { delayMs: realTimeMs },
};
const needs: Partial<Record<Fault["kind"], string[]>> = { status: ["status"], slow: ["delayMs"] };
const kind = oneOf(Object.keys(effects));

/** Reads a fault from a request, in which "always" stands for Infinity. */
export function readFault(given: unknown): Fault {
  if (!isObject(given) || !kind.isMet(given.kind)) {
    const shown = isObject(given) ? inShort(given.kind) : `in ${inShort(given)}`;
    throw new SteeringError(`The "kind" of a fault must be ${kind.words}, not ${shown}.`);
  }
  const name = given.kind as Fault["kind"];
  const checks = { kind, ...target, ...effects[name] };
  const fault = readChecked<Fault>(`a fault of the kind ${name}`, given, checks, needs[name]);
  return (fault.times as unknown) === "always" ? { ...fault, times: Infinity } : fault;
}
