import type { Connection } from "@prismatic-io/spectral";
import { startSandbox } from "../sandbox/index";
import { accessToken } from "../src/connections";

/** What the actions run against. */
export interface Target {
  /** For people: where it is. */
  name: string;
  /** Whether it is somebody's workspace, where nothing may change unasked. */
  isReal: boolean;
  /** Whether nobody was there before. */
  isFresh: boolean;
  connection: Connection;
  close(): Promise<void>;
}

type Environment = Record<string, string | undefined>;

/**
 * A sandbox of its own; or the sandbox at `INTERCOM_BASE_URL`; or, with `INTERCOM_ACCESS_TOKEN`, the
 * workspace that the token is for.
 */
export async function openTarget(environment: Environment): Promise<Target> {
  const { INTERCOM_BASE_URL: baseUrl, INTERCOM_ACCESS_TOKEN: token } = environment;
  if (token) {
    const isReal = !(baseUrl && (await isSandbox(baseUrl)));
    const place = baseUrl ?? "at Intercom";
    return {
      name: isReal ? `the workspace of your access token, ${place}` : `the sandbox at ${place}`,
      isReal,
      isFresh: false,
      connection: connectionTo(token, environment),
      close: async () => {},
    };
  }
  if (baseUrl) {
    throw new Error("INTERCOM_BASE_URL needs INTERCOM_ACCESS_TOKEN: npm run sandbox prints both.");
  }
  const sandbox = await startSandbox();
  return {
    name: `a sandbox at ${sandbox.url}`,
    isReal: false,
    isFresh: true,
    connection: connectionTo(sandbox.token, { ...environment, INTERCOM_BASE_URL: sandbox.url }),
    close: () => sandbox.close(),
  };
}

/** Whether it says so itself: what else listens on this machine may be the way to Intercom. */
const isSandbox = (baseUrl: string): Promise<boolean> =>
  fetch(`${baseUrl}/_sandbox/state`).then(
    (answer) => answer.ok && /json/.test(answer.headers.get("content-type") ?? ""),
    () => false,
  );

const connectionTo = (
  accessTokenValue: string,
  { INTERCOM_BASE_URL, INTERCOM_REGION, INTERCOM_API_VERSION }: Environment,
): Connection => ({
  key: accessToken.key,
  configVarKey: "Intercom connection",
  fields: {
    accessToken: accessTokenValue,
    baseUrl: INTERCOM_BASE_URL,
    region: INTERCOM_REGION,
    apiVersion: INTERCOM_API_VERSION,
  },
});
