import { InvalidInputError } from "./errors";

/** The host of Intercom's API, by the region of the workspace (OpenAPI 2.16, servers). */
export const apiHosts = {
  us: "https://api.intercom.io",
  eu: "https://api.eu.intercom.io",
  au: "https://api.au.intercom.io",
} as const;
export type Region = keyof typeof apiHosts;

/** Whether a host name stands for this machine: RFC 6761 `localhost`, 127.0.0.0/8 and ::1. */
export const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);

/**
 * The absolute URL for a user's path or URL. A path is below `baseUrl`. A whole URL must be on that
 * host or on one of Intercom's, because we send the token there.
 *
 * @throws InvalidInputError for a URL on any other host.
 */
export function resolveUrl(given: string, baseUrl: string, name: string): URL {
  const isWhole = /^[a-z][a-z0-9+.-]*:|^[/\\]{2}/i.test(given);
  const text = isWhole ? given : `${baseUrl}/${given.replace(/^\//, "")}`;
  const allowed = [baseUrl, ...Object.values(apiHosts)].map((host) => new URL(host).origin);
  // URL parsers turn a backslash in a path into a slash: we would send another path than the given
  // one.
  const isKept = !/^[^?#]*\\/.test(given);
  const url = isKept && URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !allowed.includes(url.origin) || url.username || url.password) {
    throw new InvalidInputError(
      (quote) =>
        `"${name}" must be a path such as /contacts, or a URL on ${[...new Set(allowed)].join(", ")}, because the token is sent there; not ${quote(given)}.`,
    );
  }
  return url;
}
