import type { Readable } from "node:stream";

export interface Body {
  /** Joins the bytes that we read: a little more than the limit where the body is not whole. */
  bytes(): Buffer;
  isWhole: boolean;
}

/** Reads a body up to a limit. Beyond the limit we close the connection. */
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

/** As text without the byte order mark, which JSON does not allow. */
export const decoded = (bytes: Buffer): string => bytes.toString().replace(/^\ufeff/, "");

/** The parsed value; the text unchanged where it is not JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
