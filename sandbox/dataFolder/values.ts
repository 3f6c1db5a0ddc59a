import { z } from "zod";
import type { Attachment } from "../store/attachments";

export const text = z.string();
export const textOrNull = text.nullable();
export const flag = z.boolean();
export const time = z.int();
export const timeOrNull = time.nullable();
export const attributeValue = z.union([text, z.number(), flag]);
export const attributeValues = z.record(text, attributeValue);
export const appliedTag = z.strictObject({ id: text, appliedAt: time, adminId: text });

export const attachment: z.ZodType<Attachment> = z.strictObject({
  id: text,
  name: text,
  contentType: text,
  content: z.union([z.strictObject({ base64: text }), z.strictObject({ url: text })]),
});
