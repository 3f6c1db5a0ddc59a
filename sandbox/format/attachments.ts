import { type Attachment, sizeOf } from "../store/attachments";
import type { Workspace } from "../store/workspace";

/** `owner`: where the sandbox gives out the files, such as "conversations/1". */
export const formatAttachments = (
  attachments: readonly Attachment[],
  owner: string,
  { origin }: Workspace,
) =>
  attachments.map((attachment) => {
    const { id, name, contentType, content } = attachment;
    return {
      type: "upload",
      name,
      url:
        "url" in content
          ? content.url
          : `${origin}/_sandbox/${owner}/attachments/${id}/${encodeURIComponent(name)}`,
      content_type: contentType,
      filesize: sizeOf(attachment),
      // Required in 2.11; the sandbox looks into no image.
      width: 0,
      height: 0,
    };
  });
