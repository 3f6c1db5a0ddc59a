import type { SubscriptionTypeRow } from "../store/subscriptionTypes";

export function formatSubscriptionType(row: SubscriptionTypeRow) {
  const { id, name, description, consentType, contentTypes } = row;
  const translation = { name, description, locale: "en" };
  return {
    type: "subscription",
    id,
    state: "live",
    consent_type: consentType,
    default_translation: translation,
    translations: [translation],
    content_types: contentTypes,
  };
}
