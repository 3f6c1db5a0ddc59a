import type { Notification } from "../intercom/notifications";
import { contact } from "./contact";
import { triggerPayload } from "./triggerPayload";

const contactCreated: Notification = {
  type: "notification_event",
  app_id: "ecahpwf5",
  topic: "contact.user.created",
  id: "notif_ccd8a4d0-f965-11e3-a367-c779cae3e1b3",
  data: { type: "notification_event_data", item: contact },
  links: {},
  delivery_status: "pending",
  delivery_attempts: 1,
  delivered_at: 0,
  first_sent_at: 1719492778,
  created_at: 1719492777,
  self: null,
};

export const notification = {
  payload: triggerPayload(contactCreated),
  branch: "Contact",
};
