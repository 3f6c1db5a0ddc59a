/** A file of a message: sent with the message, or an image at an address, which we do not fetch. */
export interface Attachment {
  id: string;
  name: string;
  contentType: string;
  content: { base64: string } | { url: string };
}

/** An attachment, as a request gives it. */
export type NewAttachment = Omit<Attachment, "id">;

/** In bytes; 0 if only the address is known. */
export const sizeOf = ({ content }: Attachment): number =>
  "url" in content ? 0 : Buffer.byteLength(content.base64, "base64");
