import type { TriggerPayload } from "@prismatic-io/spectral";

const nobody = { id: "", name: "", externalId: "" };

/** The payload that the platform gives to a flow, with a body. */
export const triggerPayload = (data: unknown): TriggerPayload => ({
  headers: {},
  queryParameters: {},
  rawBody: { data: null },
  body: { data, contentType: "application/json" },
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
});
