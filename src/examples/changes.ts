import type { TriggerPayload } from "@prismatic-io/spectral";
import { contact, writtenContact } from "./contact";

const nobody = { id: "", name: "", externalId: "" };

/** What a poll gives: one contact made, another changed. */
export const changedRecords = {
  payload: {
    headers: {},
    queryParameters: {},
    rawBody: { data: null },
    body: {
      data: { created: [contact], updated: [writtenContact] },
      contentType: "application/json",
    },
    pathFragment: "",
    webhookUrls: {},
    webhookApiKeys: {},
    invokeUrl: "",
    executionId: "",
    customer: nobody,
    instance: { id: "", name: "" },
    user: { ...nobody, email: "" },
    integration: { id: "", name: "", versionSequenceId: "", externalVersion: "" },
    flow: { id: "", name: "", stableId: "" },
    startedAt: "",
    globalDebug: false,
  } as unknown as TriggerPayload,
};
