import type { Readable } from "node:stream";

export interface Body {
  /** Puts together what was read: a little more than the bound where it is not whole. */
  bytes(): Buffer;
  isWhole: boolean;
}

/** Reads a body up to a bound, and drops the rest with its connection. */
export async function readUpTo(most: number, stream: Readable): Promise<Body> {
  const chunks: Buffer[] = [];
  const bytes = () => Buffer.concat(chunks);
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    chunks.push(chunk);
    if (size > most) return { bytes, isWhole: false };
  }
  return { bytes, isWhole: true };
}

/** Without the byte order mark, which JSON does not take. */
export const decoded = (bytes: Buffer): string => bytes.toString().replace(/^\ufeff/, "");

/** The value of JSON; the text as it is where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
