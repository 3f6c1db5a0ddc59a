import type { Redaction } from "./redact";

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
}

/** A run's log, and the redaction that hides the run's secrets. */
export interface Speech {
  readonly log: Log;
  readonly redaction: Redaction;
}
