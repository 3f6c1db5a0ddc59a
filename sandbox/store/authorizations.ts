import type { Ids } from "../ids";
import { Refusal } from "../refusal";

/** The codes that the OAuth page gave out and nobody has exchanged yet. */
export class Authorizations {
  codes: string[] = [];

  grant(ids: Ids): string {
    const code = ids.code();
    this.codes.push(code);
    return code;
  }

  /** A code works once. */
  redeem(code: unknown): void {
    const at = this.codes.indexOf(code as string);
    if (at < 0) throw new Refusal(401, "unauthorized", "Unauthorized Code");
    this.codes.splice(at, 1);
  }
}
