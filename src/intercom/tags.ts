import type { Tag } from "../schemas/tags";
import type { admins } from "./admins";
import type { Http } from "./wire/http";
import { path } from "./wire/path";

const read = { permission: "Read tags" } as const;
const write = { permission: "Write tags" } as const;

export const tags = (http: Http, { idOf }: ReturnType<typeof admins>) => {
  const get = (id: string, purpose = "get the tag") =>
    http.send<Tag>({ ...read, purpose, method: "GET", path: path`/tags/${id}` });

  return {
    get,

    /** Every tag of the workspace: Intercom does not page this list. */
    list: async () => {
      const list = await http.send<{ data: Tag[] }>({
        ...read,
        purpose: "list the tags",
        method: "GET",
        path: path`/tags`,
        listedAs: "data",
      });
      return list.data;
    },

    /** Gives the tag of this name, made anew where there is none. */
    create: (name: string) =>
      http.send<Tag>({
        ...write,
        purpose: "create the tag",
        method: "POST",
        path: path`/tags`,
        body: { name },
        isRepeatable: true,
      }),

    /** Renames a tag; to a name that another tag has is refused. */
    update: (id: string, name: string) =>
      http.send<Tag>({
        ...write,
        purpose: "update the tag",
        method: "POST",
        path: path`/tags`,
        body: { id, name },
        isRepeatable: true,
      }),

    /**
     * Deletes a tag from the workspace and from everything that has it. Refused while a segment
     * depends on it (400 `tag_has_dependent_objects`). Intercom answers with nothing, so the tag is
     * read first.
     */
    delete: async (id: string) => {
      const tag = await get(id, "delete the tag");
      await http.send({
        ...write,
        purpose: "delete the tag",
        method: "DELETE",
        path: path`/tags/${id}`,
        mayBeEmpty: true,
        whenGone: () => undefined,
      });
      return tag;
    },

    /** Tagging a contact again changes nothing. */
    attachToContact: (contactId: string, id: string) =>
      http.send<Tag>({
        ...write,
        purpose: "attach the tag to the contact",
        method: "POST",
        path: path`/contacts/${contactId}/tags`,
        body: { id },
        isRepeatable: true,
      }),

    detachFromContact: (contactId: string, id: string) =>
      http.send<Tag>({
        ...write,
        purpose: "detach the tag from the contact",
        method: "DELETE",
        path: path`/contacts/${contactId}/tags/${id}`,
        whenGone: () => get(id),
      }),

    /** Tagging a conversation again changes nothing. */
    attachToConversation: async (conversationId: string, id: string, adminId?: string) =>
      http.send<Tag>({
        ...write,
        purpose: "attach the tag to the conversation",
        method: "POST",
        path: path`/conversations/${conversationId}/tags`,
        body: { id, admin_id: await idOf(adminId) },
        isRepeatable: true,
      }),

    detachFromConversation: async (conversationId: string, id: string, adminId?: string) =>
      http.send<Tag>({
        ...write,
        purpose: "detach the tag from the conversation",
        method: "DELETE",
        path: path`/conversations/${conversationId}/tags/${id}`,
        body: { admin_id: await idOf(adminId) },
        whenGone: () => get(id),
      }),
  };
};
