import type { Connection } from "@prismatic-io/spectral";
import { startSandbox } from "../sandbox/index";
import { accessToken } from "../src/connections";
import { isLoopback } from "../src/intercom/wire/hosts";
import type { Address } from "./address";
import { UsageError } from "./commandLine";
import { isOfSandbox } from "./control";

/** The sandbox or workspace that a command uses. */
export interface Target {
  /** The target's name for people. */
  name: string;
  /** Undefined for a real workspace, in which a command must ask before it changes anything. */
  sandbox?: Address;
  /** Whether this command started the sandbox. */
  isFresh: boolean;
  connection: Connection;
  close(): Promise<void>;
}

type Environment = Record<string, string | undefined>;

/** Runs `run` with the target that the environment names, and closes the target afterwards. */
export async function withTarget(
  environment: Environment,
  run: (target: Target) => Promise<void>,
): Promise<void> {
  const target = await openTarget(environment);
  try {
    await run(target);
  } finally {
    await target.close();
  }
}

/**
 * Without `INTERCOM_ACCESS_TOKEN`, a new sandbox. With the token, the sandbox at `INTERCOM_BASE_URL`,
 * or else the token's workspace.
 */
async function openTarget(environment: Environment): Promise<Target> {
  const {
    INTERCOM_BASE_URL: baseUrl,
    INTERCOM_ACCESS_TOKEN: token,
    INTERCOM_CLIENT_SECRET: clientSecret,
  } = environment;
  if (token) {
    const url = baseUrl && originOf(baseUrl);
    const sandbox = url && (await isSandbox(url)) ? { url, token, clientSecret } : undefined;
    return {
      name: sandbox
        ? `the sandbox at ${url}`
        : `the workspace of your access token, ${url ?? "at Intercom"}`,
      sandbox,
      isFresh: false,
      connection: connectionTo(token, environment),
      close: async () => {},
    };
  }
  if (baseUrl) {
    throw new UsageError(
      "INTERCOM_BASE_URL is set without INTERCOM_ACCESS_TOKEN: export both, as npm run sandbox prints them.",
    );
  }
  const sandbox = await startSandbox();
  return {
    name: `a sandbox at ${sandbox.url}`,
    sandbox,
    isFresh: true,
    connection: connectionTo(sandbox.token, { ...environment, INTERCOM_BASE_URL: sandbox.url }),
    close: () => sandbox.close(),
  };
}

function originOf(baseUrl: string): string {
  if (/^https?:/.test(baseUrl) && URL.canParse(baseUrl)) return new URL(baseUrl).origin;
  throw new UsageError(
    `INTERCOM_BASE_URL must be a URL such as http://127.0.0.1:4010, not "${baseUrl}".`,
  );
}

const longestProbeMs = 5000;

/**
 * Whether a sandbox answers. Any other server on this machine may be a proxy to Intercom, also if it
 * answers every path or redirects.
 */
async function isSandbox(url: string): Promise<boolean> {
  const signal = AbortSignal.timeout(longestProbeMs);
  try {
    const answer = await fetch(`${url}/_sandbox/`, { redirect: "manual", signal });
    // The header decides, so we do not read the body, which may be endless.
    await answer.body?.cancel();
    return answer.ok && isOfSandbox(answer);
  } catch {
    if (!isLoopback(new URL(url).hostname)) return false;
    const within = signal.aborted ? ` within ${longestProbeMs / 1000} seconds` : "";
    throw new UsageError(`Nothing answers at ${url}${within}: is npm run sandbox still running?`);
  }
}

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
