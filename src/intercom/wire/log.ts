import type { Redaction } from "./redact";

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
}

/** What a run logs through, without its secrets. */
export interface Speech {
  readonly log: Log;
  readonly redaction: Redaction;
}
