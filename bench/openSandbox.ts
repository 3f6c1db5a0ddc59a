import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Connection } from "@prismatic-io/spectral";
import { accessToken } from "../src/connections";

/** The first content of a sandbox. Each twenty companies bring one contact. */
export interface Filling {
  contacts?: number;
  companies?: number;
  /** As many conversations; needs contacts. */
  conversations?: number;
  /** The folder for the sandbox's state; none by default. */
  data?: string;
}

/** The message of a sandbox's process when it is ready for requests. */
export interface Started {
  url: string;
  token: string;
  /** The time of the start, without filling the sandbox. */
  startMs: number;
  /** The processor time of the filling. */
  fillMs: number;
}

export interface Sandbox extends Started {
  connection: Connection;
  setLatency(latencyMs: number): Promise<void>;
  /** How many requests came during `work`. */
  countRequests(work: () => Promise<unknown>): Promise<number>;
  /** Resolves when the sandbox's process has ended. */
  close(): Promise<unknown>;
}

/** The API version of every contender. */
export const apiVersion = "2.11";

export async function openSandbox(filling: Filling = {}): Promise<Sandbox> {
  const child = fork(join(import.meta.dirname, "sandboxProcess.ts"), [JSON.stringify(filling)]);
  const ended = once(child, "exit").then(() => {
    throw new Error("The sandbox ended before it was ready for requests.");
  });
  const [started] = (await Promise.race([once(child, "message"), ended])) as [Started];
  const { url, token } = started;
  return {
    ...started,
    connection: connectionTo(url, token),
    async setLatency(latencyMs) {
      await control(url, "PATCH", "settings", { latencyMs });
    },
    async countRequests(work) {
      await control(url, "DELETE", "requests");
      await work();
      const { requests } = (await control(url, "GET", "state")) as { requests: number };
      return requests;
    },
    close() {
      const gone = once(child, "exit");
      child.disconnect();
      return gone;
    },
  };
}

export const connectionTo = (url: string, token: string): Connection => ({
  key: accessToken.key,
  configVarKey: "Intercom connection",
  fields: { accessToken: token, baseUrl: url, apiVersion },
});

async function control(url: string, method: string, name: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${url}/_sandbox/${name}`, { method, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`The sandbox refused ${method} ${name}: ${await answer.text()}`);
  return answer.json();
}
