import { type Connection, isSpectralError } from "@prismatic-io/spectral";
import { IntercomError, InvalidInputError } from "./intercom/wire/errors";
import { type Redaction, redaction } from "./intercom/wire/redact";

const mostLevels = 5;
const longestText = 10_000;

/** Hides the secrets of a connection, and other secrets of a run. */
export function redactionFor(given: Connection | undefined, ...others: unknown[]): Redaction {
  const { fields, token } = given ?? {};
  const secrets = [
    fields?.accessToken,
    fields?.clientSecret,
    token?.access_token,
    token?.refresh_token,
    token?.id_token,
    ...others,
  ];
  return redaction(secrets.flatMap((secret) => textsIn(secret, mostLevels)));
}

/** The texts in a value: where text is expected, a list or an object may hold the secret. */
function textsIn(value: unknown, levels: number): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value).trim()];
  if (typeof value !== "object" || value === null || levels === 0) return [];
  return Object.values(value).flatMap((each) => textsIn(each, levels - 1));
}

/** The error that a run may throw in place of this one: secrets are hidden. */
export function withoutSecrets(error: unknown, redaction: Redaction): Error {
  if (error instanceof InvalidInputError) return error.redacted(redaction);
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  // Other errors, such as a library's, may hold anything, such as a whole request with its headers.
  const isOwn = error instanceof IntercomError || isSpectralError(error);
  return Object.assign(isOwn ? error : new Error(), {
    ...(isOwn && redaction.value({ ...error })),
    ...(isOwn && error.cause !== undefined && { cause: withoutSecrets(error.cause, redaction) }),
    name,
    message: redaction.text(message, longestText),
    stack: stack && redaction.text(stack, longestText),
  });
}
