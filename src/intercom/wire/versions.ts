/** The API versions, oldest first. Tests compare our requests in each with Intercom's description. */
export const apiVersions = ["2.11", "2.12", "2.13", "2.14", "2.15", "2.16"] as const;
export type ApiVersion = (typeof apiVersions)[number];

export const isAtLeast = (version: ApiVersion, oldest: ApiVersion): boolean =>
  apiVersions.indexOf(version) >= apiVersions.indexOf(oldest);
