/** A file of a message: one that came with it, or an image at an address, which nobody fetches. */
export interface Attachment {
  id: string;
  name: string;
  contentType: string;
  content: { base64: string } | { url: string };
}

/** An attachment as one sends it. */
export type NewAttachment = Omit<Attachment, "id">;

/** In bytes; 0 where only an address is known. */
export const sizeOf = ({ content }: Attachment): number =>
  "url" in content ? 0 : Buffer.byteLength(content.base64, "base64");
