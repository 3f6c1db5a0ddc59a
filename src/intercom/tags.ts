import type { Tag } from "../schemas/tags";
import type { admins } from "./admins";
import type { companies } from "./companies";
import { unknownCompany } from "./companyIds";
import { NotFoundError } from "./wire/errors";
import type { Http } from "./wire/http";
import { textOf } from "./wire/json";
import { path } from "./wire/path";

const read = { permission: "Read tags" } as const;
const write = { permission: "Write tags" } as const;
/** Intercom names no permission for the tags of conversations. */
const writeOnConversation = { ...write, isPermissionGuessed: true } as const;

/** A tag, and from 2.16 on what was tagged or untagged. What Intercom does not know is missing. */
interface Tagged extends Tag {
  users?: { tagged: boolean }[] | null;
  companies?: { tagged: boolean }[] | null;
}

interface Others {
  admins: ReturnType<typeof admins>;
  companies: Pick<ReturnType<typeof companies>, "withEitherId">;
}

export const tags = (http: Http, { admins, companies }: Others) => {
  const get = (id: string, purpose = "get the tag") =>
    http.send<Tag>({ ...read, purpose, method: "GET", path: path`/tags/${id}` });

  const list = async (purpose = "list the tags") => {
    const { data } = await http.send<{ data: Tag[] }>({
      ...read,
      purpose,
      method: "GET",
      path: path`/tags`,
      listedAs: "data",
    });
    return data;
  };

  /**
   * Tags or untags one contact or company, by the tag's name. If the contact or company is unknown,
   * Intercom answers 404 up to 2.15. From 2.16 on, Intercom skips it and answers 200.
   *
   * @throws NotFoundError where Intercom does not know the contact or company.
   */
  async function change(
    kind: "users" | "companies",
    purpose: string,
    name: string,
    thing: { id: string; untag?: true },
  ): Promise<Tag> {
    const answer = await http.send<Tagged>({
      ...write,
      purpose,
      method: "POST",
      path: path`/tags`,
      body: { name, [kind]: [thing] },
      isRepeatable: true,
    });
    const done = answer[kind];
    if (!Array.isArray(done) || done.some(({ tagged }) => tagged === !thing.untag)) return answer;
    const [what, code] = kind === "users" ? ["contact", "not_found"] : ["company", unknownCompany];
    throw new NotFoundError(`Intercom refused to ${purpose}: no ${what} has this ID.`, { code });
  }

  const detachFromContact = (contactId: string, id: string) =>
    http.send<Tag>({
      ...write,
      purpose: "detach the tag from the contact",
      method: "DELETE",
      path: path`/contacts/${contactId}/tags/${id}`,
      whenGone: () => get(id),
    });

  return {
    get,

    /** Every tag of the workspace: Intercom does not page this list. */
    list: () => list(),

    /** Returns the tag with this name. Intercom creates the tag if none has this name. */
    create: (name: string) =>
      http.send<Tag>({
        ...write,
        purpose: "create the tag",
        method: "POST",
        path: path`/tags`,
        body: { name },
        isRepeatable: true,
      }),

    /** Renames a tag. Intercom refuses a name that another tag has. */
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
     * Deletes a tag from the workspace and from everything that has this tag. Intercom refuses while a
     * segment depends on the tag (400 `tag_has_dependent_objects`). Intercom's answer is empty, so we
     * read the tag first.
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

    /** The same by the tag's name. Intercom creates a missing tag. */
    attachToContactByName: (contactId: string, name: string) =>
      change("users", "attach the tag to the contact", name, { id: contactId }),

    detachFromContact,

    /** @throws NotFoundError where no tag has this name; we create none. */
    detachFromContactByName: async (contactId: string, name: string) => {
      const purpose = "detach the tag from the contact";
      const wanted = name.trim().toLowerCase();
      const tag = (await list(purpose)).find(({ name }) => textOf(name)?.toLowerCase() === wanted);
      if (tag) return detachFromContact(contactId, tag.id);
      throw new NotFoundError(`Intercom refused to ${purpose}: no tag has this name.`);
    },

    /** Takes Intercom's id or yours for the company. We read the tag, because Intercom wants its name. */
    attachToCompany: async (companyId: string, id: string) => {
      const purpose = "attach the tag to the company";
      const { name } = await get(id, purpose);
      return companies.withEitherId(companyId, (id) => change("companies", purpose, name, { id }));
    },

    detachFromCompany: async (companyId: string, id: string) => {
      const purpose = "detach the tag from the company";
      const { name } = await get(id, purpose);
      return companies.withEitherId(companyId, (id) =>
        change("companies", purpose, name, { id, untag: true }),
      );
    },

    /** Tagging a conversation again changes nothing. */
    attachToConversation: async (conversationId: string, id: string, adminId?: string) =>
      http.send<Tag>({
        ...writeOnConversation,
        purpose: "attach the tag to the conversation",
        method: "POST",
        path: path`/conversations/${conversationId}/tags`,
        body: { id, admin_id: await admins.idOf(adminId) },
        isRepeatable: true,
      }),

    detachFromConversation: async (conversationId: string, id: string, adminId?: string) =>
      http.send<Tag>({
        ...writeOnConversation,
        purpose: "detach the tag from the conversation",
        method: "DELETE",
        path: path`/conversations/${conversationId}/tags/${id}`,
        body: { admin_id: await admins.idOf(adminId) },
        whenGone: () => get(id),
      }),
  };
};
