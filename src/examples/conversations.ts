import type { List } from "../intercom/wire/pages";
import type { Conversation, Participants, StartedConversation } from "../schemas/conversations";

const admin = {
  type: "admin",
  id: "991267645",
  name: "Ciaran176 Lee",
  email: "admin176@email.com",
};

const listed: Conversation = {
  type: "conversation",
  id: "503",
  created_at: 1734537511,
  updated_at: 1734537511,
  waiting_since: null,
  snoozed_until: null,
  source: {
    type: "conversation",
    id: "403918334",
    delivered_as: "admin_initiated",
    subject: "",
    body: "<p>this is the message body</p>",
    author: admin,
    attachments: [],
    url: null,
  },
  contacts: {
    type: "contact.list",
    contacts: [{ type: "contact", id: "6762f1261bb69f9f2193bba7", external_id: "70" }],
  },
  admin_assignee_id: 991267715,
  team_assignee_id: 5017691,
  open: true,
  state: "open",
  read: false,
  tags: { tags: [{ id: "123456", name: "Test tag" }] },
  priority: "none",
  title: null,
  custom_attributes: {},
};

export const conversation: Conversation = {
  ...listed,
  conversation_parts: {
    type: "conversation_part.list",
    conversation_parts: [
      {
        type: "conversation_part",
        id: "1",
        part_type: "comment",
        body: "<p>Okay!</p>",
        created_at: 1663597223,
        author: admin,
        attachments: [],
      },
    ],
    total_count: 1,
  },
};

export const conversationList: List<Conversation> = {
  type: "conversation.list",
  pages: { type: "pages", page: 1, per_page: 20, total_pages: 1 },
  total_count: 1,
  data: [listed],
};

export const startedConversation: StartedConversation = {
  type: "user_message",
  id: "403918330",
  created_at: 1734537501,
  body: "Hello there",
  message_type: "inapp",
  conversation_id: "499",
};

export const participants: Participants = {
  customers: [{ type: "user", id: "6762f19b1bb69f9f2193bbd4" }],
};
