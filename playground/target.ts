import type { Connection } from "@prismatic-io/spectral";
import { startSandbox } from "../sandbox/index";
import { accessToken } from "../src/connections";
import { isLoopback } from "../src/intercom/hosts";

/** What the actions run against. */
export interface Target {
  /** For people: where it is. */
  name: string;
  /** Whether it is somebody's workspace, where nothing may change unasked. */
  isReal: boolean;
  connection: Connection;
  close(): Promise<void>;
}

type Environment = Record<string, string | undefined>;

/**
 * A sandbox of its own; or the sandbox at `INTERCOM_BASE_URL`; or, with `INTERCOM_ACCESS_TOKEN`
 * alone, the real workspace that the token is for.
 */
export async function openTarget(environment: Environment): Promise<Target> {
  const { INTERCOM_BASE_URL: baseUrl, INTERCOM_ACCESS_TOKEN: token } = environment;
  if (token) {
    const isReal = !(baseUrl && URL.canParse(baseUrl) && isLoopback(new URL(baseUrl).hostname));
    return {
      name: isReal
        ? `the workspace of your access token, ${baseUrl ?? "at Intercom"}`
        : `the sandbox at ${baseUrl}`,
      isReal,
      connection: connectionTo(token, baseUrl),
      close: async () => {},
    };
  }
  const sandbox = await startSandbox();
  return {
    name: `a sandbox at ${sandbox.url}`,
    isReal: false,
    connection: connectionTo(sandbox.token, sandbox.url),
    close: () => sandbox.close(),
  };
}

const connectionTo = (token: string, baseUrl = ""): Connection => ({
  key: accessToken.key,
  configVarKey: "Intercom connection",
  fields: { accessToken: token, baseUrl },
});
