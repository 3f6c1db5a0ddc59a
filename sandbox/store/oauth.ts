import { whole } from "./kept";
import { Refusal } from "./refusal";
import { Store } from "./store";

/** The codes that the OAuth page gave out and nobody has exchanged yet. */
export class OAuthCodes extends Store {
  /** Replaced when it changes. */
  codes: string[] = [];
  readonly tables = { codes: whole(this, "codes", []) };

  grant(): string {
    const code = this.workspace.ids.code();
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
