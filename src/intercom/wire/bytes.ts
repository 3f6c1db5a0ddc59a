import { types } from "node:util";
import { isRecord } from "./json";

/**
 * The bytes of a Buffer, a typed array, an ArrayBuffer, or of what `JSON.stringify` makes of a Buffer;
 * undefined for any other value. We do not use `instanceof`, because it fails for values of another
 * realm, such as the one that runs a flow's code.
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
