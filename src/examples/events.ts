import type { List } from "../intercom/wire/pages";
import type { Event } from "../schemas/events";

export const event: Event = {
  event_name: "updated-plan",
  created_at: 1671028894,
  id: "6762f22b1bb69f9f2193bc12",
  metadata: { plan: "gold", price: { amount: 34999, currency: "eur" } },
};

export const eventList: List<Event> = {
  data: [
    {
      type: "event",
      event_name: "invited-friend",
      created_at: 1671028894,
      id: "8a88a590-e1c3-41e2-a502-e0649dbf721c",
      user_id: "314159",
      intercom_user_id: "63a0979a5eeebeaf28dd56ba",
      email: "frodo.baggins@example.com",
      metadata: { invite_code: "ADDAFRIEND" },
    },
  ],
  pages: { next: { starting_after: "1389913941064" } },
};
