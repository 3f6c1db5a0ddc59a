import { createHash } from "node:crypto";

const firstOf = {
  object: 0x19a000,
  admin: 5017601,
  team: 3401,
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
  dataAttribute: 34201,
  plan: 9201,
  uuid: 1,
  code: 1,
  subscription: 1,
  notification: 1,
  request: 1,
};

export type NumberedKind = Exclude<
  keyof typeof firstOf,
  "object" | "uuid" | "code" | "request" | "notification"
>;

/** Hands out ids from counters, so that the same calls give the same ids in every run. */
export class Ids {
  #next: Record<string, number> = { ...firstOf };

  #take(kind: keyof typeof firstOf): number {
    const taken = this.#next[kind] ?? firstOf[kind];
    this.#next[kind] = taken + 1;
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

  save(): Record<string, number> {
    return { ...this.#next };
  }

  load(saved: Record<string, number>): void {
    this.#next = { ...firstOf, ...saved };
  }
}
