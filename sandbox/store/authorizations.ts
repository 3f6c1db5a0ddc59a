import type { Ids } from "./ids";
import { Refusal } from "./refusal";

/** The codes that the OAuth page gave out and nobody has exchanged yet. */
export class Authorizations {
  /** Replaced when it changes. */
  codes: string[] = [];

  grant(ids: Ids): string {
    const code = ids.code();
    this.codes = [...this.codes, code];
    return code;
  }

  /** A code works once. */
  redeem(code: unknown): void {
    if (!this.codes.includes(code as string)) {
      throw new Refusal(401, "unauthorized", "Unauthorized Code");
    }
    this.codes = this.codes.filter((other) => other !== code);
  }
}
