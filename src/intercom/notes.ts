import type { Note } from "../schemas/notes";
import type { Http } from "./wire/http";
import { numberedList } from "./wire/numberedLists";
import type { List } from "./wire/pages";
import { path } from "./wire/path";

/** Intercom names the permissions of notes nowhere, so we assume those of contacts. */
const write = { permission: "Read and write users", isPermissionGuessed: true } as const;
const readOne = { permission: "Read one user and one company", isPermissionGuessed: true } as const;

export const notes = (http: Http) => ({
  /**
   * Not idempotent: sent twice, it creates two notes. Without an admin, Intercom takes the admin of
   * the access token.
   */
  create: (contactId: string, note: { body: string; admin_id?: string }) =>
    http.send<Note>({
      ...write,
      purpose: "create the note",
      method: "POST",
      path: path`/contacts/${contactId}/notes`,
      body: note,
    }),

  /** The notes on a contact, the newest first. */
  ofContact: (contactId: string) =>
    numberedList<Note>(http.log, {
      what: "notes",
      readPage: ({ page, perPage }, signal) =>
        http.send<List<Note>>({
          ...readOne,
          purpose: "list the notes",
          method: "GET",
          path: path`/contacts/${contactId}/notes`,
          query: { page, per_page: perPage },
          listedAs: "data",
          signal,
        }),
    }),
});
