import { intercomAction, intercomQuery } from "../action";
import { tag } from "../examples/tags";
import { contactId, conversationId, eitherCompanyId } from "../fields/inputs";
import { identifier, optionalIdentifier, optionalText, text } from "../fields/kinds";
import { adminId } from "../fields/replies";
import { refuseBlank } from "../fields/values";
import { listOf } from "../schemas/schema";
import * as schemas from "../schemas/tags";

const id = identifier("Tag ID", { comments: "ID of the tag", dataSource: "selectTag" });
const tagId = identifier("Tag ID", { comments: "ID of the tag.", dataSource: "selectTag" });
/** The catalogue page gives the ID a star, but *Tag Name* can replace the ID. */
const tagIdOrName = optionalIdentifier("Tag ID", {
  comments: "Identifier of Tag",
  dataSource: "selectTag",
  required: true,
});
const insteadOfId = "Used instead of Tag ID, which may then be empty or anything.";
const name = text("Name", { comments: "Name of the tag" });

export const attachTag = intercomAction({
  label: "Attach Tag to Contact",
  description: "Attach a Tag to a Contact",
  inputs: {
    id: contactId,
    tagId: tagIdOrName,
    tagName: optionalText("Tag Name", {
      comments: `A tag by its name, which is created where there is none. ${insteadOfId}`,
    }),
  },
  perform: async (intercom, { id, tagId, tagName }) =>
    tagName === undefined
      ? intercom.tags.attachToContact(id, tagId ?? refuseBlank("Tag ID"))
      : intercom.tags.attachToContactByName(id, tagName),
  output: schemas.tag,
});

/** The tag and the company. */
const ofCompany = { companyId: eitherCompanyId, tagId };

export const attachTagToCompany = intercomAction({
  label: "Attach Tag to Company",
  description: "Attach a tag to a company",
  inputs: ofCompany,
  perform: (intercom, { companyId, tagId }) => intercom.tags.attachToCompany(companyId, tagId),
  output: schemas.tag,
  example: tag,
});

/** The tag, the conversation and the admin who does it. */
const ofConversation = { conversationId, tagId, adminId };

export const attachTagToConversation = intercomAction({
  label: "Attach Tag to Conversation",
  description: "Attach a tag to a conversation",
  inputs: ofConversation,
  perform: (intercom, { conversationId, tagId, adminId }) =>
    intercom.tags.attachToConversation(conversationId, tagId, adminId),
  output: schemas.tag,
  example: tag,
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
  inputs: {
    id: contactId,
    tagId: tagIdOrName,
    tagName: optionalText("Tag Name", {
      comments: `A tag by its name; an unknown name is an error. ${insteadOfId}`,
    }),
  },
  perform: async (intercom, { id, tagId, tagName }) =>
    tagName === undefined
      ? intercom.tags.detachFromContact(id, tagId ?? refuseBlank("Tag ID"))
      : intercom.tags.detachFromContactByName(id, tagName),
  output: schemas.tag,
});

export const detachTagFromCompany = intercomAction({
  label: "Detach Tag from Company",
  description: "Detach a tag from a company",
  inputs: ofCompany,
  perform: (intercom, { companyId, tagId }) => intercom.tags.detachFromCompany(companyId, tagId),
  output: schemas.tag,
  example: tag,
});

export const detachTagFromConversation = intercomAction({
  label: "Detach Tag from Conversation",
  description: "Detach a tag from a conversation",
  inputs: ofConversation,
  perform: (intercom, { conversationId, tagId, adminId }) =>
    intercom.tags.detachFromConversation(conversationId, tagId, adminId),
  output: schemas.tag,
  example: tag,
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
