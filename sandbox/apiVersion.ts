/** The versions this sandbox speaks, oldest first. */
export const apiVersions = ["2.11", "2.12", "2.13", "2.14", "2.15", "2.16"] as const;

export type ApiVersion = (typeof apiVersions)[number];

export const isApiVersion = (value: string): value is ApiVersion =>
  (apiVersions as readonly string[]).includes(value);

export const atLeast = (version: ApiVersion, since: ApiVersion) =>
  apiVersions.indexOf(version) >= apiVersions.indexOf(since);
