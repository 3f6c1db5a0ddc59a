/** The API versions, oldest first. Tests compare our requests in each with Intercom's description. */
export const apiVersions = ["2.11", "2.12", "2.13", "2.14", "2.15", "2.16"] as const;
export type ApiVersion = (typeof apiVersions)[number];

const newest = (...versions: (ApiVersion | undefined)[]): ApiVersion | undefined =>
  apiVersions.findLast((version) => versions.includes(version));

export const isAtLeast = (version: ApiVersion, oldest: ApiVersion): boolean =>
  apiVersions.indexOf(version) >= apiVersions.indexOf(oldest);

/** The oldest version for a request, and the field that needs this version. */
export interface Need {
  since?: ApiVersion;
  neededBy?: string;
}

/** The version that a body needs: the newest of its set fields' versions. */
export function needOf(fields: object, since: Record<string, ApiVersion>): Need {
  const set = Object.entries(since).filter(
    ([field]) => (fields as Record<string, unknown>)[field] !== undefined,
  );
  const version = newest(...set.map(([, version]) => version));
  return version === undefined
    ? {}
    : { since: version, neededBy: set.find(([, each]) => each === version)?.[0] };
}

/** The version with which we send a request that has this need. */
export const versionWith = (apiVersion: ApiVersion, { since }: Need): ApiVersion =>
  newest(apiVersion, since) ?? apiVersion;
