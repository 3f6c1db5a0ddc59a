import { intercomAction, intercomQuery } from "../action";
import { note, noteList } from "../examples/notes";
import { intercomContactId } from "../fields/inputs";
import { optionalIdentifier, text } from "../fields/kinds";
import { numberInputs } from "../fields/lists";
import { listWith } from "../schemas/lists";
import * as schemas from "../schemas/notes";

export const createNote = intercomAction({
  label: "Create Note",
  description: "Write a note on a contact, which only teammates see",
  inputs: {
    contactId: intercomContactId,
    body: text("Body", { comments: "Text of the note. HTML is taken." }),
    adminId: optionalIdentifier("Admin ID", {
      comments:
        "ID of the admin who is shown as the author. Empty leaves it to Intercom, which takes the one whose access token it is.",
      dataSource: "selectAdmin",
    }),
  },
  perform: (intercom, { contactId, body, adminId }) =>
    intercom.notes.create(contactId, { body, admin_id: adminId }),
  output: schemas.note,
  example: note,
});

export const listNotes = intercomQuery({
  label: "List Notes",
  description: "List the notes on a contact, beyond the ten that the contact itself shows",
  inputs: { contactId: intercomContactId, ...numberInputs(50) },
  perform: (intercom, { contactId, fetchAll, ...page }) => {
    const notes = intercom.notes.ofContact(contactId);
    return fetchAll ? notes.all() : notes.page(page);
  },
  output: listWith(schemas.note),
  example: noteList,
});
