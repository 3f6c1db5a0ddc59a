import type { Readable, Writable } from "node:stream";

/** What a command finds around it. */
export interface Shell {
  env: Record<string, string | undefined>;
  /** Where `isTTY` says that it is a terminal, somebody can be asked. */
  stdin: Readable & { isTTY?: boolean };
  /** What a program may read. */
  stdout: Writable;
  /** What people read. */
  stderr: Writable;
  /** Aborts when somebody ends the command: Ctrl+C, or a signal. A command that calls it must heed it. */
  endSignal: () => AbortSignal;
}

/**
 * Shows characters that steer a terminal as JSON writes them: a topic or a name may come from anyone.
 * Line feeds stay.
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
