import { createClient } from "@prismatic-io/spectral/dist/clients/http";
import { IntercomClient } from "intercom-client";
import { runAction } from "../playground/component";
import { allContacts, ask } from "./bareFetch";
import { type Figure, show } from "./figure";
import { apiVersion, openSandbox } from "./openSandbox";
import { compare, inRounds, median, timed } from "./rounds";
import { rounded, spread } from "./table";

const runs = [
  { latencyMs: 0, rounds: 600 },
  { latencyMs: 50, rounds: 40 },
];

const bare = "Bare fetch";
const ours = "The component, *Get Contact*";

async function measure(): Promise<Figure> {
  const sandbox = await openSandbox({ contacts: 1 });
  const { url, token, connection } = sandbox;
  const [{ id } = { id: "" }] = await allContacts(sandbox);
  const client = new IntercomClient({ baseUrl: url, token, version: apiVersion });
  const headers = {
    Authorization: `Bearer ${token}`,
    Accept: "application/json",
    "Intercom-Version": apiVersion,
  };
  const contenders = {
    [bare]: timed(() => ask(sandbox, "GET", `/contacts/${id}`)),
    "spectral's `createClient`": timed(() =>
      createClient({ baseUrl: url, responseType: "json", headers }).get(`/contacts/${id}`),
    ),
    "`intercom-client`": timed(() => client.contacts.find({ contact_id: id })),
    [ours]: timed(() => runAction("getContact", { id }, connection, () => undefined)),
  };

  const measured = [];
  for (const { latencyMs, rounds } of runs) {
    await sandbox.setLatency(latencyMs);
    const times = await inRounds(rounds, contenders);
    const results = Object.entries(times).map(([name, ms]) => ({
      name,
      ms: median(ms),
      ...compare(ms, times[bare] ?? []),
    }));
    measured.push({ latencyMs, rounds, results });
  }
  sandbox.close();

  return {
    title: "One action over one request",
    meaning:
      "Each contender in turn reads one contact again and again, over a connection that stays open. The component runs as on the platform: inputs as text, a new client for each action, the result in `data`.",
    summary: measured.map(({ latencyMs, results }) => ({
      measured: `Time of *Get Contact*, ${latencyMs ? `${latencyMs} ms` : "no"} latency`,
      ratio: results.find(({ name }) => name === ours)?.ratio ?? 0,
      against: "bare fetch",
    })),
    tables: measured.map(({ latencyMs, rounds, results }) => ({
      caption: `${latencyMs ? `${latencyMs} ms` : "No"} latency, ${rounds} rounds`,
      table: {
        head: ["", "Time, ms", "Time / bare fetch", "Middle half of the rounds"],
        rows: results.map(({ name, ms, ratio, middleHalf }) => [
          name,
          rounded(ms),
          rounded(ratio),
          spread(middleHalf),
        ]),
      },
    })),
    caveats: [
      "Without latency, most of each time is the sandbox's own work, which is the same for all. So the work in this process alone would have a larger ratio.",
      "The sandbox uses no TLS. With TLS, a new connection would cost more, and an open connection the same.",
      "What the platform itself adds to an action is unknown.",
    ],
  };
}

void show(measure());
