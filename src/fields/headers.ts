import { InvalidInputError } from "../intercom/wire/errors";
import { contentText, headerValue } from "./content";
import { pairs } from "./pairs";

/** We derive these headers from the URL, the body and the connection, so a user can't set them. */
const ownHeaders = [
  "authorization",
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

/**
 * Headers by lower-case name, so that a given header replaces our own. A refusal quotes no value and
 * no invalid name, because either may be a secret.
 */
export function toHeaders(label: string, value: unknown): Record<string, string> {
  const headers = new Map<string, string>();
  pairs(label)(value).forEach(({ key, value: given }, index) => {
    const name = key.trim().toLowerCase();
    if (!headerName.test(name)) {
      throw new InvalidInputError(
        `"${label}" must have a header's name for each key, such as X-Trace; key ${index + 1} is not a valid name.`,
      );
    }
    if (ownHeaders.includes(name)) {
      throw new InvalidInputError(
        `"${label}" can't set ${name}, because the connection and the rest of the request decide its value. Remove the row.`,
      );
    }
    const text = contentText(label, given).trim();
    if (!headerValue.test(text)) {
      throw new InvalidInputError(
        (quote) =>
          `"${label}" can't send line breaks, control characters or characters beyond Latin-1, and the value of ${quote(key)} has some: remove them.`,
      );
    }
    // Several headers of one name mean the same as one joined by commas (RFC 9110, 5.3). Cookies are
    // joined by semicolons (RFC 6265, 5.4).
    const before = headers.get(name);
    const comma = name === "cookie" ? "; " : ", ";
    headers.set(name, before === undefined ? text : `${before}${comma}${text}`);
  });
  return Object.fromEntries(headers);
}
