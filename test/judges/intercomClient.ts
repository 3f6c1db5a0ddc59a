import { IntercomClient } from "intercom-client";
import { type Bench, judge } from "./answers";

type SdkVersion = "2.11" | "2.12" | "2.13" | "2.14";

/** Those that Intercom's client can ask for, of the sandbox's. */
export const sdkVersions: SdkVersion[] = ["2.11", "2.12", "2.13", "2.14"];

/** Intercom's own client, wired to a sandbox; the answers that it gets are judged on the way. */
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
