import { IntercomClient } from "intercom-client";
import { type Bench, judge } from "./answers";

type SdkVersion = "2.11" | "2.12" | "2.13" | "2.14";

/** The sandbox's API versions that Intercom's client supports. */
export const sdkVersions: SdkVersion[] = ["2.11", "2.12", "2.13", "2.14"];

/** Intercom's own client, connected to a sandbox. We check each answer that the client gets. */
export const sdk = ({ sandbox }: Bench, version: SdkVersion) =>
  new IntercomClient({
    token: sandbox.token,
    baseUrl: sandbox.url,
    version,
    maxRetries: 0,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      const text = await response.clone().text();
      const request = { method: init?.method ?? "GET", url: String(url), version };
      judge(request, { status: response.status, text });
      return response;
    },
  });
