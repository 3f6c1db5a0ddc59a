import { intercomAction, intercomQuery } from "../action";
import { tag } from "../examples/tags";
import { contactId } from "../fields/inputs";
import { identifier, text } from "../fields/kinds";
import { listOf } from "../schemas/schema";
import * as schemas from "../schemas/tags";

const id = identifier("Tag ID", { comments: "ID of the tag", dataSource: "selectTag" });
const tagId = identifier("Tag ID", { comments: "Identifier of Tag", dataSource: "selectTag" });
const name = text("Name", { comments: "Name of the tag" });

export const attachTag = intercomAction({
  label: "Attach Tag to Contact",
  description: "Attach a Tag to a Contact",
  inputs: { id: contactId, tagId },
  perform: (intercom, { id, tagId }) => intercom.tags.attachToContact(id, tagId),
  output: schemas.tag,
});

export const createTag = intercomAction({
  label: "Create Tag",
  description: "Create a new Tag",
  inputs: { name },
  perform: (intercom, { name }) => intercom.tags.create(name),
  output: schemas.tag,
  example: tag,
});

export const deleteTag = intercomAction({
  label: "Delete Tag",
  description: "Delete an existing Tag",
  inputs: { id },
  perform: (intercom, { id }) => intercom.tags.delete(id),
  output: schemas.tag,
  example: tag,
});

export const detachTag = intercomAction({
  label: "Detach Tag from Contact",
  description: "Detach a Tag from a Contact",
  inputs: { id: contactId, tagId },
  perform: (intercom, { id, tagId }) => intercom.tags.detachFromContact(id, tagId),
  output: schemas.tag,
});

export const listTags = intercomQuery({
  label: "List Tags",
  description: "List all Tags",
  inputs: {},
  perform: (intercom) => intercom.tags.list(),
  output: listOf(schemas.tag),
  example: [tag],
});

export const updateTag = intercomAction({
  label: "Update Tag",
  description: "Update an existing Tag",
  inputs: { id, name },
  perform: (intercom, { id, name }) => intercom.tags.update(id, name),
  output: schemas.tag,
  example: tag,
});
