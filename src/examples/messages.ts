import type { Message } from "../schemas/messages";

export const message: Message = {
  type: "admin_message",
  id: "19",
  created_at: 1734537786,
  subject: "heyy",
  body: "heyy",
  message_type: "inapp",
  owner: {
    type: "admin",
    id: "991267816",
    name: "Ciaran299 Lee",
    email: "admin299@email.com",
  },
};
