import type { Sandbox } from "../sandbox/index";

/** The values that a client needs to use a sandbox. */
export interface Address extends Pick<Sandbox, "url" | "token"> {
  /** Signs notifications. */
  clientSecret?: string;
}

/** Lines to paste into a shell, so that the other commands use a running sandbox. */
export const exportLines = ({ url, token, clientSecret }: Address): string[] => [
  "",
  `  export INTERCOM_BASE_URL=${url}`,
  `  export INTERCOM_ACCESS_TOKEN=${token}`,
  `  export INTERCOM_CLIENT_SECRET=${clientSecret}`,
  "",
];
