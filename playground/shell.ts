import type { Readable, Writable } from "node:stream";

/** The environment of a command. */
export interface Shell {
  env: Record<string, string | undefined>;
  /** With `isTTY`, stdin is a terminal, and a command can ask a person. */
  stdin: Readable & { isTTY?: boolean };
  /** Output for programs. */
  stdout: Writable;
  /** Output for people. */
  stderr: Writable;
  /** Aborts at Ctrl+C or a signal. A command that calls this must then end by itself. */
  endSignal: () => AbortSignal;
}

/**
 * Writes control characters as JSON does, because a topic or a name from anyone could steer the
 * terminal. Line feeds stay.
 */
const withoutControls = (text: string): string =>
  text.replace(
    /[^\P{Cc}\n]|\p{Bidi_Control}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

const toLine = (text: string): string => `${withoutControls(text.replaceAll("\n", "\\n"))}\n`;

/** A line for people. */
export function note({ stderr }: Pick<Shell, "stderr">, line: string) {
  stderr.write(toLine(line));
}

export function print({ stdout }: Pick<Shell, "stdout">, ...lines: string[]) {
  stdout.write(lines.map(toLine).join(""));
}

export function printJson({ stdout }: Pick<Shell, "stdout">, value: unknown) {
  stdout.write(`${withoutControls(JSON.stringify(value ?? null, null, 2))}\n`);
}
