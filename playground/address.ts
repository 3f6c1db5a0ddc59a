import type { Sandbox } from "../sandbox/index";

/** What points a client at a sandbox. */
export interface Address extends Pick<Sandbox, "url" | "token"> {
  /** Signs notifications. */
  clientSecret?: string;
}

/** What to put into a shell, so that `act` and the rest run against a sandbox that goes on. */
export const exportLines = ({ url, token, clientSecret }: Address): string[] => [
  "",
  `  export INTERCOM_BASE_URL=${url}`,
  `  export INTERCOM_ACCESS_TOKEN=${token}`,
  `  export INTERCOM_CLIENT_SECRET=${clientSecret}`,
  "",
];
