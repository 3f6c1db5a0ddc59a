import { apiVersions } from "./apiVersion";
import {
  type Check,
  count,
  flag,
  isWebUrl,
  listOf,
  oneOf,
  readChecked,
  realTimeMs,
  wholeNumber,
} from "./checks";

/** The knobs of a sandbox. They may be turned while it runs. */
export interface Settings {
  /** For requests without `Intercom-Version`: what the app is set to in the Developer Hub. */
  defaultApiVersion: string;
  /** Of the workspace, as an IANA name: days in the contact search begin at its midnight. */
  timeZone: string;
  region: "US" | "EU" | "AU";
  /** Requests that one window of ten seconds allows. */
  requestsPerWindow: number;
  /** How long a written contact, ticket or conversation stays out of the search index. */
  indexLagMs: number;
  /**
   * "ignored": searches come newest first, whatever `sort` asks for, where sorting is not documented:
   * contacts before 2.16, tickets and conversations.
   */
  searchSort: "kept" | "ignored";
  /** How long Intercom does not know a new contact as a recipient (OpenAPI 2.16, createMessage). */
  messageDelayMs: number;
  /** How long a deleted user's e-mail and external id cannot be taken again. */
  identityReservedMs: number;
  /** The form of `pages.next` in lists of companies. "null" and "absent": on every page. */
  companiesNext: "object" | "url" | "null" | "absent";
  /** What the call after the last page of a scroll answers. */
  scrollEnd: "404" | "empty";
  /** How long a scroll lives without being used. */
  scrollIdleMs: number;
  companiesPerPageMax: number;
  /** How many companies page numbers can reach. */
  companyListCap: number;
  /** Added before every answer, in real time. */
  latencyMs: number;
  /** How long after a change its notifications go out. */
  webhookDelayMs: number;
  /** Every n-th notification is delivered twice; 0: none. */
  webhookDuplicateEvery: number;
  /** What is due at the same time goes out newest first. */
  webhookDisorder: boolean;
  /** How long an endpoint may take to answer a notification, in real time. */
  webhookTimeoutMs: number;
  /** Where the OAuth page may send people back to, the first by default; empty: anywhere. */
  redirectUris: string[];
}

export const defaultSettings: Settings = {
  defaultApiVersion: "2.11",
  timeZone: "America/New_York",
  region: "US",
  // 10,000 a minute, cut into windows of ten seconds (Intercom's page on rate limiting).
  requestsPerWindow: 1666,
  indexLagMs: 0,
  messageDelayMs: 0,
  searchSort: "kept",
  identityReservedMs: 7 * 24 * 60 * 60 * 1000,
  // What the only page-numbered list whose description shows a next page uses (OpenAPI 2.16,
  // listDeletedConversationIds).
  companiesNext: "url",
  scrollEnd: "404",
  scrollIdleMs: 60_000,
  companiesPerPageMax: 60,
  companyListCap: 10_000,
  latencyMs: 0,
  webhookDelayMs: 0,
  webhookDuplicateEvery: 0,
  webhookDisorder: false,
  webhookTimeoutMs: 5000,
  redirectUris: [],
};

/** The sandbox's time: a year. */
const clockTimeMs = wholeNumber(0, 365 * 24 * 60 * 60 * 1000);

const checks: Readonly<Record<keyof Settings, Check>> = {
  defaultApiVersion: oneOf(apiVersions),
  timeZone: { words: "an IANA time zone such as Europe/Dublin", isMet: isTimeZone },
  region: oneOf(["US", "EU", "AU"]),
  requestsPerWindow: count,
  indexLagMs: clockTimeMs,
  messageDelayMs: clockTimeMs,
  searchSort: oneOf(["kept", "ignored"]),
  identityReservedMs: clockTimeMs,
  companiesNext: oneOf(["object", "url", "null", "absent"]),
  scrollEnd: oneOf(["404", "empty"]),
  scrollIdleMs: clockTimeMs,
  companiesPerPageMax: wholeNumber(1, 150),
  companyListCap: count,
  latencyMs: realTimeMs,
  webhookDelayMs: clockTimeMs,
  webhookDuplicateEvery: count,
  webhookDisorder: flag,
  webhookTimeoutMs: realTimeMs,
  redirectUris: listOf({ words: "a web URL", isMet: isWebUrl }),
};

function isTimeZone(value: unknown): boolean {
  if (typeof value !== "string") return false;
  try {
    Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

/** Settings that came from outside; refuses what is no setting. */
export const readSettings = (given: unknown): Partial<Settings> =>
  readChecked("the settings", given, checks);
