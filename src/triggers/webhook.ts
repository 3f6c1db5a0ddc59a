import { type HttpResponse, input, type TriggerPayload, trigger } from "@prismatic-io/spectral";
import { clientSecretOf } from "../connections";
import { notification } from "../examples/notifications";
import { connection } from "../fields/inputs";
import { choices, identifiers, optionalIdentifier } from "../fields/kinds";
import { readInputs, unread } from "../fields/reading";
import { isBlank } from "../fields/values";
import { isSignedBy, type Notification } from "../intercom/notifications";
import { topics } from "../intercom/topics";
import { bytesOf } from "../intercom/wire/bytes";

/**
 * Intercom retries once after a minute, so this is enough for a thousand notifications in a minute.
 */
const mostIds = 1000;
const stateKey = "intercomNotifications";

/** The branch by the first part of the topic. */
const branches = {
  company: "Company",
  contact: "Contact",
  conversation: "Conversation",
  conversation_part: "Conversation",
  ticket: "Ticket",
} as const;
const otherBranch = "Other";
const nothingBranch = "Nothing to Do";

const clientSecret = input({
  ...optionalIdentifier("Client Secret", {
    comments:
      "Client Secret of your Intercom app, with which Intercom signs notifications. Needed with an access token; an OAuth connection has it already.",
  }),
  type: "password",
});

const topicList = choices(
  "Topics",
  topics.map((topic) => ({ label: topic, value: topic })),
  { comments: "The topics that start the flow. Empty means all that the app is subscribed to." },
);

const workspaceIds = identifiers("Workspace IDs", {
  comments:
    "The ID codes of the workspaces whose notifications start the flow. An app has one webhook for all workspaces that installed the app. Empty means all.",
  example: "ecahpwf5",
});

const fields = { connection, clientSecret, topics: topicList, workspaceIds };

export const webhook = trigger({
  display: {
    label: "Webhook",
    description: "Starts the flow when Intercom notifies of one of the chosen topics",
  },
  inputs: unread(fields),
  scheduleSupport: "invalid",
  synchronousResponseSupport: "valid",
  allowsBranching: true,
  staticBranchNames: [...new Set(Object.values(branches)), otherBranch, nothingBranch],
  perform: async ({ instanceState, logger }, payload, given) => {
    const inputs = readInputs(fields, given);
    // We read the secret first, so that Intercom's HEAD request already fails if the secret is
    // missing.
    const secret = inputs.clientSecret ?? clientSecretOf(inputs.connection);
    const rawBody = rawBodyOf(payload);
    const nothing = (statusCode: number, why: string) => {
      if (statusCode === 200) logger.debug(`Nothing to do: ${why}.`);
      else logger.warn(`We refused a request with ${statusCode}: ${why}.`);
      return nothingToDo(payload, statusCode, why);
    };
    // Intercom sends a HEAD request to check that the webhook exists.
    if (rawBody.length === 0) return nothing(200, "ready");
    if (!isSignedBy(secret, rawBody, headerOf(payload, "x-hub-signature"))) {
      return nothing(401, "the signature is wrong");
    }
    const received = readNotification(rawBody);
    if (!received) return nothing(400, "the body is not a notification");
    const { id, topic, app_id } = received;
    if (topic === "ping") return nothing(200, "pong");
    if (!isWanted(inputs.topics, topic)) return nothing(200, "not a chosen topic");
    if (!isWanted(inputs.workspaceIds, app_id)) return nothing(200, "not a chosen workspace");
    const kept = instanceState[stateKey];
    const seen: unknown[] = Array.isArray(kept) ? kept : [];
    if (id && seen.includes(id)) return nothing(200, "seen before");
    const [family = ""] = topic.split(".");
    return {
      payload: { ...payload, body: { data: received, contentType: "application/json" } },
      branch: Object.hasOwn(branches, family)
        ? branches[family as keyof typeof branches]
        : otherBranch,
      response: answer(200, "taken"),
      instanceState: id ? { [stateKey]: [...seen, id].slice(-mostIds) } : {},
    };
  },
  examplePayload: notification,
});

/**
 * Answers without starting the flow's work: the run takes the branch *Nothing to Do*, and is marked as
 * a run without changes. We remove the body, because its signature may be missing or wrong.
 */
const nothingToDo = (payload: TriggerPayload, statusCode: number, why: string) => ({
  payload: { ...payload, body: { data: null }, rawBody: { data: null } },
  branch: nothingBranch,
  response: answer(statusCode, why),
  resultType: "polled_no_changes",
});

const answer = (statusCode: number, said: string): HttpResponse => ({
  statusCode,
  contentType: "text/plain",
  body: said,
});

const isWanted = (wanted: string[], given: string): boolean =>
  wanted.length === 0 || wanted.includes(given);

/** The bytes that Intercom signed. We can't check the signature of a parsed body. */
function rawBodyOf(payload: TriggerPayload): Buffer {
  // A HEAD request has no raw body, although the type says otherwise.
  const { data } = payload.rawBody ?? {};
  if (isBlank(data)) return Buffer.alloc(0);
  const bytes = typeof data === "string" ? Buffer.from(data) : bytesOf(data);
  if (bytes) return bytes;
  throw new Error("The platform gave no raw body, so we can't check the signature.");
}

function headerOf({ headers }: TriggerPayload, name: string): unknown {
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** A signed body comes from Intercom, but may have a form that we don't know. */
function readNotification(rawBody: Buffer): Notification | undefined {
  try {
    const given = JSON.parse(rawBody.toString()) as Partial<Notification> | null;
    return typeof given?.topic === "string" ? (given as Notification) : undefined;
  } catch {
    return undefined;
  }
}
