import { types } from "node:util";
import { isRecord } from "./json";

/**
 * The bytes of a value that holds nothing else: a Buffer, a typed array, an ArrayBuffer, or what
 * `JSON.stringify` makes of a Buffer. `instanceof` fails for those of another realm, such as the one
 * that a flow's code runs in.
 */
export function bytesOf(value: unknown): Buffer | undefined {
  if (ArrayBuffer.isView(value)) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  if (types.isAnyArrayBuffer(value)) return Buffer.from(value as ArrayBuffer);
  return isBufferAsJson(value) ? Buffer.from(value.data) : undefined;
}

const isBufferAsJson = (value: unknown): value is { data: number[] } =>
  isRecord(value) &&
  value.type === "Buffer" &&
  Array.isArray(value.data) &&
  value.data.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255);
