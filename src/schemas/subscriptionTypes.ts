import { literal, object, optional, text, type ValueOf } from "./schema";

/** Messages of one kind. Intercom names more fields. */
export const subscriptionType = object({
  type: optional(literal("subscription")),
  id: text,
  /** Contacts get the messages only if they opt in, or unless they opt out. */
  consent_type: text,
});
export type SubscriptionType = ValueOf<typeof subscriptionType>;
