import {
  type Connection,
  ConnectionError,
  connection,
  OAuth2Type,
  oauth2Connection,
  templateConnectionInputs,
} from "@prismatic-io/spectral";
import { createIntercom, type Intercom } from "./intercom/client";
import { AuthenticationError, type ErrorFacts } from "./intercom/wire/errors";
import { apiHosts, isLoopback, type Region } from "./intercom/wire/hosts";
import type { Settings } from "./intercom/wire/http";
import { textOf } from "./intercom/wire/json";
import type { Log } from "./intercom/wire/log";
import { type Quote, quoting } from "./intercom/wire/quote";
import type { Redaction } from "./intercom/wire/redact";
import { type ApiVersion, apiVersions } from "./intercom/wire/versions";
import { redactionFor, withoutSecrets } from "./secrets";

/**
 * The value is the prefix of `intercom.com` in the region's host name, because the template of the
 * authorize URL needs the prefix.
 */
const region = {
  label: "Region",
  type: "string",
  required: false,
  default: "",
  comments: "Where the Intercom workspace is hosted.",
  model: [
    { label: "United States", value: "" },
    { label: "Europe", value: "eu." },
    { label: "Australia", value: "au." },
  ],
} as const;

const apiVersion = {
  label: "API Version",
  type: "string",
  required: false,
  default: "2.11",
  comments:
    "The version of Intercom's API, which decides the form of the answers. An operation that needs a newer version is sent with the newer one.",
  model: apiVersions.map((version) => ({ label: version, value: version })),
} as const;

const baseUrl = {
  label: "Base URL",
  type: "string",
  required: false,
  shown: false,
  default: "",
  comments:
    "Replaces the API host, for a proxy or the sandbox. Then the region does not matter. Must be https, or http on this machine.",
} as const;

const extraInputs = { region, apiVersion, baseUrl: { ...baseUrl } };

export const oauth = oauth2Connection({
  key: "intercom",
  display: {
    label: "Intercom",
    description: "Connect with OAuth 2.0, through an app of your own in Intercom's Developer Hub",
  },
  oauth2Type: OAuth2Type.AuthorizationCode,
  inputs: templateConnectionInputs(
    {
      clientId: {
        label: "Client ID",
        type: "string",
        required: true,
        comments: "Client ID of your Intercom app",
      },
      clientSecret: {
        label: "Client Secret",
        type: "password",
        required: true,
        comments: "Client Secret of your Intercom app",
      },
      scopes: {
        label: "Scopes",
        type: "string",
        required: false,
        shown: false,
        comments: "Space delimited scopes",
      },
      tokenUrl: {
        label: "Token URL",
        type: "string",
        required: true,
        shown: false,
        default: "https://api.intercom.io/auth/eagle/token",
        comments: "Token URL for Intercom",
      },
      ...extraInputs,
    },
    {
      // With the default region this is https://app.intercom.com/oauth.
      authorizeUrl: {
        label: "Authorize URL",
        type: "template",
        required: true,
        shown: false,
        templateValue: "https://app.{{#region}}intercom.com/oauth",
        comments: "Authorization URL for Intercom",
      },
    },
    OAuth2Type.AuthorizationCode,
  ),
});

export const accessToken = connection({
  // Three s's, because existing integrations use this connection with the key spelled so.
  key: "intercomAccesssToken",
  display: {
    label: "Intercom Access Token",
    description: "Connect to your own Intercom workspace with an access token",
  },
  inputs: {
    accessToken: {
      label: "Access Token",
      type: "password",
      required: true,
      comments: "Access Token for Intercom",
    },
    ...extraInputs,
  },
});

/**
 * Runs `use` with a client for the connection. We hide secrets in everything that it throws or logs.
 *
 * @throws ConnectionError where we can't use the connection, or Intercom answers 401.
 */
export async function withIntercom<Result>(
  given: Connection,
  log: Log,
  use: (intercom: Intercom) => Result,
): Promise<Awaited<Result>> {
  const redaction = redactionFor(given);
  try {
    return await use(createIntercom(settingsOf(given, log, redaction)));
  } catch (error) {
    const isConnections = error instanceof AuthenticationError;
    throw withoutSecrets(
      isConnections ? connectionError(given, error.message, error) : error,
      redaction,
    );
  }
}

/**
 * The app's secret, with which Intercom signs notifications.
 *
 * @throws ConnectionError where the connection has none.
 */
export function clientSecretOf(given: Connection): string {
  const secret = trimmed(given?.fields?.clientSecret);
  if (secret !== "") return secret;
  throw connectionError(
    given,
    '"Client Secret" is empty, and we need it to check notifications. Copy it from Basic information of your app in Intercom\'s Developer Hub.',
  );
}

function settingsOf(given: Connection, log: Log, redaction: Redaction): Settings {
  const quote = quoting(redaction);
  return {
    redaction,
    token: tokenOf(given, quote),
    baseUrl: baseUrlOf(given, quote),
    apiVersion: apiVersionOf(given, quote),
    log,
  };
}

function tokenOf(given: Connection, quote: Quote): string {
  if (given?.key !== oauth.key && given?.key !== accessToken.key) {
    throw connectionError(
      given,
      `The connection must be "${oauth.display.label}" or "${accessToken.display.label}", not ${quote(given?.key)}.`,
    );
  }
  const isOauth = given.key === oauth.key;
  const token = trimmed(isOauth ? given.token?.access_token : given.fields?.accessToken);
  if (token === "") {
    throw connectionError(
      given,
      isOauth
        ? "The Intercom connection has no token: connect to Intercom in the instance's configuration."
        : '"Access Token" is empty: copy it from your app in Intercom\'s Developer Hub.',
    );
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw connectionError(
      given,
      "The token holds characters that no token has, such as a line break: copy the token again.",
    );
  }
  return token;
}

function baseUrlOf(given: Connection, quote: Quote): string {
  const text = trimmed(given.fields?.baseUrl);
  if (text === "") return apiHosts[regionOf(given, quote)];
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe =
    url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  if (!url || !isSafe || url.username || url.password || url.search || url.hash) {
    throw connectionError(
      given,
      `"Base URL" must be an https URL without user, query and fragment (http only on this machine), not ${url ? `one on ${url.protocol}//${url.host}` : "the given text"}.`,
    );
  }
  // The look behind saves time: without it, the search would start again at each slash of a long row.
  return url.href.replace(/(?<!\/)\/+$/, "");
}

function regionOf(given: Connection, quote: Quote): Region {
  const text = trimmed(given.fields?.region).toLowerCase().replace(/\.$/, "") || "us";
  if (!Object.hasOwn(apiHosts, text)) {
    throw connectionError(
      given,
      `"Region" must be United States, Europe or Australia, not ${quote(text)}.`,
    );
  }
  return text as Region;
}

function apiVersionOf(given: Connection, quote: Quote): ApiVersion {
  const text = trimmed(given.fields?.apiVersion) || apiVersion.default;
  const version = apiVersions.find((known) => known === text);
  if (!version) {
    throw connectionError(
      given,
      `"API Version" must be one of ${apiVersions.join(", ")}, not ${quote(text)}.`,
    );
  }
  return version;
}

const trimmed = (value: unknown): string => textOf(value)?.trim() ?? "";

/** Keeps the facts of Intercom's error, where Intercom refused. */
class IntercomConnectionError extends ConnectionError {
  /** The build changes the name of spectral's class, so we write the name out. */
  static override readonly name = "ConnectionError";

  constructor(
    connection: Connection,
    message: string,
    { status, code, requestId, errors }: ErrorFacts,
  ) {
    super(connection, message);
    Object.assign(this, { status, code, requestId, errors });
  }
}

/** The platform shows the connection with the error, so we remove the credentials. */
const connectionError = (
  given: Connection,
  message: string,
  facts: ErrorFacts = {},
): ConnectionError =>
  new IntercomConnectionError(
    { key: given?.key, configVarKey: given?.configVarKey, fields: {} },
    message,
    facts,
  );
