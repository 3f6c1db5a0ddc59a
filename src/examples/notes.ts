import { type List, wholeList } from "../intercom/wire/pages";
import type { Note } from "../schemas/notes";
import { admin } from "./admins";

export const note: Note = {
  type: "note",
  id: "31",
  body: "<p>Hello</p>",
  created_at: 1734537390,
  author: admin,
  contact: { type: "contact", id: "6762f0ad1bb69f9f2193bb62" },
};

export const noteList: List<Note> = wholeList([note]);
