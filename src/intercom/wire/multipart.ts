import { randomUUID } from "node:crypto";

export interface FormPart {
  name: string;
  bytes: Uint8Array;
  /** Turns the part into a file. */
  fileName?: string;
  contentType?: string;
}

/**
 * A form as bytes for the wire (HTML Standard, multipart/form-data). Node's own `FormData` turns each
 * line break of a text into CR LF. This function keeps every byte of a value.
 */
export function multipart(parts: FormPart[]): { content: Buffer; contentType: string } {
  const boundary = `form-${randomUUID()}`;
  const chunks = parts.flatMap(({ name, bytes, fileName, contentType }) => {
    const file = fileName === undefined ? "" : `; filename="${escaped(fileName)}"`;
    const type = contentType === undefined ? "" : `\r\nContent-Type: ${contentType}`;
    const disposition = `Content-Disposition: form-data; name="${escaped(name)}"${file}${type}`;
    return [Buffer.from(`--${boundary}\r\n${disposition}\r\n\r\n`), bytes, Buffer.from("\r\n")];
  });
  return {
    content: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}

const escaped = (name: string) =>
  name.replaceAll("\n", "%0A").replaceAll("\r", "%0D").replaceAll('"', "%22");
