import { createHash } from "node:crypto";
import { whole } from "./kept";
import { Store } from "./store";

const firstOf = {
  object: 0x19a000,
  admin: 5017601,
  team: 3401,
  brand: 3,
  tag: 8120401,
  attribute: 40101,
  ticketType: 2101,
  ticketState: 7301,
  ticket: 215001,
  inboxNumber: 1,
  part: 61001,
  conversation: 347101,
  conversationPart: 90211,
  message: 403918001,
  note: 31001,
  event: 1000001,
  attachment: 1201,
  dataAttribute: 34201,
  plan: 9201,
  article: 9801,
  collection: 5301,
  customObjectInstance: 22001,
  subscriptionType: 4101,
  uuid: 1,
  code: 1,
  subscription: 1,
  notification: 1,
  request: 1,
};

/** Ids of requests are kept in blocks, so that a request that only reads leaves nothing to write. */
const requestsReserved = 1000;

export type NumberedKind = Exclude<
  keyof typeof firstOf,
  "object" | "uuid" | "code" | "request" | "notification"
>;

/** Hands out ids from counters, so that the same calls give the same ids in every run. */
export class Ids extends Store {
  #next: Record<string, number> = { ...firstOf };
  #kept: Record<string, number> | undefined;
  readonly tables = { ids: whole(this, "kept", {}) };

  #take(kind: keyof typeof firstOf): number {
    const taken = this.#next[kind] ?? firstOf[kind];
    this.#next[kind] = taken + 1;
    if (kind !== "request" || taken % requestsReserved === 0) this.#kept = undefined;
    return taken;
  }

  /** For contacts, companies and segments: 24 hex digits, growing. */
  object(): string {
    return `68b4e2c05f1d9a37${this.#take("object").toString(16).padStart(8, "0")}`;
  }

  number(kind: NumberedKind): string {
    return String(this.#take(kind));
  }

  uuid(kind: "uuid" | "notification" = "uuid"): string {
    const hex = createHash("sha1")
      .update(`${kind} ${this.#take(kind)}`)
      .digest("hex");
    return [0, 8, 12, 16, 20]
      .map((from, at, starts) => hex.slice(from, starts[at + 1] ?? 32))
      .join("-");
  }

  /** Of a notification: counted apart, so that a subscription changes no other ids. */
  notification(): string {
    return `notif_${this.uuid("notification")}`;
  }

  /** An OAuth code. It ends in "=", as Intercom's do, for clients that forget to encode it. */
  code(): string {
    return Buffer.from(`code-${this.uuid()}-${this.#take("code")}!`)
      .toString("base64")
      .replace(/=*$/, "=");
  }

  /** Of a request: 20 digits of base32hex in lower case. */
  request(): string {
    const bytes = createHash("sha1")
      .update(`request ${this.#take("request")}`)
      .digest();
    return [...bytes].map((byte) => (byte % 32).toString(32)).join("");
  }

  /** The next of each kind; another object as soon as one is taken that this does not cover. */
  get kept(): Record<string, number> {
    const { request = firstOf.request } = this.#next;
    this.#kept ??= {
      ...this.#next,
      request: Math.ceil(request / requestsReserved) * requestsReserved,
    };
    return this.#kept;
  }

  set kept(next: Record<string, number>) {
    this.#next = { ...firstOf, ...next };
    this.#kept = undefined;
  }
}
