import { intercomAction } from "../action";
import { message } from "../examples/messages";
import { roles } from "../fields/contacts";
import { additionalFields } from "../fields/inputs";
import {
  choice,
  flag,
  identifiers,
  optionalChoice,
  optionalNumericIdentifier,
  optionalText,
  optionalTimestamp,
  text,
} from "../fields/kinds";
import { refuseBlank } from "../fields/values";
import { InvalidInputError } from "../intercom/wire/errors";
import * as schemas from "../schemas/messages";

const recipients = identifiers("Contact IDs", {
  required: true,
  comments: "Who gets it, by the IDs that Intercom gave. More than one needs API version 2.14.",
  dataSource: "selectContact",
});

export const sendMessage = intercomAction({
  label: "Send Message",
  description: "Send a contact an email or an in-app message from a teammate",
  inputs: {
    messageType: choice(
      "Message Type",
      [
        { label: "In-App", value: "inapp" },
        { label: "Email", value: "email" },
      ],
      { default: "inapp", comments: "How the message goes out." },
    ),
    contactIds: {
      ...recipients,
      clean: (value: unknown) => {
        const ids = recipients.clean(value);
        return ids.length > 0 ? ids : refuseBlank(recipients.label);
      },
    },
    contactRole: optionalChoice("Contact Role", roles, {
      comments:
        "What all of them are. Empty means that each is looked up first, which costs one request each.",
    }),
    body: text("Body", { comments: "Content of the message, plain or HTML." }),
    subject: optionalText("Subject", { comments: "Subject of an email, which needs one." }),
    template: optionalChoice(
      "Template",
      [
        { label: "Plain", value: "plain" },
        { label: "Personal", value: "personal" },
      ],
      { default: "plain", comments: "Style of an email." },
    ),
    adminId: optionalNumericIdentifier("Admin ID", {
      comments: "The teammate who sends it. Empty means the one whose access token it is.",
      dataSource: "selectAdmin",
    }),
    ccContactIds: identifiers("CC Contact IDs", {
      comments: "Who gets a copy of an email.",
      dataSource: "selectContact",
    }),
    bccContactIds: identifiers("BCC Contact IDs", {
      comments: "Who gets a hidden copy of an email.",
      dataSource: "selectContact",
    }),
    createConversation: flag("Create Conversation", {
      comments:
        "Opens a conversation in the inbox at once; otherwise there is none until the contact replies.",
    }),
    createdAt: optionalTimestamp("Created At", {
      comments: "When it was sent, for what is brought over from elsewhere. Empty means now.",
    }),
    additionalFields: { ...additionalFields, example: '{"template": "personal"}' },
  },
  perform: async ({ messages }, { messageType, subject, template = "plain", ...given }) => {
    const isEmail = messageType === "email";
    if (isEmail && subject === undefined && given.additionalFields?.subject === undefined) {
      throw new InvalidInputError(
        '"Subject" is empty: fill it in, because "Message Type" is Email.',
      );
    }
    return messages.send(
      {
        message_type: messageType,
        subject,
        body: given.body,
        template: isEmail ? template : undefined,
        created_at: given.createdAt,
        create_conversation_without_contact_reply: given.createConversation || undefined,
      },
      {
        to: given.contactIds,
        cc: given.ccContactIds,
        bcc: given.bccContactIds,
        role: given.contactRole,
      },
      given.adminId,
      given.additionalFields,
    );
  },
  output: schemas.message,
  example: message,
});
