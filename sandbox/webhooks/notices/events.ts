import { formatEvent } from "../../format/events";
import type { Notifiers } from "../notice";

export const eventNotices = {
  "event.created": ({ event, contact }) => [["event.created", formatEvent(event, contact)]],
} satisfies Partial<Notifiers>;
