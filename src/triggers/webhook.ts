import {
  type HttpResponse,
  input,
  type TriggerPayload,
  trigger,
  util,
} from "@prismatic-io/spectral";
import { clientSecretOf } from "../connections";
import { notification } from "../examples/notifications";
import { connection, isBlank, refuse } from "../fields";
import { isSignedBy, type Notification } from "../intercom/notifications";
import { topics } from "../intercom/topics";

/** Enough for the two tries that Intercom makes, a minute apart, of a busy workspace. */
const mostRemembered = 1000;
const stateKey = "intercomNotifications";

/** Branches by the family of the topic; what is not for the flow takes the last. */
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
  label: "Client Secret",
  type: "password",
  required: false,
  comments:
    "Client Secret of your Intercom app, by which notifications are signed. Needed with an access token; an OAuth connection has it already.",
  clean: (value: unknown) => util.types.toString(value).trim(),
});

const topicList = input({
  label: "Topics",
  type: "string",
  collection: "valuelist",
  required: false,
  comments: "The topics that start the flow. Empty means all that the app is subscribed to.",
  model: topics.map((topic) => ({ label: topic, value: topic })),
  clean: (value: unknown) => textsOf("Topics", value),
});

const workspaceIds = input({
  label: "Workspace IDs",
  type: "string",
  collection: "valuelist",
  required: false,
  comments:
    "The workspaces whose notifications start the flow, by their ID code. An app has one webhook for all workspaces that installed it. Empty means all.",
  example: "ecahpwf5",
  clean: (value: unknown) => textsOf("Workspace IDs", value),
});

export const webhook = trigger({
  display: {
    label: "Webhook",
    description: "Starts the flow when Intercom notifies of one of the chosen topics",
  },
  inputs: { connection, clientSecret, topics: topicList, workspaceIds },
  scheduleSupport: "invalid",
  synchronousResponseSupport: "valid",
  allowsBranching: true,
  staticBranchNames: [...new Set(Object.values(branches)), otherBranch, nothingBranch],
  perform: async ({ instanceState }, payload, inputs) => {
    const secret = inputs.clientSecret || clientSecretOf(inputs.connection);
    const rawBody = rawBodyOf(payload);
    // Intercom looks with a HEAD request whether anybody is there.
    if (rawBody.length === 0) return nothing(payload, 200, "ready");
    if (!isSignedBy(secret, rawBody, headerOf(payload, "x-hub-signature"))) {
      return nothing(payload, 401, "the signature is not right");
    }
    const received = JSON.parse(rawBody.toString()) as Notification;
    const { id, topic, app_id } = received;
    if (topic === "ping") return nothing(payload, 200, "pong");
    if (!isWanted(inputs.topics, topic)) return nothing(payload, 200, "not a chosen topic");
    if (!isWanted(inputs.workspaceIds, app_id))
      return nothing(payload, 200, "not a chosen workspace");
    const seen = (instanceState[stateKey] as string[] | undefined) ?? [];
    if (id !== null && seen.includes(id)) return nothing(payload, 200, "seen before");
    const [family = ""] = topic.split(".");
    return {
      payload: { ...payload, body: { data: received, contentType: "application/json" } },
      branch: Object.hasOwn(branches, family)
        ? branches[family as keyof typeof branches]
        : otherBranch,
      response: answer(200, "taken"),
      instanceState: id === null ? {} : { [stateKey]: [...seen, id].slice(-mostRemembered) },
    };
  },
  examplePayload: notification,
});

/** Answers without starting the flow: its branch is left empty, and the run is marked as one without work. */
const nothing = (payload: TriggerPayload, statusCode: number, why: string) => ({
  payload,
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

/** The bytes that were signed; what was parsed already can't be checked. */
function rawBodyOf({ rawBody: { data } }: TriggerPayload): Buffer {
  if (isBlank(data)) return Buffer.alloc(0);
  if (typeof data === "string" || data instanceof Uint8Array) return Buffer.from(data as string);
  throw new Error("The platform gave no raw body, so the signature can't be checked.");
}

function headerOf({ headers }: TriggerPayload, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** The rows of a list but those that nobody filled in. */
function textsOf(label: string, value: unknown): string[] {
  if (isBlank(value)) return [];
  const rows = Array.isArray(value) ? value : [value];
  return rows
    .filter((row) => !isBlank(row))
    .map((row) => (typeof row === "string" ? row.trim() : refuse(label, "a list of texts", row)));
}
