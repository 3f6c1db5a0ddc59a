import type { HttpBindings } from "@hono/node-server";
import type { Context, Handler, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { type ApiVersion, atLeast } from "../apiVersion";
import { isObject } from "../checks";
import { parameterInvalid, parameterMissing, Refusal } from "../store/refusal";
import { isTimestamp } from "../store/timestamps";
import type { LoggedRequest } from "./requestLog";

export interface Env {
  Bindings: HttpBindings;
  Variables: {
    version: ApiVersion;
    requestId: string;
    logged: LoggedRequest;
    /** What the answer says of the rate limit; nothing where the token is wrong. */
    rateHeaders: Record<string, string> | undefined;
  };
}

export type Body = Record<string, unknown>;

/** Intercom's limit is not documented; this one is above all that its API has a use for. */
const longestBody = 10 * 1024 * 1024;

const refuseLongBody = () => {
  const message = `The body of a request must have at most ${longestBody} bytes: send less at once`;
  throw new Refusal(413, "request_entity_too_large", message);
};

const limitStream = bodyLimit({ maxSize: longestBody, onError: refuseLongBody });

/**
 * For both apps of the sandbox; a body that is too long is not read to its end. Hono's own limit turns
 * every request into a slow one of undici's, so only those that don't say their length get it.
 */
export const limitBody: MiddlewareHandler<Env> = (c, next) => {
  if (hasNoBody(c)) return next();
  const length = c.req.header("Content-Length");
  if (length === undefined || c.req.header("Transfer-Encoding")) return limitStream(c, next);
  return Number(length) > longestBody ? refuseLongBody() : next();
};

export const hasNoBody = ({ req }: Context<Env>) => req.method === "GET" || req.method === "HEAD";

/** Whether the client went away before all of its request had come. */
export const isHungUp = ({ env: { incoming } }: Context<Env>) =>
  incoming.destroyed && !incoming.complete;

/** The JSON of a body, or its text where it is not JSON; `undefined` where it is empty. */
export function parseBody(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The JSON object of a request; nothing sent is an empty one. */
export async function readBody(c: Context): Promise<Body> {
  const body = parseBody(await c.req.text()) ?? {};
  if (!isObject(body)) throw parameterInvalid("The request body must be a JSON object");
  return body;
}

/** For an operation that older versions do not have. */
export const since =
  (version: ApiVersion, handler: Handler<Env>): Handler<Env> =>
  (c, next) => {
    if (!atLeast(c.get("version"), version)) {
      throw new Refusal(
        400,
        "intercom_version_invalid",
        "Requested resource is not available in current API version.",
      );
    }
    return handler(c, next);
  };

/** A reader takes the value of a key that was sent, and refuses one of the wrong type. */
export type Reader<Value> = (value: unknown, key: string) => Value;

const reader =
  <Value>(test: (value: unknown) => boolean, what: string): Reader<Value> =>
  (value, key) => {
    if (!test(value)) throw parameterInvalid(`${key} must be ${what}`, key);
    return value as Value;
  };

export const isText = (value: unknown): value is string => typeof value === "string";
export const text = reader<string>(isText, "a string");
export const flag = reader<boolean>((value) => typeof value === "boolean", "a boolean");
export const wholeNumber = reader<number>(Number.isSafeInteger, "an integer");
export const timestamp = reader<number>(isTimestamp, "a Unix timestamp in whole seconds");
export const object = reader<Body>(isObject, "an object");

export const orNull =
  <Value>(read: Reader<Value>): Reader<Value | null> =>
  (value, key) =>
    value === null ? null : read(value, key);

/** Ids are strings, and integers are taken too: examples of the descriptions send both. */
export const id: Reader<string> = (value, key) =>
  Number.isSafeInteger(value) ? String(value) : text(value, key);

export const email: Reader<string> = (value, key) => {
  if (isText(value) && /^[^@\s]+@[^@\s]+$/.test(value)) return value;
  throw parameterInvalid("Email is invalid", key);
};

/** A key that must be sent. */
export function needed<Value>(body: Body, key: string, read: Reader<Value>): Value {
  if (body[key] === undefined) throw parameterMissing(key);
  return read(body[key], key);
}

/** Of a query: only "true" is. */
export const queryFlag = (c: Context, name: string) => c.req.query(name) === "true";

/** Which key of a body goes into which field, and what its value must be. */
export type Readers<Fields> = Record<string, readonly [keyof Fields & string, Reader<unknown>]>;

/** The fields that were sent. */
export function readFields<Fields>(body: Body, readers: Readers<Fields>): Partial<Fields> {
  const fields: Record<string, unknown> = {};
  for (const [key, [field, read]] of Object.entries(readers)) {
    if (body[key] !== undefined) fields[field] = read(body[key], key);
  }
  return fields as Partial<Fields>;
}
