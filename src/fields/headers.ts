import { InvalidInputError } from "../intercom/wire/errors";
import { contentText, headerValue } from "./content";
import { pairs } from "./pairs";

/** What follows from the URL, the body and the connection, and must not contradict them. */
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
 * By lower-case name, so that one given here replaces the one that would be sent without it. What
 * is no name, and every value, may be a secret and is not quoted.
 */
export function toHeaders(label: string, value: unknown): Record<string, string> {
  const headers = new Map<string, string>();
  pairs(label)(value).forEach(({ key, value: given }, index) => {
    const name = key.trim().toLowerCase();
    if (!headerName.test(name)) {
      throw new InvalidInputError(
        `"${label}" must have a header's name for each key, such as X-Trace; key ${index + 1} is none.`,
      );
    }
    if (ownHeaders.includes(name)) {
      throw new InvalidInputError(
        `"${label}" can't set ${name}: it follows from the connection and the rest of the request. Remove the row.`,
      );
    }
    const text = contentText(label, given).trim();
    if (!headerValue.test(text)) {
      throw new InvalidInputError(
        (quote) =>
          `"${label}" can't send line breaks, control characters or characters beyond Latin-1, and the value of ${quote(key)} has some: remove them.`,
      );
    }
    // RFC 9110, 5.3: the lines of one name are as good as one line, except for cookies (RFC 6265, 5.4).
    const before = headers.get(name);
    const comma = name === "cookie" ? "; " : ", ";
    headers.set(name, before === undefined ? text : `${before}${comma}${text}`);
  });
  return Object.fromEntries(headers);
}
