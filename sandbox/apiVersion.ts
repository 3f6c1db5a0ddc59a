/** The versions this sandbox speaks, oldest first. */
export const apiVersions = ["2.11", "2.12", "2.13", "2.14", "2.15", "2.16"] as const;

export type ApiVersion = (typeof apiVersions)[number];

export const isApiVersion = (value: string): value is ApiVersion =>
  (apiVersions as readonly string[]).includes(value);

/** Others that Intercom has (`Intercom-Version` in OpenAPI 2.16, and its pages on 2.17). */
const others = /^(1\.[0-4]|2\.([0-9]|10|17)|Preview|Unstable)$/;

/** Why a version is refused. The wording for one that Intercom does not have is Intercom's. */
export const refusalOfVersion = (version: string): string =>
  others.test(version)
    ? `This sandbox plays ${apiVersions[0]} to ${apiVersions.at(-1)}, and not ${version}, which exists at Intercom`
    : "The requested version could not be found";

export const atLeast = (version: ApiVersion, since: ApiVersion) =>
  apiVersions.indexOf(version) >= apiVersions.indexOf(since);
